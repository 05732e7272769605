//! The forms of the tables that an assessment has: coverage, ports, firewalls, functions, paths, packs,
//! rules.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::findings::EvidenceForm;
use super::word::texts;
use crate::assessment::{
    AddressGroup, Coverage, FirewallRow, FunctionRow, MessagePath, PackCard, PackChange, PathStep, PortRow,
    RuleCard, SourceLink,
};
use crate::source::Sources;

/// How many subjects one rule judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Coverage", rename_all = "kebab-case")]
pub struct CoverageForm {
    /// Id of the rule.
    pub rule: String,
    /// Subjects with a gap.
    pub gap: usize,
    /// Subjects that satisfy the rule.
    pub satisfied: usize,
    /// Subjects with a question.
    pub unknown: usize,
    /// Subjects of which it is unknown whether the rule applies.
    pub potentially_applicable: usize,
    /// Subjects that the rule is not about.
    pub not_applicable: usize,
}

/// One row of the port matrix.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "PortRow", rename_all = "kebab-case")]
pub struct PortRowForm {
    /// Ids of elements at the client's end.
    pub from: Vec<String>,
    /// Ids of elements at the server's end.
    pub to: Vec<String>,
    /// Service in words.
    pub service: String,
    /// Ports as printed; empty when unknown.
    pub ports: String,
    /// Who opens the connection.
    pub opened_by: String,
    /// Ids of firewalls and gateways that it passes.
    pub via: Vec<String>,
    /// When it is needed.
    pub phase: &'static str,
    /// What it rests on.
    pub basis: &'static str,
    /// What the product's documented list says: `required`, `when used`, `not listed`, or empty.
    pub requirement: &'static str,
    /// `allow` or `hold`.
    pub action: &'static str,
    /// Why it is held or what is to be confirmed, or `ok`.
    pub status: String,
    /// What it is for.
    pub purpose: String,
    /// What the reader has to know beside it.
    pub note: String,
    /// Ids of the relations that it stands for; empty when nobody drew it.
    pub relations: Vec<String>,
    /// Where the requirement comes from.
    pub source: Option<LinkForm>,
}

/// A reference.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Link", rename_all = "kebab-case")]
pub struct LinkForm {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
}

/// One firewall rule.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "FirewallRow", rename_all = "kebab-case")]
pub struct FirewallRowForm {
    /// Id of the firewall; `null` when it is not known.
    pub firewall: Option<String>,
    /// `FW1-1`.
    pub rule: String,
    /// Id of the zone of the side that opens the connection; `null` when it is not known.
    pub from_zone: Option<String>,
    /// Id of the zone of the side that answers.
    pub to_zone: Option<String>,
    /// Initiator's side: the name of a group, or `any`.
    pub source: String,
    /// Responder's side: the name of a group, or `any`.
    pub destination: String,
    /// `tcp`, `udp`, `any` or `not stated`.
    pub protocol: String,
    /// Ports as printed.
    pub port: String,
    /// Service in words.
    pub service: String,
    /// What it is for.
    pub purpose: String,
    /// What the reader has to know beside it.
    pub note: String,
    /// When it is needed.
    pub phase: &'static str,
    /// What it rests on.
    pub basis: String,
    /// What the product's documented list says: `required`, `when used`, `not listed`, or empty.
    pub requirement: &'static str,
    /// `allow`, `covered`, `hold` or `deny`.
    pub action: &'static str,
    /// `ok`, `default, confirm`, `hold: pin first (Q5)`, `covered by FW1-1`, `deny`.
    pub status: String,
    /// Ids of the relations that it stands for; empty when nobody drew it.
    pub relations: Vec<String>,
    /// Where the requirement comes from.
    pub documented: Option<LinkForm>,
}

/// A group of elements that firewall rules name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "AddressGroup", rename_all = "kebab-case")]
pub struct AddressGroupForm {
    /// The name that rules use.
    pub name: String,
    /// Ids of its members.
    pub members: Vec<String>,
    /// Addresses as stated.
    pub addresses: Vec<String>,
    /// Ids of the members of which no address is stated.
    pub without_address: Vec<String>,
    /// It is a zone that a line ends on: some member of it is meant.
    pub some_member: bool,
}

/// One function and what is known of its survival.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Function", rename_all = "kebab-case")]
pub struct FunctionForm {
    /// Id of the element that performs it.
    pub element: String,
    /// Instances as stated.
    pub instances: String,
    /// Failover as stated.
    pub failover: String,
    /// What stops when it is lost, as drawn.
    pub stops: String,
    /// Numbers of the message paths that stop with it, from 1.
    pub paths: Vec<usize>,
    /// What that rests on.
    pub evidence: Vec<EvidenceForm>,
}

/// A numbered walk along the flows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "MessagePath", rename_all = "kebab-case")]
pub struct PathForm {
    /// Its title.
    pub title: String,
    /// Ids of its elements, in order.
    pub elements: Vec<String>,
    /// What lies between each element and the next one.
    pub steps: Vec<PathStepForm>,
    /// Highest data class along the way; `null` when not stated.
    pub data_class: Option<String>,
}

/// One step of a message path.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "PathStep", rename_all = "kebab-case")]
pub struct PathStepForm {
    /// Id of the flow.
    pub relation: String,
    /// The walk goes along the arrow.
    pub forward: bool,
    /// The line is drawn without a head.
    pub undirected: bool,
    /// The end that the step leads to opens the connection.
    pub fetched: bool,
    /// Ids of firewalls and gateways that it passes.
    pub passes: Vec<String>,
    /// Data class as stated of the flow; `null` when it is not stated.
    pub data_class: Option<String>,
}

/// A pack in use.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Pack", rename_all = "kebab-case")]
pub struct PackForm {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: String,
    /// What it covers.
    pub covers: String,
    /// Packs that it extends, the nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extends: Vec<String>,
    /// Rules of theirs that it changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<PackChangeForm>,
}

/// A rule that a pack changes in the pack that it extends.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "PackChange", rename_all = "kebab-case")]
pub struct PackChangeForm {
    /// The rule.
    pub rule: String,
    /// What is changed; `off` when it is switched off.
    pub what: String,
    /// Why.
    pub reason: String,
}

/// A rule's texts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Rule", rename_all = "kebab-case")]
pub struct RuleForm {
    /// Its id.
    pub id: String,
    /// Its pack.
    pub pack: String,
    /// One line that states the fault.
    pub title: String,
    /// What it protects.
    pub category: &'static str,
    /// Severity of a gap.
    pub severity: &'static str,
    /// Why that severity.
    pub severity_why: String,
    /// What it is evaluated on.
    pub on: &'static str,
    /// Why it matters.
    pub why: String,
    /// What to do.
    #[serde(rename = "do")]
    pub action: String,
    /// How to see that it is done.
    pub verify: String,
    /// Standards: name to ids.
    pub maps: BTreeMap<String, Vec<String>>,
    /// References.
    pub sources: Vec<LinkForm>,
}

impl CoverageForm {
    pub(super) fn new(coverage: &Coverage) -> Self {
        Self {
            rule: coverage.rule.clone(),
            gap: coverage.gap,
            satisfied: coverage.satisfied,
            unknown: coverage.unknown,
            potentially_applicable: coverage.potentially_applicable,
            not_applicable: coverage.not_applicable,
        }
    }
}

impl PortRowForm {
    pub(super) fn new(row: &PortRow) -> Self {
        Self {
            from: texts(&row.from),
            to: texts(&row.to),
            service: row.service.clone(),
            ports: row.ports.clone(),
            opened_by: row.opened_by.clone(),
            via: texts(&row.via),
            phase: row.phase.word(),
            basis: row.basis.words(),
            requirement: row.requirement.words(),
            action: row.action.word(),
            status: row.status.clone(),
            purpose: row.purpose.clone(),
            note: row.note.clone(),
            relations: texts(&row.relations),
            source: row.source.as_ref().map(LinkForm::new),
        }
    }
}

impl FirewallRowForm {
    pub(super) fn new(row: &FirewallRow) -> Self {
        Self {
            firewall: row.firewall.as_ref().map(ToString::to_string),
            rule: row.rule.clone(),
            from_zone: row.from_zone.as_ref().map(ToString::to_string),
            to_zone: row.to_zone.as_ref().map(ToString::to_string),
            source: row.source.clone(),
            destination: row.destination.clone(),
            protocol: row.protocol.clone(),
            port: row.port.clone(),
            service: row.service.clone(),
            purpose: row.purpose.clone(),
            note: row.note.clone(),
            phase: row.phase.word(),
            basis: row.basis.clone(),
            requirement: row.requirement.words(),
            action: row.action.word(),
            status: row.status.clone(),
            relations: texts(&row.relations),
            documented: row.source_link.as_ref().map(LinkForm::new),
        }
    }
}

impl LinkForm {
    fn new(link: &SourceLink) -> Self {
        Self { title: link.title.clone(), url: link.url.clone() }
    }
}

impl AddressGroupForm {
    pub(super) fn new(group: &AddressGroup) -> Self {
        Self {
            name: group.name.clone(),
            members: texts(&group.members),
            addresses: group.addresses.clone(),
            without_address: texts(&group.without_address),
            some_member: group.some_member,
        }
    }
}

impl FunctionForm {
    pub(super) fn new(row: &FunctionRow, sources: &Sources) -> Self {
        Self {
            element: row.element.to_string(),
            instances: row.instances.clone(),
            failover: row.failover.clone(),
            stops: row.stops.clone(),
            paths: row.paths.iter().map(|at| at + 1).collect(),
            evidence: EvidenceForm::all(&row.evidence, sources),
        }
    }
}

impl PathForm {
    pub(super) fn new(path: &MessagePath) -> Self {
        Self {
            title: path.title.clone(),
            elements: texts(&path.elements),
            steps: path.steps.iter().map(PathStepForm::new).collect(),
            data_class: path.data_class.clone(),
        }
    }
}

impl PathStepForm {
    fn new(step: &PathStep) -> Self {
        Self {
            relation: step.relation.to_string(),
            forward: step.forward,
            undirected: step.undirected,
            fetched: step.fetched,
            passes: texts(&step.passes),
            data_class: step.data_class.clone(),
        }
    }
}

impl PackForm {
    pub(super) fn new(pack: &PackCard) -> Self {
        Self {
            id: pack.id.clone(),
            title: pack.title.clone(),
            version: pack.version.clone(),
            covers: pack.covers.clone(),
            extends: pack.extends.clone(),
            changes: pack.changes.iter().map(PackChangeForm::new).collect(),
        }
    }
}

impl PackChangeForm {
    fn new(change: &PackChange) -> Self {
        Self { rule: change.rule.clone(), what: change.what.clone(), reason: change.reason.clone() }
    }
}

impl RuleForm {
    pub(super) fn new(rule: &RuleCard) -> Self {
        let link = |link: &SourceLink| LinkForm { title: link.title.clone(), url: link.url.clone() };
        Self {
            id: rule.id.clone(),
            pack: rule.pack.clone(),
            title: rule.title.clone(),
            category: rule.category.word(),
            severity: rule.severity.word(),
            severity_why: rule.severity_why.clone(),
            on: rule.on.word(),
            why: rule.why.clone(),
            action: rule.action.clone(),
            verify: rule.verify.clone(),
            maps: rule.maps.clone(),
            sources: rule.sources.iter().map(link).collect(),
        }
    }
}
