//! What one reader found in one source, before names of different files are compared.

use std::collections::BTreeMap;

use super::element::{ElementKind, Technology};
use super::facts::Facts;
use super::look::{Course, LabelSpot, Look, PlainFrame};
use super::relation::{DataDirection, Heads, Initiator, Phase, Port, Protocol};
use super::view::{Direction, ViewKind};
use crate::source::{Place, Span, acts};

/// Index of a [`Draft`] in its fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalId(pub usize);

/// Everything that one source says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// The source's own title for the whole (a model file's `title`).
    pub title: Option<String>,
    /// Elements; a draft's parent has a smaller index than itself.
    pub drafts: Vec<Draft>,
    /// Relations, in written order.
    pub flows: Vec<Flow>,
    /// Diagrams of the source, in written order.
    pub sheets: Vec<Sheet>,
    /// Facts about the model as a whole.
    pub facts: Facts,
    /// Document properties that the source names: owner, status, ...
    pub document: BTreeMap<String, String>,
    /// Data assets that the source names.
    pub data_assets: Vec<DataDraft>,
    /// Accounts and groups that the source names.
    pub identities: Vec<IdentityDraft>,
}

/// Something that is kept or carried, as one source writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct DataDraft {
    /// Its name.
    pub name: String,
    /// What is known of it.
    pub facts: Facts,
    /// Elements that keep it.
    pub kept_by: Vec<LocalId>,
    /// Flows that carry it, as indices into [`Fragment::flows`].
    pub carried_by: Vec<usize>,
    /// Where it is written.
    pub place: Place,
}

/// An account or group, as one source writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct IdentityDraft {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub purpose: Option<String>,
    /// Elements that run as it.
    pub used_by: Vec<LocalId>,
    /// Where it is written.
    pub place: Place,
}

fn calm(text: &mut String) {
    let loud = |c: char| acts(c) && !matches!(c, '\n' | '\t');
    if text.contains(loud) {
        *text = text.replace(loud, " ").trim().to_owned();
    }
}

/// An element as one source writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// An id that the author gave for use across files; an alias is local and is not one.
    pub explicit_id: Option<String>,
    /// The file's own short name, for messages.
    pub alias: Option<String>,
    /// What it is.
    pub kind: ElementKind,
    /// The name, markup removed, on one line.
    pub name: String,
    /// What holds it.
    pub parent: Option<LocalId>,
    /// The logical element that it names, when it is drawn as a deployed instance of it.
    pub instance_of: Option<String>,
    /// Technologies, in written order.
    pub technologies: Vec<Technology>,
    /// Prose beside the name.
    pub description: Option<String>,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties.
    pub properties: BTreeMap<String, String>,
    /// Facts that shapes or the format itself state (external, replicas, ...).
    pub facts: Facts,
    /// In words, what a reader of drawings concluded from places: `inside 'DMZ' by position`.
    pub basis: Vec<String>,
    /// Where it is written; several when it is mentioned again with more said.
    pub origins: Vec<Place>,
}

impl Draft {
    /// A draft that nothing else is known of.
    pub fn new(kind: ElementKind, name: impl Into<String>, place: Place) -> Self {
        Self {
            explicit_id: None,
            alias: None,
            kind,
            name: name.into(),
            parent: None,
            instance_of: None,
            technologies: Vec::new(),
            description: None,
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            facts: Facts::default(),
            basis: Vec::new(),
            origins: vec![place],
        }
    }
}

/// A relation as one source writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// An id that the author gave for use across files; diagrams have none.
    pub explicit_id: Option<String>,
    /// Where the line starts.
    pub from: LocalId,
    /// Where the line ends.
    pub to: LocalId,
    /// The words on the line, markup removed, lines joined by a space.
    pub label: Option<String>,
    /// Technologies as written beside the label.
    pub technologies: Vec<Technology>,
    /// Protocols that a model file names by id; diagrams leave this to `infer`.
    pub protocols: Vec<Protocol>,
    /// Ports that a model file names; diagrams leave this to `infer`.
    pub ports: Vec<Port>,
    /// Who opens the connection, when the format says.
    pub initiator: Initiator,
    /// Which way the content goes, when the format says.
    pub data: DataDirection,
    /// Pass-through elements, in order, when the format says.
    pub via: Vec<LocalId>,
    /// When the flow exists, when the format says.
    pub phase: Phase,
    /// Group of which only one is used.
    pub alternative: Option<String>,
    /// Exists only under a condition.
    pub optional: bool,
    /// Number on the line.
    pub step: Option<String>,
    /// Drawn dashed or dotted.
    pub dashed: bool,
    /// Heads at both ends (`<-->`), or at none (`--`).
    pub heads: Heads,
    /// Tags, in written order.
    pub tags: Vec<String>,
    /// Stereotypes, in written order.
    pub stereotypes: Vec<String>,
    /// Named properties.
    pub properties: BTreeMap<String, String>,
    /// Facts that the format itself states.
    pub facts: Facts,
    /// In words, what a reader of drawings concluded from places: `the end of the line lies 4 px from the border of 'Web'`.
    pub basis: Vec<String>,
    /// Where it is written.
    pub origins: Vec<Place>,
}

impl Flow {
    /// A flow that nothing else is known of.
    pub fn new(from: LocalId, to: LocalId, place: Place) -> Self {
        Self {
            explicit_id: None,
            from,
            to,
            label: None,
            technologies: Vec::new(),
            protocols: Vec::new(),
            ports: Vec::new(),
            initiator: Initiator::Unknown,
            data: DataDirection::Unknown,
            via: Vec::new(),
            phase: Phase::Unknown,
            alternative: None,
            optional: false,
            step: None,
            dashed: false,
            heads: Heads::One,
            tags: Vec::new(),
            stereotypes: Vec::new(),
            properties: BTreeMap::new(),
            facts: Facts::default(),
            basis: Vec::new(),
            origins: vec![place],
        }
    }
}

/// One diagram of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// An id that the author gave for use across files; diagrams have none.
    pub explicit_id: Option<String>,
    /// The author's title.
    pub title: Option<String>,
    /// The diagram's own name (`@startuml name`).
    pub name: Option<String>,
    /// What the author writes about it beside the drawing.
    pub description: Option<String>,
    /// What it shows, when the format says.
    pub kind: Option<ViewKind>,
    /// Elements, in drawing order.
    pub nodes: Vec<SheetNode>,
    /// Indices into [`Fragment::flows`].
    pub flows: Vec<usize>,
    /// Ways of lines, when the drawing has coordinates.
    pub routes: Vec<SheetRoute>,
    /// Notes, legends, headers and footers.
    pub notes: Vec<SheetNote>,
    /// Outlines without words that are drawn round others, in drawing order.
    pub frames: Vec<PlainFrame>,
    /// Flow direction that the author asked for.
    pub direction: Option<Direction>,
    /// Said to show everything of its kind.
    pub complete: bool,
    /// The whole diagram.
    pub place: Place,
}

impl Sheet {
    /// A diagram that shows nothing yet.
    pub fn new(place: Place) -> Self {
        Self {
            explicit_id: None,
            title: None,
            name: None,
            description: None,
            kind: None,
            nodes: Vec::new(),
            flows: Vec::new(),
            routes: Vec::new(),
            notes: Vec::new(),
            frames: Vec::new(),
            direction: None,
            complete: false,
            place,
        }
    }
}

/// An element as a diagram draws it.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetNode {
    /// The element.
    pub draft: LocalId,
    /// What this diagram nests it in.
    pub parent: Option<LocalId>,
    /// Left, top, width and height in px, when the drawing has coordinates.
    pub bounds: Option<[f64; 4]>,
    /// How the author's drawing shows it, when it has coordinates.
    pub look: Option<Look>,
}

/// The way of a line in a drawing with coordinates.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetRoute {
    /// The line, as an index into [`Fragment::flows`].
    pub flow: usize,
    /// Corners from the start to the end in px, both ends included; empty when the drawing names none. An end that
    /// floats stands in the middle of its shape.
    pub points: Vec<[f64; 2]>,
    /// How it goes from one point to the next.
    pub course: Course,
    /// Center of its label in px.
    pub label: Option<[f64; 2]>,
    /// Where its label stands on the line, when the author put it there; it counts more than the center.
    pub spot: Option<LabelSpot>,
}

/// Prose of a diagram.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetNote {
    /// The element that it stands beside.
    pub draft: Option<LocalId>,
    /// The flow that it stands on, as an index into [`Fragment::flows`].
    pub flow: Option<usize>,
    /// Its text, markup removed.
    pub text: String,
    /// Left, top, width and height in px, when the drawing has coordinates.
    pub bounds: Option<[f64; 4]>,
    /// How the author's drawing shows it, when it has coordinates.
    pub look: Option<Look>,
    /// Where it is written.
    pub place: Place,
}

impl Fragment {
    /// Puts blanks for what would act on whatever shows the words: no name is meant to.
    pub fn calm(&mut self) {
        let optional = |text: &mut Option<String>| text.iter_mut().for_each(calm);
        optional(&mut self.title);
        self.document.values_mut().for_each(calm);
        for draft in &mut self.drafts {
            calm(&mut draft.name);
            optional(&mut draft.instance_of);
            optional(&mut draft.description);
            draft.technologies.iter_mut().for_each(|one| calm(&mut one.written));
            draft.stereotypes.iter_mut().for_each(calm);
            draft.basis.iter_mut().for_each(calm);
        }
        for flow in &mut self.flows {
            optional(&mut flow.label);
            flow.technologies.iter_mut().for_each(|one| calm(&mut one.written));
            flow.basis.iter_mut().for_each(calm);
        }
        self.data_assets.iter_mut().for_each(|asset| calm(&mut asset.name));
        self.identities.iter_mut().for_each(|identity| calm(&mut identity.name));
        for sheet in &mut self.sheets {
            optional(&mut sheet.title);
            optional(&mut sheet.name);
            optional(&mut sheet.description);
            sheet.notes.iter_mut().for_each(|note| calm(&mut note.text));
        }
    }

    /// Moves every place.
    pub fn relocate(&mut self, map: &dyn Fn(Span) -> Span) {
        let all = |places: &mut Vec<Place>| places.iter_mut().for_each(|place| place.relocate(map));
        self.facts.relocate(map);
        for draft in &mut self.drafts {
            draft.facts.relocate(map);
            all(&mut draft.origins);
        }
        for flow in &mut self.flows {
            flow.facts.relocate(map);
            all(&mut flow.origins);
        }
        for asset in &mut self.data_assets {
            asset.facts.relocate(map);
            asset.place.relocate(map);
        }
        self.identities.iter_mut().for_each(|identity| identity.place.relocate(map));
        for sheet in &mut self.sheets {
            sheet.place.relocate(map);
            sheet.notes.iter_mut().for_each(|note| note.place.relocate(map));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_do_not_act_on_what_shows_them() {
        let draft = |name: &str| Draft::new(ElementKind::Unknown, name, Place::default());
        let mut fragment = Fragment {
            drafts: vec![draft("a\u{1B}[31mb\u{9B}c\0d\u{202E}"), draft("Über\u{200B}")],
            ..Fragment::default()
        };
        fragment.calm();
        let names: Vec<&str> = fragment.drafts.iter().map(|draft| draft.name.as_str()).collect();
        assert_eq!(names, ["a [31mb c d", "Über\u{200B}"]);
    }
}
