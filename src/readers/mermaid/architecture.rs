//! Architecture diagrams: groups, services, junctions and edges.
//!
//! Mermaid 11 "Architecture Diagrams": `group|service id(icon)[title] in parent`, `junction id in parent`,
//! `id{group}:SIDE <-[label]-> SIDE:id{group}`.

use super::account::Account;
use super::chart::{Chart, base};
use super::cursor::Cursor;
use super::flowchart::node;
use super::head::directive;
use super::junction;
use super::label;
use super::syntax::Fault;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Draft, ElementKind, Flow, Heads, LocalId};
use crate::readers::fate::Fate;
use crate::readers::sketch::{Base, Builder, DEEPEST};
use crate::wording::icons;
use crate::wording::label::Label;
use crate::wording::line::set_words;

/// Words that start a statement.
const WORDS: [&str; 7] = ["group", "service", "junction", "title", "accTitle", "accDescr", "align"];

/// Reads the statements that follow the head.
pub(super) fn read(text: &str, from: usize, account: &mut Account<'_>) -> Builder {
    let mut page = Page { chart: Chart::default(), parents: Vec::new(), junctions: Vec::new() };
    let mut cursor = Cursor::new(text, from);
    loop {
        cursor.gap();
        let start = cursor.at();
        if cursor.rest().is_empty() {
            break;
        }
        let mut fate = page.statement(&mut cursor, account);
        if fate.is_ok() && !cursor.ends() {
            fate = Err(Fault::Unexpected(cursor.at()));
        }
        match fate {
            Ok(fate) => account.mark(start, start + cursor.since(start).trim_end().len(), fate),
            Err(fault) => {
                cursor.go(start);
                let line = cursor.line();
                account.fault(start, start + line.trim_end().len(), fault, |word| {
                    did_you_mean(word, WORDS).filter(|known| *known != word).map(str::to_owned)
                });
            }
        }
    }
    page.finish(account)
}

struct Page<'t> {
    chart: Chart<'t>,
    /// Elements and the names of the groups that hold them.
    parents: Vec<(usize, &'t str)>,
    junctions: Vec<usize>,
}

/// An end of an edge: the element, and whether its group is meant.
struct End<'t> {
    id: &'t str,
    group: bool,
}

impl<'t> Page<'t> {
    fn statement(&mut self, cursor: &mut Cursor<'t>, account: &Account<'_>) -> Result<Fate, Fault> {
        let start = cursor.at();
        if let Some(length) = directive(cursor.rest()) {
            cursor.skip(length);
            return Ok(Fate::Visual);
        }
        for word in ["group", "service", "junction"] {
            if cursor.eat_word(word) {
                // `group:R -- L:x` is an edge of an element of that name.
                if cursor.blanks() {
                    return self.element(word, start, cursor, account);
                }
                cursor.go(start);
            }
        }
        if cursor.eat_word("align") {
            cursor.line();
            return Ok(Fate::Visual);
        }
        for word in ["title", "accTitle", "accDescr"] {
            if !cursor.eat_word(word) {
                continue;
            }
            cursor.eat(":");
            let words = label::one_line(cursor.line());
            match word {
                "title" => self.chart.builder.title = Some(words),
                "accTitle" => {
                    self.chart.builder.title.get_or_insert(words);
                }
                _ => self.chart.builder.note(None, None, words, account.place(start, cursor.at())),
            }
            return Ok(Fate::Understood);
        }
        self.edge(start, cursor, account)
    }

    fn element(
        &mut self,
        word: &str,
        start: usize,
        cursor: &mut Cursor<'t>,
        account: &Account<'_>,
    ) -> Result<Fate, Fault> {
        let id = node::id(cursor).ok_or(Fault::Unexpected(cursor.at()))?;
        cursor.blanks();
        let icon = between(cursor, "(", ")")?;
        cursor.blanks();
        if icon.is_none() && cursor.peek() == Some(b'"') {
            // A short text drawn in place of an icon.
            cursor.quoted(|_| true).ok_or(Fault::Unclosed(cursor.at()))?;
        }
        cursor.blanks();
        let title = between(cursor, "[", "]")?;
        cursor.blanks();
        if cursor.eat_word("in") {
            cursor.blanks();
            let parent = node::id(cursor).ok_or(Fault::Unexpected(cursor.at()))?;
            self.parents.push((self.chart.builder.nodes.len(), parent));
        }
        let (label, _) =
            title.map(|title| label::pictured(title.trim().trim_matches('"'))).unwrap_or_default();
        let name = if label.name.is_empty() { id.to_owned() } else { label.name.clone() };
        let mut draft = Draft::new(ElementKind::Unknown, name, account.place(start, cursor.at()));
        draft.alias = Some(id.to_owned());
        let set = icon.map(str::trim).and_then(|icon| icon.split_once(':'));
        let base = match (word, icon.map(str::trim), set) {
            ("group", ..) => Base::Kind(ElementKind::Boundary),
            ("junction", ..) => {
                self.junctions.push(self.chart.builder.nodes.len());
                base(ElementKind::Unknown)
            }
            (_, _, Some(_)) => base(ElementKind::Unknown),
            (_, Some("database" | "disk"), _) => base(of_store(&draft.name)),
            (_, Some("internet"), _) if is_internet(&draft.name) => base(ElementKind::Network),
            (_, Some("internet"), _) => base(ElementKind::Unknown),
            _ => base(ElementKind::Container),
        };
        let mut label = label;
        if let Some((_, name)) = set {
            label.icons.push(label::words(name));
        }
        self.chart.add(Some(id), draft, base, label);
        Ok(Fate::Understood)
    }

    fn edge(&mut self, start: usize, cursor: &mut Cursor<'t>, account: &Account<'_>) -> Result<Fate, Fault> {
        let from = end(cursor)?;
        side(cursor, true)?;
        cursor.blanks();
        let left = cursor.eat("<");
        let mut text = None;
        if cursor.eat("-[") {
            let words = cursor.on_line("]-").ok_or(Fault::Unclosed(cursor.at() - 1))?;
            text = Some(&cursor.rest()[..words]);
            cursor.skip(words + 2);
        } else if !cursor.eat("--") {
            return Err(Fault::Unexpected(cursor.at()));
        }
        let right = cursor.eat(">");
        cursor.blanks();
        side(cursor, false)?;
        let to = end(cursor)?;
        let place = account.place(start, cursor.at());
        let (from, to) = (self.end_node(&from, place), self.end_node(&to, place));
        let (from, to) = if left && !right { (to, from) } else { (from, to) };
        let mut flow = Flow::new(LocalId(from), LocalId(to), place);
        flow.heads = match (left, right) {
            (true, true) => Heads::Both,
            (false, false) => Heads::None,
            _ => Heads::One,
        };
        let (words, technologies) =
            text.map(|text| label::line_label(text.trim().trim_matches('"'))).unwrap_or_default();
        set_words(&mut flow, words, technologies.as_deref());
        self.chart.builder.link(flow);
        Ok(Fate::Understood)
    }

    /// The element of an end, or the group that holds it when the edge ends on that.
    fn end_node(&mut self, end: &End<'t>, place: crate::source::Place) -> usize {
        let node = self.chart.find(end.id).unwrap_or_else(|| {
            let draft = Draft::new(ElementKind::Unknown, end.id, place);
            self.chart.add(Some(end.id), draft, base(ElementKind::Unknown), Label::default())
        });
        let parent = || {
            let (_, name) = self.parents.iter().rev().find(|(child, _)| *child == node)?;
            self.chart.find(name)
        };
        if end.group { parent().unwrap_or(node) } else { node }
    }

    fn finish(mut self, account: &mut Account<'_>) -> Builder {
        let mut too_deep = false;
        for (child, name) in std::mem::take(&mut self.parents) {
            let Some(group) = self.chart.find(name) else { continue };
            too_deep |= !self.chart.hold(group, child);
        }
        let junctions = std::mem::take(&mut self.junctions);
        if !junction::replace(&mut self.chart, &junctions) {
            let message = "the junctions stand for more than 10,000 links; the others are not kept";
            account.diagnostics.push(Diagnostic::error(
                "mermaid/too-many-links",
                message,
                account.span(0, 0),
            ));
        }
        if self.chart.flatten() || too_deep {
            let message =
                format!("groups are nested deeper than {DEEPEST}; the deeper ones are not kept as groups");
            account.diagnostics.push(Diagnostic::warning("mermaid/too-deep", message, account.span(0, 0)));
        }
        self.chart.builder
    }
}

/// What a thing with the icon of a store is. There are five icons for everything, so that a name that says what it is
/// counts more: "Cognito", "Secrets Manager".
fn of_store(name: &str) -> ElementKind {
    match icons::kind_of_icon(name) {
        kind @ (ElementKind::Identity
        | ElementKind::Secrets
        | ElementKind::Queue
        | ElementKind::Gateway
        | ElementKind::Firewall) => kind,
        _ => ElementKind::Datastore,
    }
}

/// Whether a name is that of a network, and not of somebody's service on the Internet.
fn is_internet(name: &str) -> bool {
    let lower = name.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| ["the", "public", "internet", "web", "www", "wan", "network", "inet"].contains(&word))
}

/// Text between two marks, when the first stands here.
fn between<'t>(cursor: &mut Cursor<'t>, open: &str, close: &str) -> Result<Option<&'t str>, Fault> {
    let start = cursor.at();
    if !cursor.eat(open) {
        return Ok(None);
    }
    let end = cursor.on_line(close).ok_or(Fault::Unclosed(start))?;
    let text = &cursor.rest()[..end];
    cursor.skip(end + close.len());
    Ok(Some(text))
}

/// `id{group}`.
fn end<'t>(cursor: &mut Cursor<'t>) -> Result<End<'t>, Fault> {
    let id = node::id(cursor).ok_or(Fault::Unexpected(cursor.at()))?;
    Ok(End { id, group: cursor.eat("{group}") })
}

/// `:R` after an end, `L:` before one.
fn side(cursor: &mut Cursor<'_>, after: bool) -> Result<(), Fault> {
    let fault = Fault::Unexpected(cursor.at());
    if after && !cursor.eat(":") || !["L", "R", "T", "B"].iter().any(|side| cursor.eat(side)) {
        return Err(fault);
    }
    if !after && !cursor.eat(":") {
        return Err(fault);
    }
    Ok(())
}
