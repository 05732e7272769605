//! Packs from YAML: typed values, each mistake with its place.

use std::collections::BTreeMap;

use super::extend::Whole;
use super::language::Reader;
use super::predicate::Scope;
use super::rule::{Asked, GapTest, GroupBy, NO_PRODUCTS, PRODUCTS, Pack, Rule, RuleAnswer};
use crate::assessment::{Band, Category, On, RuleCard, Severity, SourceLink, Who};
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::model::{FactKey, FactType, FactValue, ViewKind, is_duration};
use crate::source::{Node, Value};

/// Code of mistakes in the form of a pack.
pub(super) const CODE: &str = "pack/form";

const PACK_KEYS: &[&str] =
    &["id", "title", "version", "covers", "extends", "applies-when", "override", "retired", "rules"];

/// Keys of a rule.
pub(super) const RULE_KEYS: &[&str] = &[
    "id",
    "title",
    "sound",
    "category",
    "severity",
    "severity-why",
    "on",
    "when",
    "satisfied",
    "gap",
    "minimum-view",
    "asks",
    "ask",
    "ask-fact",
    "answers",
    "who",
    "why",
    "do",
    "verify",
    "maps",
    "sources",
    "group-by",
    "finding-title",
    "band",
    "includes",
    "yields-to",
    "derived-from",
    // Read by the tests of packs alone.
    "examples",
];

const BANDS: &[(&str, Band)] = &[("fix", Band::Fix), ("decide", Band::Decide), ("track", Band::Track)];

const YES_NO: &[(&str, bool)] = &[("yes", true), ("no", false)];

/// Reads a pack; `None` when it is no pack at all. Rules with mistakes are left out and told.
pub(super) fn read(whole: &Whole<'_>, told: &mut Vec<Diagnostic>) -> Option<Pack> {
    let form = Form::open(&whole.node, "a pack", CODE, PACK_KEYS, told)?;
    let (id, id_span) = form.required("id", told)?;
    if !is_kebab(&id) {
        told.push(Diagnostic::error(CODE, format!("the pack id `{id}` is not in kebab-case"), id_span));
    }
    let title = form.required("title", told).map(|(text, _)| text).unwrap_or_default();
    let covers = form.required("covers", told).map(|(text, _)| text).unwrap_or_default();
    let (version, version_span) = form.required("version", told)?;
    let numbers = version.split('.').filter(|part| part.parse::<u32>().is_ok()).count();
    if numbers != 3 || version.split('.').count() != 3 {
        let message = format!("the version `{version}` is not of the form `major.minor.patch`");
        told.push(Diagnostic::error(CODE, message, version_span));
    }
    let applies_when =
        form.get("applies-when").and_then(|node| Reader::new(told).predicate(node, Scope::Model));
    if whole.extends.is_empty() && form.get("rules").is_none_or(|node| node.as_list() == Some(&[])) {
        let message = format!("the pack `{id}` has no rule, expected `rules` or `extends`");
        told.push(Diagnostic::error(CODE, message, form.span));
    }
    let rules = form.list("rules", told).iter().filter_map(|node| rule(node, &id, told)).collect();
    let retired = form.texts("retired", told).into_iter().map(|(id, _)| id).collect();
    let (extends, changes) = (whole.extends.clone(), whole.changes.clone());
    Some(Pack { id, title, version, covers, extends, changes, retired, applies_when, rules, span: form.span })
}

fn rule(node: &Node, pack: &str, told: &mut Vec<Diagnostic>) -> Option<Rule> {
    let before = told.len();
    let form = Form::open(node, "a rule", CODE, RULE_KEYS, told)?;
    let text = |key: &str, told: &mut Vec<Diagnostic>| {
        form.text(key, told).map(|(text, _)| text.trim().to_owned()).unwrap_or_default()
    };
    let needed = |key: &str, told: &mut Vec<Diagnostic>| {
        form.required(key, told).map(|(text, _)| text.trim().to_owned()).unwrap_or_default()
    };
    let names = |key: &str, told: &mut Vec<Diagnostic>| -> Vec<String> {
        form.texts(key, told).into_iter().map(|(text, _)| text).collect()
    };
    let id = needed("id", told);
    if !is_kebab(&id) {
        told.push(Diagnostic::error(CODE, format!("the rule id `{id}` is not in kebab-case"), form.span));
    }
    let category = form.required_word("category", &words(Category::ALL, Category::word), told);
    let severity = form.required_word("severity", &words(Severity::ALL, Severity::word), told);
    let ons = [On::Element, On::Relation, On::Zone, On::View, On::Model];
    let on = form.required_word("on", &words(&ons, On::word), told);
    let who = form
        .texts("who", told)
        .into_iter()
        .filter_map(|(word, span)| {
            let found = Who::ALL.iter().copied().find(|who| who.word() == word);
            if found.is_none() {
                let known: Vec<&str> = Who::ALL.iter().map(|who| who.word()).collect();
                told.push(unknown_word(CODE, "nobody is called", &word, &known, span));
            }
            found
        })
        .collect();
    let question = needed("ask", told);
    let card = RuleCard {
        pack: pack.to_owned(),
        title: needed("title", told),
        sound: text("sound", told),
        category: category.unwrap_or(Category::Operations),
        severity: severity.unwrap_or(Severity::Info),
        severity_why: needed("severity-why", told),
        on: on.unwrap_or(On::Model),
        ask: question.replace(PRODUCTS, NO_PRODUCTS),
        who,
        why: needed("why", told),
        action: needed("do", told),
        verify: needed("verify", told),
        maps: maps(&form, told),
        sources: sources(&form, told),
        includes: names("includes", told),
        yields_to: names("yields-to", told),
        derived_from: names("derived-from", told),
        id,
    };
    if card.who.is_empty() {
        told.push(Diagnostic::error(CODE, format!("the rule `{}` lacks `who`", card.id), form.span));
    }
    // Without it nobody can say what the predicates may ask.
    let scope = on.map(scope_of);
    let predicate = |key: &str, needed: bool, told: &mut Vec<Diagnostic>| match form.get(key) {
        Some(node) => Reader::new(told).predicate(node, scope?),
        None => {
            if needed {
                let message = format!("the rule `{}` lacks `{key}`", card.id);
                told.push(Diagnostic::error(CODE, message, form.span));
            }
            None
        }
    };
    let when = predicate("when", true, told);
    let satisfied = predicate("satisfied", true, told);
    let gap = match form.get("gap") {
        None => Some(GapTest::NotSatisfied),
        Some(node) if node.as_str() == Some("never") => Some(GapTest::Never),
        Some(_) => predicate("gap", false, told).map(GapTest::When),
    };
    let rule = Rule {
        when: when?,
        satisfied: satisfied?,
        gap: gap?,
        minimum_view: form.word("minimum-view", &words(ViewKind::ALL, ViewKind::word), told),
        asks: form.word("asks", YES_NO, told),
        question,
        ask_facts: ask_facts(&form, told),
        answers: answers(&form, told),
        group_by: form.word("group-by", GroupBy::ALL, told).unwrap_or(GroupBy::Rule),
        finding_title: form.text("finding-title", told).map(|(text, _)| text),
        band: form.word("band", BANDS, told),
        span: form.span,
        card,
    };
    (told.len() == before).then_some(rule)
}

/// What the predicates of a rule are about.
pub(super) const fn scope_of(on: On) -> Scope {
    match on {
        On::Element | On::Zone => Scope::Element,
        On::Relation => Scope::Relation,
        On::View => Scope::View,
        On::Model => Scope::Model,
    }
}

fn is_kebab(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|part| {
            !part.is_empty()
                && part.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        })
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<(&'static str, T)> {
    all.iter().map(|case| (word(*case), *case)).collect()
}

fn ask_facts(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> Vec<Asked> {
    let mut facts = Vec::new();
    for (word, span) in form.texts("ask-fact", told) {
        match Asked::from_word(&word) {
            Some(asked) => facts.push(asked),
            None => {
                let attributes = Asked::ATTRIBUTES.iter().map(|asked| asked.word());
                let known: Vec<&str> = FactKey::ALL.iter().map(|key| key.word()).chain(attributes).collect();
                told.push(unknown_word(CODE, "there is no fact", &word, &known, span));
            }
        }
    }
    facts
}

fn answers(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> Vec<RuleAnswer> {
    let mut found = Vec::new();
    for node in form.list("answers", told) {
        let Some(answer) = Form::open(node, "an answer", CODE, &["answer", "set", "decides"], told) else {
            continue;
        };
        let words = answer.required("answer", told).map(|(text, _)| text).unwrap_or_default();
        let mut set = Vec::new();
        for (key, value) in answer.get("set").and_then(Node::as_map).unwrap_or_default() {
            let Some(fact) = FactKey::from_word(&key.name) else {
                let known: Vec<&str> = FactKey::ALL.iter().map(|key| key.word()).collect();
                told.push(unknown_word(CODE, "there is no fact", &key.name, &known, key.span));
                continue;
            };
            match value_of(fact, value) {
                Ok(value) => set.push((fact, value)),
                Err(message) => told.push(Diagnostic::error(CODE, message, value.span)),
            }
        }
        if set.is_empty() {
            let message = "an answer sets at least one fact";
            told.push(Diagnostic::error(CODE, message, answer.span));
        }
        found.push(RuleAnswer { answer: words, set });
    }
    found
}

/// The value that a node writes for a fact.
///
/// # Errors
/// What is wrong with it, as a message.
pub(super) fn value_of(key: FactKey, node: &Node) -> Result<FactValue, String> {
    let text = node.as_text();
    match (key.value_type(), text) {
        (FactType::Choice(words), Some(text)) if words.contains(&text.as_str()) => Ok(FactValue::Word(text)),
        (FactType::Choice(words), _) => Err(format!("`{}` is one of: {}", key.word(), words.join(", "))),
        (FactType::Count, Some(text)) => count(&text)
            .ok_or_else(|| format!("`{}` is a count such as `2`, or `2+` for two or more", key.word())),
        (FactType::Text, Some(text)) => Ok(FactValue::Text(text)),
        (FactType::Duration, Some(text)) if is_duration(&text) => Ok(FactValue::Text(text)),
        (FactType::Duration, _) => {
            Err(format!("`{}` is a time such as `15 min`, `4 h` or `2 days`, or `none`", key.word()))
        }
        (FactType::List, Some(text)) => Ok(FactValue::List(vec![text])),
        (FactType::List, None) if node.value == Value::List(Vec::new()) => Ok(FactValue::List(Vec::new())),
        (FactType::List, None) => {
            let items: Option<Vec<String>> =
                node.as_list().and_then(|items| items.iter().map(Node::as_text).collect());
            items.map(FactValue::List).ok_or_else(|| format!("`{}` is a list of words", key.word()))
        }
        (FactType::Count | FactType::Text, None) => {
            Err(format!("`{}` cannot be {}", key.word(), node.noun()))
        }
    }
}

fn count(text: &str) -> Option<FactValue> {
    match text.strip_suffix('+') {
        Some(least) => least.trim().parse().ok().map(FactValue::AtLeast),
        None => text.trim().parse().ok().map(FactValue::Count),
    }
}

fn maps(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> BTreeMap<String, Vec<String>> {
    let mut maps = BTreeMap::new();
    let Some(node) = form.get("maps") else { return maps };
    let Some(entries) = node.as_map() else {
        told.push(Diagnostic::error(CODE, "`maps` is a mapping from standard to ids", node.span));
        return maps;
    };
    for (key, value) in entries {
        let items = value.as_list().unwrap_or(std::slice::from_ref(value));
        let ids: Option<Vec<String>> = items.iter().map(Node::as_text).collect();
        match ids.filter(|ids| !ids.is_empty() && ids.iter().all(|id| !id.trim().is_empty())) {
            Some(ids) => {
                maps.insert(key.name.clone(), ids);
            }
            None => {
                let message = format!("`{}` of `maps` is an id, or a list of ids", key.name);
                told.push(Diagnostic::error(CODE, message, value.span));
            }
        }
    }
    maps
}

fn sources(form: &Form<'_>, told: &mut Vec<Diagnostic>) -> Vec<SourceLink> {
    let mut links = Vec::new();
    for node in form.list("sources", told) {
        links.extend(source_link(node, told));
    }
    if links.is_empty() {
        told.push(Diagnostic::error(CODE, "a rule has at least one source: `{title, url}`", form.span));
    }
    links
}

/// A reference: `{title, url}`.
pub(super) fn source_link(node: &Node, told: &mut Vec<Diagnostic>) -> Option<SourceLink> {
    let link = Form::open(node, "a source", CODE, &["title", "url"], told)?;
    let (title, url) = (link.required("title", told), link.required("url", told));
    let (title, (url, span)) = (title?.0, url?);
    if !url.starts_with("https://") && !url.starts_with("http://") {
        let message = format!("`{url}` is no address of the web, expected `https://...`");
        told.push(Diagnostic::error(CODE, message, span));
    }
    Some(SourceLink { title, url })
}
