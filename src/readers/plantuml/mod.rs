//! PlantUML: component, deployment, C4, ArchiMate and icon diagrams.
//!
//! A source goes in; elements, relations and one sheet a diagram come out. 1. `script` cuts the text into lines and
//! statements. 2. `preprocess` carries out directives and macros. 3. `parser` makes statements of the lines.
//! 4. `kind` tells which diagrams are of a kind that is read. 5. `lower` makes the model's drafts and flows of them.
//! `account` keeps what became of each statement. No library and no address is ever fetched.

mod account;
mod arrow;
mod block;
mod element;
mod kind;
mod known_line;
mod label;
mod library;
mod lower;
mod note;
mod parser;
mod preprocess;
mod script;
mod style;
mod syntax;

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use super::reader::{Confidence, Files, Format, Head, Reader, Reading};
use super::sketch::{Frame, Gathered};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source, Sources};
use account::{Account, Fate, StatementId};
use known_line::KnownLine;
use preprocess::Shared;
use script::Script;

/// The PlantUML reader.
#[derive(Debug)]
pub struct PlantUml;

static FORMAT: Format = Format {
    id: "plantuml",
    name: "PlantUML",
    extensions: &["puml", "plantuml", "pu", "iuml", "wsd"],
    home: "https://plantuml.com/deployment-diagram",
    reads: "component and deployment diagrams, with C4-PlantUML, ArchiMate and icon macros; other kinds are refused",
};

/// The kinds that are read, for the message of a refusal.
const READ: &str = "component, deployment, C4 and ArchiMate diagrams are read";

impl Reader for PlantUml {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn recognize(&self, head: &Head<'_>) -> Confidence {
        let named = head.path.rsplit_once('.').is_some_and(|(_, end)| {
            FORMAT.extensions.iter().any(|extension| end.eq_ignore_ascii_case(extension))
        });
        let starts = head
            .text
            .lines()
            .any(|line| line.trim_start_matches(['\u{feff}', ' ', '\t']).starts_with("@start"));
        match (named, starts) {
            (true, true) => Confidence::Sure,
            (false, true) if !is_markup(head.path) => Confidence::Sure,
            (true, false) => Confidence::Maybe,
            (false, _) => Confidence::No,
        }
    }

    fn read(&self, source: &Source, files: &dyn Files) -> Reading {
        read(source, files)
    }
}

/// Documents that only quote diagrams.
fn is_markup(path: &str) -> bool {
    [".md", ".markdown", ".adoc", ".asciidoc", ".html", ".rst"]
        .iter()
        .any(|end| path.to_ascii_lowercase().ends_with(end))
}

fn read(source: &Source, files: &dyn Files) -> Reading {
    let mut sources = Sources::default();
    let file = sources.add(source.clone());
    let script = Rc::new(Script::new(file, &source.path, &source.text, false));
    let mut shared = Shared {
        files,
        sources,
        diagnostics: Vec::new(),
        account: Account::default(),
        scripts: HashMap::new(),
        told: BTreeSet::new(),
    };
    let main = shared.account.add(&script);
    shared.scripts.insert(source.path.clone(), main);
    let mut gathered = Gathered::default();
    let mut read = BTreeSet::new();
    let mut foreign = Vec::new();
    for sheet in script.sheets.clone() {
        if let Some(kind) = diagram(&mut shared, &script, main, sheet.clone(), &mut gathered, &mut read) {
            foreign.push((kind, sheet));
        }
    }
    let all_foreign = !foreign.is_empty() && foreign.len() == script.sheets.len();
    let refused = all_foreign.then(|| foreign[0].0.to_owned());
    tell(&mut shared.diagnostics, &script, &foreign, refused.is_some());
    gathered.instances();
    if !all_foreign && !script.sheets.is_empty() && gathered.fragment.drafts.is_empty() {
        let message = "no element is drawn here";
        shared.diagnostics.push(Diagnostic::note("plantuml/empty", message, script.span(&script.sheets[0])));
    }
    Reading {
        sources: shared.sources,
        fragment: gathered.fragment,
        diagnostics: shared.diagnostics,
        loss: shared.account.loss(&read),
        refused,
    }
}

/// Reads one diagram; gives the kind when it is none that is read.
fn diagram(
    shared: &mut Shared<'_>,
    script: &Rc<Script>,
    main: usize,
    sheet: Range<usize>,
    gathered: &mut Gathered,
    read: &mut BTreeSet<(usize, usize, usize)>,
) -> Option<&'static str> {
    let start = script.lines.get(sheet.start).map_or("", |line| line.text.as_str());
    let (word, name) = match known_line::classify(start) {
        Some(KnownLine::Start { kind, name }) => (kind, name),
        _ => ("uml".to_owned(), None),
    };
    let told = shared.diagnostics.len();
    let expanded = preprocess::preprocess(shared, main, sheet.start + 1..sheet.end);
    let parsed = parser::parse(&expanded.lines);
    if let Some(kind) = kind::foreign(&word, &expanded.lines, &parsed, &expanded.libraries) {
        // What was said about a diagram that is not read helps nobody.
        shared.diagnostics.truncate(told);
        return Some(kind);
    }
    read.insert((main, sheet.start, sheet.end));
    read.extend(&expanded.read);
    let owner = script.statements[sheet.start].map(|statement| StatementId { script: main, statement });
    shared.account.mark(owner, Fate::Understood);
    let frame = Frame { name, place: Place::from(script.span(&sheet)) };
    lower::diagram(
        gathered,
        &parsed,
        &frame,
        expanded.libraries,
        &mut shared.account,
        &mut shared.diagnostics,
    );
    None
}

/// Tells what was not read.
fn tell(
    diagnostics: &mut Vec<Diagnostic>,
    script: &Script,
    foreign: &[(&'static str, Range<usize>)],
    all: bool,
) {
    if script.sheets.is_empty() {
        let span = script.span(&(0..0));
        let message = "there is no @start line, so this is a file for others to include and no diagram";
        diagnostics.push(Diagnostic::note("plantuml/no-diagram", message, span));
    }
    for (position, (kind, sheet)) in foreign.iter().enumerate() {
        if all && position > 0 {
            break;
        }
        let line = script.span(&(sheet.start..sheet.start + 1));
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'E']) { "an" } else { "a" };
        let message = format!("this is {article} {kind}; {READ}");
        let found = if all {
            Diagnostic::error("plantuml/other-kind", message, line)
        } else {
            Diagnostic::warning("plantuml/other-kind", message, line)
        };
        diagnostics.push(found);
    }
    for start in script.unclosed.iter().filter(|_| !all) {
        let line = script.span(&(*start..start + 1));
        diagnostics.push(
            Diagnostic::warning("plantuml/unclosed-diagram", "this diagram has no @end line", line)
                .help("end it with @enduml"),
        );
    }
}
