//! Findings, questions and sound statements as SARIF results.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::place::Places;
use super::rule::level;
use crate::assessment::{
    Coverage, Decision, DecisionState, DecisionStatus, Evidence, Finding, Question, Satisfied, SubjectRef,
};
use crate::source::Place;
use crate::writers::writer::Packet;

/// All results: gaps, then questions, then what is sound.
pub(super) fn all(packet: &Packet, places: &Places<'_>) -> Vec<Value> {
    let assessment = &packet.assessment;
    let index: BTreeMap<&str, usize> =
        assessment.rules.iter().enumerate().map(|(at, rule)| (rule.id.as_str(), at)).collect();
    let with_rule = |result: Value, rule: &str| {
        let mut full = json!({ "ruleId": rule });
        if let Some(at) = index.get(rule) {
            full["ruleIndex"] = (*at).into();
        }
        if let (Value::Object(full), Value::Object(rest)) = (&mut full, result) {
            full.extend(rest);
        }
        full
    };
    let mut results = Vec::new();
    for finding in &assessment.findings {
        let decision = finding.decision.and_then(|at| assessment.decisions.get(at));
        results.push(with_rule(gap(finding, decision, places), &finding.rule));
    }
    for question in &assessment.questions {
        let rule = question.rules.first().map_or("", String::as_str);
        results.push(with_rule(open(question, places), rule));
    }
    for satisfied in &assessment.satisfied {
        results.push(with_rule(pass(satisfied, places), &satisfied.rule));
    }
    for coverage in assessment.coverage.iter().filter(|coverage| is_about_nothing(coverage)) {
        results.push(with_rule(not_applicable(places), &coverage.rule));
    }
    results
}

/// A rule that applies to nothing that is drawn, for certain.
fn is_about_nothing(coverage: &Coverage) -> bool {
    coverage.gap + coverage.satisfied + coverage.unknown + coverage.potentially_applicable == 0
}

fn not_applicable(places: &Places<'_>) -> Value {
    let mut result = json!({
        "kind": "notApplicable",
        "level": "none",
        "message": {"text": "The rule is about nothing that is drawn."},
    });
    if let Some(physical) = places.anywhere() {
        result["locations"] = json!([{ "physicalLocation": physical }]);
    }
    result
}

fn gap(finding: &Finding, decision: Option<&Decision>, places: &Places<'_>) -> Value {
    let mut text = finding.title.clone();
    for evidence in finding.evidence.iter().filter(|evidence| !evidence.text.is_empty()) {
        text.push_str("\n- ");
        text.push_str(&evidence.text);
    }
    let mut result = json!({
        "kind": "fail",
        "level": level(finding.severity),
        "message": {"text": text},
        "partialFingerprints": {
            "planroom/v1": finding.fingerprint,
            "planroomLoose/v1": finding.loose_fingerprint,
        },
        "properties": {
            "id": finding.id,
            "number": finding.number,
            "severity": finding.severity.word(),
            "category": finding.category.word(),
            "band": finding.band.title(),
            "contradictory": finding.contradictory,
            "folded": finding.folded,
        },
    });
    locate(&mut result, &finding.subjects, &finding.evidence, places);
    if let Some(decision) = decision {
        result["suppressions"] = json!([suppression(decision, places)]);
    }
    result
}

fn open(question: &Question, places: &Places<'_>) -> Value {
    let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
    let mut result = json!({
        "kind": "open",
        "level": "none",
        "message": {"text": question.text},
        "partialFingerprints": {"planroomQuestion/v1": question.id},
        "properties": {
            "id": question.id,
            "number": question.number,
            "severity": question.severity.word(),
            "fact": question.key,
            "rules": question.rules,
            "who": who,
        },
    });
    locate(&mut result, &question.subjects, &[], places);
    result
}

fn pass(satisfied: &Satisfied, places: &Places<'_>) -> Value {
    let mut result = json!({
        "kind": "pass",
        "level": "none",
        "message": {"text": satisfied.text},
        "properties": {
            "severity": satisfied.severity.word(),
            "category": satisfied.category.word(),
            "assumed": satisfied.assumed,
        },
    });
    locate(&mut result, &satisfied.subjects, &satisfied.evidence, places);
    result
}

/// The main place, with all subjects as logical locations; every other place as a related one.
fn locate(result: &mut Value, subjects: &[SubjectRef], evidence: &[Evidence], places: &Places<'_>) {
    let mut written: Vec<(Place, Option<&str>)> = Vec::new();
    for one in evidence {
        written.extend(one.place.map(|place| (place, Some(one.text.as_str()))));
    }
    written.extend(subjects.iter().filter_map(|subject| Some((places.of_subject(subject)?, None))));
    let mut seen = std::collections::BTreeSet::new();
    written.retain(|(place, _)| seen.insert(*place));
    let mut located = written.iter().filter_map(|(place, text)| Some((places.physical(place.span)?, *text)));
    let logical: Vec<Value> = subjects.iter().map(|subject| places.logical(subject)).collect();
    let mut main = json!({ "logicalLocations": logical });
    if let Some(physical) = located.next().map(|(physical, _)| physical).or_else(|| places.anywhere()) {
        main["physicalLocation"] = physical;
    }
    result["locations"] = json!([main]);
    // Places in a drawing have no region, so two of them may be one address; the schema wants each once.
    let mut related: Vec<Value> = Vec::new();
    for (physical, text) in located {
        let one = match text.filter(|text| !text.is_empty()) {
            Some(text) => json!({"physicalLocation": physical, "message": {"text": text}}),
            None => json!({ "physicalLocation": physical }),
        };
        if !related.contains(&one) {
            related.push(one);
        }
    }
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
}

/// A decision that holds suppresses its finding; one that does not, says so.
fn suppression(decision: &Decision, places: &Places<'_>) -> Value {
    let status = match decision.state {
        DecisionState::Active | DecisionState::ExpiresSoon => match decision.status {
            DecisionStatus::Planned => "underReview",
            DecisionStatus::Accepted
            | DecisionStatus::Mitigated
            | DecisionStatus::Transferred
            | DecisionStatus::FalsePositive
            | DecisionStatus::NotApplicable => "accepted",
        },
        DecisionState::ChangedSince => "underReview",
        DecisionState::Expired | DecisionState::Invalid | DecisionState::Orphaned => "rejected",
    };
    let mut suppression = json!({
        "kind": "external",
        "status": status,
        "justification": decision.reason,
        "properties": {
            "status": decision.status.word(),
            "state": decision.state.word(),
            "owner": decision.owner,
            "approver": decision.approver,
            "ticket": decision.ticket,
            "expires": decision.expires,
        },
    });
    if let Some(physical) = places.physical(decision.place.span) {
        suppression["location"] = json!({ "physicalLocation": physical });
    }
    suppression
}
