//! What a person at the terminal reads: findings with excerpts, questions, lists.

use std::collections::BTreeMap;

use super::commands::Account;
use crate::assessment::{
    Assessment, Band, DecisionState, Finding, Question, RuleCard, Severity, SubjectRef, Who,
};
use crate::diagnostic::{self, Head, print_marked};
use crate::model::{Element, ElementId};
use crate::source::Span;
use crate::writers::questions;
use crate::writers::writer::Packet;

/// Places of evidence that one finding shows.
const MARKS: usize = 3;
/// Subjects that are named; the rest is counted.
const SUBJECTS: usize = 6;

/// Whether some finding that no decision treats is at or above the severity of this word.
pub fn has_finding_at(packet: &Packet, word: &str) -> bool {
    let Some(level) = Severity::ALL.iter().find(|severity| severity.word() == word) else { return false };
    let open = |finding: &&Finding| !treated(&packet.assessment, finding);
    packet.assessment.findings.iter().filter(open).any(|finding| finding.severity >= *level)
}

/// A decision that holds treats it.
fn treated(assessment: &Assessment, finding: &Finding) -> bool {
    let decision = finding.decision.and_then(|at| assessment.decisions.get(at));
    decision
        .is_some_and(|decision| matches!(decision.state, DecisionState::Active | DecisionState::ExpiresSoon))
}

/// One line about a packet that was built.
pub fn summary(packet: &Packet) -> String {
    let name =
        if packet.project.is_empty() { packet.document.title.as_str() } else { packet.project.as_str() };
    let unread = packet.loss.unknown.len();
    let loss =
        if unread == 0 { String::new() } else { format!(" {} not understood.", count(unread, "statement")) };
    format!("{name}: {}{loss}\n", packet.document.headline.text)
}

/// Findings, questions and the headline of one packet.
pub fn report(packet: &Packet, color: bool) -> String {
    let assessment = &packet.assessment;
    let mut text = format!("{}\n\n", packet.document.title);
    for band in [Band::Fix, Band::Decide, Band::Track] {
        let findings: Vec<&Finding> =
            assessment.findings.iter().filter(|finding| finding.band == band).collect();
        if findings.is_empty() {
            continue;
        }
        text.push_str(&format!("{}\n\n", band.title()));
        for finding in findings {
            text.push_str(&tell(packet, finding, color));
            text.push('\n');
        }
    }
    if !assessment.questions.is_empty() {
        text.push_str("Questions\n\n");
        for question in &assessment.questions {
            text.push_str(&ask(packet, question));
        }
        text.push('\n');
    }
    text.push_str(&disagree(packet));
    text.push_str(&decided(assessment));
    text.push_str(&packet.document.headline.text);
    text.push('\n');
    text
}

/// Statements of several sources that do not agree, and elements that may be one.
fn disagree(packet: &Packet) -> String {
    let model = &packet.model;
    let mut lines: Vec<String> =
        model.conflicts.iter().map(|conflict| format!("  {}\n", conflict.text)).collect();
    let name = |id| model.element(id).map_or("", |element| element.name.as_str());
    for merge in model.merges.iter().filter(|merge| merge.is_doubtful()) {
        let Some(other) = &merge.near_miss else { continue };
        let places: Vec<String> =
            merge.places.iter().map(|place| packet.sources.locate(place.span)).collect();
        let places = if places.is_empty() { String::new() } else { format!(" ({})", places.join(", ")) };
        let (one, other) = (name(&merge.element), name(other));
        lines.push(format!("  `{one}` and `{other}` may be one: {}{places}\n", merge.why));
    }
    if lines.is_empty() { String::new() } else { format!("Where sources disagree\n\n{}\n", lines.concat()) }
}

/// Decisions and what became of them, actions, and the findings before and after decisions.
fn decided(assessment: &Assessment) -> String {
    let mut text = String::new();
    if !assessment.decisions.is_empty() {
        text.push_str("Decisions\n\n");
        for decision in &assessment.decisions {
            let until = decision.expires.as_ref().map(|date| format!(" until {date}")).unwrap_or_default();
            let remark =
                if decision.remark.is_empty() { String::new() } else { format!(": {}", decision.remark) };
            text.push_str(&format!(
                "  {} {} by {}{until}\n     {}{remark}\n",
                decision.finding,
                decision.status.word(),
                decision.owner,
                decision.state.word()
            ));
        }
        text.push('\n');
    }
    if !assessment.actions.is_empty() {
        text.push_str("Actions\n\n");
        for action in &assessment.actions {
            let due = action.due.as_deref().unwrap_or("no date");
            let (number, owner, state) = (&action.number, &action.owner, action.state.word());
            text.push_str(&format!("  {number} {owner}, {due} ({state}): {}\n", action.text));
        }
        text.push('\n');
    }
    if !assessment.decisions.is_empty() {
        let all = assessment.findings.len();
        let open = assessment.findings.iter().filter(|finding| finding.decision.is_none()).count();
        text.push_str(&format!("{} before decisions, {open} after. ", count(all, "finding")));
    }
    text
}

fn tell(packet: &Packet, finding: &Finding, color: bool) -> String {
    let severity = match finding.severity {
        Severity::Critical | Severity::High => diagnostic::Severity::Error,
        Severity::Medium => diagnostic::Severity::Warning,
        Severity::Low | Severity::Info => diagnostic::Severity::Note,
    };
    let mut marks: Vec<(Span, String)> = Vec::new();
    for evidence in &finding.evidence {
        if let Some(place) = evidence.place
            && marks.len() < MARKS
            && !marks.iter().any(|(span, _)| *span == place.span)
        {
            marks.push((place.span, evidence.text.clone()));
        }
    }
    let card = packet.assessment.rules.iter().find(|card| card.id == finding.rule);
    let decided = if treated(&packet.assessment, finding) { ", decided" } else { "" };
    let message = format!("{} {} ({}{decided})", finding.number, finding.title, finding.severity.word());
    let affects = format!("affects {}", names(packet, &finding.subjects));
    let action = card.map(|card| format!("; {}", card.action)).unwrap_or_default();
    let head = Head { severity, code: &finding.rule, message: &message };
    print_marked(head, &marks, Some(&format!("{affects}{action}")), &packet.sources, color)
}

fn ask(packet: &Packet, question: &Question) -> String {
    let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
    let mut text = format!("  {} ({}) {}\n", question.number, who.join(", "), question.text);
    text.push_str(&format!("     about {}\n", names(packet, &question.subjects)));
    for answer in &question.answers {
        text.push_str(&format!("     - {}: {}\n", answer.answer, answer.decides));
    }
    text
}

fn names(packet: &Packet, subjects: &[SubjectRef]) -> String {
    let mut named: Vec<String> =
        subjects.iter().take(SUBJECTS).map(|subject| name(packet, subject)).collect();
    if let Some(more) = subjects.len().checked_sub(SUBJECTS).filter(|more| *more > 0) {
        named.push(format!("{more} more"));
    }
    named.join(", ")
}

fn name(packet: &Packet, subject: &SubjectRef) -> String {
    let element =
        |id| packet.model.elements.get(id).map_or_else(|| format!("{id}"), |element| element.name.clone());
    match subject {
        SubjectRef::Model => "the whole".to_owned(),
        SubjectRef::Element(id) | SubjectRef::Zone(id) => element(id),
        SubjectRef::Relation(id) => match packet.model.relations.get(id) {
            Some(relation) => format!("{} → {}", element(&relation.from), element(&relation.to)),
            None => id.to_string(),
        },
        SubjectRef::View(id) => id.to_string(),
    }
}

/// The open questions for a role, with what is asked about and the lines that answer; `None` is everybody.
pub fn questions_text(packet: &Packet, who: Option<Who>) -> String {
    let rows = questions::rows(packet, who);
    let mut text = String::new();
    for question in &packet.assessment.questions {
        let drawing = question.keys.is_empty() && who.is_none_or(|who| question.who.contains(&who));
        if !drawing && !rows.iter().any(|row| row.question.id == question.id) {
            continue;
        }
        let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
        text.push_str(&format!(
            "{} {} ({})\n   {}\n   Why: {}\n",
            question.number,
            question.id,
            who.join(", "),
            question.text,
            question.why
        ));
        for row in rows.iter().filter(|row| row.question.id == question.id) {
            let place = if row.place.is_empty() { String::new() } else { format!(", {}", row.place) };
            text.push_str(&format!("   about {}: {}{place}\n", row.ask.id, row.name));
        }
        for answer in &question.answers {
            let group = answer.group.as_ref().map(|group| format!("{group}: ")).unwrap_or_default();
            text.push_str(&format!("   - {group}{}: {}\n", answer.answer, answer.decides));
            for line in answer.lines.lines().filter(|line| *line != "facts:") {
                text.push_str(&format!("     {line}\n"));
            }
        }
        text.push('\n');
    }
    if text.is_empty() { "No question is open.\n".to_owned() } else { text }
}

/// Rules as a list: severity, id, title, by pack.
pub fn rules_text(rules: &[RuleCard]) -> String {
    let mut text = String::new();
    let mut pack = "";
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules {
        if rule.pack != pack {
            pack = &rule.pack;
            text.push_str(&format!("{}{pack}\n", if text.is_empty() { "" } else { "\n" }));
        }
        text.push_str(&format!("  {:<8}  {:<width$}  {}\n", rule.severity.word(), rule.id, rule.title));
    }
    text
}

/// What was read of one input, for a person.
pub(super) fn account(account: &Account) -> String {
    let format = account.format.unwrap_or("unknown format");
    if let Some(kind) = &account.refused {
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'E']) { "an" } else { "a" };
        return format!("{} ({format}): {article} {kind}, which is not read\n", account.path);
    }
    let (model, loss) = (&account.model, &account.loss);
    let mut text = format!(
        "{} ({format}): {}, {}, {}; {}: {} understood, {} only visual, {} not understood\n",
        account.path,
        count(model.elements.len(), "element"),
        count(model.relations.len(), "relation"),
        count(model.views.len(), "view"),
        count(loss.seen(), "statement"),
        loss.understood,
        loss.visual,
        loss.unknown.len(),
    );
    let mut inside: BTreeMap<Option<&ElementId>, Vec<&Element>> = BTreeMap::new();
    for element in model.elements.values() {
        let holder = element.parent.as_ref().filter(|parent| model.elements.contains_key(*parent));
        inside.entry(holder).or_default().push(element);
    }
    let top = inside.remove(&None).unwrap_or_default();
    let mut next: Vec<(&Element, usize)> = top.into_iter().rev().map(|element| (element, 0)).collect();
    while let Some((element, depth)) = next.pop() {
        text.push_str(&format!("  {}{} ({})\n", "  ".repeat(depth), element.name, element.kind));
        let members = inside.remove(&Some(&element.id)).unwrap_or_default();
        next.extend(members.into_iter().rev().map(|member| (member, depth + 1)));
    }
    for relation in model.relations.values() {
        let label = relation.label.as_deref().map(|label| format!(": {label}")).unwrap_or_default();
        text.push_str(&format!("  {} → {}{label}\n", relation.from, relation.to));
    }
    for unread in &loss.unknown {
        text.push_str(&format!(
            "  not understood, {}: {}\n",
            account.sources.locate(unread.span),
            unread.text
        ));
    }
    text
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
