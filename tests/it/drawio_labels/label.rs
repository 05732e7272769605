//! What a person says of a drawing.

use std::path::Path;

use planroom::model::Heads;
use planroom::source::{FileId, Node};

/// The labels of one page.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// The name of the file of labels, without its end.
    pub(super) name: String,
    /// The drawing, from the root of the corpus.
    pub(super) file: String,
    /// The page's name.
    pub(super) page: String,
    /// Not looked at while the reader is tuned.
    pub(super) holdout: bool,
    pub(super) nodes: Vec<NodeLabel>,
    pub(super) flows: Vec<FlowLabel>,
}

/// Something that the drawing shows.
#[derive(Debug)]
pub(super) struct NodeLabel {
    /// Distinct in its drawing.
    pub(super) name: String,
    /// Every way to say its name, plain; empty when the drawing has no words for it.
    pub(super) names: Vec<String>,
    /// Indices of what it may be in; `None` is nothing at all.
    pub(super) parents: Vec<Option<usize>>,
    /// A reader may see it or not.
    pub(super) either: bool,
}

/// A line between two of them.
#[derive(Debug)]
pub(super) struct FlowLabel {
    /// Indices of nodes, of which one is the start.
    pub(super) from: Vec<usize>,
    /// Indices of nodes, of which one is the end.
    pub(super) to: Vec<usize>,
    pub(super) heads: Heads,
    pub(super) label: Option<String>,
    /// A reader may see it or not.
    pub(super) either: bool,
}

impl Labels {
    /// Reads a file of labels; a mistake in it is a failed test.
    pub(super) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("labels are readable");
        let name = path.file_stem().expect("labels have a name").to_string_lossy().into_owned();
        Self::parse(name, &text)
    }

    pub(super) fn parse(name: String, text: &str) -> Self {
        let root = Node::parse(FileId(0), text).expect("labels are YAML");
        let list = |key: &str| root.get(key).and_then(Node::as_list).unwrap_or_default();
        let names: Vec<String> =
            list("nodes").iter().map(|node| word(node, "name").expect("a name")).collect();
        let at = |wanted: &str| {
            let mut places = (0..names.len()).filter(|at| names[*at] == wanted);
            let place = places.next().unwrap_or_else(|| panic!("{name}: there is no `{wanted}`"));
            assert!(places.next().is_none(), "{name}: `{wanted}` is there twice");
            place
        };
        let nodes = list("nodes").iter().zip(&names).map(|(node, name)| {
            let mut all = vec![plain(without_count(name))];
            all.extend(words(node, "or").iter().map(|other| plain(other)));
            if yes(node, "unnamed") {
                all.clear();
            }
            let mut parents: Vec<Option<usize>> =
                words(node, "in").iter().map(|parent| (parent != "nothing").then(|| at(parent))).collect();
            if parents.is_empty() {
                parents.push(None);
            }
            assert_eq!(at(name), at(name), "names are distinct");
            NodeLabel { name: name.clone(), names: all, parents, either: yes(node, "either") }
        });
        let ends = |flow: &Node, key: &str| words(flow, key).iter().map(|end| at(end)).collect();
        let flows = list("flows").iter().map(|flow| FlowLabel {
            from: ends(flow, "from"),
            to: ends(flow, "to"),
            heads: match word(flow, "heads").as_deref() {
                None => Heads::One,
                Some("both") => Heads::Both,
                Some("none") => Heads::None,
                Some(other) => panic!("{name}: heads are `both` or `none`, not `{other}`"),
            },
            label: word(flow, "label"),
            either: yes(flow, "either"),
        });
        Self {
            file: word(&root, "file").expect("labels name their file"),
            page: word(&root, "page").expect("labels name their page"),
            holdout: yes(&root, "holdout"),
            nodes: nodes.collect(),
            flows: flows.collect(),
            name,
        }
    }

    /// How many labels may be seen or not.
    pub(super) fn doubtful(&self) -> usize {
        self.nodes.iter().filter(|node| node.either).count()
            + self.flows.iter().filter(|flow| flow.either).count()
    }
}

/// Letters and digits alone, in lower case: what is compared of a name.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `Client (2)` is the second `Client`.
fn without_count(name: &str) -> &str {
    let Some((front, count)) = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) else {
        return name;
    };
    if count.parse::<u32>().is_ok() { front } else { name }
}

fn word(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_text)
}

/// One word or a list of them.
fn words(node: &Node, key: &str) -> Vec<String> {
    let Some(value) = node.get(key) else { return Vec::new() };
    match value.as_list() {
        Some(list) => list.iter().filter_map(Node::as_text).collect(),
        None => value.as_text().into_iter().collect(),
    }
}

fn yes(node: &Node, key: &str) -> bool {
    word(node, key).is_some_and(|value| value == "true")
}

#[test]
fn names_are_compared_by_letters_and_digits() {
    assert_eq!(plain("API Handler\n(AWS Lambda)"), "apihandlerawslambda");
    assert_eq!(without_count("Client (2)"), "Client");
    assert_eq!(without_count("Hash (MD5)"), "Hash (MD5)");
}
