//! Names, anchors and links: how the document speaks of elements, flows, places and numbers.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexSet;

use super::Input;
use super::prose::{Inline, Mark, Prose, Target};
use crate::assessment::{Assessment, Decision, DecisionState, Finding, Severity, SubjectRef};
use crate::model::{Element, ElementId, Relation, RelationId, ViewId, slug};
use crate::scene::BadgeForm;
use crate::source::{FileId, Place, Source, Span};

/// What every section asks when it wants to link to another one.
pub(super) struct Links<'a> {
    /// What the document is made from.
    pub(super) input: &'a Input<'a>,
    marks: BTreeMap<&'a str, BadgeForm>,
    files: Vec<String>,
    /// Path of the one source that is no sidecar; `None` when there are several.
    only_drawing: Option<String>,
    shared_names: BTreeSet<&'a str>,
    zones: BTreeMap<&'a ElementId, &'a ElementId>,
    subjects: BTreeMap<&'a SubjectRef, Vec<Mark>>,
    /// Lines that links lead to; the sources section shows them.
    cited: RefCell<BTreeMap<FileId, BTreeSet<u32>>>,
}

impl<'a> Links<'a> {
    /// The links of one input.
    pub(super) fn new(input: &'a Input<'a>) -> Self {
        let assessment = input.assessment;
        let mut marks = BTreeMap::new();
        let mut subjects: BTreeMap<&SubjectRef, Vec<Mark>> = BTreeMap::new();
        for finding in &assessment.findings {
            let form = form_of(finding.severity);
            marks.insert(finding.number.as_str(), form);
            for subject in &finding.subjects {
                let mark = Mark { number: finding.number.clone(), form };
                subjects.entry(subject).or_default().push(mark);
            }
        }
        for question in &assessment.questions {
            marks.insert(question.number.as_str(), BadgeForm::Question);
            for subject in &question.subjects {
                let mark = Mark { number: question.number.clone(), form: BadgeForm::Question };
                subjects.entry(subject).or_default().push(mark);
            }
        }
        Self {
            input,
            marks,
            files: file_anchors(input),
            only_drawing: only_drawing(input),
            shared_names: shared_names(input),
            zones: zones(input),
            subjects,
            cited: RefCell::default(),
        }
    }

    /// The name of an element as the author wrote it, told apart from others of the same name.
    pub(super) fn name(&self, id: &ElementId) -> String {
        let Some(element) = self.input.model.element(id) else { return id.as_str().to_owned() };
        let shared = element.instance_of.is_some() || self.shared_names.contains(element.name.as_str());
        if shared
            && let Some(parent) = element.parent.as_ref().and_then(|parent| self.input.model.element(parent))
        {
            return format!("{} ({})", element.name, parent.name);
        }
        element.name.clone()
    }

    /// The name of an element, linked to its row.
    pub(super) fn element(&self, id: &ElementId) -> Prose {
        if self.input.model.element(id).is_none() {
            return Prose::plain(id.as_str());
        }
        Prose::new().run(Inline::Link { text: self.name(id), to: Target::Anchor(element_anchor(id)) })
    }

    /// Names of elements, linked, in a list.
    pub(super) fn elements(&self, ids: &[ElementId]) -> Prose {
        Prose::listed(ids.iter().map(|id| self.element(id)).collect())
    }

    /// A flow in words: `Send → FTP (FTP)`, linked to its row.
    pub(super) fn relation(&self, id: &RelationId) -> Prose {
        let Some(relation) = self.input.model.relations.get(id) else { return Prose::plain(id.as_str()) };
        let text = format!("{} → {}", self.name(&relation.from), self.name(&relation.to));
        let prose = Prose::new().run(Inline::Link { text, to: Target::Anchor(relation_anchor(id)) });
        match relation.label.as_deref() {
            Some(label) if !label.is_empty() => prose.text(format!(" “{label}”")),
            _ => prose,
        }
    }

    /// The protocols of a relation, those that are only typical marked so.
    pub(super) fn protocols(&self, relation: &Relation) -> String {
        let mut names: Vec<String> = Vec::new();
        for protocol in &relation.protocols {
            let written = if protocol.written.is_empty() { &protocol.id } else { &protocol.written };
            let name = match protocol.origin {
                crate::model::Origin::Inferred => format!("{written} (assumed)"),
                _ => written.clone(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    }

    /// What a verdict is about, linked.
    pub(super) fn subject(&self, subject: &SubjectRef) -> Prose {
        match subject {
            SubjectRef::Model => Prose::plain("the architecture as a whole"),
            SubjectRef::Element(id) | SubjectRef::Zone(id) => self.element(id),
            SubjectRef::Relation(id) => self.relation(id),
            SubjectRef::View(id) => {
                let title = self.input.model.views.iter().find(|view| view.id == *id);
                let text = title.map_or_else(|| id.as_str().to_owned(), |view| view.title.clone());
                Prose::new().run(Inline::Link { text, to: Target::Anchor(figure_anchor(id)) })
            }
        }
    }

    /// Findings and questions about a subject, in the order of the assessment.
    pub(super) fn marks_of(&self, subject: &SubjectRef) -> Prose {
        let marks = self.subjects.get(subject).map_or(&[][..], Vec::as_slice);
        Prose::joined(marks.iter().map(|mark| Prose::new().run(Inline::Mark(mark.clone()))), " ")
    }

    /// The mark of a finding's or question's number.
    pub(super) fn mark(&self, number: &str) -> Option<Mark> {
        let form = *self.marks.get(number)?;
        Some(Mark { number: number.to_owned(), form })
    }

    /// Text in which the numbers of findings and questions are links: `hold for Q5`.
    pub(super) fn with_marks(&self, text: &str) -> Prose {
        let mut prose = Prose::new();
        let mut plain = String::new();
        for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
            let number = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            match self.mark(number) {
                Some(mark) => {
                    prose.push(Inline::Text(std::mem::take(&mut plain)));
                    prose.push(Inline::Mark(mark));
                    plain.push_str(&word[number.len()..]);
                }
                None => plain.push_str(word),
            }
        }
        prose.text(plain)
    }

    /// A place as `path:line`, or `path: shape 'Web server'`, linked to the excerpt.
    pub(super) fn place(&self, place: &Place) -> Option<Inline> {
        self.span(place.span)
    }

    /// A span in the same way.
    pub(super) fn span(&self, span: Span) -> Option<Inline> {
        let source = self.input.sources.get(span.file)?;
        let anchor = self.cite(span.file, spot(source, span))?;
        Some(Inline::Link { text: self.input.sources.locate(span), to: Target::Anchor(anchor) })
    }

    /// Places in a list; those of the same file are told together: `a.puml:3, 7 and 9`.
    pub(super) fn places<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> Prose {
        let mut lines: IndexSet<(FileId, u32)> = IndexSet::new();
        for place in places {
            if let Some(source) = self.input.sources.get(place.span.file) {
                lines.insert((place.span.file, spot(source, place.span)));
            }
        }
        let shown = lines.len().min(8);
        let mut parts = Vec::new();
        let mut last = None;
        for (file, line) in lines.iter().take(shown) {
            let Some(anchor) = self.cite(*file, *line) else { continue };
            let Some(source) = self.input.sources.get(*file) else { continue };
            let (name, mark) = spot_name(source, *line);
            let text = if last == Some(*file) { name } else { format!("{}{mark}{name}", source.path) };
            last = Some(*file);
            parts.push(Prose::new().run(Inline::Link { text, to: Target::Anchor(anchor) }));
        }
        let prose = Prose::joined(parts, ", ");
        match lines.len() - shown {
            0 => prose,
            more => prose.text(format!(" and {more} more")),
        }
    }

    /// Places for a table, whose column says that they are places: `a.puml:3, 7`, and `line 3, 7` or
    /// `shape 'Web server'` when there is one drawing alone.
    pub(super) fn lines<'p>(&self, places: impl IntoIterator<Item = &'p Place>) -> Prose {
        let mut prose = self.places(places);
        let Some(path) = &self.only_drawing else { return prose };
        for run in &mut prose.0 {
            if let Inline::Link { text, .. } = run
                && let Some(rest) = text.strip_prefix(path.as_str()).and_then(|rest| rest.strip_prefix(':'))
            {
                let name = rest.strip_prefix(' ').map(str::to_owned);
                *text = name.unwrap_or_else(|| format!("line {rest}"));
            }
        }
        prose
    }

    /// Notes that a line or named part is linked to; answers its anchor.
    fn cite(&self, file: FileId, line: u32) -> Option<String> {
        let anchor = self.files.get(file.0 as usize)?;
        if line == 0 {
            return Some(anchor.clone());
        }
        self.cited.borrow_mut().entry(file).or_default().insert(line);
        Some(format!("{anchor}-{line}"))
    }

    /// The anchor of a source.
    pub(super) fn file_anchor(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", String::as_str)
    }

    /// The lines of a source that links lead to, or the numbers of its named parts, from 1.
    pub(super) fn cited(&self, file: FileId) -> BTreeSet<u32> {
        self.cited.borrow().get(&file).cloned().unwrap_or_default()
    }

    /// The element of the zone that holds an element.
    pub(super) fn zone(&self, id: &ElementId) -> Option<&'a ElementId> {
        self.zones.get(id).copied()
    }

    /// The elements that are things of their own: no boundaries, no zones.
    pub(super) fn things(&self) -> impl Iterator<Item = &'a Element> {
        self.input.model.elements.values().filter(|element| !element.kind.is_boundary())
    }
}

/// The line of a span, or the number of its named part, from 1; 0 for a source as a whole.
fn spot(source: &Source, span: Span) -> u32 {
    match source.part_at(span.start) {
        Some(part) => u32::try_from(part + 1).unwrap_or(u32::MAX),
        None if source.parts().is_empty() => source.line_column(span.start).line,
        None => 0,
    }
}

/// How such a place is called, and what stands between the path and it.
fn spot_name(source: &Source, spot: u32) -> (String, &'static str) {
    if source.parts().is_empty() {
        return (spot.to_string(), ":");
    }
    let name = (spot as usize).checked_sub(1).map(|part| source.part_name(part)).unwrap_or_default();
    let mark = if name.is_empty() { "" } else { ": " };
    (name, mark)
}

/// The badge of a severity.
pub(super) fn form_of(severity: Severity) -> BadgeForm {
    match severity {
        Severity::Critical => BadgeForm::Critical,
        Severity::High => BadgeForm::High,
        Severity::Medium => BadgeForm::Medium,
        Severity::Low | Severity::Info => BadgeForm::Low,
    }
}

/// The decision that treats a finding now; an expired or invalid one does not.
pub(super) fn treated_by<'a>(assessment: &'a Assessment, finding: &Finding) -> Option<&'a Decision> {
    let decision = assessment.decisions.get(finding.decision?)?;
    match decision.state {
        DecisionState::Active | DecisionState::ExpiresSoon | DecisionState::ChangedSince => Some(decision),
        DecisionState::Expired | DecisionState::Invalid | DecisionState::Orphaned => None,
    }
}

/// Anchor of an element's row.
pub(super) fn element_anchor(id: &ElementId) -> String {
    format!("element:{}", unspaced(id.as_str()))
}

/// Anchor of a flow's row.
pub(super) fn relation_anchor(id: &RelationId) -> String {
    format!("flow:{}", unspaced(id.as_str()))
}

/// Anchor of a view's figure.
pub(super) fn figure_anchor(id: &ViewId) -> String {
    format!("view-{}", unspaced(id.as_str()))
}

/// Anchor of the first badge of a number in a view's picture.
pub(super) fn badge_anchor(id: &ViewId, number: &str) -> String {
    format!("{}-{number}", figure_anchor(id))
}

/// An anchor may hold anything but white space.
fn unspaced(id: &str) -> String {
    id.replace(char::is_whitespace, "-")
}

/// One anchor for each source, from its path; two paths with one slug are told apart.
fn file_anchors(input: &Input<'_>) -> Vec<String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let anchor = |path: &str, taken: &mut BTreeMap<String, usize>| {
        let anchor = format!("source-{}", slug(path));
        let seen = taken.entry(anchor.clone()).or_insert(0);
        *seen += 1;
        if *seen > 1 { format!("{anchor}~{seen}") } else { anchor }
    };
    input.sources.iter().map(|(_, source)| anchor(&source.path, &mut taken)).collect()
}

fn only_drawing(input: &Input<'_>) -> Option<String> {
    let mut drawings = input.sources.iter().filter(|(_, source)| !source.path.ends_with("planroom.yaml"));
    let (_, first) = drawings.next()?;
    drawings.next().is_none().then(|| first.path.clone())
}

/// Names that more than one element has, instances apart: these are always told with their host.
fn shared_names<'a>(input: &'a Input<'a>) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let logical = input.model.elements.values().filter(|element| element.instance_of.is_none());
    let names = logical.map(|element| element.name.as_str());
    names.filter(|name| !seen.insert(*name)).collect()
}

/// The zone of each element. Parents stand before their children, so one pass does.
fn zones<'a>(input: &'a Input<'a>) -> BTreeMap<&'a ElementId, &'a ElementId> {
    let own: BTreeSet<&ElementId> = input.model.zones.iter().map(|zone| &zone.element).collect();
    let mut zones = BTreeMap::new();
    for element in input.model.elements.values() {
        let zone = match own.get(&element.id) {
            Some(zone) => Some(*zone),
            None => element.parent.as_ref().and_then(|parent| zones.get(parent).copied()),
        };
        if let Some(zone) = zone {
            zones.insert(&element.id, zone);
        }
    }
    zones
}
