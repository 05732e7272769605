//! The head of a text: front matter, directives, comments, and the word that names the kind of the diagram.

use super::cursor::{Cursor, near};
use crate::diagnostic::did_you_mean;

/// What stands before the statements of a diagram.
#[derive(Debug)]
pub(super) struct Top<'t> {
    /// The title of the front matter.
    pub(super) title: Option<&'t str>,
    /// Byte ranges of front matter and directives; whether each is front matter with a title.
    pub(super) blocks: Vec<(usize, usize, bool)>,
    /// Where the kind stands.
    pub(super) start: usize,
    /// The word that names the kind.
    pub(super) word: &'t str,
    /// Where the kind ends.
    pub(super) end: usize,
}

/// A kind of diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `flowchart`, `graph`.
    Flowchart,
    /// `C4Context` and its kin.
    C4,
    /// `architecture-beta`.
    Architecture,
    /// `block`.
    Block,
    /// Another, by its name.
    Other(&'static str),
}

/// Words that name a kind. Plain English ones must stand alone on their line.
const KINDS: [(&str, Kind); 63] = [
    ("flowchart", Kind::Flowchart),
    ("flowchart-elk", Kind::Flowchart),
    ("graph", Kind::Flowchart),
    ("C4Context", Kind::C4),
    ("C4Container", Kind::C4),
    ("C4Component", Kind::C4),
    ("C4Dynamic", Kind::C4),
    ("C4Deployment", Kind::C4),
    ("architecture", Kind::Architecture),
    ("architecture-beta", Kind::Architecture),
    ("block", Kind::Block),
    ("block-beta", Kind::Block),
    ("sequenceDiagram", Kind::Other("sequence diagram")),
    ("classDiagram", Kind::Other("class diagram")),
    ("classDiagram-v2", Kind::Other("class diagram")),
    ("stateDiagram", Kind::Other("state diagram")),
    ("stateDiagram-v2", Kind::Other("state diagram")),
    ("erDiagram", Kind::Other("entity relationship diagram")),
    ("gantt", Kind::Other("Gantt chart")),
    ("pie", Kind::Other("pie chart")),
    ("journey", Kind::Other("user journey")),
    ("gitGraph", Kind::Other("Git graph")),
    ("mindmap", Kind::Other("mind map")),
    ("timeline", Kind::Other("timeline")),
    ("quadrantChart", Kind::Other("quadrant chart")),
    ("requirementDiagram", Kind::Other("requirement diagram")),
    ("requirement", Kind::Other("requirement diagram")),
    ("zenuml", Kind::Other("sequence diagram (ZenUML)")),
    ("sankey", Kind::Other("Sankey diagram")),
    ("sankey-beta", Kind::Other("Sankey diagram")),
    ("xychart", Kind::Other("XY chart")),
    ("xychart-beta", Kind::Other("XY chart")),
    ("packet", Kind::Other("packet diagram")),
    ("packet-beta", Kind::Other("packet diagram")),
    ("kanban", Kind::Other("Kanban board")),
    ("radar", Kind::Other("radar chart")),
    ("radar-beta", Kind::Other("radar chart")),
    ("treemap", Kind::Other("treemap")),
    ("treemap-beta", Kind::Other("treemap")),
    ("treeView", Kind::Other("tree view")),
    ("treeView-beta", Kind::Other("tree view")),
    ("venn", Kind::Other("Venn diagram")),
    ("venn-beta", Kind::Other("Venn diagram")),
    ("ishikawa", Kind::Other("Ishikawa diagram")),
    ("ishikawa-beta", Kind::Other("Ishikawa diagram")),
    ("wardley", Kind::Other("Wardley map")),
    ("wardley-beta", Kind::Other("Wardley map")),
    ("eventmodeling", Kind::Other("event model")),
    ("eventmodeling-beta", Kind::Other("event model")),
    ("swimlane", Kind::Other("swimlane diagram")),
    ("swimlane-beta", Kind::Other("swimlane diagram")),
    ("usecase", Kind::Other("use case diagram")),
    ("usecase-beta", Kind::Other("use case diagram")),
    ("useCaseDiagram", Kind::Other("use case diagram")),
    ("railroad", Kind::Other("railroad diagram")),
    ("railroad-beta", Kind::Other("railroad diagram")),
    ("cynefin", Kind::Other("Cynefin diagram")),
    ("cynefin-beta", Kind::Other("Cynefin diagram")),
    ("agentflow", Kind::Other("agent flow")),
    ("agentflow-beta", Kind::Other("agent flow")),
    ("component", Kind::Other("component diagram")),
    ("info", Kind::Other("version display")),
    ("error", Kind::Other("error display")),
];

/// Kinds whose word also starts ordinary text; in a file of another name it must stand alone on its line.
const PLAIN: [&str; 16] = [
    "architecture",
    "block",
    "pie",
    "journey",
    "timeline",
    "requirement",
    "packet",
    "kanban",
    "radar",
    "component",
    "info",
    "error",
    "wardley",
    "railroad",
    "swimlane",
    "usecase",
];

/// The kind that a word names.
pub(super) fn kind(word: &str) -> Option<Kind> {
    KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// The known word that was probably meant.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    did_you_mean(word, KINDS.iter().map(|(known, _)| *known))
}

/// Reads what stands before the statements.
pub(super) fn top(text: &str) -> Top<'_> {
    let mut cursor = Cursor::new(text, 0);
    let mut top = Top { title: None, blocks: Vec::new(), start: 0, word: "", end: 0 };
    cursor.gap();
    if let Some((end, title)) = front_matter(text, cursor.at()) {
        top.blocks.push((cursor.at(), end, title.is_some()));
        top.title = title;
        cursor.go(end);
    }
    loop {
        cursor.gap();
        let Some(end) = directive(cursor.rest()) else { break };
        top.blocks.push((cursor.at(), cursor.at() + end, false));
        cursor.skip(end);
    }
    top.start = cursor.at();
    let rest = cursor.rest();
    let end = rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | '{' | '"')).unwrap_or(rest.len());
    top.word = rest[..end].trim_end_matches(':');
    top.end = top.start + end;
    top
}

/// `---`, lines, `---` at the start of a text: where it ends, and the title in it.
fn front_matter(text: &str, start: usize) -> Option<(usize, Option<&str>)> {
    let mut title = None;
    let mut at = start;
    for (number, line) in text[start..].split_inclusive('\n').enumerate() {
        let words = line.trim_end();
        at += line.len();
        match (number, words.trim()) {
            (0, "---") => {}
            (0, _) => return None,
            (_, "---") => return Some((at - (line.len() - words.len()), title)),
            // Only a key of the first level is the diagram's title.
            _ => {
                if let Some(value) = words.strip_prefix("title:") {
                    title = Some(value.trim().trim_matches(['"', '\''])).filter(|title| !title.is_empty());
                }
            }
        }
    }
    None
}

/// The length of a `%%{...}%%` directive that stands here.
pub(super) fn directive(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix("%%{")?;
    let end = near(inside).find("}%%").map(|end| end + 6);
    Some(end.unwrap_or_else(|| rest.find('\n').unwrap_or(rest.len())))
}

/// Whether a text begins like a Mermaid diagram. `named` is whether its file's name says so too.
pub(super) fn begins(text: &str, named: bool) -> bool {
    let top = top(text);
    if kind(top.word).is_none() {
        return false;
    }
    let after = text[top.end..].lines().next().unwrap_or_default().trim().trim_end_matches(';').trim();
    match top.word {
        "graph" | "flowchart" | "flowchart-elk" => {
            let first = after.split([' ', ';', '%']).next().unwrap_or_default();
            first.is_empty() || super::flowchart::direction(first).is_some()
        }
        word => named || after.is_empty() || after.starts_with("%%") || !PLAIN.contains(&word),
    }
}
