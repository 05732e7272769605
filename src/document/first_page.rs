//! The first page: everything that a reviewer must know before reading on.

use std::collections::BTreeMap;

use indexmap::IndexSet;

use super::block::Table;
use super::links::{Links, form_of, treated_by};
use super::prose::{Inline, Mark, Prose, Target};
use super::words::{capital, count, list, noun_for, sentence, short_list, spelled};
use crate::assessment::{Band, Finding, SubjectRef, Who};
use crate::model::{ElementId, ElementKind, FactKey, Origin, Protocol, ZoneKind};

/// At most this many findings stand on the first page.
const MOST_FINDINGS: usize = 5;
/// At most this many questions stand on the first page.
const MOST_QUESTIONS: usize = 7;
/// At most this many sentences on what changed stand on the first page.
pub(super) const MOST_CHANGES: usize = 12;
/// At most this many sound statements stand on the first page.
const MOST_SOUND: usize = 4;

/// The first page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstPage {
    /// What it is, in two sentences.
    pub about: Prose,
    /// What is sound, as drawn, a sentence each.
    pub sound: Vec<Prose>,
    /// What to fix before go-live.
    pub fix: Vec<Point>,
    /// What to decide in this review.
    pub decide: Vec<Point>,
    /// What the two lists leave out; empty when nothing.
    pub more_findings: Prose,
    /// What to answer first, by who can answer.
    pub ask: Vec<AskedRole>,
    /// The questions that are left out; empty when none.
    pub more_questions: Prose,
    /// Where sources disagree.
    pub disagree: Vec<Prose>,
    /// Decisions that need a hand; empty when none does.
    pub decisions: Prose,
    /// The heading of what changed: `Since the review of 2026-03-01`.
    pub since: String,
    /// What changed since the baseline.
    pub changes: Vec<Prose>,
    /// What of the input was not read; empty when all was.
    pub unread: Prose,
    /// The table to sign.
    pub sign_off: Table,
}

/// One finding on the first page.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// Its number.
    pub mark: Mark,
    /// What is wrong, and where.
    pub text: Prose,
}

/// The questions for one role.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedRole {
    /// The role.
    pub role: String,
    /// The questions.
    pub questions: Vec<Point>,
}

/// Composes the first page.
pub(super) fn first_page(links: &Links<'_>) -> FirstPage {
    let assessment = links.input.assessment;
    let open = |band: Band| {
        let open = assessment.findings.iter().filter(move |finding| finding.band == band);
        open.filter(|finding| treated_by(assessment, finding).is_none()).collect::<Vec<_>>()
    };
    let (fix, decide, track) = (open(Band::Fix), open(Band::Decide), open(Band::Track));
    let fix_shown = fix.len().min(MOST_FINDINGS);
    let decide_shown = decide.len().min(MOST_FINDINGS - fix_shown);
    let treated = assessment.findings.len() - fix.len() - decide.len() - track.len();
    FirstPage {
        about: about(links),
        sound: sound(links),
        fix: fix.iter().take(fix_shown).map(|finding| point(links, finding)).collect(),
        decide: decide.iter().take(decide_shown).map(|finding| point(links, finding)).collect(),
        more_findings: more_findings(
            fix.len() - fix_shown,
            decide.len() - decide_shown,
            track.len(),
            treated,
        ),
        ask: ask(links),
        more_questions: more_questions(assessment.questions.len().saturating_sub(MOST_QUESTIONS)),
        disagree: disagree(links),
        decisions: super::decisions::first(links),
        since: super::changes::heading(links.input.since),
        changes: super::changes::first(links),
        unread: unread(links),
        sign_off: sign_off(links),
    }
}

/// Two sentences from the facts of the model: who talks to what, and how much is drawn.
fn about(links: &Links<'_>) -> Prose {
    let model = links.input.model;
    let mut outside: IndexSet<String> = IndexSet::new();
    let mut inside: IndexSet<String> = IndexSet::new();
    let (mut flows, mut stated) = (0, 0);
    let mut protocols: IndexSet<String> = IndexSet::new();
    for relation in model.flows() {
        let ends = (is_outside(links, &relation.from), is_outside(links, &relation.to));
        let (out, inn) = match ends {
            (true, false) => (&relation.from, &relation.to),
            (false, true) => (&relation.to, &relation.from),
            _ => continue,
        };
        let names: Vec<String> = relation
            .protocols
            .iter()
            .filter(|protocol| protocol.origin > Origin::Inferred)
            .map(protocol_name)
            .collect();
        // A line without words to a zone tells what stands next to it, and no flow.
        if names.is_empty() && model.element(inn).is_some_and(|element| element.kind.is_boundary()) {
            continue;
        }
        outside.insert(links.name(out));
        inside.insert(links.name(inn));
        flows += 1;
        stated += usize::from(!names.is_empty());
        protocols.extend(names);
    }
    let drawn = extent(links);
    if outside.is_empty() {
        return Prose::plain(drawn);
    }
    let [outside, inside] = [outside, inside].map(Vec::from_iter);
    let protocols = Vec::from_iter(protocols);
    // Protocols may head the sentence only when every flow that it tells of states one.
    let (means, verb) = match protocols.len() {
        // The verb agrees with what we count; a name may be singular or plural.
        _ if stated < flows => ("Flows".to_owned(), "connect"),
        1 => (protocols[0].clone(), "connects"),
        _ => (short_list(&protocols, 6), "connect"),
    };
    let on_some = match stated {
        0 => String::new(),
        all if all == flows => String::new(),
        some => format!(" Protocols are stated on {some} of {flows}: {}.", short_list(&protocols, 6)),
    };
    Prose::plain(format!(
        "{means} {verb} {} with {}.{on_some} {drawn}",
        short_list(&outside, 4),
        short_list(&inside, 4)
    ))
}

/// As the author wrote it; of an address, its protocol.
fn protocol_name(protocol: &Protocol) -> String {
    match protocol.written.strip_suffix("://") {
        Some(scheme) => scheme.to_uppercase(),
        None if protocol.written.is_empty() => protocol.id.clone(),
        None => protocol.written.clone(),
    }
}

/// How much is drawn: `Drawn: five zones, 14 elements (four firewalls, two data stores) and 18 flows.`
fn extent(links: &Links<'_>) -> String {
    let model = links.input.model;
    // What is drawn again where it runs is counted once.
    let things = || links.things().filter(|element| element.instance_of.is_none());
    let mut kinds = Vec::new();
    for (kind, noun) in [
        (ElementKind::Firewall, "firewall"),
        (ElementKind::Gateway, "gateway"),
        (ElementKind::Datastore, "data store"),
        (ElementKind::Queue, "queue"),
    ] {
        match things().filter(|element| element.kind == kind).count() {
            0 => {}
            number => kinds.push(spelled(number, noun)),
        }
    }
    let mut drawn = Vec::new();
    if !model.zones.is_empty() {
        drawn.push(spelled(model.zones.len(), "zone"));
    }
    let elements = count(things().count(), "element");
    drawn.push(if kinds.is_empty() { elements } else { format!("{elements} ({})", kinds.join(", ")) });
    let flows = model.flows().filter(|flow| flow.realizes.is_none()).count();
    drawn.push(count(flows, "flow"));
    let place = match model.views.len() {
        0 | 1 => String::new(),
        views => format!(" in {}", count(views, "diagram")),
    };
    format!("Drawn{place}: {}.", drawn.join("; "))
}

/// People, what the author calls external, and what stands in a foreign zone.
fn is_outside(links: &Links<'_>, id: &ElementId) -> bool {
    let model = links.input.model;
    let Some(element) = model.element(id) else { return false };
    let external = element.facts.at_least(FactKey::External, Origin::Derived).is_some()
        && element.facts.word(FactKey::External) == Some("yes");
    let zone = links.zone(id).and_then(|zone| model.zones.iter().find(|known| known.element == *zone));
    let foreign = zone.is_some_and(|zone| matches!(zone.kind, ZoneKind::Internet | ZoneKind::Partner));
    element.kind == ElementKind::Person || external || foreign
}

/// The strongest statements; what rests on assumptions alone never stands here.
fn sound(links: &Links<'_>) -> Vec<Prose> {
    let sound = links.input.assessment.satisfied.iter().filter(|sound| !sound.assumed);
    let sound = sound.filter(|sound| !sound.text.trim().is_empty());
    sound.take(MOST_SOUND).map(|sound| Prose::plain(sentence(&sound.text))).collect()
}

fn point(links: &Links<'_>, finding: &Finding) -> Point {
    let mut text = Prose::plain(sentence(&finding.title));
    let whole = finding.subjects.iter().all(|subject| *subject == SubjectRef::Model);
    if !whole {
        text = text.hush(format!(" Affects {}", sentence(&affected(links, &finding.subjects))));
    }
    Point { mark: Mark { number: finding.number.clone(), form: form_of(finding.severity) }, text }
}

/// Up to four subjects by name; of more, three and a count.
fn affected(links: &Links<'_>, subjects: &[SubjectRef]) -> String {
    let names: Vec<String> = subjects.iter().map(|subject| name(links, subject)).collect();
    short_list(&names, 4)
}

fn name(links: &Links<'_>, subject: &SubjectRef) -> String {
    match subject {
        SubjectRef::Relation(id) => match links.input.model.relations.get(id) {
            Some(relation) => format!("{} → {}", links.name(&relation.from), links.name(&relation.to)),
            None => id.as_str().to_owned(),
        },
        other => links.subject(other).words(),
    }
}

fn more_findings(fix: usize, decide: usize, track: usize, treated: usize) -> Prose {
    let mut parts = Vec::new();
    let mut part = |number: usize, text: String| {
        if number > 0 {
            parts.push(text);
        }
    };
    part(fix, format!("{fix} more to fix"));
    part(decide, format!("{decide} more to decide"));
    part(track, format!("{track} to track"));
    part(treated, format!("{treated} treated by {}", if treated == 1 { "a decision" } else { "decisions" }));
    if parts.is_empty() {
        return Prose::new();
    }
    Prose::plain(format!("{}: see ", capital(&list(&parts))))
        .run(Inline::Link { text: "all findings".into(), to: Target::Anchor("guidance".into()) })
        .text(".")
}

fn ask(links: &Links<'_>) -> Vec<AskedRole> {
    let mut roles: BTreeMap<Who, Vec<Point>> = BTreeMap::new();
    for question in links.input.assessment.questions.iter().take(MOST_QUESTIONS) {
        let who = question.who.first().copied().unwrap_or(Who::Business);
        let mut text = Prose::plain(capital(question.text.trim()));
        let about = asked_of(links, &question.subjects);
        if !about.is_empty() {
            text = text.hush(format!(" About {}", sentence(&about)));
        }
        let mark = links.mark(&question.number);
        let point = mark.map(|mark| Point { mark, text });
        roles.entry(who).or_default().extend(point);
    }
    roles.into_iter().map(|(who, questions)| AskedRole { role: role(who).into(), questions }).collect()
}

/// Up to three subjects of a question by name, each name once; nothing when it is about the whole.
fn asked_of(links: &Links<'_>, subjects: &[SubjectRef]) -> String {
    let parts = subjects.iter().filter(|subject| **subject != SubjectRef::Model);
    let names: IndexSet<String> = parts.map(|subject| name(links, subject)).collect();
    short_list(&Vec::from_iter(names), 3)
}

/// A role as the page prints it.
pub(super) fn role(who: Who) -> &'static str {
    match who {
        Who::Business => "Business",
        Who::Platform => "Platform",
        Who::Dba => "Database administrators",
        Who::Network => "Network",
        Who::Security => "Security",
        Who::Partners => "Partners",
        Who::Directory => "Directory",
        Who::Developers => "Developers",
        Who::Operations => "Operations",
    }
}

fn more_questions(more: usize) -> Prose {
    if more == 0 {
        return Prose::new();
    }
    let text = format!("{more} more {}", noun_for(more, "question"));
    Prose::new().run(Inline::Link { text, to: Target::Anchor("questions".into()) }).text(".")
}

/// Pairs of elements that may be one and are named on the first page; the rest is counted.
const ALIKE: usize = 3;

fn disagree(links: &Links<'_>) -> Vec<Prose> {
    let conflicts = links.input.model.conflicts.iter().map(|conflict| {
        let places = links.places(&conflict.places);
        let text = Prose::plain(sentence(&conflict.text));
        if places.is_empty() { text } else { text.hush(" (").then(places).hush(")") }
    });
    let contradictory = links.input.assessment.findings.iter().filter(|finding| finding.contradictory);
    let contradictory = contradictory.filter_map(|finding| {
        let mark = links.mark(&finding.number)?;
        Some(Prose::plain("Facts disagree about ").run(Inline::Mark(mark)).text("."))
    });
    let mut told: Vec<Prose> = conflicts.chain(contradictory).collect();
    told.extend(alike(links));
    told
}

/// Elements that may be one and whose author can tell: those that generic names share are left to the section on scope.
fn alike(links: &Links<'_>) -> Vec<Prose> {
    let near = links.input.model.merges.iter().filter(|merge| merge.is_doubtful());
    let mut told: Vec<Prose> = near
        .filter_map(|merge| {
            let other = links.element(merge.near_miss.as_ref()?);
            let text = links.element(&merge.element).text(" and ").then(other);
            let text = text.text(format!(" may be one: {}", merge.why));
            Some(text.hush(" (").then(links.places(&merge.places)).hush(")"))
        })
        .collect();
    if let Some(more) = told.len().checked_sub(ALIKE).filter(|more| *more > 0) {
        told.truncate(ALIKE);
        let text = format!("{more} more {} of elements that may be one", noun_for(more, "pair"));
        told.push(Prose::new().run(Inline::Link { text, to: Target::Anchor("scope".into()) }).text("."));
    }
    told
}

fn unread(links: &Links<'_>) -> Prose {
    let unknown = links.input.loss.unknown.len();
    if unknown == 0 {
        return Prose::new();
    }
    let verb = if unknown == 1 { "was" } else { "were" };
    Prose::new()
        .run(Inline::Link {
            text: format!("{} of {}", unknown, count(links.input.loss.seen(), "statement")),
            to: Target::Anchor("loss".into()),
        })
        .text(format!(" {verb} not understood and {verb} not judged."))
}

/// One empty row for each approver, or three to fill in by hand.
fn sign_off(links: &Links<'_>) -> Table {
    let mut table = Table::new(
        "Sign-off",
        &["Role", "Name", "Approve, with conditions, or reject", "Conditions (G, D, Q)", "Date"],
    );
    let approvers: Vec<String> = super::control::property(links.input, "approvers")
        .map(|names| names.split([',', ';']).map(|name| name.trim().to_owned()).collect())
        .unwrap_or_default();
    let blank = || (0..4).map(|_| Prose::new()).collect::<Vec<_>>();
    for approver in approvers.iter().filter(|approver| !approver.is_empty()) {
        let mut cells = blank();
        cells[0] = Prose::plain(approver);
        cells.insert(0, Prose::new());
        table.row(cells);
    }
    if table.rows.is_empty() {
        for role in ["Owner", "Security", "Operations"] {
            let mut cells = blank();
            cells.insert(0, Prose::plain(role));
            table.row(cells);
        }
    }
    table
}
