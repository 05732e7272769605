//! Decisions of the sidecar, what became of them, and when they expire; actions with owner and date.

use super::block::{Block, Note, Section, Table};
use super::headline::bands;
use super::links::Links;
use super::prose::{Inline, Prose, Target};
use super::words::{capital, count, list, sentence};
use crate::assessment::{ActionState, Assessment, Decision, DecisionState};

/// States in the order of the page: what needs a hand first.
const ORDER: [DecisionState; 6] = [
    DecisionState::Expired,
    DecisionState::Invalid,
    DecisionState::ChangedSince,
    DecisionState::Orphaned,
    DecisionState::ExpiresSoon,
    DecisionState::Active,
];

/// The decisions; `None` when none was made.
pub(super) fn section(links: &Links<'_>) -> Option<Section> {
    let assessment = links.input.assessment;
    let decisions = in_order(assessment);
    if decisions.is_empty() {
        return None;
    }
    let mut table = Table::new(
        count(decisions.len(), "decision"),
        &[
            "Finding", "Decision", "State", "Owner", "Reason", "Instead", "Evidence", "Approver", "Ticket",
            "Decided", "Expires", "Source",
        ],
    );
    for decision in &decisions {
        let said = |text: &Option<String>| Prose::plain(text.clone().unwrap_or_default());
        table.row(vec![
            finding(links, &decision.finding),
            Prose::plain(decision.status.word().replace('-', " ")),
            state(decision),
            Prose::plain(decision.owner.clone()),
            Prose::plain(sentence(&decision.reason)),
            said(&decision.compensating),
            said(&decision.evidence),
            said(&decision.approver),
            said(&decision.ticket),
            said(&decision.decided),
            said(&decision.expires),
            links.lines([&decision.place]),
        ]);
    }
    let mut blocks = vec![Block::Paragraph(Prose::plain(before_and_after(assessment)))];
    if assessment.as_of.is_none() {
        blocks.push(Block::Paragraph(Prose::quiet(
            "No as-of date was given: expiry dates are printed and not judged.",
        )));
    }
    blocks.push(Block::Table(table.without_empty_columns()));
    let needs = |decision: &&&Decision| {
        !decision.lines.is_empty()
            && !matches!(decision.state, DecisionState::Active | DecisionState::ExpiresSoon)
    };
    for decision in decisions.iter().filter(needs) {
        let text = finding(links, &decision.finding).text(": ").text(sentence(&decision.remark));
        blocks.push(Block::Note(Note { text: text.hush(" Only a person can say so; the lines to paste:") }));
        blocks.push(Block::Paste(decision.lines.trim_end().to_owned()));
    }
    blocks.extend(unmarked(&decisions));
    Some(Section::new("decisions", "Decisions", blocks))
}

/// Decisions that hold and carry no fingerprint, with the line that each lacks.
fn unmarked(decisions: &[&Decision]) -> Option<Block> {
    let lines: Vec<String> = decisions
        .iter()
        .filter(|decision| matches!(decision.state, DecisionState::Active | DecisionState::ExpiresSoon))
        .filter(|decision| !decision.lines.is_empty())
        .map(|decision| format!("# {}\n{}", decision.finding, decision.lines.trim_end()))
        .collect();
    if lines.is_empty() {
        return None;
    }
    let why = "With this line a decision is opened again when what it rests on changes; without it, nobody notices.";
    Some(Block::Fold {
        summary: format!("{} without a fingerprint", count(lines.len(), "decision")),
        blocks: vec![Block::Paragraph(Prose::plain(why)), Block::Paste(lines.join("\n"))],
    })
}

/// What the first page says of decisions that need a hand; empty when none does.
pub(super) fn first(links: &Links<'_>) -> Prose {
    let assessment = links.input.assessment;
    let mut parts = Vec::new();
    for state in ORDER {
        let number = assessment.decisions.iter().filter(|decision| decision.state == state).count();
        if number == 0 {
            continue;
        }
        let one = number == 1;
        parts.push(match state {
            DecisionState::Expired => format!("{number} {} expired", if one { "has" } else { "have" }),
            DecisionState::Invalid => format!("{number} {} not valid", if one { "is" } else { "are" }),
            DecisionState::ChangedSince => {
                format!("{number} {} on something that has changed since", if one { "rests" } else { "rest" })
            }
            DecisionState::Orphaned => {
                format!("{number} {} no finding", if one { "matches" } else { "match" })
            }
            DecisionState::ExpiresSoon => {
                format!("{number} {} within 30 days", if one { "expires" } else { "expire" })
            }
            DecisionState::Active => continue,
        });
    }
    let overdue = assessment.actions.iter().filter(|action| action.state == ActionState::Overdue).count();
    let mut prose = Prose::new();
    if !parts.is_empty() {
        prose = prose
            .text(format!("Of {}, ", count(assessment.decisions.len(), "decision")))
            .text(list(&parts))
            .text(": see ")
            .run(Inline::Link { text: "decisions".into(), to: Target::Anchor("decisions".into()) })
            .text(".");
    }
    if overdue > 0 {
        let verb = if overdue == 1 { "is" } else { "are" };
        let text = format!("{} {verb} overdue", count(overdue, "action"));
        let space = if prose.is_empty() { "" } else { " " };
        prose = prose.text(space).run(Inline::Link { text, to: Target::Anchor("actions".into()) }).text(".");
    }
    prose
}

/// What somebody has promised or has to do; `None` when nothing.
pub(super) fn actions(links: &Links<'_>) -> Option<Section> {
    let actions = &links.input.assessment.actions;
    if actions.is_empty() {
        return None;
    }
    let columns = ["Finding", "Action", "Owner", "Due", "State", "Because", "Ticket"];
    let mut table = Table::new(count(actions.len(), "action"), &columns);
    for action in actions {
        let state = match action.state {
            ActionState::Overdue => Prose::new().strong("Overdue"),
            ActionState::DueSoon => Prose::plain("Due within 30 days"),
            ActionState::Open => Prose::plain("Open"),
        };
        let because = match action.basis {
            "owner" => "owner of what is affected",
            other => other,
        };
        table.row(vec![
            finding(links, &action.finding),
            Prose::plain(sentence(&action.text)),
            Prose::plain(action.owner.clone()),
            action.due.as_ref().map_or_else(|| Prose::quiet("no date"), Prose::plain),
            state,
            Prose::plain(because),
            Prose::plain(action.ticket.clone().unwrap_or_default()),
        ]);
    }
    let table = Block::Table(table.without_empty_columns());
    Some(Section::new("actions", "Actions", vec![table]))
}

fn in_order(assessment: &Assessment) -> Vec<&Decision> {
    let of =
        |state: DecisionState| assessment.decisions.iter().filter(move |decision| decision.state == state);
    ORDER.into_iter().flat_map(of).collect()
}

/// Findings before and after decisions, in one sentence.
fn before_and_after(assessment: &Assessment) -> String {
    let all = bands(assessment.findings.iter());
    let open = bands(assessment.findings.iter().filter(|finding| finding.decision.is_none()));
    let tell =
        |[fix, decide, track]: [usize; 3]| format!("{fix} to fix, {decide} to decide, {track} to track");
    format!(
        "Findings before decisions: {}. After decisions: {}. A decision treats a finding; it never changes a verdict.",
        tell(all),
        tell(open)
    )
}

/// The finding's number when there is one now, and its id.
fn finding(links: &Links<'_>, id: &str) -> Prose {
    let findings = &links.input.assessment.findings;
    let number = findings.iter().find(|finding| finding.id == id);
    match number.and_then(|finding| links.mark(&finding.number)) {
        Some(mark) => Prose::new().run(Inline::Mark(mark)).text(" ").run(Inline::Code(id.to_owned())),
        None => Prose::code(id),
    }
}

fn state(decision: &Decision) -> Prose {
    let word = capital(&decision.state.word().replace('-', " "));
    let word = match decision.state {
        DecisionState::Active | DecisionState::ExpiresSoon => Prose::plain(word),
        _ => Prose::new().strong(word),
    };
    if decision.remark.trim().is_empty() { word } else { word.text(": ").text(sentence(&decision.remark)) }
}
