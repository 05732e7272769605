//! C4-PlantUML by the names of its macros; the library itself is never read.
//!
//! C4-PlantUML 2.11, "README.md" and the signatures of its procedures: positional and named arguments.

use super::builder::Base;
use super::{Page, convention, kinds, plain, words};
use crate::model::{
    Direction, Draft, ElementKind, Fact, FactKey, FactValue, Flow, Heads, LocalId, Technology, ViewKind,
};
use crate::readers::plantuml::account::Fate;
use crate::readers::plantuml::label;
use crate::readers::plantuml::syntax::Call;
use crate::source::Place;

/// Properties that wait for the next element or relation.
#[derive(Debug, Default)]
pub(super) struct Properties {
    header: Option<Vec<String>>,
    plain: bool,
    rows: Vec<Vec<String>>,
}

/// Arguments of a call by name or position.
pub(super) struct Arguments<'c>(pub(super) &'c Call);

impl<'c> Arguments<'c> {
    /// The argument of this name, else the one at this position among those without a name; never empty.
    pub(super) fn get(&self, name: &str, position: usize) -> Option<&'c str> {
        let named = self.0.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        let found = named
            .or_else(|| self.0.arguments.iter().filter(|argument| argument.name.is_none()).nth(position))?;
        Some(found.value.trim()).filter(|value| !value.is_empty())
    }

    /// The argument of this name.
    pub(super) fn named(&self, name: &str) -> Option<&'c str> {
        self.get(name, usize::MAX)
    }
}

/// Where the macros of a family keep their arguments.
struct Places {
    technology: usize,
    description: usize,
    sprite: usize,
    tags: usize,
    link: usize,
}

const NONE: usize = usize::MAX;
const CONTEXT: Places = Places { technology: NONE, description: 2, sprite: 3, tags: 4, link: 5 };
const CONTAINER: Places = Places { technology: 2, description: 3, sprite: 4, tags: 5, link: 6 };
const BOUNDARY: Places = Places { technology: NONE, description: 4, sprite: NONE, tags: 2, link: 3 };
const TYPED_BOUNDARY: Places = Places { technology: NONE, description: 5, sprite: NONE, tags: 3, link: 4 };

impl Page {
    /// Lowers the call of a macro of any library.
    pub(super) fn call(&mut self, call: &Call, place: Place) -> Fate {
        let name = call.name.as_str();
        let external = name.strip_suffix("_Ext");
        let base = external.unwrap_or(name);
        let (kind, places) = match base {
            "Person" => (ElementKind::Person, CONTEXT),
            "System" => (ElementKind::System, CONTEXT),
            "SystemDb" => (ElementKind::Datastore, CONTEXT),
            "SystemQueue" => (ElementKind::Queue, CONTEXT),
            "Container" => (ElementKind::Container, CONTAINER),
            "Component" => (ElementKind::Component, CONTAINER),
            "ContainerDb" | "ComponentDb" => (ElementKind::Datastore, CONTAINER),
            "ContainerQueue" | "ComponentQueue" => (ElementKind::Queue, CONTAINER),
            "Node" | "Node_L" | "Node_R" | "Deployment_Node" | "Deployment_Node_L" | "Deployment_Node_R" => {
                (ElementKind::Host, CONTAINER)
            }
            "Boundary" => (ElementKind::Boundary, TYPED_BOUNDARY),
            "System_Boundary" | "Container_Boundary" | "Enterprise_Boundary" => {
                (ElementKind::Boundary, BOUNDARY)
            }
            "Boundary_End" => {
                self.builder.leave();
                return Fate::Understood;
            }
            _ if is_relation(base) => return self.relation(call, place),
            _ => return self.setting(call).unwrap_or_else(|| convention::call(self, call, place)),
        };
        let Some(alias) = Arguments(call).get("alias", 0) else { return Fate::Unknown };
        self.macro_element(call, base, alias, kind, &places, external.is_some(), place);
        Fate::Understood
    }

    #[expect(clippy::too_many_arguments, reason = "one call site; a struct would only repeat the names")]
    fn macro_element(
        &mut self,
        call: &Call,
        base: &str,
        alias: &str,
        kind: ElementKind,
        places: &Places,
        external: bool,
        place: Place,
    ) {
        let arguments = Arguments(call);
        let label = label::label(arguments.get("label", 1).unwrap_or_default());
        let name = if label.name.is_empty() { alias.to_owned() } else { label.name };
        let kind = match arguments.named("baseShape") {
            Some("database" | "storage") if kind != ElementKind::Boundary => ElementKind::Datastore,
            Some("queue") => ElementKind::Queue,
            _ => kind,
        };
        let mut draft = Draft::new(kind, name, place);
        draft.alias = Some(alias.to_owned());
        let technology = arguments
            .get("techn", places.technology)
            .or_else(|| arguments.named("type").filter(|_| kind == ElementKind::Host));
        draft.technologies = kinds::technologies(&label::one_line(technology.unwrap_or_default()))
            .into_iter()
            .map(Technology::written)
            .collect();
        let description = arguments.get("descr", places.description).map(label::one_line);
        draft.description = description.or(label.description).filter(|text| !text.is_empty());
        draft.tags = arguments.get("tags", places.tags).map(tags).unwrap_or_default();
        if let Some(link) = arguments.get("link", places.link) {
            draft.properties.insert("link".to_owned(), link.to_owned());
        }
        if let Some(sprite) = arguments.get("sprite", places.sprite).and_then(sprite) {
            if draft.technologies.is_empty() && !matches!(kind, ElementKind::Person | ElementKind::Boundary) {
                draft.technologies.push(Technology::written(words::in_words(sprite)));
            }
            draft.properties.insert("sprite".to_owned(), sprite.to_owned());
        }
        let word = match base {
            "System_Boundary" => Some("system".to_owned()),
            "Container_Boundary" => Some("container".to_owned()),
            "Enterprise_Boundary" => Some("enterprise".to_owned()),
            "Boundary" => arguments.get("type", 2).map(label::one_line),
            _ => None,
        };
        draft.stereotypes.extend(word);
        if external {
            draft.facts.add(Fact::stated(FactKey::External, FactValue::word("yes"), place));
        }
        self.properties.give(&mut draft.properties);
        let at = self.builder.declare(alias, Base::Kind(kind), draft, true);
        if let Some(node) = self.builder.nodes.get_mut(at) {
            node.deploys |= kind == ElementKind::Host;
        }
        if call.opens && !call.closes {
            self.builder.enter(at, place);
        } else if !call.opens {
            self.opens_next = Some(at);
        }
    }

    /// `Rel(from, to, label, techn)` and its kin, those of ArchiMate too.
    fn relation(&mut self, call: &Call, place: Place) -> Fate {
        let arguments = Arguments(call);
        let form = RelationForm::of(&call.name);
        let shift = usize::from(form.indexed);
        let (Some(from), Some(to)) = (arguments.get("from", shift), arguments.get("to", shift + 1)) else {
            return Fate::Unknown;
        };
        let (from, to) = if form.back { (to, from) } else { (from, to) };
        let from = self.named(from, place);
        let to = self.named(to, place);
        let mut flow = Flow::new(LocalId(from), LocalId(to), place);
        flow.heads = form.heads;
        flow.dashed = form.dashed;
        flow.stereotypes.extend(form.meaning);
        let (words, bracket) = arguments.get("label", shift + 2).map(label::line_label).unwrap_or_default();
        let technology =
            arguments.get("techn", shift + 3).filter(|_| call.name != "Rel_").map(label::one_line);
        plain::set_words(&mut flow, words, technology.as_deref().or(bracket.as_deref()));
        flow.tags = arguments.get("tags", shift + 6).map(tags).unwrap_or_default();
        for (key, position) in [("descr", shift + 4), ("link", shift + 7)] {
            if let Some(value) = arguments.get(key, position).map(label::one_line) {
                let key = if key == "descr" { "description" } else { key };
                flow.properties.insert(key.to_owned(), value);
            }
        }
        if let Some(technology) =
            flow.tags.iter().find_map(|tag| self.tags.get(tag)).filter(|_| flow.technologies.is_empty())
        {
            flow.technologies =
                kinds::technologies(technology).into_iter().map(Technology::written).collect();
        }
        self.number(&mut flow, form.indexed.then(|| arguments.get("e_index", 0)).flatten());
        self.properties.give(&mut flow.properties);
        self.last_flow = Some(self.builder.link(flow));
        Fate::Understood
    }

    /// The number of a step: given, or counted in a dynamic diagram.
    fn number(&mut self, flow: &mut Flow, index: Option<&str>) {
        match index {
            Some(number) if number.starts_with(|c: char| c.is_ascii_digit()) => {
                flow.step = Some(number.to_owned())
            }
            Some(number) if number.starts_with("LastIndex") => flow.step = Some(self.step.to_string()),
            Some(_) => {
                self.step = self.step.saturating_add(1);
                flow.step = Some(self.step.to_string());
            }
            None if self.view == Some(ViewKind::Dynamic) && flow.step.is_none() => {
                self.step = self.step.saturating_add(1);
                flow.step = Some(self.step.to_string());
            }
            None => {}
        }
    }

    /// The node of a name that a macro uses.
    pub(super) fn named(&mut self, key: &str, place: Place) -> usize {
        self.builder.used(key, Base::Used, || Draft::new(ElementKind::Unknown, key, place))
    }

    /// Macros that set something; `None` when this is none of them.
    fn setting(&mut self, call: &Call) -> Option<Fate> {
        let arguments = Arguments(call);
        let name = call.name.trim_start_matches('$');
        Some(match name {
            "LAYOUT_LEFT_RIGHT" | "LAYOUT_LANDSCAPE" => {
                self.builder.direction = Some(Direction::Right);
                Fate::Understood
            }
            "LAYOUT_TOP_DOWN" => {
                self.builder.direction = Some(Direction::Down);
                Fate::Understood
            }
            "AddProperty" => {
                self.properties
                    .rows
                    .push(call.arguments.iter().map(|argument| label::one_line(&argument.value)).collect());
                Fate::Understood
            }
            "WithoutPropertyHeader" => {
                self.properties.plain = true;
                Fate::Understood
            }
            "SetPropertyHeader" => {
                self.properties.plain = false;
                self.properties.header =
                    Some(call.arguments.iter().map(|argument| argument.value.clone()).collect());
                Fate::Understood
            }
            "setIndex" | "SetIndex" => {
                let number =
                    arguments.get("new_index", 0).and_then(|number| number.parse::<u32>().ok()).unwrap_or(1);
                self.step = number.saturating_sub(1);
                Fate::Visual
            }
            "increment" | "Index" | "LastIndex" | "LEGEND" | "C4Version" | "C4VersionDetails" => Fate::Visual,
            _ if name.starts_with("Add") && name.ends_with("Tag") => {
                if let (Some(tag), Some(technology)) =
                    (arguments.get("tagStereo", 0), arguments.named("techn"))
                {
                    self.tags.insert(tag.to_owned(), technology.to_owned());
                }
                Fate::Visual
            }
            _ if is_look(name) => Fate::Visual,
            _ => return None,
        })
    }
}

/// Macros that only say how the drawing looks.
fn is_look(name: &str) -> bool {
    ["LAYOUT_", "SHOW_", "HIDE_", "SET_", "Lay_", "Update", "SetDefault"]
        .iter()
        .any(|start| name.starts_with(start))
        || ["Color", "Coloring", "Style", "Styling", "Theme", "Font", "Skin", "Skinparam", "Legend"]
            .iter()
            .any(|end| name.ends_with(end))
}

fn is_relation(name: &str) -> bool {
    ["Rel", "BiRel", "RelIndex"].contains(&name)
        || ["Rel_", "BiRel_", "RelIndex_"].iter().any(|start| name.starts_with(start))
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

/// `a+b`: the tags of an element.
fn tags(text: &str) -> Vec<String> {
    text.split('+').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}

/// The name of a sprite; images and OpenIconic signs have none.
fn sprite(text: &str) -> Option<&str> {
    let name = text.split([',', '{']).next()?.trim();
    (!name.contains(':') && !name.starts_with('&') && !name.is_empty()).then_some(name)
}

impl Properties {
    /// Gives what waits to an element or relation.
    fn give(&mut self, properties: &mut std::collections::BTreeMap<String, String>) {
        let single = self
            .header
            .as_ref()
            .filter(|header| header.len() == 1 && !self.plain)
            .map(|header| header[0].clone());
        for row in self.rows.drain(..) {
            let (key, value) = match (&single, row.split_first()) {
                (Some(header), Some((value, _))) => (header.clone(), value.clone()),
                (None, Some((key, values))) => (key.clone(), values.join(", ")),
                (_, None) => continue,
            };
            let known = properties.entry(key).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(&value);
        }
        self.header = None;
        self.plain = false;
    }
}
