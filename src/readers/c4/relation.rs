//! Relations: `Rel` and its kin, those of ArchiMate too.

use super::Macros;
use crate::model::{Draft, ElementKind, Flow, Heads, LocalId, Technology};
use crate::readers::arguments::{Arguments, Call};
use crate::readers::fate::Fate;
use crate::readers::sketch::{Base, Builder};
use crate::source::Place;
use crate::wording::kinds;
use crate::wording::line::set_words;

/// Macros that draw a relation, without the direction behind them.
pub(super) const RELATIONS: [&str; 3] = ["Rel", "BiRel", "RelIndex"];

/// Whether a macro of this name draws a relation.
pub(super) fn is_relation(name: &str) -> bool {
    RELATIONS
        .iter()
        .any(|start| name.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')))
}

impl Macros {
    /// `Rel(from, to, label, techn)` and its kin, those of ArchiMate too.
    pub(super) fn relation(&mut self, builder: &mut Builder, call: &Call, place: Place) -> Fate {
        let arguments = Arguments(call);
        let mut form = RelationForm::of(&call.name);
        let plain = call.arguments.iter().filter(|argument| argument.name.is_none()).count();
        // `Rel_(from, to, label, techn, "-->")` carries its arrow; in dynamic diagrams a number may stand first.
        let arrow = (call.name == "Rel_").then(|| plain.checked_sub(1)).flatten();
        if let Some(arrow) = arrow.and_then(|last| arguments.get("direction", last)) {
            form.indexed = plain == 6 || plain == 5 && self.dynamic;
            (form.heads, form.back) = match (arrow.starts_with('<'), arrow.ends_with('>')) {
                (true, true) => (Heads::Both, false),
                (back, _) => (Heads::One, back),
            };
        }
        let shift = usize::from(form.indexed);
        let (Some(from), Some(to)) = (arguments.get("from", shift), arguments.get("to", shift + 1)) else {
            return Fate::Unknown;
        };
        let (from, to) = if form.back { (to, from) } else { (from, to) };
        let from = named(builder, from, place);
        let to = named(builder, to, place);
        let mut flow = Flow::new(LocalId(from), LocalId(to), place);
        flow.heads = form.heads;
        flow.dashed = form.dashed;
        flow.stereotypes.extend(form.meaning);
        let (words, bracket) = arguments.get("label", shift + 2).map(self.markup.line).unwrap_or_default();
        let technology = arguments.get("techn", shift + 3).filter(|_| arrow != Some(shift + 3));
        let technology = technology.map(self.markup.one_line);
        set_words(&mut flow, words, technology.as_deref().or(bracket.as_deref()));
        flow.tags = arguments.get("tags", shift + 6).map(super::tags).unwrap_or_default();
        flow.tags.extend(call.tags.iter().cloned());
        for (key, position) in [("descr", shift + 4), ("link", shift + 7)] {
            let value = arguments.get(key, position).filter(|_| arrow.is_none_or(|last| last > position));
            if let Some(value) = value.map(self.markup.one_line) {
                let key = if key == "descr" { "description" } else { key };
                let told = flow.properties.get(key).map(|told| format!("{told}; {value}"));
                flow.properties.insert(key.to_owned(), told.unwrap_or(value));
            }
        }
        if let Some(link) = &call.link {
            flow.properties.insert("link".to_owned(), link.clone());
        }
        if let Some(technology) =
            flow.tags.iter().find_map(|tag| self.tags.get(tag)).filter(|_| flow.technologies.is_empty())
        {
            flow.technologies =
                kinds::technologies(technology).into_iter().map(Technology::written).collect();
        }
        let first = form.indexed.then(|| arguments.get("e_index", 0)).flatten();
        self.number(&mut flow, first.or_else(|| arguments.get("index", shift + 8)));
        self.properties.give(&mut flow.properties);
        builder.link(flow);
        Fate::Understood
    }

    /// The number of a step: given, or counted in a dynamic diagram.
    fn number(&mut self, flow: &mut Flow, index: Option<&str>) {
        let argument = |name: &str, text: &str| -> Option<u32> {
            text.strip_prefix(name)?
                .trim_start()
                .strip_prefix('(')?
                .split([')', ','])
                .next()?
                .trim()
                .parse()
                .ok()
        };
        match index {
            Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                flow.step = Some(number.to_owned());
            }
            // `LastIndex()-1` is a step that was told before.
            Some(last) if last.starts_with("LastIndex") => {
                let offset = last.rsplit_once(')').map_or("", |(_, offset)| offset.trim());
                let offset: i32 = offset.trim_start_matches('+').trim().replace(' ', "").parse().unwrap_or(0);
                flow.step = Some(self.step.saturating_add_signed(offset).to_string());
            }
            Some(set) if set.starts_with("SetIndex") => {
                self.step = argument("SetIndex", set).unwrap_or_else(|| self.step.saturating_add(1));
                flow.step = Some(self.step.to_string());
            }
            None if !self.dynamic || flow.step.is_some() => {}
            Some(_) | None => {
                self.step = self.step.saturating_add(1);
                flow.step = Some(self.step.to_string());
            }
        }
    }
}

/// The node of a name that a macro uses.
fn named(builder: &mut Builder, key: &str, place: Place) -> usize {
    builder.used(key, Base::Used, || Draft::new(ElementKind::Unknown, key, place))
}

/// What the name of a relation macro says.
struct RelationForm {
    indexed: bool,
    back: bool,
    heads: Heads,
    dashed: bool,
    /// The relationship of ArchiMate.
    meaning: Option<String>,
}

impl RelationForm {
    fn of(name: &str) -> Self {
        let mut meaning: Vec<&str> = name.split('_').skip(1).filter(|word| !word.is_empty()).collect();
        let back = meaning.first() == Some(&"Back");
        let direction = |word: &str| {
            matches!(
                word,
                "U" | "D" | "L" | "R" | "Up" | "Down" | "Left" | "Right" | "Neighbor" | "Neighbour" | "Back"
            )
        };
        meaning.retain(|word| !direction(word));
        let kind = meaning.first().copied().unwrap_or_default();
        let heads = match kind {
            _ if name.starts_with("BiRel") => Heads::Both,
            "Association" if meaning.len() == 1 => Heads::None,
            _ => Heads::One,
        };
        Self {
            indexed: name.starts_with("RelIndex"),
            back,
            heads,
            dashed: matches!(kind, "Access" | "Flow" | "Influence" | "Realization"),
            meaning: Some(meaning.join(" ").to_lowercase()).filter(|words| !words.is_empty()),
        }
    }
}
