//! Block diagrams: rows of blocks, blocks in blocks, and links.
//!
//! Mermaid 11 "Block Diagrams". A line is one statement, however many blocks it names.

use super::account::Account;
use super::chart::{Chart, Words, is_look};
use super::cursor::Cursor;
use super::flowchart::{link, node, process};
use super::head::directive;
use super::label;
use super::syntax::{Fault, Vertex};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Draft, ElementKind, Flow, LocalId};
use crate::readers::fate::Fate;
use crate::readers::sketch::{Base, Builder, DEEPEST};
use crate::wording::line::set_words;

/// Words that start a statement, for "did you mean".
const WORDS: [&str; 7] = ["columns", "block", "space", "end", "classDef", "class", "style"];

/// Reads the statements that follow the head.
pub(super) fn read(text: &str, from: usize, account: &mut Account<'_>) -> Builder {
    let mut page = Page { chart: Chart::default(), open: Vec::new(), too_deep: None, classes: Vec::new() };
    let mut cursor = Cursor::new(text, from);
    loop {
        cursor.gap();
        let start = cursor.at();
        if cursor.rest().is_empty() {
            break;
        }
        if cursor.eat_word("end") && cursor.ends() {
            if page.open.pop().is_none() {
                let span = account.span(start, start + 3);
                account.diagnostics.push(Diagnostic::warning(
                    "mermaid/stray-end",
                    "this `end` closes nothing",
                    span,
                ));
            }
            continue;
        }
        cursor.go(start);
        match page.statement(&mut cursor, account) {
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
    page.finish(from, account)
}

struct Page<'t> {
    chart: Chart<'t>,
    /// Blocks that are open: the node, and where they start.
    open: Vec<(usize, usize)>,
    too_deep: Option<usize>,
    classes: Vec<(&'t str, &'t str)>,
}

impl<'t> Page<'t> {
    fn statement(&mut self, cursor: &mut Cursor<'t>, account: &Account<'_>) -> Result<Fate, Fault> {
        let start = cursor.at();
        if let Some(length) = directive(cursor.rest()) {
            cursor.skip(length);
            return Ok(Fate::Visual);
        }
        for word in ["columns", "classDef", "style"] {
            if cursor.eat_word(word) {
                cursor.words();
                return Ok(Fate::Visual);
            }
        }
        if cursor.eat_word("class") {
            let words = cursor.words();
            let (ids, name) = words.rsplit_once(char::is_whitespace).ok_or(Fault::Unexpected(cursor.at()))?;
            self.classes.extend(ids.split(',').map(|id| (id.trim(), name)));
            return Ok(if is_look(name) { Fate::Visual } else { Fate::Understood });
        }
        if cursor.eat_word("block-beta") || cursor.eat_word("block") {
            return self.block(start, cursor, account);
        }
        self.row(cursor, account)
    }

    /// `block:id["label"]:2`.
    fn block(&mut self, start: usize, cursor: &mut Cursor<'t>, account: &Account<'_>) -> Result<Fate, Fault> {
        let mut vertex = Vertex::default();
        if cursor.eat(":") {
            vertex.id = node::id(cursor).ok_or(Fault::Unexpected(cursor.at()))?;
            node::shape(cursor, &mut vertex)?;
            width(cursor);
        }
        if !cursor.ends() {
            return Err(Fault::Unexpected(cursor.at()));
        }
        let id = Some(vertex.id).filter(|id| !id.is_empty());
        let parent = self.open.last().map(|(node, _)| *node);
        let (label, _) = vertex.text.map(label::pictured).unwrap_or_default();
        // A block without a name only holds others together.
        let words = vertex.text.map_or(Words::Some, |_| Words::of(&label.name));
        let name = match words {
            Words::Some if !label.name.is_empty() => label.name.clone(),
            _ => vertex.id.to_owned(),
        };
        let deep = self.open.len() >= DEEPEST;
        if deep {
            self.too_deep.get_or_insert(start);
        }
        let node = match (id.and_then(|id| self.chart.find(id)), parent) {
            (Some(known), _) if !self.open.iter().any(|(node, _)| *node == known) => known,
            (_, Some(parent)) if name.is_empty() || deep => parent,
            _ if name.is_empty() => NOWHERE,
            _ => {
                let mut draft = Draft::new(ElementKind::Boundary, name, account.place(start, cursor.at()));
                draft.alias = id.map(str::to_owned);
                let node = self.chart.add(id, draft, Base::Kind(ElementKind::Boundary), label);
                self.chart.words[node] = words;
                self.put(node);
                node
            }
        };
        if let Some(node) = self.chart.builder.nodes.get_mut(node) {
            node.holds = true;
        }
        self.open.push((node, start));
        Ok(Fate::Understood)
    }

    /// Blocks on a line, and links between two of them.
    fn row(&mut self, cursor: &mut Cursor<'t>, account: &Account<'_>) -> Result<Fate, Fault> {
        let mut says = false;
        let mut left: Option<(usize, usize)> = None;
        while !cursor.ends() {
            if cursor.eat_word("space") {
                width(cursor);
                left = None;
                continue;
            }
            let vertex = node::vertex(cursor)?;
            let after = cursor.at();
            // `id<["words"]>(right)` is a drawn arrow and no block.
            let arrow = cursor.since(vertex.start).ends_with("]>") && cursor.eat("(");
            if arrow {
                let end = cursor.on_line(")").ok_or(Fault::Unclosed(after))?;
                cursor.skip(end + 1);
                width(cursor);
                left = None;
                continue;
            }
            width(cursor);
            let from = self.vertex(&vertex, account);
            says = true;
            left = Some((from, left.map_or(vertex.start, |(_, start)| start)));
            // Links follow one another.
            while let Some((from, start)) = left {
                cursor.blanks();
                let Some(link) = link::link(cursor)? else { break };
                cursor.blanks();
                let vertex = node::vertex(cursor)?;
                width(cursor);
                let to = self.vertex(&vertex, account);
                if !link.invisible {
                    let (from, to) = if link.backwards { (to, from) } else { (from, to) };
                    let mut flow = Flow::new(LocalId(from), LocalId(to), account.place(start, vertex.end));
                    flow.heads = link.heads;
                    flow.dashed = link.dotted;
                    let (words, technologies) = link.text.map(label::line_label).unwrap_or_default();
                    set_words(&mut flow, words, technologies.as_deref());
                    self.chart.builder.link(flow);
                }
                left = Some((to, vertex.start));
            }
        }
        Ok(if says { Fate::Understood } else { Fate::Visual })
    }

    fn vertex(&mut self, vertex: &Vertex<'t>, account: &Account<'_>) -> usize {
        let known = self.chart.find(vertex.id);
        let node = self.chart.vertex(vertex, account);
        self.chart.classes(node, &vertex.classes);
        if known.is_none() {
            self.put(node);
        }
        node
    }

    /// Puts a new node into the block that is open.
    fn put(&mut self, node: usize) {
        let parent = self.open.last().map(|(parent, _)| *parent).filter(|parent| *parent != NOWHERE);
        self.chart.builder.nodes[node].parent = parent;
    }

    fn finish(mut self, start: usize, account: &mut Account<'_>) -> Builder {
        if let Some((_, start)) = self.open.last() {
            let span = account.span(*start, start + 5);
            let message = "this block is opened and never closed";
            account
                .diagnostics
                .push(Diagnostic::warning("mermaid/unclosed-group", message, span).help("close it with end"));
        }
        for (id, name) in std::mem::take(&mut self.classes) {
            if let Some(node) = self.chart.find(id) {
                self.chart.classes(node, &[name]);
            }
        }
        if let Some(deep) = self.too_deep {
            let message =
                format!("groups are nested deeper than {DEEPEST}; the deeper ones are not kept as groups");
            account.diagnostics.push(Diagnostic::warning(
                "mermaid/too-deep",
                message,
                account.span(deep, deep),
            ));
        }
        self.chart.tidy();
        process::judge(&mut self.chart, account, start);
        self.chart.builder
    }
}

/// Stands for no node: a block without a name that stands in no other.
const NOWHERE: usize = usize::MAX;

/// `:2` after a block.
fn width(cursor: &mut Cursor<'_>) {
    let start = cursor.at();
    if cursor.eat(":") {
        let digits = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            cursor.go(start);
        } else {
            cursor.skip(digits);
        }
    }
}
