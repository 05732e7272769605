//! Flows that a product needs, from `packs/ports`: the schema is in `docs/guidance/language.md`.

use super::language::Reader;
use super::lint::check_words;
use super::pack_reader::source_link;
use super::predicate::{Predicate, Scope};
use crate::assessment::SourceLink;
use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, Form, unknown_word};
use crate::model::{Initiator, Origin, Phase, Port, Transport};
use crate::source::Node;

/// Code of mistakes in a port table.
const CODE: &str = "pack/ports";

/// Flows of one product.
#[derive(Clone, Debug)]
pub(super) struct PortTable {
    pub(super) applies_when: Option<Predicate>,
    pub(super) rows: Vec<NeededFlow>,
}

/// One flow that is needed.
#[derive(Clone, Debug)]
pub(super) struct NeededFlow {
    pub(super) need: Need,
    pub(super) between: Between,
    /// A role whose performers are left out, with all that it implies: of an isolated host, `receive`.
    pub(super) except: Option<String>,
    /// Protocols by which a drawn flow is known as this one.
    pub(super) protocols: Vec<String>,
    pub(super) service: String,
    pub(super) ports: Vec<Port>,
    pub(super) phase: Phase,
    pub(super) opened_by: Initiator,
    pub(super) purpose: String,
    pub(super) source: Option<SourceLink>,
}

/// When a flow is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    /// Always, drawn or not.
    Required,
    /// By who uses the function: a drawing must show it.
    WhenUsed,
}

/// Whom a needed flow joins.
#[derive(Clone, Debug)]
pub(super) enum Between {
    /// Elements of these roles; without roles, anything.
    Roles { from: Vec<String>, to: Vec<String> },
    /// A zone and each one that it trusts.
    Trust,
}

pub(super) fn read(node: &Node, told: &mut Vec<Diagnostic>) -> Option<PortTable> {
    let form = Form::open(node, "a port table", CODE, &["id", "title", "applies-when", "rows"], told)?;
    form.required("id", told);
    form.required("title", told);
    let applies_when =
        form.get("applies-when").and_then(|node| Reader::new(told).predicate(node, Scope::Model));
    if let Some(predicate) = &applies_when {
        check_words(predicate, form.span, told);
    }
    let mut ids: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for node in form.list("rows", told) {
        let Some((id, row)) = row(node, told) else { continue };
        if ids.contains(&id) {
            told.push(Diagnostic::error(CODE, format!("two rows have the id `{id}`"), node.span));
        }
        ids.push(id);
        rows.push(row);
    }
    Some(PortTable { applies_when, rows })
}

fn row(node: &Node, told: &mut Vec<Diagnostic>) -> Option<(String, NeededFlow)> {
    let keys = [
        "id",
        "need",
        "protocols",
        "from-role",
        "to-role",
        "except-role",
        "implied-by",
        "service",
        "ports",
        "phase",
        "opened-by",
        "purpose",
        "source",
    ];
    let form = Form::open(node, "a row", CODE, &keys, told)?;
    let words = |key: &str, told: &mut Vec<Diagnostic>| -> Vec<String> {
        let mut roles = Vec::new();
        for (word, span) in form.texts(key, told) {
            if Catalog::builtin().role(&word).is_none() {
                let known: Vec<&str> = Catalog::builtin().roles().iter().map(|role| role.id).collect();
                told.push(unknown_word(CODE, "the catalog has no role", &word, &known, span));
            }
            roles.push(word);
        }
        roles
    };
    let by_trust = form.word("implied-by", &[("trust", ())], told).is_some();
    let (from, to) = (words("from-role", told), words("to-role", told));
    let needs = [("required", Need::Required), ("when-used", Need::WhenUsed)];
    let need = form.word("need", &needs, told).unwrap_or(Need::Required);
    let no_roles = from.is_empty() && to.is_empty();
    let half = from.is_empty() != to.is_empty() && need == Need::Required;
    if by_trust != no_roles || half {
        let message =
            "a row has `from-role` and `to-role`, one of them with `need: when-used`, or `implied-by: trust`";
        told.push(Diagnostic::error(CODE, message, form.span));
    }
    let mut protocols = Vec::new();
    for (word, span) in form.texts("protocols", told) {
        if Catalog::builtin().protocol(&word).is_none() {
            let known: Vec<&str> = Catalog::builtin().protocols().iter().map(|known| known.id).collect();
            told.push(unknown_word(CODE, "the catalog has no protocol", &word, &known, span));
        }
        protocols.push(word);
    }
    if need == Need::WhenUsed && protocols.is_empty() {
        let message = "a row that is needed when used has `protocols`, by which a drawn flow is known";
        told.push(Diagnostic::error(CODE, message, form.span));
    }
    let mut ports = Vec::new();
    for (text, span) in form.texts("ports", told) {
        match parse_port(&text) {
            Some(port) => ports.push(port),
            None => {
                let message = format!("`{text}` is no port: write `1433`, `53/udp` or `5000-5010`");
                told.push(Diagnostic::error(CODE, message, span));
            }
        }
    }
    let phases: Vec<(&str, Phase)> = Phase::ALL.iter().map(|phase| (phase.word(), *phase)).collect();
    let openers: Vec<(&str, Initiator)> = Initiator::ALL.iter().map(|end| (end.word(), *end)).collect();
    let id = form.required("id", told)?.0;
    let row = NeededFlow {
        need,
        protocols,
        except: words("except-role", told).into_iter().next(),
        between: if by_trust { Between::Trust } else { Between::Roles { from, to } },
        service: form.required("service", told)?.0,
        ports,
        phase: form.word("phase", &phases, told).unwrap_or(Phase::Runtime),
        opened_by: form.word("opened-by", &openers, told).unwrap_or(Initiator::From),
        purpose: form.required("purpose", told)?.0,
        source: form.get("source").and_then(|node| source_link(node, told)),
    };
    Some((id, row))
}

/// A port as tables write it: `1433`, `53/udp`, `49152-65535`.
fn parse_port(text: &str) -> Option<Port> {
    let (range, transport) = match text.trim().split_once('/') {
        None => (text.trim(), Transport::Tcp),
        Some((range, "tcp")) => (range, Transport::Tcp),
        Some((range, "udp")) => (range, Transport::Udp),
        Some(_) => return None,
    };
    let (from, to) = match range.split_once('-') {
        Some((from, to)) => (from.parse().ok()?, to.parse().ok()?),
        None => (range.parse().ok()?, range.parse().ok()?),
    };
    (from > 0 && from <= to).then_some(Port { from, to, transport, origin: Origin::Derived })
}
