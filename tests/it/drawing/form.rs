//! Pages in a few lines of text, and what they mean in a few lines more.
//!
//! A line of a page is a shape, `sort id left,top widthxheight "words" options`, or a line, `line end arrow end "words"
//! options`, whose ends are ids or points. `\n` in words starts a new line.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use planroom::drawing::{
    End, Head, Line, LineLabel, Meaning, Notation, Outline, Page, Role, Shape, Side, TextLine, Vertical,
};
use planroom::model::{ElementKind, FactKey, Heads, LocalId};
use planroom::source::{FileId, Place, Span};

/// The page that a text draws.
pub(super) fn page(text: &str) -> Page {
    let mut page = Page { name: "Page-1".to_owned(), ..Page::default() };
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let rows: Vec<Vec<String>> = text.lines().map(tokens).filter(|row| !row.is_empty()).collect();
    for row in rows.iter().filter(|row| row[0] != "line") {
        ids.insert(row[1].clone(), page.shapes.len());
        page.shapes.push(shape(row, &ids));
    }
    for row in rows.iter().filter(|row| row[0] == "line") {
        let line = line(row, &ids, page.lines.len());
        page.lines.push(line);
    }
    page
}

/// Words between blanks; what stands in double quotes is one.
fn tokens(line: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (token, more) = match rest.strip_prefix('"') {
            Some(inside) => {
                let end = inside.find('"').expect("quotes are closed");
                (format!("\"{}", &inside[..end]), &inside[end + 1..])
            }
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        tokens.push(token);
        rest = more.trim_start();
    }
    tokens
}

fn place(number: usize) -> Place {
    Place::from(Span::new(FileId(0), number, number + 1))
}

fn numbers<const COUNT: usize>(text: &str, between: char) -> Option<[f64; COUNT]> {
    let numbers: Vec<f64> = text.split(between).map(str::parse).collect::<Result<_, _>>().ok()?;
    numbers.try_into().ok()
}

fn words(text: &str, size: f64, bold: bool) -> Vec<TextLine> {
    let lines = text.split("\\n").map(|line| TextLine { text: line.trim().to_owned(), size, bold });
    if text.is_empty() { Vec::new() } else { lines.collect() }
}

fn shape(row: &[String], ids: &BTreeMap<String, usize>) -> Shape {
    let [left, top] = numbers(&row[2], ',').expect("a place");
    let [width, height] = numbers(&row[3], 'x').expect("a size");
    let mut shape = Shape::new(&row[1], [left, top, width, height], place(ids.len()));
    shape.outline = match row[0].as_str() {
        "box" => Outline::Rectangle,
        "round" => Outline::Rounded,
        "ellipse" => Outline::Ellipse,
        "drum" => Outline::Cylinder,
        "diamond" => Outline::Diamond,
        "person" => Outline::Person,
        "text" => Outline::Text,
        "note" => Outline::Note,
        "icon" => Outline::Stencil,
        "stroke" => Outline::Stroke,
        "table" => Outline::Table,
        "group" => Outline::Rectangle,
        other => panic!("there is no sort {other}"),
    };
    if row[0] == "group" {
        (shape.role, shape.filled, shape.stroked) = (Role::Group, false, false);
    }
    if row[0] == "text" {
        (shape.filled, shape.stroked) = (false, false);
    }
    let (mut text, mut size, mut bold) = (String::new(), 12.0, false);
    for option in &row[4..] {
        match option.split_once('=') {
            _ if option.starts_with('"') => option[1..].clone_into(&mut text),
            Some(("parent", id)) => shape.parent = Some(ids[id]),
            Some(("size", number)) => size = number.parse().expect("a size"),
            Some(("stencil", name)) => shape.stencil = Some(name.to_owned()),
            Some(("is", words)) => shape.technologies.push(words.replace('_', " ")),
            None => match option.as_str() {
                "empty" => shape.filled = false,
                "bold" => bold = true,
                "hidden" => shape.hidden = true,
                "below" => shape.text_spot.side = Side::Below,
                "top" => shape.text_spot.vertical = Vertical::Top,
                "boundary" => shape.kind = Some(ElementKind::Boundary),
                "container" => shape.role = Role::Container,
                "lifeline" => shape.notation = Some(Notation::Sequence),
                other => panic!("there is no option {other}"),
            },
            Some((other, _)) => panic!("there is no option {other}"),
        }
    }
    shape.text = words(&text, size, bold);
    shape
}

fn line(row: &[String], ids: &BTreeMap<String, usize>, number: usize) -> Line {
    let end = |text: &str| match numbers::<2>(text, ',') {
        Some(point) => End::loose(point),
        None => End::at(*ids.get(text).unwrap_or_else(|| panic!("there is no {text}"))),
    };
    let (mut from, mut to) = (end(&row[1]), end(&row[3]));
    let arrow = row[2].as_str();
    if arrow.starts_with('<') {
        from.head = Head::Arrow;
    }
    if arrow.ends_with('>') {
        to.head = Head::Arrow;
    }
    let mut line = Line::new(format!("line-{number}"), from, to, place(1000 + number));
    for option in &row[4..] {
        match option.split_once('=') {
            _ if option.starts_with('"') => {
                let text = words(&option[1..], 12.0, false);
                line.labels.push(LineLabel {
                    text,
                    at: 0.0,
                    place: place(2000 + number),
                    ..LineLabel::default()
                });
            }
            Some(("start", text)) => {
                let text = words(text, 12.0, false);
                line.labels.push(LineLabel {
                    text,
                    at: -0.9,
                    place: place(2000 + number),
                    ..LineLabel::default()
                });
            }
            Some(("over", points)) => {
                line.points = points.split('|').map(|point| numbers(point, ',').expect("a point")).collect();
            }
            _ if option == "dashed" => line.dashed = true,
            _ => panic!("there is no option {option}"),
        }
    }
    line
}

/// What was understood: elements by what holds them, flows, notes and what was told.
pub(super) fn told(meaning: &Meaning) -> String {
    let mut text = String::new();
    if let Some(kind) = &meaning.refused {
        writeln!(text, "refused: {kind}").expect("text takes text");
    }
    let fragment = &meaning.fragment;
    let name = |id: LocalId| fragment.drafts[id.0].name.as_str();
    for sheet in &fragment.sheets {
        if let Some(title) = &sheet.title {
            writeln!(text, "title: {title}").expect("text takes text");
        }
        for node in &sheet.nodes {
            let draft = &fragment.drafts[node.draft.0];
            write!(text, "{} {}", draft.kind, draft.name).expect("text takes text");
            if let Some(parent) = node.parent {
                write!(text, " in {}", name(parent)).expect("text takes text");
            }
            for technology in &draft.technologies {
                write!(text, " [{}]", technology.written).expect("text takes text");
            }
            if let Some(words) = &draft.description {
                write!(text, " ({words})").expect("text takes text");
            }
            if let Some(fact) = draft.facts.get(FactKey::Replicas) {
                write!(text, " x {}", fact.value.display()).expect("text takes text");
            }
            text.push('\n');
        }
        for flow in &sheet.flows {
            let flow = &fragment.flows[*flow];
            let arrow = match flow.heads {
                Heads::One => "->",
                Heads::Both => "<->",
                Heads::None => "--",
            };
            let step = flow.step.as_ref().map(|step| format!("{step}. ")).unwrap_or_default();
            let label = flow.label.as_ref().map(|label| format!(": {label}")).unwrap_or_default();
            writeln!(text, "{step}{} {arrow} {}{label}", name(flow.from), name(flow.to))
                .expect("text takes text");
        }
        for note in &sheet.notes {
            let of = note.draft.map(|id| format!(" of {}", name(id))).unwrap_or_default();
            writeln!(text, "note{of}: {}", note.text.replace('\n', " | ")).expect("text takes text");
        }
    }
    for diagnostic in &meaning.diagnostics {
        writeln!(text, "! {}", diagnostic.code).expect("text takes text");
    }
    text
}
