//! The one door to the crate `plantuml-parser`: what it knows of a single line.
//!
//! A line goes in, its kind comes out. The crate knows the start and the end of a diagram, includes,
//! and one-line titles, headers and footers; the forms of the same statements that it does not know
//! are added here. It is only asked about lines that can be of these kinds, it never sees comments,
//! and its own following of includes is never used (it does not end on a circle).

use plantuml_parser::{ParseContainer, PlantUmlLine, PlantUmlLineKind};

/// A line of a kind that the crate may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KnownLine {
    /// `@startuml name`: the word after `@start`, and the diagram's name.
    Start { kind: String, name: Option<String> },
    /// `@enduml`.
    End,
    /// `!include path!part`: the path as written with the part after it.
    Include { target: String },
    /// `title text`.
    Title(String),
    /// `header text`.
    Header(String),
    /// `footer text`.
    Footer(String),
}

/// What the line is, or `None` when it is none of these. `line` is one logical line without comments.
pub(super) fn classify(line: &str) -> Option<KnownLine> {
    let line = line.trim();
    let word = line.split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or_default();
    let titled = ["title", "header", "footer"].iter().any(|known| word.eq_ignore_ascii_case(known));
    if !(line.starts_with('@') || line.starts_with("!include") || titled) {
        return None;
    }
    by_crate(line).or_else(|| ours(line))
}

fn by_crate(line: &str) -> Option<KnownLine> {
    let (_, (_, parsed)) = PlantUmlLine::parse(ParseContainer::from(line)).ok()?;
    match parsed.kind() {
        PlantUmlLineKind::Start(start) => Some(KnownLine::Start {
            kind: start.diagram_kind().to_lowercase(),
            name: start.id().map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()),
        }),
        PlantUmlLineKind::End(_) => Some(KnownLine::End),
        PlantUmlLineKind::Include(include) => {
            let part = include.id().map(|id| format!("!{id}")).unwrap_or_default();
            Some(KnownLine::Include { target: format!("{}{part}", include.filepath()) })
        }
        PlantUmlLineKind::Title(title) => text(title.title()).map(KnownLine::Title),
        PlantUmlLineKind::Header(header) => text(header.header()).map(KnownLine::Header),
        PlantUmlLineKind::Footer(footer) => text(footer.footer()).map(KnownLine::Footer),
        PlantUmlLineKind::BlockCommentOpen(_)
        | PlantUmlLineKind::BlockCommentClose(_)
        | PlantUmlLineKind::Empty
        | PlantUmlLineKind::InComment(_)
        | PlantUmlLineKind::Others => None,
    }
}

/// Forms of the same statements that the crate refuses: quoted names and names of several words,
/// words after `@enduml`, quoted paths and paths with blanks, the other include words.
fn ours(line: &str) -> Option<KnownLine> {
    if let Some(rest) = line.strip_prefix("@start") {
        let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let name = rest[end..].trim().trim_matches('"').trim();
        let name = name.strip_prefix("(id=").and_then(|id| id.strip_suffix(')')).unwrap_or(name);
        let name = Some(name.to_owned()).filter(|name| !name.is_empty());
        return Some(KnownLine::Start { kind: rest[..end].to_lowercase(), name });
    }
    if line.starts_with("@end") {
        return Some(KnownLine::End);
    }
    if line.starts_with("!include") {
        let end = line.find(char::is_whitespace)?;
        let target = line[end..].trim().trim_matches('"').trim();
        return text(target).map(|target| KnownLine::Include { target });
    }
    let (word, rest) = line.split_at(line.find(|c: char| c.is_whitespace() || c == ':')?);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
    match word.to_ascii_lowercase().as_str() {
        "title" => text(rest).map(KnownLine::Title),
        "header" => text(rest).map(KnownLine::Header),
        "footer" => text(rest).map(KnownLine::Footer),
        _ => None,
    }
}

fn text(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_both_kinds_are_known() {
        let start = |kind: &str, name: Option<&str>| {
            Some(KnownLine::Start { kind: kind.to_owned(), name: name.map(str::to_owned) })
        };
        assert_eq!(classify("@startuml"), start("uml", None));
        assert_eq!(classify("@startuml name"), start("uml", Some("name")));
        assert_eq!(classify("@startuml \"my name\""), start("uml", Some("my name")));
        assert_eq!(classify("@startuml two words"), start("uml", Some("two words")));
        assert_eq!(classify("@startgantt"), start("gantt", None));
        assert_eq!(classify("@enduml trailing"), Some(KnownLine::End));
        assert_eq!(classify("title A b"), Some(KnownLine::Title("A b".to_owned())));
        assert_eq!(classify("titles are words"), None);
        let include = |target: &str| Some(KnownLine::Include { target: target.to_owned() });
        assert_eq!(classify("!include a.puml!part"), include("a.puml!part"));
        assert_eq!(classify("!include \"a b.puml\""), include("a b.puml"));
        assert_eq!(classify("!includeurl http://x/C4.puml"), include("http://x/C4.puml"));
        assert_eq!(classify("!includesub a.puml!PART"), include("a.puml!PART"));
    }
}
