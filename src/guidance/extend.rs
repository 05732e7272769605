//! Packs that extend others: the base's rules, some changed or switched off, and further ones.
//!
//! In: packs as written. Out: the same as if each were written whole, so that whoever reads rules
//! knows nothing of bases; a changed rule stands where its change is written.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::builtin::BuiltinPack;
use super::pack_reader::{CODE, RULE_KEYS};
use super::packs::PackSource;
use crate::assessment::PackChange;
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::source::{Key, Node, Span, Value};

/// Keys of a rule that an override may not touch: who a rule is and what it is about.
const FIXED: [&str; 3] = ["id", "on", "examples"];

/// Keys that only an override has.
const OWN: [&str; 3] = ["rule", "reason", "off"];

/// A pack as written.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    /// Of the file that holds it; `None` for built-in ones.
    path: Option<String>,
    node: Node,
    /// Otherwise it only may be extended.
    pub(super) used: bool,
    /// Why it cannot be, when it is no YAML.
    broken: Option<Diagnostic>,
}

/// Packs that may be extended.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    pub(super) drafts: Vec<Draft>,
}

/// A pack with its base worked in.
#[derive(Debug)]
pub(super) struct Whole<'a> {
    pub(super) node: Cow<'a, Node>,
    /// Ids of the packs that it extends, the nearest first.
    pub(super) extends: Vec<String>,
    pub(super) changes: Vec<PackChange>,
    /// Its own place on the shelf, and those of its bases.
    at: usize,
    bases: Vec<usize>,
}

impl Draft {
    pub(super) fn built_in(pack: &BuiltinPack, used: bool) -> Self {
        Self { id: pack.id.to_owned(), path: None, node: pack.node(), used, broken: None }
    }

    /// The pack of a file; `None` after telling why it is none. What is not in use may be anything.
    pub(super) fn read(pack: &PackSource<'_>, told: &mut Vec<Diagnostic>) -> Option<Self> {
        let (node, broken) = match Node::parse(pack.file, pack.text) {
            Ok(node) => (node, None),
            Err(error) => {
                let broken = Diagnostic::error("pack/yaml", error.message, error.span);
                if pack.used {
                    told.push(broken);
                    return None;
                }
                (Node { value: Value::Null, span: error.span }, Some(broken))
            }
        };
        let id = node.get("id").and_then(Node::as_text).unwrap_or_default();
        Some(Self { id, path: Some(pack.path.to_owned()), node, used: pack.used, broken })
    }

    pub(super) fn changes_another(&self) -> bool {
        self.node.get("extends").is_some()
    }

    /// What it names as its base.
    pub(super) fn base(&self) -> Option<&str> {
        self.node.get("extends").and_then(Node::as_str)
    }
}

impl Shelf {
    /// The packs in use, each whole; one that is extended gives its place to the one that extends it.
    pub(super) fn in_use(&self, told: &mut Vec<Diagnostic>) -> Vec<Whole<'_>> {
        let used = (0..self.drafts.len()).filter(|at| self.drafts[*at].used);
        let mut packs: Vec<Whole<'_>> = used.filter_map(|at| self.whole(at, &mut Vec::new(), told)).collect();
        let extended: BTreeSet<usize> = packs.iter().flat_map(|pack| pack.bases.iter().copied()).collect();
        packs.retain(|pack| !extended.contains(&pack.at));
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        for pack in &packs {
            for base in &pack.bases {
                if let Some(other) = taken.insert(*base, pack.at) {
                    let [base, other] = [*base, other].map(|at| &self.drafts[at].id);
                    let draft = &self.drafts[pack.at];
                    let message = format!("`{}` extends `{base}`, which `{other}` extends already", draft.id);
                    let help = format!("let one of the two extend the other: `extends: {other}`");
                    told.push(Diagnostic::error(CODE, message, draft.span_of_base()).help(help));
                    break;
                }
            }
        }
        let place = |pack: &Whole<'_>| {
            let bases = pack.bases.iter().copied().filter(|base| self.drafts[*base].used);
            bases.chain([pack.at]).min()
        };
        packs.sort_by_key(place);
        packs
    }

    /// A pack with its base worked in; `chain` holds the packs that lead to it. `None` after telling
    /// why it cannot be.
    fn whole(&self, at: usize, chain: &mut Vec<usize>, told: &mut Vec<Diagnostic>) -> Option<Whole<'_>> {
        let draft = &self.drafts[at];
        if !draft.changes_another() {
            if let Some(node) = draft.node.get("override") {
                let message = "`override` changes the rules of another pack: `extends` says of which";
                told.push(Diagnostic::error(CODE, message, node.span));
            }
            let node = Cow::Borrowed(&draft.node);
            return Some(Whole { at, node, extends: Vec::new(), changes: Vec::new(), bases: Vec::new() });
        }
        chain.push(at);
        let base = self.base_of(at, told)?;
        if chain.contains(&base) {
            let names: Vec<&str> =
                chain.iter().chain([&base]).map(|at| self.drafts[*at].id.as_str()).collect();
            let message = format!("packs extend each other in a circle: {}", names.join(" extends "));
            told.push(Diagnostic::error(CODE, message, self.drafts[chain[0]].span_of_base()));
            return None;
        }
        if let Some(broken) = &self.drafts[base].broken {
            told.push(broken.clone());
            return None;
        }
        let base = self.whole(base, chain, told)?;
        let mut changes = base.changes;
        let rules = base.node.get("rules").and_then(Node::as_list).unwrap_or_default().to_vec();
        let mut rules = overridden(rules, &draft.node, &mut changes, told);
        rules.extend(draft.node.get("rules").and_then(Node::as_list).unwrap_or_default().iter().cloned());
        let inherited = ["applies-when", "retired"].into_iter().filter(|key| draft.node.get(key).is_none());
        let inherited = inherited.filter_map(|key| entry(&base.node, key));
        let own = draft.node.as_map().unwrap_or_default().iter();
        let own = own.filter(|(key, value)| key.name != "rules" || value.as_list().is_none());
        let mut entries: Vec<(Key, Node)> = own.chain(inherited).cloned().collect();
        if draft.node.get("rules").is_none_or(|node| node.as_list().is_some()) {
            let key = Key { name: "rules".to_owned(), span: draft.node.span };
            entries.push((key, Node { value: Value::List(rules), span: draft.node.span }));
        }
        let node = Cow::Owned(Node { value: Value::Map(entries), span: draft.node.span });
        let extends = [self.drafts[base.at].id.clone()].into_iter().chain(base.extends).collect();
        let bases = [base.at].into_iter().chain(base.bases).collect();
        Some(Whole { at, node, extends, changes, bases })
    }

    /// The pack that a pack names as its base: a file beside it, or a pack by its id.
    fn base_of(&self, at: usize, told: &mut Vec<Diagnostic>) -> Option<usize> {
        let draft = &self.drafts[at];
        let Some(word) = draft.base() else {
            let message = "`extends` names one pack: a built-in one by its id, or a file beside this one";
            told.push(Diagnostic::error(CODE, message, draft.span_of_base()));
            return None;
        };
        let others =
            || self.drafts.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, draft)| draft);
        let is_file = word.ends_with(".yaml") || word.ends_with(".yml");
        let found = if is_file {
            let wanted = draft.beside(word);
            self.drafts.iter().position(|other| other.path.is_some() && other.path == wanted)
        } else {
            self.drafts.iter().enumerate().position(|(other, draft)| other != at && draft.id == word)
        };
        if found.is_none() {
            let names: Vec<&str> = match is_file {
                true => others().filter_map(Draft::file_name).collect(),
                false => others().map(|draft| draft.id.as_str()).filter(|id| !id.is_empty()).collect(),
            };
            let before =
                if is_file { "beside this pack stands no pack in a file" } else { "there is no pack" };
            told.push(unknown_word(CODE, before, word, &names, draft.span_of_base()));
        }
        found
    }
}

impl Draft {
    fn span_of_base(&self) -> Span {
        self.node.get("extends").map_or(self.node.span, |node| node.span)
    }

    fn file_name(&self) -> Option<&str> {
        self.path.as_deref().map(|path| path.rsplit_once('/').map_or(path, |(_, name)| name))
    }

    /// The path of a file beside the pack's own.
    fn beside(&self, name: &str) -> Option<String> {
        let own = self.path.as_deref()?;
        let name = name.strip_prefix("./").unwrap_or(name);
        Some(own.rsplit_once('/').map_or(name.to_owned(), |(folder, _)| format!("{folder}/{name}")))
    }
}

fn entry<'a>(node: &'a Node, key: &str) -> Option<&'a (Key, Node)> {
    node.as_map()?.iter().find(|(known, _)| known.name == key)
}

/// The rules of a base with the overrides of a pack.
fn overridden(
    mut rules: Vec<Node>,
    pack: &Node,
    changes: &mut Vec<PackChange>,
    told: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let Some(list) = pack.get("override") else { return rules };
    let Some(entries) = list.as_list() else {
        let message = format!("`override` is a list of changed rules, this is {}", list.noun());
        told.push(Diagnostic::error(CODE, message, list.span));
        return rules;
    };
    let keys: Vec<&str> =
        OWN.iter().chain(RULE_KEYS.iter().filter(|key| !FIXED.contains(key))).copied().collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for node in entries {
        let Some(form) = Form::open(node, "an override", CODE, &keys, told) else { continue };
        let (name, reason) = (form.required("rule", told), form.required("reason", told));
        let off = form.word("off", &[("yes", true), ("no", false)], told).unwrap_or(false);
        let (Some((name, span)), Some((reason, _))) = (name, reason) else { continue };
        let id_of = |rule: &Node| rule.get("id").and_then(Node::as_text);
        let Some(at) = rules.iter().position(|rule| id_of(rule).as_deref() == Some(&name)) else {
            let ids: Vec<String> = rules.iter().filter_map(id_of).collect();
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            told.push(unknown_word(CODE, "the pack that is extended has no rule", &name, &ids, span));
            continue;
        };
        if !seen.insert(name.clone()) {
            told.push(Diagnostic::error(CODE, format!("`{name}` is overridden twice"), span));
        }
        let changed: Vec<&(Key, Node)> = node
            .as_map()
            .unwrap_or_default()
            .iter()
            .filter(|(key, _)| !OWN.contains(&key.name.as_str()) && keys.contains(&key.name.as_str()))
            .collect();
        let what = match (off, changed.as_slice()) {
            (true, []) => "off".to_owned(),
            (true, _) => {
                let message = format!("`{name}` is switched off and changed, expected one of the two");
                told.push(Diagnostic::error(CODE, message, span));
                continue;
            }
            (false, []) => {
                let message = format!(
                    "the override of `{name}` changes nothing, expected a key of the rule or `off: yes`"
                );
                told.push(Diagnostic::error(CODE, message, span));
                continue;
            }
            (false, some) => some.iter().map(|(key, value)| said(key, value)).collect::<Vec<_>>().join(", "),
        };
        if off {
            rules.remove(at);
        } else {
            rules[at] = with(&rules[at], &changed, &reason, node.span);
        }
        changes.push(PackChange { rule: name, what, reason });
    }
    rules
}

/// `severity critical`; of longer values the key alone.
fn said(key: &Key, value: &Node) -> String {
    match (key.name.as_str(), value.as_text()) {
        ("severity" | "band" | "who" | "asks" | "minimum-view", Some(text)) => format!("{} {text}", key.name),
        (name, _) => name.to_owned(),
    }
}

/// A rule with other values. A severity without a ground of its own stands on the reason of the change.
fn with(rule: &Node, changed: &[&(Key, Node)], reason: &str, span: Span) -> Node {
    let names: BTreeSet<&str> = changed.iter().map(|(key, _)| key.name.as_str()).collect();
    let grounds = names.contains("severity") && !names.contains("severity-why");
    let kept = rule.as_map().unwrap_or_default().iter();
    let kept =
        kept.filter(|(key, _)| !(names.contains(key.name.as_str()) || grounds && key.name == "severity-why"));
    let mut entries: Vec<(Key, Node)> = kept.chain(changed.iter().copied()).cloned().collect();
    if grounds {
        let key = Key { name: "severity-why".to_owned(), span };
        entries.push((key, Node { value: Value::Text(reason.to_owned()), span }));
    }
    Node { value: Value::Map(entries), span }
}
