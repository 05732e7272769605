//! From nodes to values.

use super::{
    Arrows, Config, Decision, DeclaredFacts, Document, Inputs, Pack, RuleChange, SEVERITIES, STATUSES,
    Written, is_date,
};
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::source::{FileId, Node, Value};

/// Code of mistakes in the form of the file.
const FORM: &str = "config/form";

/// Code of things that are no date.
const DATE: &str = "config/date";

/// Code of words that are not in a vocabulary.
const WORD: &str = "config/word";

pub(super) fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let node = match Node::parse(file, text) {
        Ok(node) => node,
        Err(error) => {
            told.push(Diagnostic::error("config/yaml", error.message, error.span));
            return (Config::default(), told);
        }
    };
    // An empty file only marks the project's folder.
    if node.value == Value::Null {
        return (Config::default(), told);
    }
    let keys = ["document", "inputs", "facts", "decisions", "complete", "packs", "rules"];
    let Some(form) = Form::open(&node, "planroom.yaml", FORM, &keys, &mut told) else {
        return (Config::default(), told);
    };
    let config = Config {
        document: form.get("document").map(|node| document(node, &mut told)).unwrap_or_default(),
        inputs: form.get("inputs").map(|node| inputs(node, &mut told)).unwrap_or_default(),
        facts: form
            .list("facts", &mut told)
            .iter()
            .enumerate()
            .flat_map(|(entry, node)| facts(entry, node, &mut told))
            .collect(),
        decisions: form
            .list("decisions", &mut told)
            .iter()
            .filter_map(|node| decision(node, &mut told))
            .collect(),
        complete: texts(&form, "complete", &mut told),
        packs: form.get("packs").map(|_| packs(&form, &mut told)),
        rules: form.list("rules", &mut told).iter().filter_map(|node| rule(node, &mut told)).collect(),
    };
    (config, told)
}

fn document(node: &Node, told: &mut Vec<Diagnostic>) -> Document {
    let keys = [
        "title",
        "owner",
        "classification",
        "version",
        "status",
        "approvers",
        "date",
        "environment",
        "baseline",
    ];
    let Some(form) = Form::open(node, "`document`", FORM, &keys, told) else { return Document::default() };
    Document {
        title: text(&form, "title", told),
        owner: text(&form, "owner", told),
        classification: text(&form, "classification", told),
        version: text(&form, "version", told),
        status: text(&form, "status", told),
        approvers: texts(&form, "approvers", told),
        date: date(&form, "date", told),
        environment: text(&form, "environment", told),
        baseline: text(&form, "baseline", told),
    }
}

fn inputs(node: &Node, told: &mut Vec<Diagnostic>) -> Inputs {
    let Some(form) = Form::open(node, "`inputs`", FORM, &["read", "leave-out", "arrows"], told) else {
        return Inputs::default();
    };
    Inputs {
        read: texts(&form, "read", told),
        leave_out: texts(&form, "leave-out", told),
        arrows: form.word("arrows", &[("open", Arrows::Open), ("data", Arrows::Data)], told),
    }
}

/// One entry for each of its subjects.
fn facts(entry: usize, node: &Node, told: &mut Vec<Diagnostic>) -> Vec<DeclaredFacts> {
    let keys = ["subject", "set", "by", "date", "source", "expires"];
    let Some(form) = Form::open(node, "an entry of `facts`", FORM, &keys, told) else { return Vec::new() };
    let subjects = texts(&form, "subject", told);
    if subjects.is_empty() {
        told.push(Diagnostic::error(FORM, "an entry of `facts` lacks the key `subject`", form.span));
    }
    let set = match form.get("set") {
        Some(node) => match node.as_map() {
            Some([]) => {
                let message = "`set` sets nothing, expected a fact and its value: `set: {replicas: 2}`";
                told.push(Diagnostic::error(FORM, message, node.span));
                Vec::new()
            }
            Some(entries) => entries.to_vec(),
            None => {
                let message = format!("`set` is a mapping from facts to values, this is {}", node.noun());
                told.push(Diagnostic::error(FORM, message, node.span));
                Vec::new()
            }
        },
        None => {
            told.push(Diagnostic::error(FORM, "an entry of `facts` lacks the key `set`", form.span));
            Vec::new()
        }
    };
    let by = text(&form, "by", told);
    let dated = date(&form, "date", told);
    let source = text(&form, "source", told);
    let expires = date(&form, "expires", told);
    subjects
        .into_iter()
        .map(|subject| DeclaredFacts {
            subject,
            set: set.clone(),
            by: by.clone(),
            date: dated.clone(),
            source: source.clone(),
            expires: expires.clone(),
            span: form.span,
            entry,
        })
        .collect()
}

fn decision(node: &Node, told: &mut Vec<Diagnostic>) -> Option<Decision> {
    let keys = [
        "finding",
        "fingerprint",
        "status",
        "owner",
        "reason",
        "approver",
        "ticket",
        "evidence",
        "compensating",
        "decided",
        "expires",
    ];
    let form = Form::open(node, "a decision", FORM, &keys, told)?;
    let finding = required(&form, "finding", told);
    let status = required(&form, "status", told);
    let status = status.filter(|status| known(status, "a decision is never", STATUSES, told));
    Some(Decision {
        fingerprint: text(&form, "fingerprint", told),
        owner: text(&form, "owner", told),
        reason: text(&form, "reason", told),
        approver: text(&form, "approver", told),
        ticket: text(&form, "ticket", told),
        evidence: text(&form, "evidence", told),
        compensating: text(&form, "compensating", told),
        decided: date(&form, "decided", told),
        expires: date(&form, "expires", told),
        span: form.span,
        finding: finding?,
        status: status?,
    })
}

fn packs(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> Vec<Pack> {
    texts(form, "packs", told)
        .into_iter()
        .map(|pack| {
            let is_file = pack.text.contains(['/', '\\'])
                || pack.text.ends_with(".yaml")
                || pack.text.ends_with(".yml");
            if is_file { Pack::File(pack) } else { Pack::Builtin(pack) }
        })
        .collect()
}

fn rule(node: &Node, told: &mut Vec<Diagnostic>) -> Option<RuleChange> {
    let form = Form::open(node, "an entry of `rules`", FORM, &["rule", "severity", "reason"], told)?;
    let rule = required(&form, "rule", told);
    let severity = required(&form, "severity", told);
    let severity = severity.filter(|severity| known(severity, "a severity is never", SEVERITIES, told));
    let reason = required(&form, "reason", told);
    Some(RuleChange { rule: rule?, severity: severity?, reason: reason? })
}

fn known(word: &Written, before: &str, vocabulary: &[&str], told: &mut Vec<Diagnostic>) -> bool {
    let found = vocabulary.contains(&word.text.as_str());
    if !found {
        told.push(unknown_word(WORD, before, &word.text, vocabulary, word.span));
    }
    found
}

fn required(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Option<Written> {
    form.required(key, told).map(|(text, span)| Written { text, span })
}

fn text(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Option<Written> {
    form.text(key, told).map(|(text, span)| Written { text, span })
}

fn texts(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Vec<Written> {
    form.texts(key, told).into_iter().map(|(text, span)| Written { text, span }).collect()
}

fn date(form: &Form<'_>, key: &str, told: &mut Vec<Diagnostic>) -> Option<Written> {
    let written = text(form, key, told)?;
    if is_date(&written.text) {
        return Some(written);
    }
    let message = format!("`{}` is no date of the calendar, expected YYYY-MM-DD", written.text);
    told.push(Diagnostic::error(DATE, message, written.span).help("write it as `2026-03-31`"));
    None
}
