//! What kind of diagram some lines make.
//!
//! Lines go in, the kind comes out: `None` for component, deployment, C4 and ArchiMate diagrams, which are read, else
//! the name of the kind. Judged by the statements, not by the word after `@start` alone. PlantUML asks its diagram
//! kinds in turn and takes the first that accepts every line; a file of nothing but names and arrows is a sequence
//! diagram to it, and so it is here.

use super::arrow;
use super::block::{self, Kind};
use super::library::{C4, Libraries};
use super::parser::Parsed;
use super::preprocess::OutLine;
use super::syntax::{Call, Element, Statement};
use crate::readers::c4;

/// Kinds that have a word of their own after `@start`.
const WORDS: [(&str, &str); 22] = [
    ("gantt", "Gantt chart"),
    ("mindmap", "mind map"),
    ("wbs", "work breakdown structure"),
    ("json", "JSON display"),
    ("yaml", "YAML display"),
    ("hcl", "HCL display"),
    ("salt", "wireframe (Salt)"),
    ("ditaa", "Ditaa drawing"),
    ("dot", "Graphviz DOT drawing"),
    ("ebnf", "EBNF grammar"),
    ("regex", "regular expression diagram"),
    ("nwdiag", "network diagram (nwdiag)"),
    ("math", "formula"),
    ("latex", "formula"),
    ("chronology", "chronology"),
    ("chen", "entity relationship diagram"),
    ("creole", "formatted text"),
    ("files", "file tree"),
    ("git", "Git log"),
    ("board", "board"),
    ("flow", "flow chart"),
    ("project", "Gantt chart"),
];

/// How often statements of each kind occur.
#[derive(Debug, Default)]
struct Votes {
    /// Only component and deployment diagrams know these.
    structural: usize,
    /// Groups and elements that other kinds know too.
    shared: usize,
    /// Elements that sequence diagrams know too.
    plain: usize,
    /// Arrows between names.
    arrows: usize,
    /// Arrows with crow feet.
    crows: usize,
    /// Elements that hold nothing, and those of them that are entities.
    leaves: usize,
    entities: usize,
    /// Classes and elements may stand beside each other.
    mixing: bool,
    /// Arrows of a form that sequence diagrams do not know.
    spatial: usize,
    sequence: usize,
    /// A word of sequence diagrams that no other kind knows.
    decided: bool,
    class: usize,
    activity: usize,
    state: usize,
    case: usize,
    object: usize,
    timing: usize,
    network: usize,
}

/// The kind that is not read; `None` when the diagram is read.
pub(super) fn foreign(
    start: &str,
    lines: &[OutLine],
    parsed: &[Parsed],
    libraries: &Libraries,
) -> Option<&'static str> {
    if let Some((_, name)) = WORDS.iter().find(|(word, _)| *word == start) {
        return Some(name);
    }
    if libraries.c4 == Some(C4::Sequence) {
        return Some("sequence diagram");
    }
    if is_key(parsed) {
        return Some("key of another diagram");
    }
    let mut votes = Votes::default();
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    if let Some(only) = texts.iter().take(3).find_map(|line| whole(line)) {
        return Some(only);
    }
    for group in block::group(&texts) {
        // What stands in a note, a legend or a long name is prose.
        let is_prose = !matches!(group.kind, Kind::Line | Kind::Close | Kind::Members);
        let end = if is_prose { group.range.start + 1 } else { group.range.end };
        texts[group.range.start..end].iter().for_each(|line| votes.line(line));
    }
    let statements = parsed.iter().filter_map(|parsed| parsed.statement.as_ref());
    statements.for_each(|statement| votes.statement(statement, libraries));
    votes.result()
}

/// Structurizr exports the key of a view as a diagram of its own: boxes that are numbered by their stereotypes, and the
/// lines between boxes that are not seen.
fn is_key(parsed: &[Parsed]) -> bool {
    let entry = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit()) || word == "_transparent";
    let mut numbered = 0;
    parsed.iter().filter_map(|parsed| parsed.statement.as_ref()).all(|statement| match statement {
        Statement::Element(element) => {
            numbered += 1;
            !element.stereotypes.is_empty() && element.stereotypes.iter().all(entry)
        }
        Statement::Call(_) | Statement::Title(_) => false,
        _ => true,
    }) && numbered > 0
}

/// A first line that says it all.
fn whole(line: &str) -> Option<&'static str> {
    match line.split_whitespace().next()? {
        "salt" | "salt{" => Some("wireframe (Salt)"),
        "ditaa" | "ditaa(" => Some("Ditaa drawing"),
        "nwdiag" => Some("network diagram (nwdiag)"),
        "digraph" => Some("Graphviz DOT drawing"),
        "listfonts" | "license" | "version" | "testdot" | "about" => Some("text"),
        _ => None,
    }
}

impl Votes {
    /// Counts a line by its own words.
    fn line(&mut self, line: &str) {
        let first = line.split(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let lower = first.to_ascii_lowercase();
        let rest = line[first.len()..].trim();
        match lower.as_str() {
            // No other kind knows these.
            "participant" | "activate" | "deactivate" | "autoactivate" if is_names(rest) => {
                self.decided = true
            }
            "autonumber" if rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit() || c == '"') => {
                self.decided = true;
            }
            "note" | "hnote" | "rnote" if rest.starts_with("over ") || rest.starts_with("across") => {
                self.sequence += 1;
            }
            "participant" | "activate" | "deactivate" | "autoactivate" | "autonumber" | "alt" | "opt"
            | "loop" | "par" | "critical" | "break" | "box" | "destroy" | "return" | "create" | "ref" => {
                self.sequence += 1
            }
            "group" if !line.ends_with('{') => self.sequence += 1,
            "else" if !rest.starts_with('(') => self.sequence += 1,
            "class" | "enum" | "abstract" | "annotation" | "struct" | "exception" | "protocol"
            | "metaclass" | "dataclass" | "record" => self.class += 2,
            "interface" | "entity" if line.ends_with('{') => self.class += 1,
            "start" | "stop" | "fork" | "endfork" | "endif" | "endwhile" | "repeat" | "elseif" | "detach"
            | "kill" | "backward" | "switch" | "endswitch"
                if rest.is_empty() || rest.starts_with(['(', ':']) || rest == "again" =>
            {
                self.activity += 2;
            }
            "if" | "while" if line.contains('(') => self.activity += 2,
            "else" => self.activity += 2,
            "state" => self.state += 2,
            "usecase" => self.case += 1,
            "allowmixing" | "allow_mixing" => self.mixing = true,
            "object" | "map" => self.object += 2,
            "robust" | "concise" | "clock" | "binary" | "analog" => self.timing += 2,
            "network" if line.ends_with('{') => self.network += 2,
            _ => self.form(line),
        }
    }

    fn form(&mut self, line: &str) {
        if line.starts_with("(*)") || line.ends_with("(*)") || line.contains("--> (*)") {
            self.activity += 2;
        } else if line.contains("[*]") {
            self.state += 2;
        } else if line.starts_with(':')
            && line.ends_with([';', '|', '<', '>', '/', ']', '}'])
            && line.len() > 2
        {
            self.activity += 2;
        } else if line.starts_with('|') && line.ends_with('|') && line.len() > 2 {
            self.activity += 1;
        } else if (line.starts_with("== ") || line.starts_with("==") && line.len() > 4)
            && line.ends_with("==")
            || line == "..."
            || line == "|||"
            || line.starts_with("... ") && line.ends_with("...")
            || line.starts_with("[->")
            || line.starts_with("[<-")
            || line.ends_with("->]")
            || line.ends_with("<-]")
        {
            self.sequence += 1;
        } else if is_member(line) {
            self.class += 1;
        }
    }

    fn statement(&mut self, statement: &Statement, libraries: &Libraries) {
        match statement {
            Statement::Element(element) => self.element(element),
            Statement::Link(link) => {
                let shaped = [&link.left, &link.right]
                    .iter()
                    .any(|end| end.keyword == "component" || end.keyword == "interface");
                if shaped {
                    self.structural += 1;
                } else if link.left.keyword == "usecase" || link.right.keyword == "usecase" {
                    self.case += 1;
                } else {
                    self.crows += usize::from(link.arrow.crow);
                    self.arrows += 1;
                    self.spatial += usize::from(link.arrow.spatial);
                }
            }
            Statement::Call(call) if is_known(call, libraries) => self.structural += 2,
            Statement::Call(_) => {}
            Statement::Close
            | Statement::Note(_)
            | Statement::Title(_)
            | Statement::Prose(_)
            | Statement::Direction(_)
            | Statement::Together
            | Statement::Open
            | Statement::Page(_)
            | Statement::Removal(_)
            | Statement::Sprite { .. }
            | Statement::Bare(_)
            | Statement::Mixing
            | Statement::Visual => {}
        }
    }

    fn element(&mut self, element: &Element) {
        self.leaves += usize::from(!element.opens);
        self.entities += usize::from(!element.opens && element.keyword == "entity");
        match element.keyword.as_str() {
            "actor" | "boundary" | "control" | "entity" | "database" | "queue" | "collections"
                if !element.opens && element.tags.is_empty() =>
            {
                self.plain += 1;
            }
            "usecase" | "class" => {}
            "rectangle" | "package" | "folder" | "frame" | "actor" | "person" | "label" | "interface"
            | "entity" | "circle" | "group" | "card" => self.shared += 1,
            _ => self.structural += 2,
        }
    }

    fn result(&self) -> Option<&'static str> {
        if self.decided {
            return Some("sequence diagram");
        }
        if self.mixing && self.structural + self.shared > 0 {
            return None;
        }
        // Entities and nothing else, or nothing but crow feet.
        let entities = self.entities > 1 && self.entities == self.leaves && self.crows > 0;
        if entities || self.crows > 0 && self.crows == self.arrows && self.structural == 0 {
            return Some("entity relationship diagram");
        }
        let others = [
            (self.sequence, "sequence diagram"),
            (self.class, "class diagram"),
            (self.activity, "activity diagram"),
            (self.state, "state diagram"),
            (self.object, "object diagram"),
            (self.timing, "timing diagram"),
            (self.network, "network diagram (nwdiag)"),
        ];
        let (most, name) =
            others.into_iter().fold((0, ""), |best, other| if other.0 > best.0 { other } else { best });
        // Structure wins when its own words are there, unless the other kind has clearly more.
        if self.structural > 0 && self.structural * 2 >= most {
            return None;
        }
        if most > 0 && most >= self.shared {
            return Some(name);
        }
        if self.case > 0 {
            return Some("use case diagram");
        }
        if self.shared > 0 || self.structural > 0 {
            return None;
        }
        match (self.plain, self.arrows, self.spatial) {
            (0, 0, _) => None,
            (_, _, 0) => Some("sequence diagram"),
            // Nothing but names: PlantUML makes classes of them.
            (0, ..) => Some("class diagram"),
            _ => None,
        }
    }
}

/// Names behind a word of sequence diagrams: an arrow would make a link of the line.
fn is_names(rest: &str) -> bool {
    !rest.is_empty() && !rest.starts_with([':', '=']) && arrow::arrow(rest).is_none()
}

/// Whether a call draws something: a macro of C4, of a library that is included, or of the form `Name(alias, "label")`.
/// Lines such as `COALESCE(x, y)` draw nothing.
fn is_known(call: &Call, libraries: &Libraries) -> bool {
    let [first, others @ ..] = call.arguments.as_slice() else { return false };
    if call.name.starts_with('$') || others.is_empty() {
        return false;
    }
    let alias = first.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let library = libraries.c4.is_some() || libraries.other;
    // Macros of a library hand on what they were given without its quotes, and a color beside it.
    let formed =
        || others.iter().any(|other| other.quoted || other.name.is_some() || other.value.starts_with('#'));
    c4::is_known(&call.name) || alias && (library || formed())
}

/// `+name: Type`, `-- `, `{field}`: a line inside a class.
fn is_member(line: &str) -> bool {
    let mark = line.starts_with(['+', '-', '#', '~', '*']);
    mark && arrow::arrow(line).is_none_or(|(_, length)| length == 1)
        && line.contains([':', '('])
        && line.len() > 3
}
