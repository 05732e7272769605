//! What each command answers, as values.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::gather::Project;
use super::pack_files::NamedPacks;
use super::packet::{Problem, Settings, packet};
use crate::assemble::assemble;
use crate::assessment::{RuleCard, Severity, Who};
use crate::carriers;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Loss};
use crate::guidance::{PackChoice, Packs};
use crate::infer;
use crate::layout;
use crate::model::Model;
use crate::readers::READERS;
use crate::readers::reader::Format;
use crate::source::{SheetForm, Sources};
use crate::writers::writer::{OutputFile, Packet};
use crate::writers::{WRITERS, html, json, junit, questions, sarif, sheet, svg};

/// The packets of all projects, in their order; projects whose settings are wrong give a problem.
pub fn packets(projects: Vec<Project>, settings: &Settings) -> (Vec<Packet>, Vec<Problem>) {
    let made: Vec<Result<Packet, Problem>> =
        projects.into_par_iter().map(|project| packet(project, settings)).collect();
    let mut packets = Vec::new();
    let mut problems = Vec::new();
    for result in made {
        match result {
            Ok(packet) => packets.push(packet),
            Err(problem) => problems.push(problem),
        }
    }
    (packets, problems)
}

/// All files of all packets, and the shelf when there are several.
pub fn write(packets: &[Packet]) -> Vec<OutputFile> {
    let mut files: Vec<OutputFile> = packets
        .par_iter()
        .flat_map(|packet| {
            let prefix =
                if packet.project.is_empty() { String::new() } else { format!("{}/", packet.project) };
            // The page and the workbook take longest; they do not wait for each other.
            WRITERS
                .par_iter()
                .flat_map_iter(|writer| writer.write(packet))
                .map(move |file| OutputFile { path: format!("{prefix}{}", file.path), bytes: file.bytes })
        })
        .collect();
    if packets.len() > 1 && packets.iter().all(|packet| !packet.project.is_empty()) {
        let entries: Vec<html::ShelfEntry> =
            packets.iter().map(|packet| html::ShelfEntry::of(&packet.project, &packet.document)).collect();
        files.push(html::shelf(&entries));
    }
    files
}

/// What was read of one input.
#[derive(Debug)]
pub struct Account {
    /// Path of the input.
    pub path: String,
    /// Its format, as `planroom formats` prints it.
    pub format: Option<&'static str>,
    /// The kind of diagram that is not read, when the input is one.
    pub refused: Option<String>,
    /// Sources that spans point into.
    pub sources: Sources,
    /// The model with its facts.
    pub model: Model,
    /// What was wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// What was not understood.
    pub loss: Loss,
}

impl Account {
    /// The account in its JSON form.
    pub fn json(&self) -> String {
        json::read(&json::ReadInput {
            path: &self.path,
            format: self.format,
            refused: self.refused.as_deref(),
            sources: &self.sources,
            model: &self.model,
            diagnostics: &self.diagnostics,
            loss: &self.loss,
        })
    }
}

impl Account {
    /// The account for a person: counts, elements and flows as a list, and what was not understood.
    pub fn text(&self) -> String {
        super::report::account(self)
    }
}

/// The account of one input, from the project that holds nothing else.
pub fn read_account(path: &str, project: Project) -> Account {
    let refused = project.readings.iter().find_map(|reading| reading.refused.clone());
    let format = project.format;
    let assembled = assemble(project.readings);
    let mut model = assembled.model;
    let mut diagnostics = assembled.diagnostics;
    diagnostics.extend(infer::fill(&mut model, Catalog::builtin(), &[]));
    Account {
        path: path.to_owned(),
        format,
        refused,
        sources: assembled.sources,
        model,
        diagnostics,
        loss: assembled.loss,
    }
}

/// One picture of a packet.
#[derive(Debug)]
pub struct Drawn {
    /// Id of its view.
    pub view: String,
    /// The picture.
    pub svg: String,
}

/// There is no such view.
#[derive(Debug, thiserror::Error)]
#[error("there is no view `{wanted}`, expected one of: {known}")]
pub struct NotDrawn {
    wanted: String,
    known: String,
}

/// The picture of a view; without an id, of the first one.
///
/// # Errors
/// When there is no such view.
pub fn draw(packet: &Packet, view: Option<&str>) -> Result<Drawn, NotDrawn> {
    let found = match view {
        Some(id) => packet.scenes.iter().find(|scene| scene.view.as_str() == id),
        None => packet.scenes.first(),
    };
    let Some(scene) = found else {
        let known: Vec<&str> = packet.scenes.iter().map(|scene| scene.view.as_str()).collect();
        return Err(NotDrawn { wanted: view.unwrap_or("(the first)").to_owned(), known: known.join(", ") });
    };
    Ok(Drawn { view: scene.view.to_string(), svg: svg::draw(scene, svg::Setting::Alone) })
}

/// A graph with given sizes, laid out, as SVG.
///
/// # Errors
/// When the text is not a graph in the neutral form.
pub fn layout_graph(text: &str) -> Result<String, String> {
    let neutral = layout::neutral::parse(text).map_err(|error| error.to_string())?;
    let placement = layout::place(&neutral.graph);
    Ok(svg::graph::draw(&neutral, &placement))
}

/// Findings, questions, satisfied statements and decisions of all packets as one JSON object.
/// With several packets each entry says its project.
pub fn findings_json(packets: &[Packet]) -> String {
    let mut objects: Vec<(String, Value)> = Vec::new();
    for packet in packets {
        let form = serde_json::to_value(json::FindingsForm::new(packet));
        objects.push((packet.project.clone(), form.expect("our forms have text keys and finite numbers")));
    }
    let value = match objects.as_slice() {
        [(_, only)] => only.clone(),
        _ => {
            let mut all = json!({ "planroom": "findings/1", "projects": [] });
            for key in ["findings", "questions", "satisfied", "decisions"] {
                let entries = objects.iter().flat_map(|(project, object)| {
                    let list = object.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
                    list.into_iter().map(move |mut entry| {
                        if let Some(entry) = entry.as_object_mut() {
                            entry.insert("project".to_owned(), json!(project));
                        }
                        entry
                    })
                });
                all[key] = Value::Array(entries.collect());
            }
            all["projects"] = Value::Array(objects.iter().map(|(_, object)| object.clone()).collect());
            all
        }
    };
    let text = serde_json::to_string_pretty(&value).expect("a JSON value serializes");
    format!("{text}\n")
}

/// All packets as one SARIF log, one run each.
pub fn findings_sarif(packets: &[Packet]) -> String {
    let mut logs = packets.iter().map(sarif::sarif);
    let Some(first) = logs.next() else { return String::new() };
    let Ok(mut log) = serde_json::from_str::<Value>(&first) else { return first };
    for next in logs {
        let runs = serde_json::from_str::<Value>(&next).ok().and_then(|log| log.get("runs").cloned());
        if let (Some(all), Some(Value::Array(more))) =
            (log.get_mut("runs").and_then(Value::as_array_mut), runs)
        {
            all.extend(more);
        }
    }
    let text = serde_json::to_string_pretty(&log).expect("a JSON value serializes");
    format!("{text}\n")
}

/// The verdicts of all packets as JUnit's XML.
pub fn findings_junit(packets: &[Packet]) -> String {
    junit::junit(&packets.iter().collect::<Vec<_>>())
}

/// Findings and questions of all packets as values separated by commas.
pub fn findings_csv(packets: &[Packet]) -> String {
    sheet::judgement(&packets.iter().collect::<Vec<_>>()).csv()
}

/// The tables of all packets as a workbook; `None` when they do not fit into one.
pub fn findings_xlsx(packets: &[Packet]) -> Option<Vec<u8>> {
    sheet::findings(&packets.iter().collect::<Vec<_>>())
}

/// The open questions as a sheet to be filled in; `None` when they do not fit into one.
pub fn questions_sheet(packet: &Packet, who: Option<Who>, form: SheetForm) -> Option<Vec<u8>> {
    let rows = questions::rows(packet, who);
    match form {
        SheetForm::Xlsx => questions::xlsx(packet, who, &rows),
        SheetForm::Csv => Some(questions::csv(packet, &rows).into_bytes()),
        SheetForm::Markdown => Some(questions::markdown(packet, who, &rows).into_bytes()),
    }
}

/// The rules of the built-in packs in use by default and of these.
///
/// # Errors
/// What is wrong with the packs, with the sources that the places point into.
pub fn rules(also: &NamedPacks) -> Result<Vec<RuleCard>, (Sources, Vec<Diagnostic>)> {
    let mut sources = Sources::default();
    let brought = also.files.sources(&mut sources);
    match Packs::choose(&PackChoice { named: None, also: &also.builtin, brought: &brought }) {
        Ok(packs) => Ok(packs.rules().cloned().collect()),
        Err(told) => Err((sources, told)),
    }
}

/// Rules as JSON.
pub fn rules_json(rules: &[RuleCard]) -> String {
    let entry = |rule: &RuleCard| {
        json!({
            "id": rule.id,
            "title": rule.title,
            "category": rule.category.word(),
            "severity": rule.severity.word(),
            "severity-why": rule.severity_why,
            "on": rule.on.word(),
            "pack": rule.pack,
            "ask": rule.ask,
            "who": rule.who.iter().map(|who| who.word()).collect::<Vec<_>>(),
            "why": rule.why,
            "do": rule.action,
            "verify": rule.verify,
            "maps": rule.maps,
            "includes": rule.includes,
            "yields-to": rule.yields_to,
            "derived-from": rule.derived_from,
            "sources": rule.sources.iter().map(|link| json!({"title": link.title, "url": link.url})).collect::<Vec<_>>(),
        })
    };
    let text = serde_json::to_string_pretty(&rules.iter().map(entry).collect::<Vec<_>>());
    format!("{}\n", text.expect("a JSON value serializes"))
}

/// A rule's page as text: what it finds, why it matters, what to do.
pub fn explain(rule: &RuleCard) -> String {
    let who: Vec<&str> = rule.who.iter().map(|who| who.word()).collect();
    let mut text = format!(
        "{}\n{}\n\n{} · {} · on each {} · pack {}\n\nWhy it matters\n  {}\n  {}: {}\n\nWhat to do\n  {}\n\nHow to verify\n  {}\n\nWhen it is not known ({})\n  {}\n",
        rule.title,
        rule.id,
        rule.category.word(),
        rule.severity.word(),
        rule.on.word(),
        rule.pack,
        rule.why,
        capital(rule.severity.word()),
        rule.severity_why,
        rule.action,
        rule.verify,
        who.join(", "),
        rule.ask,
    );
    for (standard, ids) in &rule.maps {
        text.push_str(&format!("\n{standard}: {}", ids.join(", ")));
    }
    if !rule.maps.is_empty() {
        text.push('\n');
    }
    text.push_str("\nSources\n");
    for link in &rule.sources {
        text.push_str(&format!("  {} <{}>\n", link.title, link.url));
    }
    text
}

/// Every format that is read, in the order in which detection asks them; then those that carry diagrams of others.
pub fn formats() -> Vec<&'static Format> {
    READERS.iter().map(|reader| reader.format()).chain(carriers::formats()).collect()
}

/// The formats as JSON.
pub fn formats_json() -> String {
    let entry = |format: &'static Format| {
        json!({
            "id": format.id,
            "name": format.name,
            "extensions": format.extensions,
            "home": format.home,
            "reads": format.reads,
        })
    };
    let text = serde_json::to_string_pretty(&formats().into_iter().map(entry).collect::<Vec<_>>());
    format!("{}\n", text.expect("a JSON value serializes"))
}

/// The names of our JSON forms.
pub fn schemas() -> &'static [&'static str] {
    json::SCHEMAS
}

/// The JSON Schema of one of our forms.
pub fn schema(form: &str) -> Option<String> {
    json::schema(form)
}

/// A `planroom.yaml` that asks the open questions of a packet.
pub fn initial_sidecar(packet: &Packet) -> String {
    super::initial::text(packet)
}

/// Severity words, worst first, for options.
pub fn severities() -> Vec<&'static str> {
    Severity::ALL.iter().map(|severity| severity.word()).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
