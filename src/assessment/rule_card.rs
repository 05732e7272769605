//! What the reader of a page sees of a rule.

use std::collections::BTreeMap;

/// What a rule protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Confidentiality, integrity, access.
    Security,
    /// Staying up and coming back.
    Availability,
    /// Load and latency.
    Performance,
    /// Running it.
    Operations,
    /// Personal data.
    Privacy,
}

impl Category {
    /// All categories in the order of the page.
    pub const ALL: &'static [Self] =
        &[Self::Security, Self::Availability, Self::Privacy, Self::Operations, Self::Performance];

    /// The word that packs and outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::Availability => "availability",
            Self::Performance => "performance",
            Self::Operations => "operations",
            Self::Privacy => "privacy",
        }
    }
}

/// How much a gap matters; later is worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// About the drawing; never a risk.
    Info,
    /// An improvement.
    Low,
    /// Needs a dated decision.
    Medium,
    /// Needs treatment or signed acceptance before go-live.
    High,
    /// Should block approval.
    Critical,
}

impl Severity {
    /// All severities, worst first.
    pub const ALL: &'static [Self] = &[Self::Critical, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The word that packs and outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a rule is evaluated on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    /// Each element.
    Element,
    /// Each relation (joined paths instead of their pieces).
    Relation,
    /// Each zone.
    Zone,
    /// Each view.
    View,
    /// The model, once.
    Model,
}

impl On {
    /// The word that packs and outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Element => "element",
            Self::Relation => "relation",
            Self::Zone => "zone",
            Self::View => "view",
            Self::Model => "model",
        }
    }
}

/// Who can answer a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Owners of the business process.
    Business,
    /// Owners of servers and clusters.
    Platform,
    /// Database administrators.
    Dba,
    /// Network and firewall team.
    Network,
    /// Security officers.
    Security,
    /// The partners, or who speaks for them.
    Partners,
    /// Owners of the directory.
    Directory,
    /// Developers.
    Developers,
    /// Operators.
    Operations,
}

impl Who {
    /// All roles in the order of the page.
    pub const ALL: &'static [Self] = &[
        Self::Business,
        Self::Platform,
        Self::Dba,
        Self::Network,
        Self::Security,
        Self::Partners,
        Self::Directory,
        Self::Developers,
        Self::Operations,
    ];

    /// The word that packs and outputs use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Platform => "platform",
            Self::Dba => "dba",
            Self::Network => "network",
            Self::Security => "security",
            Self::Partners => "partners",
            Self::Directory => "directory",
            Self::Developers => "developers",
            Self::Operations => "operations",
        }
    }
}

/// A reference that a rule cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink {
    /// Title.
    pub title: String,
    /// Address.
    pub url: String,
}

/// A rule's texts, copied from its pack.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleCard {
    /// Kebab-case id, named for the fault.
    pub id: String,
    /// Its pack.
    pub pack: String,
    /// One line that states the fault.
    pub title: String,
    /// The same as a sound statement, for "Sound, as drawn"; empty when the rule has none.
    pub sound: String,
    /// What it protects.
    pub category: Category,
    /// Severity of a gap.
    pub severity: Severity,
    /// Why that severity.
    pub severity_why: String,
    /// What it is evaluated on.
    pub on: On,
    /// The question that an unknown asks.
    pub ask: String,
    /// Who can answer, the first one first.
    pub who: Vec<Who>,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub action: String,
    /// How to see that it is done.
    pub verify: String,
    /// Standards: name to ids.
    pub maps: BTreeMap<String, Vec<String>>,
    /// References.
    pub sources: Vec<SourceLink>,
    /// Narrower rules told as part of this one.
    pub includes: Vec<String>,
    /// Rules that silence this one on the same subject.
    pub yields_to: Vec<String>,
    /// Ids in the catalogs that the rule was built from.
    pub derived_from: Vec<String>,
}
