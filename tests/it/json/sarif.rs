//! SARIF: what code scanning reads.

use planroom::assessment::{DecisionState, DecisionStatus};
use planroom::writers::sarif::sarif;
use serde_json::Value;

use super::packet;

#[test]
fn gaps_fail_questions_are_open_and_sound_statements_pass() {
    insta::assert_snapshot!(sarif(&packet()));
}

#[test]
fn only_a_decision_that_holds_suppresses() {
    let status = |state: DecisionState, status: DecisionStatus| {
        let mut packet = packet();
        packet.assessment.decisions[0].state = state;
        packet.assessment.decisions[0].status = status;
        let log: Value = serde_json::from_str(&sarif(&packet)).unwrap();
        log["runs"][0]["results"][0]["suppressions"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(status(DecisionState::Active, DecisionStatus::FalsePositive), "accepted");
    assert_eq!(status(DecisionState::Active, DecisionStatus::Planned), "underReview");
    assert_eq!(status(DecisionState::ChangedSince, DecisionStatus::Accepted), "underReview");
    assert_eq!(status(DecisionState::Expired, DecisionStatus::Accepted), "rejected");
}
