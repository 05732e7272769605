//! What the tables say.

use super::super::csv;
use super::super::grid::Grid;
use super::super::subject::{Names, joined};
use super::super::writer::Packet;
use crate::assessment::{Band, Decision, DecisionState, Finding};

const SUBJECTS: u16 = 40;

/// All tables of a workbook; those without rows are left out, but for the findings.
pub(super) fn all(packets: &[&Packet]) -> Vec<Grid> {
    let mut grids = vec![judgement(packets)];
    grids.extend([questions(packets), flows(packets)]);
    grids.extend(["Actions", "Ports", "Firewall"].into_iter().filter_map(|name| of_csv(packets, name)));
    grids.push(decisions(packets));
    let first = grids.len().min(1);
    let rest = grids.split_off(first);
    grids.extend(rest.into_iter().filter(|grid| !grid.rows.is_empty()));
    grids
}

/// A table that is a file of its own as well; `None` when no packet has one.
fn of_csv(packets: &[&Packet], name: &'static str) -> Option<Grid> {
    let of = |packet: &Packet| csv::grids(packet).into_iter().find(|(_, grid)| grid.name == name);
    let columns = packets.iter().find_map(|packet| of(packet)).map(|(_, grid)| grid.columns)?;
    Some(made(name, &columns, packets, |packet| of(packet).map_or_else(Vec::new, |(_, grid)| grid.rows)))
}

fn made(
    name: &'static str,
    columns: &[(&'static str, u16)],
    packets: &[&Packet],
    rows: impl Fn(&Packet) -> Vec<Vec<String>>,
) -> Grid {
    let several = packets.len() > 1;
    let mut columns = columns.to_vec();
    if several {
        columns.insert(0, ("project", 20));
    }
    let mut all = Vec::new();
    for packet in packets {
        for mut row in rows(packet) {
            if several {
                row.insert(0, packet.project.clone());
            }
            all.push(row);
        }
    }
    Grid { name, columns, rows: all }
}

/// Findings and questions in one table, as `check --format csv` prints them.
pub fn judgement(packets: &[&Packet]) -> Grid {
    let columns = [
        ("number", 8),
        ("kind", 10),
        ("severity", 10),
        ("band", 18),
        ("category", 14),
        ("title", 60),
        ("subjects", SUBJECTS),
        ("names", SUBJECTS),
        ("places", 28),
        ("rule", 34),
        ("what to do", 60),
        ("who", 20),
        ("decision", 14),
        ("owner", 18),
        ("due", 12),
        ("id", 40),
    ];
    made("Findings", &columns, packets, |packet| {
        let names = Names::of(packet);
        let findings = packet.assessment.findings.iter().map(|finding| {
            let decision = decision_of(packet, finding);
            vec![
                finding.number.clone(),
                "gap".to_owned(),
                finding.severity.word().to_owned(),
                band(finding.band).to_owned(),
                finding.category.word().to_owned(),
                finding.title.clone(),
                joined(finding.subjects.iter().map(|subject| subject.id().to_owned())),
                joined(finding.subjects.iter().map(|subject| names.name(subject))),
                joined(finding.evidence.iter().filter_map(|it| it.place).map(|place| names.place(place))),
                finding.rule.clone(),
                action(packet, finding),
                String::new(),
                decision.map_or_else(String::new, status),
                decision.map_or_else(String::new, |decision| decision.owner.clone()),
                decision.and_then(|decision| decision.expires.clone()).unwrap_or_default(),
                finding.id.clone(),
            ]
        });
        let questions = packet.assessment.questions.iter().map(|question| {
            let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
            vec![
                question.number.clone(),
                "unknown".to_owned(),
                question.severity.word().to_owned(),
                String::new(),
                String::new(),
                question.text.clone(),
                joined(question.subjects.iter().map(|subject| subject.id().to_owned())),
                joined(question.subjects.iter().map(|subject| names.name(subject))),
                joined(question.subjects.iter().map(|subject| names.origin(subject))),
                question.rules.join("; "),
                question.answers.iter().map(|answer| answer.answer.as_str()).collect::<Vec<_>>().join("; "),
                who.join(", "),
                String::new(),
                String::new(),
                String::new(),
                question.id.clone(),
            ]
        });
        findings.chain(questions).collect()
    })
}

fn questions(packets: &[&Packet]) -> Grid {
    let columns = [
        ("number", 8),
        ("question", 60),
        ("who", 24),
        ("answer", 40),
        ("decides", 40),
        ("about", SUBJECTS),
        ("rules", 40),
    ];
    made("Questions", &columns, packets, |packet| {
        let names = Names::of(packet);
        let rows = packet.assessment.questions.iter().flat_map(|question| {
            let about = joined(question.subjects.iter().map(|subject| names.name(subject)));
            let who: Vec<&str> = question.who.iter().map(|who| who.word()).collect();
            question
                .answers
                .iter()
                .map(|answer| {
                    let group = answer.group.as_ref().map(|group| format!("{group}: ")).unwrap_or_default();
                    vec![
                        question.number.clone(),
                        question.text.clone(),
                        who.join(", "),
                        format!("{group}{}", answer.answer),
                        answer.decides.clone(),
                        about.clone(),
                        question.rules.join("; "),
                    ]
                })
                .collect::<Vec<_>>()
        });
        rows.collect()
    })
}

fn flows(packets: &[&Packet]) -> Grid {
    let columns = [
        ("from", 28),
        ("to", 28),
        ("label", 34),
        ("protocols", 18),
        ("ports", 18),
        ("opened by", 12),
        ("via", 24),
        ("phase", 14),
        ("encrypted", 12),
        ("authentication", 16),
        ("id", 50),
    ];
    made("Flows", &columns, packets, |packet| {
        let names = Names::of(packet);
        let rows = packet.model.flows().map(|flow| {
            let fact = |key| flow.facts.get(key).map(|fact| fact.value.display()).unwrap_or_default();
            vec![
                names.element(&flow.from),
                names.element(&flow.to),
                flow.label.clone().unwrap_or_default(),
                joined(flow.protocols.iter().map(|protocol| protocol.id.clone())),
                joined(flow.ports.iter().map(|port| {
                    let range = if port.from == port.to {
                        port.from.to_string()
                    } else {
                        format!("{}-{}", port.from, port.to)
                    };
                    format!("{} {range}", port.transport.word())
                })),
                flow.initiator.word().to_owned(),
                joined(flow.via.iter().map(|id| names.element(id))),
                flow.phase.word().to_owned(),
                fact(crate::model::FactKey::Encrypted),
                fact(crate::model::FactKey::Authentication),
                flow.id.to_string(),
            ]
        });
        rows.collect()
    })
}

fn decisions(packets: &[&Packet]) -> Grid {
    let columns = [
        ("finding", 50),
        ("status", 16),
        ("state", 14),
        ("owner", 20),
        ("approver", 20),
        ("reason", 50),
        ("ticket", 16),
        ("decided", 12),
        ("expires", 12),
        ("remark", 50),
    ];
    made("Decisions", &columns, packets, |packet| {
        let of = |text: &Option<String>| text.clone().unwrap_or_default();
        let rows = packet.assessment.decisions.iter().map(|decision| {
            vec![
                decision.finding.clone(),
                decision.status.word().to_owned(),
                decision.state.word().to_owned(),
                decision.owner.clone(),
                of(&decision.approver),
                decision.reason.clone(),
                of(&decision.ticket),
                of(&decision.decided),
                of(&decision.expires),
                decision.remark.clone(),
            ]
        });
        rows.collect()
    })
}

fn decision_of<'p>(packet: &'p Packet, finding: &Finding) -> Option<&'p Decision> {
    finding.decision.and_then(|at| packet.assessment.decisions.get(at))
}

fn card<'p>(packet: &'p Packet, rule: &str) -> Option<&'p crate::assessment::RuleCard> {
    packet.assessment.rules.iter().find(|card| card.id == rule)
}

fn action(packet: &Packet, finding: &Finding) -> String {
    card(packet, &finding.rule).map_or_else(String::new, |card| card.action.clone())
}

fn status(decision: &Decision) -> String {
    match decision.state {
        DecisionState::Active => decision.status.word().to_owned(),
        other => format!("{} ({})", decision.status.word(), other.word()),
    }
}

const fn band(band: Band) -> &'static str {
    band.title()
}
