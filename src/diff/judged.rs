//! Findings, single verdicts and questions, compared.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::{
    Closed, Counts, Edit, FindingChange, Pass, QuestionChange, Reason, ToldFinding, ToldQuestion, Turn,
};
use super::pair::Pairs;
use super::part;
use super::record::{FindingRecord, FindingsRecord, QuestionRecord, Record};

/// Answers that are told of one question.
const MOST_ANSWERS: usize = 6;

/// What differs in the judgement.
#[derive(Debug, Default)]
pub(super) struct Judged {
    pub(super) new: Vec<ToldFinding>,
    pub(super) closed: Vec<Closed>,
    pub(super) changed: Vec<FindingChange>,
    pub(super) verdicts: Vec<Turn>,
    pub(super) asked: Vec<ToldQuestion>,
    pub(super) answered: Vec<QuestionChange>,
    pub(super) gone: Vec<ToldQuestion>,
}

/// How many findings and questions a review has.
pub(super) fn counts(record: &Record) -> Counts {
    let Some(told) = &record.findings else { return Counts::default() };
    Counts {
        findings: told.findings.len(),
        open: told.findings.iter().filter(|finding| finding.decision.is_none()).count(),
        questions: told.questions.len(),
    }
}

/// Compares two judgements; when one side was not judged, nothing is said.
pub(super) fn compare(old: &Record, new: &Record, pairs: &Pairs) -> Judged {
    let (Some(before), Some(now)) = (&old.findings, &new.findings) else { return Judged::default() };
    let both = Both {
        before,
        now,
        pairs,
        old_names: subjects(old),
        new_names: subjects(new),
        old_verdicts: verdicts(before, |id| pairs.follow(id).to_owned()),
        new_verdicts: verdicts(now, str::to_owned),
    };
    let mut judged = both.findings();
    judged.verdicts = both.turns();
    both.questions(old, new, &mut judged);
    judged
}

type Verdicts<'a> = BTreeMap<(&'a str, String), Pass>;

struct Both<'a> {
    before: &'a FindingsRecord,
    now: &'a FindingsRecord,
    pairs: &'a Pairs,
    /// Names of subjects as printed.
    old_names: BTreeMap<String, String>,
    new_names: BTreeMap<String, String>,
    /// Verdicts by rule and new id of the subject.
    old_verdicts: Verdicts<'a>,
    new_verdicts: Verdicts<'a>,
}

/// Printed names of everything that a verdict can be about.
fn subjects(record: &Record) -> BTreeMap<String, String> {
    let parts = part::elements(record).into_iter().chain(part::flows(record));
    let mut names: BTreeMap<String, String> = parts.map(|part| (part.id, part.shown)).collect();
    for view in &record.model.views {
        names.entry(view.id.clone()).or_insert_with(|| view.title.clone());
    }
    names.insert("model".to_owned(), "the whole".to_owned());
    names
}

fn verdicts<'a>(told: &'a FindingsRecord, id: impl Fn(&str) -> String) -> Verdicts<'a> {
    let mut verdicts = BTreeMap::new();
    for rule in &told.verdicts {
        let lists =
            [(&rule.gap, Pass::Gap), (&rule.satisfied, Pass::Satisfied), (&rule.unknown, Pass::Unknown)];
        for (ids, pass) in lists {
            verdicts.extend(ids.iter().map(|subject| ((rule.rule.as_str(), id(subject)), pass)));
        }
    }
    // A packet of an earlier build carries groups only.
    for finding in &told.findings {
        let subjects =
            finding.subjects.iter().map(|subject| ((finding.rule.as_str(), id(subject)), Pass::Gap));
        verdicts.extend(subjects);
    }
    verdicts
}

impl<'a> Both<'a> {
    fn old_name(&self, id: &str) -> String {
        self.old_names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn new_name(&self, id: &str) -> String {
        self.new_names.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    fn had_gap(&self, rule: &str, new_id: &str) -> bool {
        self.old_verdicts.get(&(rule, new_id.to_owned())) == Some(&Pass::Gap)
    }

    fn has_gap(&self, rule: &str, new_id: &str) -> bool {
        self.new_verdicts.get(&(rule, new_id.to_owned())) == Some(&Pass::Gap)
    }

    fn findings(&self) -> Judged {
        let mut judged = Judged::default();
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for finding in &self.now.findings {
            let old = self.counterpart(finding);
            let more: Vec<String> = finding
                .subjects
                .iter()
                .filter(|subject| !self.had_gap(&finding.rule, subject))
                .map(|subject| self.new_name(subject))
                .collect();
            match old {
                None => judged.new.push(told(finding, |id| self.new_name(id))),
                Some(old) => {
                    found.insert(&old.id);
                    judged.changed.extend(self.changed(old, finding, more));
                }
            }
        }
        // What was split off or joined is no finding that is gone.
        for finding in self.before.findings.iter().filter(|finding| !found.contains(finding.id.as_str())) {
            let still = |subject: &String| self.has_gap(&finding.rule, self.pairs.follow(subject));
            if finding.subjects.iter().any(still) {
                continue;
            }
            judged.closed.push(Closed {
                finding: told(finding, |id| self.old_name(id)),
                because: self.reasons(finding),
            });
        }
        judged
    }

    /// The old finding that this one goes on from: of the same id, else of the same rule with the most
    /// subjects in common.
    fn counterpart(&self, finding: &FindingRecord) -> Option<&'a FindingRecord> {
        let same_id = self.before.findings.iter().find(|old| old.id == finding.id);
        if same_id.is_some() {
            return same_id;
        }
        let subjects: BTreeSet<&str> = finding.subjects.iter().map(String::as_str).collect();
        let common = |old: &FindingRecord| {
            old.subjects.iter().filter(|subject| subjects.contains(self.pairs.follow(subject))).count()
        };
        let of_rule = self.before.findings.iter().filter(|old| old.rule == finding.rule);
        let most = of_rule.map(|old| (common(old), old)).filter(|(common, _)| *common > 0);
        // The first one of those with the most.
        most.fold(None, |best: Option<(usize, &FindingRecord)>, one| match best {
            Some(best) if best.0 >= one.0 => Some(best),
            _ => Some(one),
        })
        .map(|(_, old)| old)
    }

    fn changed(&self, old: &FindingRecord, new: &FindingRecord, more: Vec<String>) -> Option<FindingChange> {
        let fewer: Vec<String> = old
            .subjects
            .iter()
            .filter(|subject| !self.has_gap(&new.rule, self.pairs.follow(subject)))
            .map(|subject| self.old_name(subject))
            .collect();
        let mut edits = Vec::new();
        let mut edit = |what: &str, before: Option<&str>, now: Option<&str>| {
            if before != now {
                let text = |text: Option<&str>| text.map(str::to_owned);
                edits.push(Edit { what: what.to_owned(), old: text(before), new: text(now) });
            }
        };
        edit("severity", Some(&old.severity), Some(&new.severity));
        edit("band", Some(&old.band), Some(&new.band));
        fn status(finding: &FindingRecord) -> Option<&str> {
            finding.decision.as_ref().map(|decision| decision.status.as_str())
        }
        // A decision about one subject splits it off: that the others have none is no difference.
        if old.id == new.id {
            edit("decision", status(old), status(new));
        }
        let yes = |flag: bool| Some(if flag { "yes" } else { "no" });
        edit("facts disagree", yes(old.contradictory), yes(new.contradictory));
        if more.is_empty() && fewer.is_empty() && edits.is_empty() {
            return None;
        }
        let old_id = (old.id != new.id).then(|| old.id.clone());
        Some(FindingChange { finding: told(new, |id| self.new_name(id)), old_id, more, fewer, edits })
    }

    /// Why a finding is gone: the reason of most of its subjects first.
    fn reasons(&self, finding: &FindingRecord) -> Vec<Reason> {
        let mut reasons: BTreeMap<Reason, usize> = BTreeMap::new();
        let judged = self.now.coverage.iter().any(|coverage| coverage.rule == finding.rule);
        for subject in &finding.subjects {
            let id = self.pairs.follow(subject);
            let reason = match self.new_verdicts.get(&(finding.rule.as_str(), id.to_owned())) {
                Some(Pass::Satisfied) => Reason::Satisfied,
                Some(Pass::Unknown) => Reason::Unknown,
                _ if !self.new_names.contains_key(id) => Reason::Removed,
                _ if !judged => Reason::RuleGone,
                _ if self.now.findings.iter().any(|other| other.folded.contains(&finding.rule)) => {
                    Reason::Folded
                }
                _ => Reason::NotApplicable,
            };
            *reasons.entry(reason).or_default() += 1;
        }
        let mut reasons: Vec<(Reason, usize)> = reasons.into_iter().collect();
        reasons.sort_by(|(a, many), (b, more)| more.cmp(many).then(a.cmp(b)));
        reasons.into_iter().map(|(reason, _)| reason).collect()
    }

    /// Verdicts that are known on both sides and differ.
    fn turns(&self) -> Vec<Turn> {
        let mut turns: BTreeMap<(&str, Pass, Pass), Vec<String>> = BTreeMap::new();
        for ((rule, subject), new) in &self.new_verdicts {
            if let Some(old) = self.old_verdicts.get(&(*rule, subject.clone())).filter(|old| *old != new) {
                turns.entry((rule, *old, *new)).or_default().push(self.new_name(subject));
            }
        }
        let turn = |((rule, old, new), subjects): ((&str, Pass, Pass), Vec<String>)| Turn {
            rule: rule.to_owned(),
            title: self.title(rule),
            old,
            new,
            subjects,
        };
        turns.into_iter().map(turn).collect()
    }

    fn title(&self, rule: &str) -> String {
        let rules = self.now.rules.iter().chain(&self.before.rules);
        rules
            .into_iter()
            .find(|card| card.id == rule)
            .map_or_else(|| rule.to_owned(), |card| card.title.clone())
    }

    fn questions(&self, old: &Record, new: &Record, judged: &mut Judged) {
        let old_facts = known(old, |id| self.pairs.follow(id).to_owned());
        let new_facts = known(new, str::to_owned);
        for question in &self.now.questions {
            if !self.before.questions.iter().any(|before| before.id == question.id) {
                judged.asked.push(asked(question, |id| self.new_name(id)));
            }
        }
        for question in &self.before.questions {
            let still = self.now.questions.iter().find(|now| now.id == question.id);
            let told = asked(question, |id| self.old_name(id));
            let change = self.answer(question, &old_facts, &new_facts);
            match (change, still) {
                (Some((answers, satisfied, gaps)), still) => {
                    let still = still.map(|now| now.number.clone());
                    judged.answered.push(QuestionChange { question: told, still, answers, satisfied, gaps });
                }
                (None, None) => judged.gone.push(told),
                (None, Some(_)) => {}
            }
        }
    }

    /// The facts that answer a question, the rules that are satisfied now and the findings that came of it;
    /// `None` when nothing that it asks for is known now that was not.
    fn answer<'f>(
        &self,
        question: &'f QuestionRecord,
        old_facts: &'f Facts,
        new_facts: &'f Facts,
    ) -> Option<(Vec<String>, Vec<String>, Vec<String>)> {
        let keys: Vec<&str> = match question.facts.as_slice() {
            [] => vec![question.key.as_str()],
            facts => facts.iter().map(String::as_str).collect(),
        };
        let mut values: BTreeMap<(&str, &str, &str), Vec<String>> = BTreeMap::new();
        for subject in &question.subjects {
            let id = self.pairs.follow(subject).to_owned();
            for key in &keys {
                let at = |facts: &'f Facts| facts.get(&id).and_then(|facts| facts.get(*key));
                let Some((value, origin)) = at(new_facts) else { continue };
                let firm = origin != "inferred";
                if firm && at(old_facts).is_none_or(|(_, old)| old == "inferred") {
                    values.entry((key, value.as_str(), origin)).or_default().push(self.new_name(&id));
                }
            }
        }
        if values.is_empty() {
            return None;
        }
        let mut answers: Vec<String> = values
            .into_iter()
            .map(|((key, value, origin), subjects)| {
                let whose = match subjects.as_slice() {
                    [one] if one == "the whole" => String::new(),
                    [one] => format!(" of {one}"),
                    [first, rest @ ..] => format!(" of {first} and {} more", rest.len()),
                    [] => String::new(),
                };
                format!("{key}{whose}: {value} ({origin})")
            })
            .collect();
        if let Some(more) = answers.len().checked_sub(MOST_ANSWERS).filter(|more| *more > 0) {
            answers.truncate(MOST_ANSWERS);
            answers.push(format!("{more} more"));
        }
        let rules: BTreeSet<&str> = question.rules.iter().map(String::as_str).collect();
        let turned = |wanted: Pass| {
            let turned = self.new_verdicts.iter().filter(move |(_, pass)| **pass == wanted);
            turned.filter(|((rule, subject), _)| {
                rules.contains(rule)
                    && self.old_verdicts.get(&(*rule, subject.clone())) == Some(&Pass::Unknown)
            })
        };
        let sound: BTreeSet<(&str, &str)> =
            turned(Pass::Satisfied).map(|((rule, subject), _)| (*rule, subject.as_str())).collect();
        let sound = self.now.satisfied.iter().filter(|told| {
            told.subjects.iter().any(|subject| sound.contains(&(told.rule.as_str(), subject.as_str())))
        });
        let satisfied: BTreeSet<&str> = sound.map(|told| told.text.as_str()).collect();
        let gaps: BTreeSet<(&str, &str)> =
            turned(Pass::Gap).map(|((rule, subject), _)| (*rule, subject.as_str())).collect();
        let led_to = self.now.findings.iter().filter(|finding| {
            finding.subjects.iter().any(|subject| gaps.contains(&(finding.rule.as_str(), subject.as_str())))
        });
        Some((
            answers,
            satisfied.into_iter().map(str::to_owned).collect(),
            led_to.map(|finding| finding.id.clone()).collect(),
        ))
    }
}

/// Value and origin of a fact by (new) id of its subject, then by its key.
type Facts = BTreeMap<String, BTreeMap<String, (String, String)>>;

/// Facts of everything that a question can be about. What stands beside facts in the model (protocols, ports,
/// who opens a flow, technologies) counts by the words that questions use.
fn known(record: &Record, id: impl Fn(&str) -> String) -> Facts {
    let mut all: Facts = BTreeMap::new();
    let mut add = |subject: String, key: &str, value: String, origin: &str| {
        if !value.is_empty() {
            all.entry(subject).or_default().entry(key.to_owned()).or_insert((value, origin.to_owned()));
        }
    };
    for (key, known) in part::facts(&record.model.facts) {
        add("model".to_owned(), &key, known.value, &known.origin);
    }
    for element in part::elements(record) {
        for (key, known) in &element.facts {
            add(id(&element.id), key, known.value.clone(), &known.origin);
        }
        let technologies = element.lines.get("technologies").cloned().unwrap_or_default();
        add(id(&element.id), "technology", technologies, "stated");
        let kind = if element.kind == "unknown" { String::new() } else { element.kind.clone() };
        add(id(&element.id), "kind", kind, "stated");
    }
    for flow in part::flows(record) {
        for (key, known) in &flow.facts {
            add(id(&flow.id), key, known.value.clone(), &known.origin);
        }
        for (line, key) in [
            ("protocols", "protocol"),
            ("ports", "port"),
            ("opened by", "initiator"),
            ("content goes", "data"),
        ] {
            let value = flow.lines.get(line).cloned().unwrap_or_default();
            let origin = if value.ends_with("(assumed)") { "inferred" } else { "stated" };
            add(id(&flow.id), key, value, origin);
        }
    }
    all
}

fn told(finding: &FindingRecord, name: impl Fn(&str) -> String) -> ToldFinding {
    ToldFinding {
        id: finding.id.clone(),
        number: finding.number.clone(),
        rule: finding.rule.clone(),
        title: finding.title.clone(),
        severity: finding.severity.clone(),
        band: finding.band.clone(),
        subjects: finding.subjects.iter().map(|subject| name(subject)).collect(),
        treated: finding.decision.as_ref().map(|decision| decision.status.clone()),
    }
}

fn asked(question: &QuestionRecord, name: impl Fn(&str) -> String) -> ToldQuestion {
    ToldQuestion {
        id: question.id.clone(),
        number: question.number.clone(),
        text: question.text.clone(),
        who: question.who.clone(),
        subjects: question.subjects.iter().map(|subject| name(subject)).collect(),
    }
}
