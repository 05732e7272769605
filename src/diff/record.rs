//! The published form of one packet, as much of it as a comparison needs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::changes::Edition;
use crate::model::SCHEMA_VERSION;

/// Version of `findings.json` that is read.
const FINDINGS: &str = "findings/1";

/// One review: a model and, when it was judged, what was found.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The model.
    pub(super) model: ModelRecord,
    /// The judgement; `None` when only the model is known.
    pub(super) findings: Option<FindingsRecord>,
    /// The revision that it stands at, in words: `main (1a2b3c4)`.
    pub(super) revision: Option<String>,
    /// It was judged for this comparison: the date that it was judged against is not that of a review.
    pub(super) judged_now: bool,
}

/// Why a file is no record of a review.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// It is not JSON of the expected shape.
    #[error("line {line}, column {column}: {message}")]
    Form {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What was seen and expected.
        message: String,
    },
    /// It is of another version, or no form of ours at all.
    #[error("{found}, expected `{expected}`; build the packet again with this version of planroom")]
    Version {
        /// What stands in the key `planroom`, in words.
        found: String,
        /// The version that is read.
        expected: String,
    },
    /// Two elements, or two flows, have one id.
    #[error("the id `{0}` stands twice, expected once")]
    Repeated(String),
}

impl Record {
    /// Reads the two files of a packet.
    ///
    /// # Errors
    /// The name of the file that is wrong, and why.
    pub fn read(model: &str, findings: Option<&str>) -> Result<Self, (&'static str, RecordError)> {
        let expected = format!("model/{SCHEMA_VERSION}");
        let model: ModelRecord =
            form(model, &expected, &["elements", "relations"]).map_err(|error| ("model.json", error))?;
        let findings = findings.map(|text| form(text, FINDINGS, &["findings", "questions"])).transpose();
        let findings = findings.map_err(|error| ("findings.json", error))?;
        let ids = model.elements.iter().map(|element| &element.id);
        let mut seen = BTreeSet::new();
        for id in ids.chain(model.relations.iter().map(|relation| &relation.id)) {
            if !seen.insert(id) {
                return Err(("model.json", RecordError::Repeated(id.clone())));
            }
        }
        Ok(Self { model, findings, revision: None, judged_now: false })
    }

    /// The same record, said to stand at a revision.
    #[must_use]
    pub fn at_revision(mut self, revision: Option<String>) -> Self {
        self.revision = revision;
        self
    }

    /// The same record, said to be judged for this comparison only.
    #[must_use]
    pub fn judged_now(mut self) -> Self {
        self.judged_now = true;
        self
    }

    /// The same review as if it held nothing: no element, no finding.
    #[must_use]
    pub fn emptied(&self) -> Self {
        let findings = self.findings.as_ref().map(|_| FindingsRecord::default());
        Self { model: ModelRecord::default(), findings, revision: None, judged_now: true }
    }

    /// What the two files say of themselves.
    pub fn edition(&self) -> Edition {
        let said = |key: &str| self.model.document.get(key).map(|text| text.trim().to_owned());
        Edition {
            title: self.model.title.clone(),
            version: said("version").filter(|text| !text.is_empty()),
            date: said("date").filter(|text| !text.is_empty()),
            as_of: match &self.findings {
                Some(findings) if !self.judged_now => findings.as_of.clone(),
                _ => None,
            },
            revision: self.revision.clone(),
        }
    }
}

/// The version is looked at first: a form of another version may lack anything else.
/// `lists` are keys that every such file has.
fn form<T: DeserializeOwned>(text: &str, expected: &str, lists: &[&str]) -> Result<T, RecordError> {
    #[derive(Deserialize)]
    #[serde(expecting = "a mapping")]
    struct Version {
        #[serde(default)]
        planroom: Option<String>,
        #[serde(flatten)]
        rest: BTreeMap<String, IgnoredAny>,
    }
    let wrong = |error: serde_json::Error| RecordError::Form {
        line: error.line(),
        column: error.column(),
        message: plain(&error.to_string()),
    };
    let version: Version = serde_json::from_str(text).map_err(wrong)?;
    let found = match version.planroom {
        Some(found) if found == expected => {
            match lists.iter().find(|key| !version.rest.contains_key(**key)) {
                Some(missing) => format!("the key `{missing}` is missing"),
                None => return serde_json::from_str(text).map_err(wrong),
            }
        }
        Some(found) => format!("it is of the form `{}`", found.chars().take(40).collect::<String>()),
        None => "the key `planroom`, which names the form and its version, is missing".to_owned(),
    };
    Err(RecordError::Version { found, expected: expected.to_owned() })
}

/// The message without the place that it ends with.
fn plain(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(text, _)| text).to_owned()
}

/// Where something is written.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct PlaceRecord {
    pub(super) path: String,
    pub(super) line: u32,
    #[serde(default)]
    pub(super) part: Option<String>,
}

/// The value of a fact.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum ValueRecord {
    Text(String),
    Count(u64),
    List(Vec<String>),
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct DeclarationRecord {
    pub(super) by: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct FactRecord {
    pub(super) key: String,
    pub(super) value: ValueRecord,
    pub(super) origin: String,
    #[serde(default)]
    pub(super) declaration: Option<DeclarationRecord>,
    #[serde(default)]
    pub(super) place: Option<PlaceRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct ModelRecord {
    pub(super) title: String,
    pub(super) document: BTreeMap<String, String>,
    pub(super) elements: Vec<ElementRecord>,
    pub(super) relations: Vec<RelationRecord>,
    pub(super) views: Vec<ViewRecord>,
    pub(super) facts: Vec<FactRecord>,
    pub(super) data: Vec<DataRecord>,
    pub(super) identities: Vec<IdentityRecord>,
    pub(super) zones: Vec<ZoneRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct ElementRecord {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) parent: Option<String>,
    pub(super) instance_of: Option<String>,
    pub(super) technologies: Vec<TechnologyRecord>,
    pub(super) description: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) stereotypes: Vec<String>,
    pub(super) properties: BTreeMap<String, String>,
    pub(super) facts: Vec<FactRecord>,
    pub(super) origin: Option<PlaceRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TechnologyRecord {
    pub(super) written: String,
    pub(super) version: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct RelationRecord {
    pub(super) id: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) label: Option<String>,
    pub(super) technologies: Vec<TechnologyRecord>,
    pub(super) protocols: Vec<ProtocolRecord>,
    pub(super) ports: Vec<PortRecord>,
    pub(super) initiator: String,
    pub(super) data: String,
    pub(super) via: Vec<String>,
    pub(super) phase: String,
    pub(super) alternative: Option<String>,
    pub(super) optional: bool,
    pub(super) pieces: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) stereotypes: Vec<String>,
    pub(super) properties: BTreeMap<String, String>,
    pub(super) facts: Vec<FactRecord>,
    pub(super) origin: Option<PlaceRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProtocolRecord {
    pub(super) id: String,
    pub(super) written: String,
    pub(super) origin: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PortRecord {
    pub(super) from: u16,
    pub(super) to: u16,
    pub(super) transport: String,
    pub(super) origin: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ViewRecord {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) kind: String,
    pub(super) nodes: Vec<NodeRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NodeRecord {
    pub(super) element: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct DataRecord {
    pub(super) name: String,
    pub(super) facts: Vec<FactRecord>,
    pub(super) kept_by: Vec<String>,
    pub(super) carried_by: Vec<String>,
    pub(super) origin: Option<PlaceRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct IdentityRecord {
    pub(super) name: String,
    pub(super) purpose: Option<String>,
    pub(super) used_by: Vec<String>,
    pub(super) origin: Option<PlaceRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct ZoneRecord {
    pub(super) element: String,
    pub(super) kind: String,
    pub(super) trust_level: Option<u8>,
    pub(super) role: String,
    pub(super) trusts: Option<Vec<String>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct FindingsRecord {
    pub(super) as_of: Option<String>,
    pub(super) findings: Vec<FindingRecord>,
    pub(super) questions: Vec<QuestionRecord>,
    pub(super) satisfied: Vec<SatisfiedRecord>,
    pub(super) verdicts: Vec<VerdictsRecord>,
    pub(super) decisions: Vec<DecisionRecord>,
    pub(super) packs: Vec<PackRecord>,
    pub(super) rules: Vec<RuleRecord>,
    pub(super) coverage: Vec<CoverageRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct FindingRecord {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) rule: String,
    pub(super) title: String,
    pub(super) subjects: Vec<String>,
    pub(super) severity: String,
    pub(super) band: String,
    pub(super) contradictory: bool,
    pub(super) folded: Vec<String>,
    pub(super) decision: Option<DecisionRecord>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct QuestionRecord {
    pub(super) id: String,
    pub(super) number: String,
    pub(super) text: String,
    pub(super) who: Vec<String>,
    pub(super) key: String,
    pub(super) facts: Vec<String>,
    pub(super) rules: Vec<String>,
    pub(super) subjects: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SatisfiedRecord {
    pub(super) rule: String,
    pub(super) text: String,
    pub(super) subjects: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct VerdictsRecord {
    pub(super) rule: String,
    pub(super) gap: Vec<String>,
    pub(super) satisfied: Vec<String>,
    pub(super) unknown: Vec<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct DecisionRecord {
    pub(super) finding: String,
    pub(super) status: String,
    pub(super) state: String,
    pub(super) owner: String,
    pub(super) reason: String,
    pub(super) approver: Option<String>,
    pub(super) ticket: Option<String>,
    pub(super) decided: Option<String>,
    pub(super) expires: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PackRecord {
    pub(super) id: String,
    pub(super) version: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleRecord {
    pub(super) id: String,
    pub(super) title: String,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CoverageRecord {
    pub(super) rule: String,
}
