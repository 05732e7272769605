//! The reference of packs as Markdown: an overview, then a chapter for each rule.

use std::collections::BTreeMap;

use super::pack_files::{NamedPacks, examples_beside};
use crate::assessment::{On, PackCard, RuleCard};
use crate::diagnostic::Diagnostic;
use crate::guidance::{self, BUILTIN, GapWords, PackChoice, PackName, Packs, WordLine};
use crate::source::{FileId, Node, ReadError, Sources, Span, Value};

/// References, or what is wrong with the packs.
#[derive(Debug)]
pub enum References {
    /// The pages, one after the other.
    Text(String),
    /// The mistakes, with the sources that their places point into.
    Wrong(Sources, Vec<Diagnostic>),
}

/// The reference of the named packs; of those in use by default when none is named. `limit` is the
/// largest file of examples that is read, in bytes.
///
/// # Errors
/// When examples cannot be read.
pub fn references(packs: &NamedPacks, limit: u64) -> Result<References, ReadError> {
    let names: Option<Vec<PackName>> = match (packs.builtin.as_slice(), packs.files.named.as_slice()) {
        ([], []) => None,
        (names, _) => {
            Some(names.iter().map(|id| PackName { id: id.clone(), span: Span::default() }).collect())
        }
    };
    let mut sources = Sources::default();
    let brought = packs.files.sources(&mut sources);
    let choice = PackChoice { named: names.as_deref(), also: &[], brought: &brought };
    let loaded = match Packs::choose(&choice) {
        Ok(loaded) => loaded,
        Err(told) => return Ok(References::Wrong(sources, told)),
    };
    let mut examples = Examples::default();
    BUILTIN.iter().for_each(|pack| examples.add_all(&pack.examples()));
    for pack in &packs.files.named {
        if let Ok(node) = Node::parse(FileId(0), &pack.text) {
            for rule in node.get("rules").and_then(Node::as_list).unwrap_or_default() {
                let id = rule.get("id").and_then(Node::as_text).unwrap_or_default();
                rule.get("examples").into_iter().for_each(|kinds| examples.add(&id, kinds));
            }
        }
        // What is wrong with examples is told by their test.
        let beside = examples_beside(pack, limit)?;
        beside
            .and_then(|source| Node::parse(FileId(0), &source.text).ok())
            .iter()
            .for_each(|node| examples.add_all(node));
    }
    let pages: Vec<String> = loaded.cards().iter().map(|pack| page(&loaded, pack, &examples)).collect();
    Ok(References::Text(pages.join("\n")))
}

/// One example of each rule.
#[derive(Default)]
struct Examples(BTreeMap<String, (&'static str, Node)>);

impl Examples {
    fn add_all(&mut self, node: &Node) {
        for (rule, kinds) in node.as_map().unwrap_or_default() {
            self.add(&rule.name, kinds);
        }
    }

    fn add(&mut self, rule: &str, kinds: &Node) {
        let first = |kind| kinds.get(kind).and_then(Node::as_list).and_then(<[Node]>::first);
        let found = ["gap", "unknown", "satisfied"].into_iter().find_map(|kind| Some((kind, first(kind)?)));
        if let Some((kind, example)) = found {
            self.0.insert(rule.to_owned(), (kind, example.clone()));
        }
    }
}

fn page(packs: &Packs, pack: &PackCard, examples: &Examples) -> String {
    let rules: Vec<&RuleCard> = packs.rules().filter(|rule| rule.pack == pack.id).collect();
    let mut text = format!(
        "# {}\n\nPack `{}`, version {}. {}\n",
        plain(&pack.title),
        pack.id,
        pack.version,
        sentence(&pack.covers)
    );
    if let Some(built_in) = BUILTIN.iter().find(|known| known.id == pack.id) {
        text.push_str(match built_in.by_default {
            true => "It is in use when a project names no packs.\n",
            false => "It is in use when a project names it.\n",
        });
    }
    if !pack.extends.is_empty() {
        text.push_str(&format!("It extends {}.\n", codes(&pack.extends)));
    }
    let scope = packs.scope_in_words(&pack.id);
    if !scope.is_empty() {
        text.push_str(&format!("\nIt is about models where\n\n{}", bullets(&scope)));
    }
    if !pack.changes.is_empty() {
        text.push_str("\n| changed rule | what | why |\n| --- | --- | --- |\n");
        for change in &pack.changes {
            let [what, reason] = [&change.what, &change.reason].map(|words| cell(words));
            text.push_str(&format!("| `{}` | {what} | {reason} |\n", change.rule));
        }
    }
    text.push_str("\n| rule | what it finds | category | severity |\n| --- | --- | --- | --- |\n");
    for rule in &rules {
        text.push_str(&format!(
            "| [`{id}`](#{id}) | {} | {} | {} |\n",
            cell(&rule.title),
            rule.category.word(),
            rule.severity.word(),
            id = rule.id,
        ));
    }
    for rule in &rules {
        text.push_str(&chapter(packs, rule, &rules, examples));
    }
    text
}

fn chapter(packs: &Packs, rule: &RuleCard, own: &[&RuleCard], examples: &Examples) -> String {
    let mut text = format!("\n## {}\n\n{}\n", rule.id, sentence(&rule.title));
    if let Some(words) = packs.rule_in_words(&rule.id) {
        let subject = match rule.on {
            On::Model => "the model".to_owned(),
            on => format!("each {}", on.word()),
        };
        text.push_str(&format!("\nIt is about {subject} where\n\n{}", bullets(&words.when)));
        text.push_str(&format!("\nIt is sound when\n\n{}", bullets(&words.satisfied)));
        match &words.gap {
            GapWords::NotSatisfied => text.push_str("\nIt is a gap when that is known not to hold.\n"),
            GapWords::When(lines) => text.push_str(&format!("\nIt is a gap when\n\n{}", bullets(lines))),
            GapWords::Never => text.push_str("\nIt is never a gap: the rule only asks.\n"),
        }
    }
    let severity = rule.severity.word();
    text.push_str(&format!("\n**Severity** {severity}: {}\n", sentence(&rule.severity_why)));
    text.push_str(&format!("\n**Why it matters.** {}\n", sentence(&rule.why)));
    text.push_str(&format!("\n**What to do.** {}\n", sentence(&rule.action)));
    text.push_str(&format!("\n**How to verify.** {}\n", sentence(&rule.verify)));
    let who: Vec<&str> = rule.who.iter().map(|who| who.word()).collect();
    text.push_str(&format!("\n**Question**, to {}: {}\n", who.join(", "), sentence(&rule.ask)));
    for (head, names) in [("Includes", &rule.includes), ("Yields to", &rule.yields_to)] {
        if !names.is_empty() {
            let links: Vec<String> = names.iter().map(|name| link(name, own)).collect();
            text.push_str(&format!("\n**{head}** {}.\n", links.join(", ")));
        }
    }
    if !rule.maps.is_empty() {
        let maps: Vec<String> = rule
            .maps
            .iter()
            .map(|(standard, ids)| format!("{}: {}", plain(standard), plain(&ids.join(", "))))
            .collect();
        text.push_str(&format!("\n**Maps to** {}.\n", maps.join("; ")));
    }
    text.push_str("\n**Sources**\n\n");
    for source in &rule.sources {
        text.push_str(&format!(
            "- [{}](<{}>)\n",
            plain(&source.title),
            source.url.replace(['<', '>', '\n'], "")
        ));
    }
    if let Some((kind, example)) = examples.0.get(&rule.id) {
        let kind = match *kind {
            "gap" => "A gap",
            "unknown" => "A question",
            _ => "Sound",
        };
        text.push_str(&format!("\n**Example.** {kind}:\n\n```yaml\n{}```\n", yaml(example)));
    }
    text
}

fn link(name: &str, own: &[&RuleCard]) -> String {
    let id = name.rsplit_once('/').map_or(name, |(_, id)| id);
    if own.iter().any(|rule| rule.id == id) { format!("[`{id}`](#{id})") } else { format!("`{name}`") }
}

fn bullets(lines: &[WordLine]) -> String {
    lines.iter().map(|line| format!("{}- {}\n", "  ".repeat(line.depth), plain(&line.text))).collect()
}

fn codes(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Text that means nothing in Markdown, on one line. Words in backticks stay as they are.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        code ^= character == '`';
        if !code && matches!(character, '<' | '*' | '_' | '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn cell(text: &str) -> String {
    plain(text).replace('|', "\\|")
}

fn sentence(text: &str) -> String {
    let text = plain(text);
    if text.ends_with(['.', '?', '!', ':']) { text } else { format!("{text}.") }
}

/// A small model as YAML: its parts by line, each in braces.
fn yaml(example: &Node) -> String {
    let mut text = String::new();
    for (key, value) in example.as_map().unwrap_or_default() {
        match &value.value {
            Value::List(items) if !items.is_empty() => {
                text.push_str(&format!("{}:\n", key.name));
                items.iter().for_each(|item| text.push_str(&format!("  - {}\n", flow(item))));
            }
            _ => text.push_str(&format!("{}: {}\n", key.name, flow(value))),
        }
    }
    text
}

fn flow(node: &Node) -> String {
    match &node.value {
        Value::Null => "~".to_owned(),
        Value::Text(text) => guidance::scalar(text),
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) => node.as_text().unwrap_or_default(),
        Value::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries: Vec<String> =
                entries.iter().map(|(key, value)| format!("{}: {}", key.name, flow(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
