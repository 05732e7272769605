//! A few lines of text for what a reader would have made of a drawing.
//!
//! ```text
//! system Shop            a draft of a kind; two more blanks nest it in the one above
//!   container Web = w    with the alias w
//! host BT01 #h1          with the explicit id h1
//! boundary Shop <system> with a stereotype
//! container Web [Java]   with a technology
//! Web > Orders : SQL     a flow with a label; `<>` has two heads
//! ---                    the next diagram of the file
//! ```

use planroom::model::{Draft, ElementKind, Flow, Heads, LocalId, Sheet, SheetNode, Technology};
use planroom::readers::reader::Reading;
use planroom::source::{FileId, Place, Source, Span};

/// The reading of one file.
pub(super) fn sketch(path: &str, text: &str) -> Reading {
    let mut reading = Reading::default();
    reading.sources.add(Source::new(path, text));
    let mut first = 0;
    let mut stack: Vec<(usize, LocalId)> = Vec::new();
    let mut at = 0;
    reading.fragment.sheets.push(Sheet::new(Place::default()));
    for line in text.split_inclusive('\n') {
        let place = Place::from(Span::new(FileId(0), at, at + line.trim_end().len()));
        at += line.len();
        let depth = line.len() - line.trim_start().len();
        let line = line.trim();
        let fragment = &mut reading.fragment;
        if line.is_empty() {
        } else if line == "---" {
            first = fragment.drafts.len();
            stack.clear();
            fragment.sheets.push(Sheet::new(place));
        } else if let Some(title) = line.strip_prefix("title ") {
            fragment.sheets.last_mut().unwrap().title = Some(title.to_owned());
        } else if line.contains(" > ") || line.contains(" <> ") {
            let (ends, label) = line.split_once(" : ").unwrap_or((line, ""));
            let both = ends.contains(" <> ");
            let (from, to) = ends.split_once(if both { " <> " } else { " > " }).unwrap();
            let find = |name: &str| {
                let named = |draft: &Draft| draft.name == name || draft.alias.as_deref() == Some(name);
                LocalId(first + fragment.drafts[first..].iter().position(named).expect(name))
            };
            let mut flow = Flow::new(find(from), find(to), place);
            flow.label = Some(label.to_owned()).filter(|label| !label.is_empty());
            flow.heads = if both { Heads::Both } else { Heads::One };
            let sheet = fragment.sheets.last_mut().unwrap();
            sheet.flows.push(fragment.flows.len());
            fragment.flows.push(flow);
        } else {
            let (kind, rest) = line.split_once(' ').unwrap();
            let (rest, technologies) =
                rest.split_once(" [").map_or((rest, ""), |(rest, words)| (rest, words.trim_end_matches(']')));
            let (rest, stereotype) =
                rest.split_once(" <").map_or((rest, None), |(rest, word)| (rest, word.strip_suffix('>')));
            let (rest, id) = rest.split_once(" #").map_or((rest, None), |(rest, id)| (rest, Some(id)));
            let (name, alias) =
                rest.split_once(" = ").map_or((rest, None), |(name, alias)| (name, Some(alias)));
            let mut draft = Draft::new(ElementKind::from_word(kind).expect(kind), name, place);
            draft.explicit_id = id.map(str::to_owned);
            let words = technologies.split(", ").filter(|word| !word.is_empty());
            draft.technologies = words.map(Technology::written).collect();
            draft.stereotypes.extend(stereotype.map(str::to_owned));
            draft.alias = alias.map(str::to_owned);
            stack.retain(|(outer, _)| *outer < depth);
            draft.parent = stack.last().map(|(_, parent)| *parent);
            let local = LocalId(fragment.drafts.len());
            stack.push((depth, local));
            let node = SheetNode { draft: local, parent: draft.parent, bounds: None, look: None };
            fragment.sheets.last_mut().unwrap().nodes.push(node);
            fragment.drafts.push(draft);
        }
    }
    reading
}
