//! The languages that documents and pictures carry, by the words that name them there.

/// A diagram language.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// Proper name: `Mermaid`.
    pub name: &'static str,
    /// Extension that a file of the language has; readers recognize passages by it.
    pub extension: &'static str,
    /// Words after a fence, or names of blocks and directives, in lower case.
    words: &'static [&'static str],
    /// Lines that a file begins and ends with and a passage may leave out.
    frame: Option<(&'static str, &'static str)>,
}

/// What PlantUML reads.
pub(super) static PLANTUML: Language = Language {
    name: "PlantUML",
    extension: "puml",
    words: &["plantuml", "puml", "uml", "c4plantuml", "c4-plantuml", "c4puml", "plantuml-svg", "iuml", "wsd"],
    frame: Some(("@startuml\n", "@enduml\n")),
};

/// What draw.io keeps in pictures; no document quotes it.
pub(super) static DRAWIO: Language =
    Language { name: "draw.io", extension: "drawio", words: &["drawio"], frame: None };

/// What Mermaid reads.
pub(super) static MERMAID: Language = Language {
    name: "Mermaid",
    extension: "mmd",
    words: &["mermaid", "mermaidjs", "mermaid-js", "mmd"],
    frame: None,
};

/// Every language, in the order in which they are asked.
const LANGUAGES: &[&Language] = &[&PLANTUML, &MERMAID, &DRAWIO];

impl Language {
    /// The line that begins a block of it in Markdown.
    pub fn fence(&self) -> String {
        format!("```{}", self.words[0])
    }

    /// The language of a word that a document uses for it: `plantuml`, `{.puml}`, `kroki-mermaid`.
    pub(super) fn of(word: &str) -> Option<&'static Self> {
        let word = word.trim_start_matches(['{', '.', ' ']).to_ascii_lowercase();
        let word = word.strip_prefix("kroki-").unwrap_or(&word);
        LANGUAGES.iter().copied().find(|language| language.words.contains(&word))
    }

    /// The language that the words after a fence name: the first word, or the second after one of a highlighter
    /// (`js mermaid`).
    pub(super) fn of_info(info: &str) -> Option<&'static Self> {
        let first = info.split([' ', '\t', ',', '}', ':', '=']).find(|word| !word.is_empty() && *word != "{");
        Self::of(first?).or_else(|| Self::of(info.split_whitespace().nth(1)?))
    }

    /// Whether a text begins like a diagram, whatever it is said to be.
    pub(super) fn begins(text: &str) -> Option<&'static Self> {
        let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("%%"))?;
        if first.starts_with("@startuml") {
            return Some(&PLANTUML);
        }
        let mut words = first.trim_end_matches(';').split_whitespace();
        let (kind, direction, more) = (words.next()?, words.next(), words.next());
        let is_direction = |word| ["TB", "TD", "BT", "RL", "LR"].contains(&word);
        let flow =
            matches!(kind, "graph" | "flowchart") && direction.is_some_and(is_direction) && more.is_none();
        let named =
            ["C4Context", "C4Container", "C4Component", "C4Dynamic", "C4Deployment", "architecture-beta"];
        (flow || named.contains(&kind) && direction.is_none()).then_some(&MERMAID)
    }

    /// The lines that a passage leaves out and a file of the language begins and ends with.
    pub(super) fn missing_frame(&self, text: &str) -> Option<(&'static str, &'static str)> {
        let starts = |line: &str| line.trim_start().starts_with("@start");
        self.frame.filter(|_| !text.lines().any(starts))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn words_name_languages() {
        let name = |word| Language::of(word).map(|language| language.name);
        for word in ["plantuml", "PUML", "{.uml", "kroki-c4plantuml"] {
            assert_eq!(name(word), Some("PlantUML"), "{word}");
        }
        assert_eq!((name("mermaid"), name("kroki-mermaid")), (Some("Mermaid"), Some("Mermaid")));
        assert_eq!((name("rust"), name(""), name("text")), (None, None, None));
    }
}
