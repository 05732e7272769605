//! JUnit's XML, as CI servers read it: one suite a project and pack, one case a rule and subject.
//!
//! A gap that no decision treats is a failure, an open question a skipped case with the question as its
//! message, what is satisfied passes; a treated gap passes and says so. There are no times: the same packet
//! gives the same bytes.

use std::collections::BTreeMap;

use super::subject::Names;
use super::writer::Packet;
use crate::assessment::{DecisionState, Finding, Question, Verdict, VerdictKind};

/// The verdicts of these packets.
pub fn junit(packets: &[&Packet]) -> String {
    let suites: Vec<Suite> = packets.iter().flat_map(|packet| suites(packet)).collect();
    let sum = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"planroom\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n",
        sum(|suite| suite.tests),
        sum(|suite| suite.failures),
        sum(|suite| suite.skipped),
    );
    for suite in &suites {
        text.push_str(&format!(
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\">\n{}  </testsuite>\n",
            escape(&suite.name),
            suite.tests,
            suite.failures,
            suite.skipped,
            suite.cases
        ));
    }
    text.push_str("</testsuites>\n");
    text
}

#[derive(Default)]
struct Suite {
    name: String,
    tests: usize,
    failures: usize,
    skipped: usize,
    cases: String,
}

fn suites(packet: &Packet) -> Vec<Suite> {
    let assessment = &packet.assessment;
    let project = if packet.project.is_empty() { packet.model.title.as_str() } else { &packet.project };
    let packs: BTreeMap<&str, &str> =
        assessment.rules.iter().map(|card| (card.id.as_str(), card.pack.as_str())).collect();
    let mut findings: BTreeMap<(&str, &str), &Finding> = BTreeMap::new();
    for finding in &assessment.findings {
        for subject in &finding.subjects {
            findings.insert((&finding.rule, subject.id()), finding);
        }
    }
    let mut questions: BTreeMap<&str, &Question> = BTreeMap::new();
    for question in &assessment.questions {
        for rule in &question.rules {
            questions.entry(rule).or_insert(question);
        }
    }
    let mut suites: Vec<Suite> = Vec::new();
    let names = Names::of(packet);
    for verdict in &assessment.verdicts {
        // What is folded is told by the rule that it is folded into.
        if verdict.folded_into.is_some() || verdict.kind == VerdictKind::PotentiallyApplicable {
            continue;
        }
        let pack = packs.get(verdict.rule.as_str()).copied().unwrap_or_default();
        let name = format!("{project}: {pack}");
        let at = match suites.iter().position(|suite| suite.name == name) {
            Some(at) => at,
            None => {
                suites.push(Suite { name, ..Suite::default() });
                suites.len() - 1
            }
        };
        let finding = findings.get(&(verdict.rule.as_str(), verdict.subject.id())).copied();
        let question = questions.get(verdict.rule.as_str()).copied();
        case(packet, names, &mut suites[at], verdict, finding, question);
    }
    suites
}

fn case(
    packet: &Packet,
    names: Names<'_>,
    suite: &mut Suite,
    verdict: &Verdict,
    finding: Option<&Finding>,
    question: Option<&Question>,
) {
    suite.tests += 1;
    suite.cases.push_str(&format!(
        "    <testcase classname=\"{}\" name=\"{}\"",
        escape(&verdict.rule),
        escape(&format!("{} [{}]", names.name(&verdict.subject), verdict.subject.id()))
    ));
    let body = match verdict.kind {
        VerdictKind::Gap => {
            let decision = finding
                .and_then(|finding| finding.decision)
                .and_then(|at| packet.assessment.decisions.get(at))
                .filter(|it| matches!(it.state, DecisionState::Active | DecisionState::ExpiresSoon));
            if let Some(decision) = decision {
                let words =
                    format!("gap, {} by {}: {}", decision.status.word(), decision.owner, decision.reason);
                format!("      <system-out>{}</system-out>\n", escape(&words))
            } else {
                suite.failures += 1;
                failure(packet, names, verdict, finding)
            }
        }
        VerdictKind::Unknown => {
            suite.skipped += 1;
            let words = question.map_or_else(
                || "nobody said what would decide it".to_owned(),
                |question| format!("{} {}", question.number, question.text),
            );
            format!("      <skipped message=\"{}\"/>\n", escape(&words))
        }
        VerdictKind::Satisfied | VerdictKind::PotentiallyApplicable | VerdictKind::NotApplicable => {
            String::new()
        }
    };
    if body.is_empty() {
        suite.cases.push_str("/>\n");
    } else {
        suite.cases.push_str(&format!(">\n{body}    </testcase>\n"));
    }
}

fn failure(packet: &Packet, names: Names<'_>, verdict: &Verdict, finding: Option<&Finding>) -> String {
    let card = packet.assessment.rules.iter().find(|card| card.id == verdict.rule);
    let severity = finding.map(|finding| finding.severity).or(card.map(|card| card.severity));
    let title = finding.map(|it| format!("{} {}", it.number, it.title));
    let title = title.or_else(|| card.map(|card| card.title.clone())).unwrap_or_default();
    let mut lines: Vec<String> = Vec::new();
    for evidence in verdict.evidence.iter().filter(|evidence| evidence.value.is_some()) {
        let place = evidence.place.map(|place| format!("{}: ", names.place(place))).unwrap_or_default();
        let line = format!("{place}{}", evidence.text);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.extend(card.map(|card| card.action.clone()));
    format!(
        "      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
        severity.map_or("gap", |severity| severity.word()),
        escape(&title),
        escape(&lines.join("\n"))
    )
}

/// A text for XML 1.0, in elements and attributes: markup escaped, characters that XML cannot hold replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            '\u{FFFE}' | '\u{FFFF}' => escaped.push('\u{FFFD}'),
            letter if letter.is_control() => escaped.push('\u{FFFD}'),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(
            escape("a<b> & \"c\"\n\u{1}\u{FFFE}]]>"),
            "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{FFFD}\u{FFFD}]]&gt;"
        );
    }
}
