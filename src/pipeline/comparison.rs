//! A firewall export beside the port matrix of a packet, in print.

use serde_json::{Value, json};

use crate::compare::{self, Comparison, Difference, Kind, Told, Unmatched};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Source};
use crate::writers::grid::Grid;
use crate::writers::writer::Packet;

/// Columns of the CSV form.
const COLUMNS: [&str; 9] =
    ["result", "line", "rule", "firewall", "source", "destination", "service", "text", "flows"];

/// Width of a column in characters, where the form has widths.
const WIDTH: u16 = 16;

/// Compares an export with the port matrix of a packet.
///
/// # Errors
/// What is wrong with the export; spans point into file 0, which is the export.
pub fn compare(packet: &Packet, export: &Source) -> Result<Comparison, Vec<Diagnostic>> {
    let read = compare::read(FileId(0), &export.text)?;
    let assessment = &packet.assessment;
    Ok(compare::compare(&read, &packet.model, &assessment.ports, &assessment.groups))
}

/// The comparison for a person.
pub fn comparison_text(comparison: &Comparison, export: &str, title: &str) -> String {
    let mut text =
        format!("{export}: {} compared with the port matrix of {title}", count(comparison.rules, "rule"));
    if comparison.left_out > 0 {
        text.push_str(&format!(", {} left out (switched off, on hold or covered)", comparison.left_out));
    }
    text.push('\n');
    for (kind, heading) in [
        (Kind::NotDrawn, "Allowed, not drawn"),
        (Kind::Wider, "Allowed, wider than drawn"),
        (Kind::Blocked, "Drawn, not allowed"),
    ] {
        let of = comparison.differences.iter().filter(|difference| difference.kind == kind);
        section(&mut text, heading, of.map(|difference| &difference.told));
    }
    section(&mut text, "Documented, not drawn, not allowed", comparison.required.iter());
    section(&mut text, "Documented, not drawn, allowed", comparison.documented.iter());
    section(&mut text, "Cannot be decided", comparison.undecided.iter());
    if !comparison.unmatched.is_empty() {
        text.push_str(&format!("\nCould not be matched ({})\n", comparison.unmatched.len()));
        for one in &comparison.unmatched {
            text.push_str(&format!("  line {}, {}: `{}` {}\n", one.line, one.column, one.text, one.why));
        }
    }
    section(&mut text, "Matching", comparison.matching.iter());
    let differences = match comparison.differences.len() {
        0 => "no difference".to_owned(),
        number => count(number, "difference"),
    };
    text.push_str(&format!(
        "\n{differences}, {} matching, {} not decided, {} not matched\n",
        comparison.matching.len(),
        comparison.undecided.len(),
        comparison.unmatched.len()
    ));
    text
}

fn section<'a>(text: &mut String, heading: &str, lines: impl Iterator<Item = &'a Told>) {
    let lines: Vec<&Told> = lines.collect();
    if lines.is_empty() {
        return;
    }
    text.push_str(&format!("\n{heading} ({})\n", lines.len()));
    for told in lines {
        let mut head: Vec<String> = told.line.iter().map(|line| format!("line {line}")).collect();
        head.extend([&told.rule, &told.firewall].into_iter().filter(|word| !word.is_empty()).cloned());
        let head = if head.is_empty() { String::new() } else { format!("{}: ", head.join(", ")) };
        text.push_str(&format!(
            "  {head}{} to {}, {}\n      {}\n",
            told.source, told.destination, told.service, told.text
        ));
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// All lines of a comparison, each with the word that says what it is.
fn lines(comparison: &Comparison) -> Vec<(&'static str, &Told)> {
    let differences = comparison.differences.iter().map(|Difference { kind, told }| (kind.word(), told));
    let word = |word: &'static str| move |told| (word, told);
    differences
        .chain(comparison.required.iter().map(word("documented-blocked")))
        .chain(comparison.documented.iter().map(word("documented-allowed")))
        .chain(comparison.undecided.iter().map(word("undecided")))
        .chain(comparison.matching.iter().map(word("matching")))
        .collect()
}

/// The comparison for a spreadsheet.
pub fn comparison_csv(comparison: &Comparison) -> String {
    let told = lines(comparison).into_iter().map(|(result, told)| {
        [
            result.to_owned(),
            told.line.map(|line| line.to_string()).unwrap_or_default(),
            told.rule.clone(),
            told.firewall.clone(),
            told.source.clone(),
            told.destination.clone(),
            told.service.clone(),
            told.text.clone(),
            told.relations.iter().map(|id| id.as_str()).collect::<Vec<_>>().join("; "),
        ]
    });
    let unmatched = comparison.unmatched.iter().map(|Unmatched { line, column, text, why }| {
        let mut row: [String; 9] = std::array::from_fn(|_| String::new());
        row[0] = "unmatched".to_owned();
        row[1] = line.to_string();
        match *column {
            "source" => row[4].clone_from(text),
            "destination" => row[5].clone_from(text),
            "service" => row[6].clone_from(text),
            _ => row[3].clone_from(text),
        }
        row[7] = format!("{column} {why}");
        row
    });
    let columns = COLUMNS.map(|name| (name, WIDTH)).to_vec();
    Grid { name: "comparison", columns, rows: told.chain(unmatched).map(Vec::from).collect() }.csv()
}

/// The comparison as JSON.
pub fn comparison_json(comparison: &Comparison, export: &str, title: &str) -> String {
    let told = |(result, told): (&str, &Told)| -> Value {
        json!({
            "result": result,
            "line": told.line,
            "rule": told.rule,
            "firewall": told.firewall,
            "source": told.source,
            "destination": told.destination,
            "service": told.service,
            "text": told.text,
            "flows": told.relations.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        })
    };
    let unmatched =
        |one: &Unmatched| json!({"line": one.line, "column": one.column, "text": one.text, "why": one.why});
    let value = json!({
        "planroom": "comparison/1",
        "export": export,
        "title": title,
        "rules": comparison.rules,
        "left-out": comparison.left_out,
        "differences": comparison.differences.len(),
        "lines": lines(comparison).into_iter().map(told).collect::<Vec<_>>(),
        "unmatched": comparison.unmatched.iter().map(unmatched).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&value).expect("a JSON value serializes");
    format!("{text}\n")
}
