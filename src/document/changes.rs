//! What changed since the last review: a few sentences for the first page, and the full list.
//!
//! The same sentences go to the page, the terminal and a merge request.

use super::block::{Block, Section};
use super::first_page::MOST_CHANGES;
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::{capital, count, list, sentence, short_list};
use crate::diff::{
    Changes, DecisionChange, Edit, Edition, FactEdit, FindingChange, Known, Moved, Named, PartChange, Parts,
    Reason, ToldFinding,
};

/// Findings, answers or decisions that the first page tells one by one.
const MOST_EACH: usize = 3;
/// Names that one sentence lists.
const MOST_NAMES: usize = 5;
/// Entries that one group of the page's list shows.
const MOST_ENTRIES: usize = 200;
/// Most characters of a value that is told.
const MOST_CHARACTERS: usize = 160;

/// What there is to compare with.
#[derive(Clone, Copy, Debug, Default)]
pub enum Since<'a> {
    /// Nothing: it is the first review.
    #[default]
    FirstReview,
    /// There is a baseline, and this project is not in it.
    NotInBaseline,
    /// An earlier review.
    Review(&'a Changes),
}

/// Changes in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeReport {
    /// `Since the review of 2026-03-01`.
    pub title: String,
    /// What matters most, a sentence each; says so when nothing changed.
    pub summary: Vec<Prose>,
    /// Findings and questions before and after; empty when one side was not judged.
    pub counts: Prose,
    /// Everything, by what it is about.
    pub groups: Vec<ChangeGroup>,
}

/// Changes of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeGroup {
    /// Anchor.
    pub id: &'static str,
    /// `New findings`.
    pub title: &'static str,
    /// One entry each.
    pub entries: Vec<Prose>,
}

/// Changes in words, without links.
pub fn change_report(changes: &Changes) -> ChangeReport {
    Voice(None).report(changes)
}

/// The full list as a section; `None` without an earlier review.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let Since::Review(changes) = links.input.since else { return None };
    let report = Voice(Some(links)).report(changes);
    let mut blocks = Vec::new();
    if !report.counts.is_empty() {
        blocks.push(Block::Paragraph(report.counts));
    }
    if report.groups.is_empty() {
        blocks.push(Block::Paragraph(Prose::plain("Nothing changed.")));
    }
    let parts = report.groups.into_iter().map(|group| {
        let more = group.entries.len().saturating_sub(MOST_ENTRIES);
        let mut entries: Vec<Prose> = group.entries.into_iter().take(MOST_ENTRIES).collect();
        if more > 0 {
            entries.push(Prose::quiet(format!("and {more} more; `planroom diff` lists all")));
        }
        Section::new(format!("changes-{}", group.id), group.title, vec![Block::List(entries)])
    });
    let parts = parts.collect();
    Some(Section { id: "all-changes".into(), title: report.title, blocks, parts })
}

/// What the first page says.
pub(super) fn first(links: &Links<'_>) -> Vec<Prose> {
    match links.input.since {
        Since::FirstReview => vec![Prose::plain("First review, no baseline.")],
        Since::NotInBaseline => vec![Prose::plain("First review: the baseline does not hold this project.")],
        Since::Review(changes) => {
            let mut told = Voice(Some(links)).summary(changes);
            if !changes.is_empty() {
                let text = count(changes.total(), "change");
                let link = Inline::Link { text, to: Target::Anchor("all-changes".into()) };
                told.push(Prose::plain("In all ").run(link).text("."));
            }
            told
        }
    }
}

/// The heading of what the first page says.
pub(super) fn heading(since: Since<'_>) -> String {
    match since {
        Since::Review(changes) => title(&changes.old),
        Since::FirstReview | Since::NotInBaseline => "Changed since".to_owned(),
    }
}

/// The old review in words: `the review of 2026-03-01, version 1.2`, `revision main (1a2b3c4)`.
pub(super) fn named(old: &Edition) -> String {
    let date = old.date.as_ref().or(old.as_of.as_ref());
    let mut words = match (date, &old.revision) {
        (Some(date), _) => format!("the review of {}", short(date)),
        (None, Some(revision)) => format!("revision {}", short(revision)),
        (None, None) => "the baseline".to_owned(),
    };
    if let Some(version) = &old.version {
        words.push_str(&format!(", version {}", short(version)));
    }
    if let (Some(revision), Some(_)) = (&old.revision, date) {
        words.push_str(&format!(" at {}", short(revision)));
    }
    words
}

fn title(old: &Edition) -> String {
    format!("Since {}", named(old))
}

/// How names and numbers are told: with links on a page, plainly elsewhere.
struct Voice<'a>(Option<&'a Links<'a>>);

impl Voice<'_> {
    fn report(&self, changes: &Changes) -> ChangeReport {
        ChangeReport {
            title: title(&changes.old),
            summary: self.summary(changes),
            counts: counts(changes),
            groups: self.groups(changes),
        }
    }

    /// The number of a finding or question of the new review.
    fn number(&self, number: &str) -> Prose {
        match self.0.and_then(|links| links.mark(number)) {
            Some(mark) => Prose::new().run(Inline::Mark(mark)),
            None => Prose::new().strong(number),
        }
    }

    /// A part of the new model, linked on a page.
    fn part(&self, part: &Named) -> Prose {
        let name = short(&part.name);
        let Some(links) = self.0 else { return Prose::plain(name) };
        let anchor = match part.kind.as_str() {
            "flow" => {
                let id = crate::model::RelationId::new(&part.id);
                links.input.model.relations.contains_key(&id).then(|| super::links::relation_anchor(&id))
            }
            _ => {
                let id = crate::model::ElementId::new(&part.id);
                links.input.model.element(&id).map(|_| super::links::element_anchor(&id))
            }
        };
        match anchor {
            Some(anchor) => Prose::new().run(Inline::Link { text: name, to: Target::Anchor(anchor) }),
            None => Prose::plain(name),
        }
    }

    fn summary(&self, changes: &Changes) -> Vec<Prose> {
        let mut told: Vec<Prose> = Vec::new();
        let new: Vec<&ToldFinding> = changes.findings_new.iter().collect();
        for finding in new.iter().take(MOST_EACH) {
            told.push(Prose::plain("New: ").then(self.finding(finding)));
        }
        more(&mut told, new.len(), "new finding");
        for closed in changes.findings_closed.iter().take(MOST_EACH) {
            told.push(
                Prose::plain(format!("Closed: {}", short(closed.finding.title.trim_end_matches('.'))))
                    .text(format!(": {}.", reasons(&closed.because))),
            );
        }
        more(&mut told, changes.findings_closed.len(), "closed finding");
        for change in changes.findings_changed.iter().filter(|change| weighs(change)).take(MOST_EACH) {
            told.push(self.finding_change(change));
        }
        for answered in changes.questions_answered.iter().take(MOST_EACH + 1) {
            told.push(self.answered(answered));
        }
        if let Some(more) =
            changes.questions_answered.len().checked_sub(MOST_EACH + 1).filter(|more| *more > 0)
        {
            told.push(Prose::plain(format!("{} more answered.", count(more, "question"))));
        }
        if !changes.questions_new.is_empty() {
            let numbers = changes.questions_new.iter().take(7).map(|asked| self.number(&asked.number));
            let numbers = Prose::listed(numbers.collect());
            let head = capital(&count(changes.questions_new.len(), "new question"));
            told.push(Prose::plain(format!("{head}: ")).then(numbers).text("."));
        }
        for decision in changes.decisions.iter().take(MOST_EACH) {
            told.push(self.decision(decision));
        }
        more(&mut told, changes.decisions.len(), "changed decision");
        told.extend(self.drawn("element", &changes.elements));
        told.extend(self.drawn("flow", &changes.flows));
        if !told.is_empty() && !changes.packs.is_empty() {
            let packs: Vec<String> = changes.packs.iter().map(edit).collect();
            let text = format!(
                "The packs of rules differ too ({}): a verdict may have turned because of them.",
                short_list(&packs, 3)
            );
            told.push(Prose::quiet(text));
        }
        if told.is_empty() {
            let text = if changes.is_empty() { "Nothing changed." } else { "Nothing that weighs changed." };
            told.push(Prose::plain(text));
        }
        told.truncate(MOST_CHANGES);
        told
    }

    /// Elements or flows in one sentence; `None` when none differs.
    fn drawn(&self, noun: &str, parts: &Parts) -> Option<Prose> {
        let mut clauses: Vec<String> = Vec::new();
        let mut clause = |word: &str, named: Vec<String>| {
            if !named.is_empty() {
                clauses.push(format!(
                    "{} {word} ({})",
                    count(named.len(), noun),
                    short_list(&named, MOST_NAMES)
                ));
            }
        };
        let names = |named: &[Named]| named.iter().map(|named| short(&named.name)).collect::<Vec<_>>();
        clause("added", names(&parts.added));
        clause("removed", names(&parts.removed));
        let changed = parts.changed.iter().map(|change| short(&change.part.name));
        clause("changed", changed.collect());
        let moved = parts
            .moved
            .iter()
            .map(|moved| format!("{} → {}?", short(&moved.old.name), short(&moved.new.name)));
        clause("perhaps renamed or moved", moved.collect());
        (!clauses.is_empty()).then(|| Prose::plain(sentence(&clauses.join("; "))))
    }

    fn groups(&self, changes: &Changes) -> Vec<ChangeGroup> {
        let mut groups = vec![
            group("new-findings", "New findings", &changes.findings_new, |finding| self.finding(finding)),
            group("closed-findings", "Closed findings", &changes.findings_closed, |closed| {
                let finding = &closed.finding;
                Prose::plain(short(finding.title.trim_end_matches('.')))
                    .hush(format!(" (was {}, {})", finding.number, finding.severity))
                    .text(format!(": {}.", reasons(&closed.because)))
            }),
            group("changed-findings", "Changed findings", &changes.findings_changed, |change| {
                self.finding_change(change)
            }),
            group("answered", "Answered questions", &changes.questions_answered, |answered| {
                self.answered(answered)
            }),
            group("new-questions", "New questions", &changes.questions_new, |asked| {
                self.number(&asked.number).text(format!(" {}", short(&asked.text)))
            }),
            group(
                "gone-questions",
                "Questions that are not asked any more",
                &changes.questions_gone,
                |asked| Prose::plain(short(&asked.text)).hush(format!(" (was {})", asked.number)),
            ),
            group("decisions", "Decisions", &changes.decisions, |decision| self.decision(decision)),
            group("verdicts", "Verdicts that turned", &changes.verdicts, |turn| {
                Prose::code(turn.rule.clone()).text(format!(
                    ": {} → {} for {}",
                    turn.old.word(),
                    turn.new.word(),
                    short_list(&turn.subjects, MOST_NAMES)
                ))
            }),
        ];
        groups.extend(self.part_groups(&changes.elements, &ELEMENTS));
        groups.extend(self.part_groups(&changes.flows, &FLOWS));
        groups.extend(self.part_groups(&changes.others, &OTHERS));
        groups.push(group("model-facts", "Facts about the whole", &changes.facts, |fact| {
            Prose::plain(fact_edit(fact))
        }));
        groups.push(group("document", "Document", &changes.document, |edited| Prose::plain(edit(edited))));
        groups.push(group("packs", "Packs of rules", &changes.packs, |edited| Prose::plain(edit(edited))));
        groups.retain(|group| !group.entries.is_empty());
        groups
    }

    fn part_groups(&self, parts: &Parts, titles: &Titles) -> Vec<ChangeGroup> {
        let kind = |named: &Named| match named.kind.as_str() {
            "flow" | "unknown" => Prose::new(),
            kind => Prose::quiet(format!(" ({kind})")),
        };
        vec![
            group(titles[0].0, titles[0].1, &parts.added, |named| self.part(named).then(kind(named))),
            group(titles[1].0, titles[1].1, &parts.removed, |named| {
                Prose::plain(short(&named.name)).then(kind(named))
            }),
            group(titles[2].0, titles[2].1, &parts.changed, |change| self.change(change)),
            group(titles[3].0, titles[3].1, &parts.moved, |moved| self.moved(moved)),
            group(titles[4].0, titles[4].1, &parts.follows, |change| self.change(change)),
        ]
    }

    fn change(&self, change: &PartChange) -> Prose {
        self.part(&change.part).text(format!(": {}", differences(&change.edits, &change.facts)))
    }

    fn moved(&self, moved: &Moved) -> Prose {
        let mut prose = Prose::plain(format!("Was {} renamed or moved to ", short(&moved.old.name)))
            .then(self.part(&moved.new))
            .text("?")
            .hush(format!(" {}.", capital(&moved.because)));
        if moved.with > 0 {
            prose = prose.hush(format!(" {} came along.", capital(&count(moved.with, "element"))));
        }
        let differs = differences(&moved.edits, &moved.facts);
        if differs.is_empty() { prose } else { prose.text(format!(" {}.", capital(&differs))) }
    }

    fn finding(&self, finding: &ToldFinding) -> Prose {
        let mut prose = self
            .number(&finding.number)
            .text(format!(" {}", sentence(&short(&finding.title))))
            .hush(format!(" {}", capital(&finding.severity)));
        if let Some(status) = &finding.treated {
            prose = prose.hush(format!(", {} by a decision", status.replace('-', " ")));
        }
        if finding.subjects.iter().any(|subject| subject != "the whole") {
            let names: Vec<String> = finding.subjects.iter().map(|subject| short(subject)).collect();
            prose = prose.hush(format!("; affects {}", short_list(&names, MOST_NAMES)));
        }
        prose.hush(".")
    }

    fn finding_change(&self, change: &FindingChange) -> Prose {
        let names = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| short(name)).collect();
            short_list(&names, MOST_NAMES)
        };
        let mut clauses = Vec::new();
        if !change.more.is_empty() {
            clauses.push(format!("now also {}", names(&change.more)));
        }
        if !change.fewer.is_empty() {
            clauses.push(format!("no longer {}", names(&change.fewer)));
        }
        clauses.extend(change.edits.iter().map(edit));
        self.number(&change.finding.number).text(format!(
            " {}: {}.",
            short(change.finding.title.trim_end_matches('.')),
            clauses.join("; ")
        ))
    }

    fn answered(&self, answered: &crate::diff::QuestionChange) -> Prose {
        let head = if answered.still.is_some() { "Answered in part: " } else { "Answered: " };
        let answers: Vec<String> = answered.answers.iter().map(|answer| short(answer)).collect();
        let mut prose = Prose::plain(head)
            .text(short(&answered.question.text))
            .text(format!(" {}.", capital(&answers.join("; "))));
        if !answered.satisfied.is_empty() {
            let sound: Vec<String> =
                answered.satisfied.iter().map(|text| short(text.trim_end_matches('.'))).collect();
            prose = prose.hush(format!(" Sound now: {}.", short_list(&sound, 3)));
        }
        if !answered.gaps.is_empty() {
            let numbers = answered.gaps.iter().take(MOST_NAMES).map(|id| match self.finding_number(id) {
                Some(number) => self.number(&number),
                None => Prose::code(short(id)),
            });
            let numbers = Prose::listed(numbers.collect());
            prose = prose.text(" It led to ").then(numbers).text(".");
        }
        if let Some(still) = &answered.still {
            prose = prose.text(" The rest is ").then(self.number(still)).text(".");
        }
        prose
    }

    fn finding_number(&self, id: &str) -> Option<String> {
        let findings = &self.0?.input.assessment.findings;
        findings.iter().find(|finding| finding.id == id).map(|finding| finding.number.clone())
    }

    fn decision(&self, change: &DecisionChange) -> Prose {
        let told = change.new.as_ref().or(change.old.as_ref());
        let id = told.map_or("", |decision| decision.finding.as_str());
        let subject = match (&change.title, self.finding_number(id)) {
            (Some(title), Some(number)) => {
                self.number(&number).text(format!(" {}", short(title.trim_end_matches('.'))))
            }
            (Some(title), None) => Prose::plain(short(title.trim_end_matches('.'))),
            (None, _) => Prose::code(short(id)),
        };
        let word = |status: &str| status.replace('-', " ");
        match (&change.old, &change.new) {
            (None, Some(new)) => {
                let until = new.expires.as_ref().map(|date| format!(" until {date}")).unwrap_or_default();
                let mut text = format!("{} by {}{until}", word(&new.status), short(&new.owner));
                if !matches!(new.state.as_str(), "active" | "expires-soon") {
                    text.push_str(&format!(", but {}", word(&new.state)));
                }
                Prose::plain("Decided: ").then(subject).text(format!(": {text}."))
            }
            (Some(old), None) => Prose::plain("Decision withdrawn: ")
                .then(subject)
                .text(format!(" (was {}).", word(&old.status))),
            _ => {
                let edits: Vec<String> = change.edits.iter().map(edit).collect();
                Prose::plain("Decision changed: ").then(subject).text(format!(": {}.", edits.join("; ")))
            }
        }
    }
}

/// Anchor and title of what was added, removed, changed, moved, and what follows.
type Titles = [(&'static str, &'static str); 5];

const ELEMENTS: Titles = [
    ("elements-added", "Elements added"),
    ("elements-removed", "Elements removed"),
    ("elements-changed", "Elements changed"),
    ("elements-moved", "Elements that seem to be renamed or moved"),
    ("elements-follow", "Elements with other derived facts"),
];

const FLOWS: Titles = [
    ("flows-added", "Flows added"),
    ("flows-removed", "Flows removed"),
    ("flows-changed", "Flows changed"),
    ("flows-moved", "Flows that seem to have another label"),
    ("flows-follow", "Flows with other derived facts"),
];

const OTHERS: Titles = [
    ("others-added", "Data, identities and diagrams added"),
    ("others-removed", "Data, identities and diagrams removed"),
    ("others-changed", "Data, identities and diagrams changed"),
    ("others-moved", "Data, identities and diagrams that seem to be renamed"),
    ("others-follow", "Data, identities and diagrams with other derived facts"),
];

fn group<T>(id: &'static str, title: &'static str, items: &[T], tell: impl Fn(&T) -> Prose) -> ChangeGroup {
    ChangeGroup { id, title, entries: items.iter().map(tell).collect() }
}

/// A changed finding that weighs more or less, or is about more or less.
fn weighs(change: &FindingChange) -> bool {
    !change.more.is_empty()
        || !change.fewer.is_empty()
        || change.edits.iter().any(|edit| edit.what == "severity" || edit.what == "band")
}

fn more(told: &mut Vec<Prose>, all: usize, noun: &str) {
    if let Some(more) = all.checked_sub(MOST_EACH).filter(|more| *more > 0) {
        told.push(Prose::plain(format!("{}.", capital(&count(more, &format!("more {noun}"))))));
    }
}

fn counts(changes: &Changes) -> Prose {
    let (before, after) = (changes.before, changes.after);
    if before == after && before == crate::diff::Counts::default() {
        return Prose::new();
    }
    Prose::plain(format!(
        "Findings: {} → {}; open after decisions: {} → {}; questions: {} → {}.",
        before.findings, after.findings, before.open, after.open, before.questions, after.questions
    ))
}

fn reasons(reasons: &[Reason]) -> String {
    let words: Vec<&str> = reasons
        .iter()
        .map(|reason| match reason {
            Reason::Satisfied => "the rule is satisfied now",
            Reason::Unknown => "it is not known any more",
            Reason::Removed => "what it was about is gone",
            Reason::RuleGone => "the rule is not judged any more",
            Reason::Folded => "a more specific finding tells it",
            Reason::NotApplicable => "the rule does not apply any more",
        })
        .collect();
    list(&words)
}

fn differences(edits: &[Edit], facts: &[FactEdit]) -> String {
    let told: Vec<String> = edits.iter().map(edit).chain(facts.iter().map(fact_edit)).collect();
    let shown = 8;
    match told.len().checked_sub(shown).filter(|more| *more > 0) {
        Some(more) => format!("{}; and {more} more", told[..shown].join("; ")),
        None => told.join("; "),
    }
}

fn edit(edit: &Edit) -> String {
    let value = |value: &Option<String>| value.as_ref().map_or_else(|| "none".to_owned(), |text| short(text));
    format!("{} {} → {}", edit.what, value(&edit.old), value(&edit.new))
}

fn fact_edit(fact: &FactEdit) -> String {
    let told = |known: &Option<Known>| match known {
        Some(known) => format!("{} ({})", short(&known.value), known.origin),
        None => "not known".to_owned(),
    };
    format!("{} {} → {}", fact.key, told(&fact.old), told(&fact.new))
}

/// Text on one line, of bounded length.
fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
