//! Actions: what somebody has promised by a decision, or has to do as the owner of what is affected.

use std::collections::BTreeSet;

use super::date::days;
use super::rule::Rule;
use crate::assessment::{Action, ActionState, Band, Decision, DecisionStatus, Finding, SubjectRef};
use crate::model::{FactKey, FactValue, Model, Origin};

/// Days before its date in which an action is due soon.
const SOON: i64 = 30;

/// The actions, those that are due first, then in the order of the findings.
pub(super) fn list(
    model: &Model,
    rules: &[&Rule],
    findings: &[Finding],
    decisions: &[Decision],
    as_of: Option<&str>,
) -> Vec<Action> {
    let today = as_of.and_then(days);
    let mut actions: Vec<Action> = Vec::new();
    for finding in findings {
        let what = rules.iter().find(|rule| rule.card.id == finding.rule);
        let what = what.map_or("", |rule| rule.card.action.trim());
        // An expired promise is still one: it is overdue.
        let decision = decisions
            .iter()
            .find(|decision| decision.finding == finding.id && !decision.owner.trim().is_empty());
        let action = match decision.map(|decision| (decision, decision.status)) {
            Some((decision, DecisionStatus::Planned)) => promised(finding, decision, what, "planned"),
            Some((decision, DecisionStatus::Mitigated)) => {
                let compensating = decision.compensating.as_deref().unwrap_or("").trim();
                let what = match compensating {
                    "" => "Keep in place what makes up for it, and show that it works".to_owned(),
                    text => format!("Keep in place: {text}"),
                };
                promised(finding, decision, &what, "mitigated")
            }
            Some(_) => continue,
            None if finding.band == Band::Track => continue,
            None => match owner(model, &finding.subjects) {
                Some(owner) => Action {
                    finding: finding.id.clone(),
                    number: finding.number.clone(),
                    text: what.to_owned(),
                    owner,
                    due: None,
                    state: ActionState::Open,
                    basis: "owner",
                    ticket: None,
                },
                None => continue,
            },
        };
        let left = action.due.as_deref().and_then(days).zip(today).map(|(due, today)| due - today);
        let state = match left {
            Some(left) if left < 0 => ActionState::Overdue,
            Some(left) if left <= SOON => ActionState::DueSoon,
            _ => ActionState::Open,
        };
        actions.push(Action { state, ..action });
    }
    // A stable sort: without a date, the order of the findings stays.
    actions.sort_by(|a, b| (a.due.is_none(), &a.due).cmp(&(b.due.is_none(), &b.due)));
    actions
}

fn promised(finding: &Finding, decision: &Decision, what: &str, basis: &'static str) -> Action {
    Action {
        finding: finding.id.clone(),
        number: finding.number.clone(),
        text: what.to_owned(),
        owner: decision.owner.clone(),
        due: decision.expires.clone(),
        state: ActionState::Open,
        basis,
        ticket: decision.ticket.clone(),
    }
}

/// The one owner that is stated or declared for all elements that are affected, for a flow of its end
/// or ends; `None` when there is none or several.
fn owner(model: &Model, subjects: &[SubjectRef]) -> Option<String> {
    let mut owners: BTreeSet<&str> = BTreeSet::new();
    let mut add = |id| -> Option<()> {
        let element = model.element(id)?;
        let fact = element.facts.at_least(FactKey::Owner, Origin::Stated)?;
        match &fact.value {
            FactValue::Text(owner) | FactValue::Word(owner) => owners.insert(owner),
            FactValue::Count(_) | FactValue::AtLeast(_) | FactValue::List(_) => return None,
        };
        Some(())
    };
    for subject in subjects {
        match subject {
            SubjectRef::Element(id) | SubjectRef::Zone(id) => add(id)?,
            SubjectRef::Relation(id) => {
                let relation = model.relations.get(id)?;
                let ends = [add(&relation.from), add(&relation.to)];
                ends.into_iter().flatten().next()?;
            }
            SubjectRef::View(_) | SubjectRef::Model => return None,
        }
    }
    match owners.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => Some((*only).to_owned()),
        _ => None,
    }
}
