//! Decisions of the sidecar: whether they are valid, in time, and still about what they were made for.

use super::date::days;
use super::fingerprint;
use super::settings::Ruling;
use crate::assessment::{Decision, DecisionState, DecisionStatus, Finding, Severity};
use crate::diagnostic::Diagnostic;
use crate::model::slug;

/// Days before its end in which a decision expires soon.
const SOON: i64 = 30;

/// The fingerprint that a decision about a finding carries: what it is about, and what that rests on.
pub fn fingerprint_of(finding: &Finding) -> String {
    format!("{}.{}", finding.fingerprint, fingerprint::evidence(&finding.evidence))
}

/// Lines that decide a finding, to be filled in.
pub fn decision_lines(finding: &Finding) -> String {
    let mut lines = format!(
        "decisions:\n  - finding: {}\n    fingerprint: {}\n    status: accepted\n    owner: \"...\"\n    reason: \"...\"\n",
        super::sidecar_lines::scalar(&finding.id),
        fingerprint_of(finding)
    );
    if finding.severity >= Severity::High {
        lines.push_str("    approver: \"...\"\n");
    }
    lines.push_str("    decided: \"YYYY-MM-DD\"\n    expires: \"YYYY-MM-DD\"\n");
    lines
}

/// Judges the decisions and lets those that hold treat their findings.
pub(super) fn apply(
    findings: &mut [Finding],
    rulings: &[Ruling],
    as_of: Option<&str>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Decision> {
    let mut decisions = Vec::with_capacity(rulings.len());
    for (number, ruling) in rulings.iter().enumerate() {
        let Some(status) = DecisionStatus::ALL.iter().copied().find(|status| status.word() == ruling.status)
        else {
            continue;
        };
        let at = findings.iter().position(|finding| finding.id == ruling.finding);
        let (state, remark) = match at {
            _ if ruling.finding.contains(['*', '?']) => {
                (DecisionState::Invalid, "it names findings by a wildcard; name each one".to_owned())
            }
            None => (DecisionState::Orphaned, orphan_remark(findings, ruling)),
            Some(at) if findings[at].decision.is_some() => {
                (DecisionState::Invalid, "another decision already treats this finding".to_owned())
            }
            Some(at) => judge(&findings[at], ruling, status, as_of),
        };
        let diagnostic = match state {
            DecisionState::Active => None,
            DecisionState::Invalid => Some(Diagnostic::error("decision/invalid", "", ruling.span)),
            DecisionState::Expired => Some(Diagnostic::warning("decision/expired", "", ruling.span)),
            DecisionState::ExpiresSoon => Some(Diagnostic::note("decision/expires-soon", "", ruling.span)),
            DecisionState::Orphaned => Some(Diagnostic::warning("decision/orphaned", "", ruling.span)),
            DecisionState::ChangedSince => {
                Some(Diagnostic::warning("decision/changed-since", "", ruling.span))
            }
        };
        if let Some(mut diagnostic) = diagnostic {
            diagnostic.message = format!("the decision about `{}`: {remark}", ruling.finding);
            told.push(diagnostic);
        }
        if let (Some(at), DecisionState::Active | DecisionState::ExpiresSoon) = (at, state) {
            findings[at].decision = Some(decisions.len());
        }
        debug_assert!(decisions.len() <= number, "each ruling gives at most one decision");
        decisions.push(Decision {
            finding: ruling.finding.clone(),
            status,
            state,
            owner: ruling.owner.clone().unwrap_or_default(),
            reason: ruling.reason.clone().unwrap_or_default(),
            approver: ruling.approver.clone(),
            ticket: ruling.ticket.clone(),
            decided: ruling.decided.clone(),
            expires: ruling.expires.clone(),
            remark,
            place: ruling.span.into(),
        });
    }
    decisions
}

fn judge(
    finding: &Finding,
    ruling: &Ruling,
    status: DecisionStatus,
    as_of: Option<&str>,
) -> (DecisionState, String) {
    let filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let mut lacks: Vec<&str> = Vec::new();
    if !filled(&ruling.owner) {
        lacks.push("an owner");
    }
    if !filled(&ruling.reason) {
        lacks.push("a reason");
    }
    if finding.severity >= Severity::High && !filled(&ruling.approver) {
        lacks.push("an approver");
    }
    let may_last = matches!(status, DecisionStatus::FalsePositive | DecisionStatus::NotApplicable);
    if !may_last && ruling.expires.is_none() {
        lacks.push("an expiry date");
    }
    if !lacks.is_empty() {
        return (DecisionState::Invalid, format!("it lacks {}", lacks.join(", ")));
    }
    let today = as_of.and_then(days);
    let expires = ruling.expires.as_deref().and_then(days);
    let decided = ruling.decided.as_deref().and_then(days).or(today);
    if let (false, Some(decided), Some(expires), Some(most)) =
        (may_last, decided, expires, longest(finding.severity))
        && expires - decided > most
    {
        let remark = format!(
            "it holds for {} days; a {} finding may be decided for at most {most}",
            expires - decided,
            finding.severity.word()
        );
        return (DecisionState::Invalid, remark);
    }
    if today.zip(expires).is_some_and(|(today, expires)| expires < today) {
        let date = ruling.expires.as_deref().map(super::date::long).unwrap_or_default();
        return (DecisionState::Expired, format!("it expired on {date}"));
    }
    if let Some(written) = &ruling.fingerprint {
        let now = fingerprint_of(finding);
        let same = *written == now || *written == finding.fingerprint;
        if !same {
            let about = written.split('.').next() != Some(finding.fingerprint.as_str());
            let what = if about { "what it is about" } else { "what it rests on" };
            return (
                DecisionState::ChangedSince,
                format!("{what} has changed since; decide again with fingerprint {now}"),
            );
        }
    }
    if let Some(left) =
        today.zip(expires).map(|(today, expires)| expires - today).filter(|left| *left <= SOON)
    {
        return (DecisionState::ExpiresSoon, format!("it expires in {left} days"));
    }
    (DecisionState::Active, String::new())
}

/// Longest life of a decision, in days.
const fn longest(severity: Severity) -> Option<i64> {
    match severity {
        Severity::Critical => Some(90),
        Severity::High => Some(180),
        Severity::Medium => Some(365),
        Severity::Low | Severity::Info => None,
    }
}

/// What an orphaned decision may be about now: a finding of its rule whose subject has the same name
/// elsewhere, or the same loose fingerprint.
fn orphan_remark(findings: &[Finding], ruling: &Ruling) -> String {
    let Some((rule, subject)) = ruling.finding.split_once('@') else {
        return "it does not name a finding as `rule@subject`".to_owned();
    };
    let last = |id: &str| slug(id.rsplit('/').next().unwrap_or(id));
    let of_rule: Vec<&Finding> =
        findings.iter().filter(|finding| finding.rule == rule && finding.decision.is_none()).collect();
    let moved = of_rule.iter().find(|finding| {
        let named = finding.id.split_once('@').map_or("", |(_, subject)| subject);
        last(named) == last(subject) || finding.subjects.iter().any(|one| last(one.id()) == last(subject))
    });
    match (moved, of_rule.as_slice()) {
        (Some(finding), _) => format!("nothing matches it; was it moved or renamed to `{}`?", finding.id),
        (None, [only]) => format!("nothing matches it; the rule's only finding is `{}`", only.id),
        (None, _) => "nothing matches it any more".to_owned(),
    }
}
