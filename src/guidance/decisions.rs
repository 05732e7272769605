//! Decisions of the sidecar: whether they are valid, in time, and still about what they were made for.

use super::date::{days, long};
use super::settings::Ruling;
use crate::assessment::{Decision, DecisionState, DecisionStatus, Finding, Severity, Verdict, VerdictKind};
use crate::diagnostic::Diagnostic;
use crate::model::slug;

/// Code of a decision that is not valid: its finding stays open.
pub const INVALID_DECISION: &str = "decision/invalid";

/// Days before its end in which a decision expires soon.
const SOON: i64 = 30;

/// What rules say of single subjects now: rule and id of the subject to the verdict.
pub(super) type Verdicts<'a> = &'a dyn Fn(&str, &str) -> Option<&'a Verdict>;

/// The fingerprint that a decision about a finding carries: what it is about, what that rests on, and
/// what it is about wherever that stands.
pub fn fingerprint_of(finding: &Finding) -> String {
    format!("{}.{}.{}", finding.fingerprint, finding.evidence_fingerprint, finding.loose_fingerprint)
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
    verdicts: Verdicts<'_>,
    as_of: Option<&str>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Decision> {
    let named: Vec<&str> = rulings.iter().map(|ruling| ruling.finding.as_str()).collect();
    let mut decisions = Vec::with_capacity(rulings.len());
    for ruling in rulings {
        let Some(status) = DecisionStatus::ALL.iter().copied().find(|status| status.word() == ruling.status)
        else {
            continue;
        };
        let at = findings.iter().position(|finding| finding.id == ruling.finding);
        let judged = match at {
            _ if ruling.finding.contains(['*', '?']) => {
                Judged::new(DecisionState::Invalid, "it names findings by a wildcard; name each one")
            }
            None => orphan(findings, ruling, &named, verdicts),
            Some(at) if findings[at].decision.is_some() => {
                Judged::new(DecisionState::Invalid, "another decision already treats this finding")
            }
            Some(at) => judge(&findings[at], ruling, status, as_of),
        };
        told.extend(diagnostic(ruling, &judged));
        if let (Some(at), DecisionState::Active | DecisionState::ExpiresSoon) = (at, judged.state) {
            findings[at].decision = Some(decisions.len());
        }
        decisions.push(Decision {
            finding: ruling.finding.clone(),
            status,
            state: judged.state,
            owner: ruling.owner.clone().unwrap_or_default(),
            reason: ruling.reason.clone().unwrap_or_default(),
            approver: ruling.approver.clone(),
            ticket: ruling.ticket.clone(),
            evidence: ruling.evidence.clone(),
            compensating: ruling.compensating.clone(),
            decided: ruling.decided.clone(),
            expires: ruling.expires.clone(),
            remark: judged.remark,
            proposal: judged.proposal,
            lines: judged.lines,
            place: ruling.span.into(),
        });
    }
    decisions
}

fn diagnostic(ruling: &Ruling, judged: &Judged) -> Option<Diagnostic> {
    let diagnostic = match judged.state {
        DecisionState::Active => return None,
        DecisionState::Invalid => Diagnostic::error(INVALID_DECISION, "", ruling.span),
        DecisionState::Expired => Diagnostic::warning("decision/expired", "", ruling.span),
        DecisionState::ExpiresSoon => Diagnostic::note("decision/expires-soon", "", ruling.span),
        DecisionState::Orphaned => Diagnostic::warning("decision/orphaned", "", ruling.span),
        DecisionState::ChangedSince => Diagnostic::warning("decision/changed-since", "", ruling.span),
    };
    let message = format!("the decision about `{}`: {}", ruling.finding, judged.remark);
    let help = judged.lines.trim_end().lines().map(str::trim).collect::<Vec<_>>().join(", ");
    let diagnostic = Diagnostic { message, ..diagnostic };
    Some(if help.is_empty() { diagnostic } else { diagnostic.help(format!("write `{help}`")) })
}

/// What becomes of one decision.
struct Judged {
    state: DecisionState,
    remark: String,
    proposal: Option<String>,
    lines: String,
}

impl Judged {
    fn new(state: DecisionState, remark: impl Into<String>) -> Self {
        Self { state, remark: remark.into(), proposal: None, lines: String::new() }
    }

    fn lines(mut self, lines: String) -> Self {
        self.lines = lines;
        self
    }
}

fn judge(finding: &Finding, ruling: &Ruling, status: DecisionStatus, as_of: Option<&str>) -> Judged {
    let may_last = matches!(status, DecisionStatus::FalsePositive | DecisionStatus::NotApplicable);
    let lacks = lacks(finding, ruling, may_last);
    if !lacks.is_empty() {
        return Judged::new(DecisionState::Invalid, format!("it lacks {}", lacks.join(", ")));
    }
    let today = as_of.and_then(days);
    let expires = ruling.expires.as_deref().and_then(days);
    let decided = ruling.decided.as_deref().and_then(days);
    if let (Some(decided), Some(expires)) = (decided, expires)
        && expires < decided
    {
        return Judged::new(DecisionState::Invalid, "it expires before the day on which it was decided");
    }
    if let (false, Some(decided), Some(expires), Some(most)) =
        (may_last, decided.or(today), expires, longest(finding.severity))
        && expires - decided > most
    {
        let remark = format!(
            "it holds for {} days; a {} finding may be decided for at most {most}",
            expires - decided,
            finding.severity.word()
        );
        return Judged::new(DecisionState::Invalid, remark);
    }
    if today.zip(expires).is_some_and(|(today, expires)| expires < today) {
        let date = ruling.expires.as_deref().map(long).unwrap_or_default();
        return Judged::new(
            DecisionState::Expired,
            format!("it expired on {date}; the finding is open again"),
        );
    }
    let now = fingerprint_of(finding);
    let renew = format!("    fingerprint: {now}\n");
    match ruling.fingerprint.as_deref().map(|written| difference(written, finding)) {
        Some(Difference::About) => {
            let remark =
                "what it is about has changed since; look again, and decide anew with this fingerprint";
            return Judged::new(DecisionState::ChangedSince, remark).lines(renew);
        }
        Some(Difference::Evidence) => {
            let remark =
                "what it rests on has changed since; look again, and decide anew with this fingerprint";
            return Judged::new(DecisionState::ChangedSince, remark).lines(renew);
        }
        Some(Difference::None) => {}
        None => {
            // Without one, a change of what it rests on would go unseen: the line is offered.
            return in_time(today, expires).lines(renew);
        }
    }
    in_time(today, expires)
}

fn in_time(today: Option<i64>, expires: Option<i64>) -> Judged {
    match today.zip(expires).map(|(today, expires)| expires - today).filter(|left| *left <= SOON) {
        Some(0) => Judged::new(DecisionState::ExpiresSoon, "it expires today"),
        Some(1) => Judged::new(DecisionState::ExpiresSoon, "it expires in 1 day"),
        Some(left) => Judged::new(DecisionState::ExpiresSoon, format!("it expires in {left} days")),
        None => Judged::new(DecisionState::Active, ""),
    }
}

/// What a decision must have and has not.
fn lacks(finding: &Finding, ruling: &Ruling, may_last: bool) -> Vec<&'static str> {
    let filled = |text: &Option<String>| {
        text.as_ref().is_some_and(|text| !text.trim().is_empty() && text.trim() != "...")
    };
    let mut lacks = Vec::new();
    if !filled(&ruling.owner) {
        lacks.push("an owner");
    }
    if !filled(&ruling.reason) {
        lacks.push("a reason");
    }
    if finding.severity >= Severity::High && !filled(&ruling.approver) {
        lacks.push("an approver");
    }
    if !may_last && ruling.expires.is_none() {
        lacks.push("an expiry date");
    }
    lacks
}

/// What differs between the fingerprint of a decision and that of its finding.
enum Difference {
    None,
    About,
    Evidence,
}

fn difference(written: &str, finding: &Finding) -> Difference {
    let mut parts = written.trim().split('.');
    if parts.next() != Some(finding.fingerprint.as_str()) {
        return Difference::About;
    }
    match parts.next() {
        Some(evidence) if evidence != finding.evidence_fingerprint => Difference::Evidence,
        _ => Difference::None,
    }
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

/// A decision that no finding matches: what it may be about now, or why it can go.
fn orphan(findings: &[Finding], ruling: &Ruling, named: &[&str], verdicts: Verdicts<'_>) -> Judged {
    let orphaned = |remark: String| Judged::new(DecisionState::Orphaned, remark);
    let Some((rule, subject)) = ruling.finding.split_once('@') else {
        return orphaned("it does not name a finding as `rule@subject`".to_owned());
    };
    // Findings of the rule that no decision names are what it may be about.
    let free: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.rule == rule && !named.contains(&finding.id.as_str()))
        .collect();
    let verdict = verdicts(rule, subject);
    match verdict.map(|verdict| verdict.kind) {
        Some(VerdictKind::Satisfied) => {
            return orphaned(format!("`{rule}` is satisfied there now; it can be taken out"));
        }
        Some(VerdictKind::Unknown) => {
            return orphaned("whether it is so is not known any more; the question is open again".to_owned());
        }
        Some(VerdictKind::Gap | VerdictKind::PotentiallyApplicable | VerdictKind::NotApplicable) | None => {}
    }
    if let Some(into) = verdict.and_then(|verdict| verdict.folded_into.as_deref()) {
        return orphaned(format!("`{into}` tells it now; decide about that finding"));
    }
    let last = |id: &str| slug(id.rsplit('/').next().unwrap_or(id));
    let loose = ruling.fingerprint.as_deref().and_then(|written| written.trim().split('.').nth(2));
    let alike = |finding: &&&Finding| loose == Some(finding.loose_fingerprint.as_str());
    let same_name = |finding: &&&Finding| {
        let named = finding.id.split_once('@').map_or("", |(_, subject)| subject);
        last(named) == last(subject) || finding.subjects.iter().any(|one| last(one.id()) == last(subject))
    };
    let home = |id: &str| id.rsplit_once('/').map_or("", |(home, _)| home).to_owned();
    let same_home = |finding: &&&Finding| finding.subjects.iter().any(|one| home(one.id()) == home(subject));
    let moved = free.iter().find(alike).or_else(|| free.iter().find(same_name));
    let propose = |finding: &Finding, remark: String| Judged {
        proposal: Some(finding.id.clone()),
        lines: format!(
            "  - finding: {}\n    fingerprint: {}\n",
            super::sidecar_lines::scalar(&finding.id),
            fingerprint_of(finding)
        ),
        ..orphaned(remark)
    };
    if let Some(finding) = moved {
        let remark = format!("nothing matches it; was it moved or renamed to `{}`?", finding.id);
        return propose(finding, remark);
    }
    let mut near = free.iter().filter(same_home);
    if let (Some(finding), None) = (near.next(), near.next()) {
        let remark = format!("nothing matches it; was it renamed to `{}`?", finding.id);
        return propose(finding, remark);
    }
    match free.as_slice() {
        [only] => {
            propose(only, format!("nothing matches it; the rule's only other finding is `{}`", only.id))
        }
        _ => orphaned("nothing matches it any more".to_owned()),
    }
}
