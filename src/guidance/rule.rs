//! Packs and rules as values, typed and checked.

use super::predicate::Predicate;
use crate::assessment::{Band, PackChange, RuleCard};
use crate::model::{FactKey, FactValue, ViewKind};
use crate::source::Span;

/// Rules that belong together.
#[derive(Clone, Debug)]
pub(super) struct Pack {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) version: String,
    pub(super) covers: String,
    /// Ids of the packs that it extends, the nearest first.
    pub(super) extends: Vec<String>,
    /// What it changes of their rules.
    pub(super) changes: Vec<PackChange>,
    /// Ids of rules that it had once; no rule may take them again.
    pub(super) retired: Vec<String>,
    pub(super) applies_when: Option<Predicate>,
    pub(super) rules: Vec<Rule>,
    pub(super) span: Span,
}

/// One rule.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Its texts.
    pub(super) card: RuleCard,
    pub(super) when: Predicate,
    pub(super) satisfied: Predicate,
    pub(super) gap: GapTest,
    pub(super) minimum_view: Option<ViewKind>,
    /// `asks: yes` or `no`; `None` follows the severity.
    pub(super) asks: Option<bool>,
    /// The question as written; its `{products}` is filled for the subjects.
    pub(super) question: String,
    pub(super) ask_facts: Vec<Asked>,
    pub(super) answers: Vec<RuleAnswer>,
    pub(super) group_by: GroupBy,
    pub(super) finding_title: Option<String>,
    pub(super) band: Option<Band>,
    pub(super) span: Span,
}

/// In a question, the products of its subjects.
pub(super) const PRODUCTS: &str = "{products}";

/// What stands for them where none is known.
pub(super) const NO_PRODUCTS: &str = "these products";

/// When a rule has a gap.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum GapTest {
    /// When `satisfied` is false.
    NotSatisfied,
    When(Predicate),
    /// The rule can only ask.
    Never,
}

/// What a question can ask for: a fact, or an attribute that the sidecar can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Asked {
    Fact(FactKey),
    Protocol,
    Port,
    Initiator,
    Data,
    Technology,
    Kind,
    Complete,
}

impl Asked {
    pub(super) const ATTRIBUTES: &'static [Self] = &[
        Self::Protocol,
        Self::Port,
        Self::Initiator,
        Self::Data,
        Self::Technology,
        Self::Kind,
        Self::Complete,
    ];

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Fact(key) => key.word(),
            Self::Protocol => "protocol",
            Self::Port => "port",
            Self::Initiator => "initiator",
            Self::Data => "data",
            Self::Technology => "technology",
            Self::Kind => "kind",
            Self::Complete => "complete",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        let attribute = Self::ATTRIBUTES.iter().copied().find(|asked| asked.word() == word);
        attribute.or_else(|| FactKey::from_word(word).map(Self::Fact))
    }
}

/// An answer that a rule offers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RuleAnswer {
    pub(super) answer: String,
    pub(super) set: Vec<(FactKey, FactValue)>,
}

/// How alike gaps are told once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GroupBy {
    Rule,
    Subject,
    Technology,
    /// By the product whose support ends first.
    Support,
    Zone,
    ZonePair,
    Protocol,
}

impl GroupBy {
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("rule", Self::Rule),
        ("subject", Self::Subject),
        ("technology", Self::Technology),
        ("support", Self::Support),
        ("zone", Self::Zone),
        ("zone-pair", Self::ZonePair),
        ("protocol", Self::Protocol),
    ];
}
