//! The form of an assessment: what `findings.json` is.

use schemars::JsonSchema;
use serde::Serialize;

use super::judged::{ActionForm, CountsForm, VerdictsForm};
use super::part::PlaceForm;
use super::read::{DiagnosticForm, LossForm};
use super::table::{
    AddressGroupForm, CoverageForm, FirewallRowForm, FunctionForm, PackForm, PathForm, PortRowForm, RuleForm,
};
use super::word::texts;
use crate::assessment::{
    Answer, Assessment, Band, Decision, Evidence, Finding, Question, RuleCard, Satisfied, SubjectRef, Truth,
    VerdictKind, Who,
};
use crate::source::Sources;
use crate::writers::writer::Packet;

/// Everything that guidance says of one model.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Findings", rename_all = "kebab-case")]
pub struct FindingsForm {
    /// `findings/1`: the form and its version.
    pub planroom: String,
    /// The project's title.
    pub title: String,
    /// Path of the project relative to the folder that was built.
    pub project: String,
    /// The date that expiry and support were judged against; `null` judged none.
    pub as_of: Option<String>,
    /// Gaps, alike ones grouped, those that matter most first.
    pub findings: Vec<FindingForm>,
    /// Unknowns, grouped, those that settle the most first.
    pub questions: Vec<QuestionForm>,
    /// What is sound, alike ones grouped.
    pub satisfied: Vec<SatisfiedForm>,
    /// Decisions and what became of them.
    pub decisions: Vec<DecisionForm>,
    /// What somebody has promised or has to do, those that are due first.
    pub actions: Vec<ActionForm>,
    /// Findings in each band before and after decisions, questions and sound statements.
    pub counts: CountsForm,
    /// What each rule says of single subjects, alike ones not grouped.
    pub verdicts: Vec<VerdictsForm>,
    /// How many subjects each rule judged.
    pub coverage: Vec<CoverageForm>,
    /// The port matrix.
    pub ports: Vec<PortRowForm>,
    /// The firewall list.
    pub firewall: Vec<FirewallRowForm>,
    /// The groups that the firewall list names.
    pub groups: Vec<AddressGroupForm>,
    /// Availability by function.
    pub functions: Vec<FunctionForm>,
    /// Numbered walks along the flows.
    pub paths: Vec<PathForm>,
    /// Packs in use.
    pub packs: Vec<PackForm>,
    /// Texts of the rules that findings, questions and sound statements name.
    pub rules: Vec<RuleForm>,
    /// What was wrong in the sources.
    pub diagnostics: Vec<DiagnosticForm>,
    /// The account of statements.
    pub loss: LossForm,
}

/// Alike gaps of one rule.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Finding", rename_all = "kebab-case")]
pub struct FindingForm {
    /// `rule@subject`.
    pub id: String,
    /// What the page calls it: `G1`.
    pub number: String,
    /// Id of the rule.
    pub rule: String,
    /// What is wrong here, as written.
    pub title: String,
    /// Id of the first subject; `model` for the model as a whole.
    pub subject: String,
    /// Ids of everything it affects.
    pub subjects: Vec<String>,
    /// What the subjects are: `element`, `relation`, `zone`, `view` or `model`.
    pub on: &'static str,
    /// `critical`, `high`, `medium`, `low` or `info`.
    pub severity: &'static str,
    /// `security`, `availability`, `privacy`, `operations` or `performance`.
    pub category: &'static str,
    /// `fix`, `decide` or `track`.
    pub band: &'static str,
    /// `gap`.
    pub verdict: &'static str,
    /// Contradictory facts, or both gap and satisfied evidence.
    pub contradictory: bool,
    /// What it rests on.
    pub evidence: Vec<EvidenceForm>,
    /// Ids of narrower rules whose gaps are told here.
    pub folded: Vec<String>,
    /// The decision that treats it.
    pub decision: Option<DecisionForm>,
    /// Stable fingerprint of rule and subjects.
    pub fingerprint: String,
    /// Hash of the facts and witness paths that it rests on.
    pub evidence_fingerprint: String,
    /// Looser fingerprint that survives moves.
    pub loose_fingerprint: String,
    /// Lines to paste into `planroom.yaml` when it is wrong.
    pub correction: String,
    /// Lines of a decision about it, to be filled in.
    pub decide: String,
}

/// One fact that a verdict rests on, or that would decide it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Evidence", rename_all = "kebab-case")]
pub struct EvidenceForm {
    /// Id of what the fact is about.
    pub subject: String,
    /// Key of the fact or name of the graph property.
    pub key: String,
    /// Its value in words; `null` when the fact is missing.
    pub value: Option<String>,
    /// Where the fact comes from: `declared`, `stated`, `derived` or `inferred`.
    pub origin: Option<&'static str>,
    /// Where it is written.
    pub place: Option<PlaceForm>,
    /// The sentence that tells it.
    pub text: String,
    /// Ids of the elements of a witness path, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// What the predicate made of it: `true`, `false` or `unknown`.
    pub truth: &'static str,
}

/// One missing fact and the subjects that miss it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Question", rename_all = "kebab-case")]
pub struct QuestionForm {
    /// Stable id.
    pub id: String,
    /// What the page calls it: `Q1`.
    pub number: String,
    /// The question.
    pub text: String,
    /// Why it matters.
    pub why: String,
    /// Who can answer, the first one first.
    pub who: Vec<&'static str>,
    /// Key of the missing fact.
    pub key: String,
    /// Keys of all facts that the question asks for.
    pub facts: Vec<String>,
    /// Ids of the rules that the answer decides.
    pub rules: Vec<String>,
    /// Id of the first subject.
    pub subject: String,
    /// Ids of the subjects that miss the fact.
    pub subjects: Vec<String>,
    /// The worst severity among the rules.
    pub severity: &'static str,
    /// Severity behind the open verdicts that ask this: 10 a critical one, high 6, medium 3, else 1.
    pub weight: u64,
    /// How much of it an answer settles, in the mean over the answers.
    pub settles: u64,
    /// `unknown`.
    pub verdict: &'static str,
    /// What each answer would decide.
    pub answers: Vec<AnswerForm>,
}

/// What an answer would decide.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Answer", rename_all = "kebab-case")]
pub struct AnswerForm {
    /// The answer in words.
    pub answer: String,
    /// The group of alternatives that it chooses one of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What follows.
    pub decides: String,
    /// Lines to paste into `planroom.yaml`.
    pub lines: String,
}

/// Alike satisfied verdicts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Satisfied", rename_all = "kebab-case")]
pub struct SatisfiedForm {
    /// Id of the rule.
    pub rule: String,
    /// What is sound, as drawn.
    pub text: String,
    /// Id of the first subject.
    pub subject: String,
    /// Ids of what it holds for.
    pub subjects: Vec<String>,
    /// Severity that a gap would have had.
    pub severity: &'static str,
    /// What the rule protects.
    pub category: &'static str,
    /// `satisfied`.
    pub verdict: &'static str,
    /// Decided by inferred facts alone.
    pub assumed: bool,
    /// What it rests on.
    pub evidence: Vec<EvidenceForm>,
}

/// One decision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename = "Decision", rename_all = "kebab-case")]
pub struct DecisionForm {
    /// `rule@subject` that it names.
    pub finding: String,
    /// What was decided.
    pub status: &'static str,
    /// What became of it.
    pub state: &'static str,
    /// Who answers for it.
    pub owner: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: Option<String>,
    /// Ticket or other reference.
    pub ticket: Option<String>,
    /// Proof: a document, a test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// What makes up for the finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compensating: Option<String>,
    /// When it was decided.
    pub decided: Option<String>,
    /// Until when it holds.
    pub expires: Option<String>,
    /// What is wrong with it; empty when nothing is.
    pub remark: String,
    /// The finding that an orphaned decision may be about now; proposed, never applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<String>,
    /// Lines to paste over those of the decision, so that it holds.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lines: String,
    /// Where it is written.
    pub place: Option<PlaceForm>,
}

/// The word of a band in JSON.
const fn band(band: Band) -> &'static str {
    match band {
        Band::Fix => "fix",
        Band::Decide => "decide",
        Band::Track => "track",
    }
}

const fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::False => "false",
        Truth::Unknown => "unknown",
        Truth::True => "true",
    }
}

const fn subject_kind(subject: &SubjectRef) -> &'static str {
    match subject {
        SubjectRef::Model => "model",
        SubjectRef::Element(_) => "element",
        SubjectRef::Relation(_) => "relation",
        SubjectRef::Zone(_) => "zone",
        SubjectRef::View(_) => "view",
    }
}

fn first_id(subjects: &[SubjectRef]) -> String {
    subjects.first().map_or("model", SubjectRef::id).to_owned()
}

fn ids(subjects: &[SubjectRef]) -> Vec<String> {
    subjects.iter().map(|subject| subject.id().to_owned()).collect()
}

impl FindingsForm {
    /// The form of a packet's assessment.
    pub fn new(packet: &Packet) -> Self {
        let assessment = &packet.assessment;
        let sources = &packet.sources;
        Self {
            planroom: "findings/1".to_owned(),
            title: packet.model.title.clone(),
            project: packet.project.clone(),
            as_of: assessment.as_of.clone(),
            findings: assessment
                .findings
                .iter()
                .map(|it| FindingForm::new(it, assessment, sources))
                .collect(),
            questions: assessment.questions.iter().map(QuestionForm::new).collect(),
            satisfied: assessment.satisfied.iter().map(|it| SatisfiedForm::new(it, sources)).collect(),
            decisions: assessment.decisions.iter().map(|it| DecisionForm::new(it, sources)).collect(),
            actions: assessment.actions.iter().map(ActionForm::new).collect(),
            counts: CountsForm::new(assessment),
            verdicts: VerdictsForm::all(assessment),
            coverage: assessment.coverage.iter().map(CoverageForm::new).collect(),
            ports: assessment.ports.iter().map(PortRowForm::new).collect(),
            firewall: assessment.firewall.iter().map(FirewallRowForm::new).collect(),
            groups: assessment.groups.iter().map(AddressGroupForm::new).collect(),
            functions: assessment.functions.iter().map(|it| FunctionForm::new(it, sources)).collect(),
            paths: assessment.paths.iter().map(PathForm::new).collect(),
            packs: assessment.packs.iter().map(PackForm::new).collect(),
            rules: named_rules(assessment).map(RuleForm::new).collect(),
            diagnostics: packet.diagnostics.iter().map(|it| DiagnosticForm::new(it, sources)).collect(),
            loss: LossForm::new(&packet.loss, sources),
        }
    }
}

/// Rules that something in the file names.
fn named_rules(assessment: &Assessment) -> impl Iterator<Item = &RuleCard> {
    let mut named: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
    for finding in &assessment.findings {
        named.insert(&finding.rule);
        named.extend(finding.folded.iter().map(String::as_str));
    }
    named.extend(assessment.questions.iter().flat_map(|question| &question.rules).map(String::as_str));
    named.extend(assessment.satisfied.iter().map(|satisfied| satisfied.rule.as_str()));
    assessment.rules.iter().filter(move |rule| named.contains(rule.id.as_str()))
}

impl FindingForm {
    fn new(finding: &Finding, assessment: &Assessment, sources: &Sources) -> Self {
        let decision = finding.decision.and_then(|at| assessment.decisions.get(at));
        Self {
            id: finding.id.clone(),
            number: finding.number.clone(),
            rule: finding.rule.clone(),
            title: finding.title.clone(),
            subject: first_id(&finding.subjects),
            subjects: ids(&finding.subjects),
            on: finding.subjects.first().map_or("model", subject_kind),
            severity: finding.severity.word(),
            category: finding.category.word(),
            band: band(finding.band),
            verdict: VerdictKind::Gap.word(),
            contradictory: finding.contradictory,
            evidence: EvidenceForm::all(&finding.evidence, sources),
            folded: finding.folded.clone(),
            decision: decision.map(|decision| DecisionForm::new(decision, sources)),
            fingerprint: finding.fingerprint.clone(),
            evidence_fingerprint: finding.evidence_fingerprint.clone(),
            loose_fingerprint: finding.loose_fingerprint.clone(),
            correction: finding.correction.clone(),
            decide: finding.decide.clone(),
        }
    }
}

impl EvidenceForm {
    pub(super) fn all(evidence: &[Evidence], sources: &Sources) -> Vec<Self> {
        evidence.iter().map(|one| Self::new(one, sources)).collect()
    }

    fn new(evidence: &Evidence, sources: &Sources) -> Self {
        Self {
            subject: evidence.subject.id().to_owned(),
            key: evidence.key.clone(),
            value: evidence.value.clone(),
            origin: evidence.origin.map(|origin| origin.word()),
            place: evidence.place.and_then(|place| PlaceForm::new(place, sources)),
            text: evidence.text.clone(),
            path: texts(&evidence.path),
            truth: truth(evidence.truth),
        }
    }
}

impl QuestionForm {
    fn new(question: &Question) -> Self {
        Self {
            id: question.id.clone(),
            number: question.number.clone(),
            text: question.text.clone(),
            why: question.why.clone(),
            who: question.who.iter().map(|who| Who::word(*who)).collect(),
            key: question.key.clone(),
            facts: question.facts.clone(),
            rules: question.rules.clone(),
            subject: first_id(&question.subjects),
            subjects: ids(&question.subjects),
            severity: question.severity.word(),
            weight: question.weight,
            settles: question.settles(),
            verdict: VerdictKind::Unknown.word(),
            answers: question.answers.iter().map(AnswerForm::new).collect(),
        }
    }
}

impl AnswerForm {
    fn new(answer: &Answer) -> Self {
        Self {
            answer: answer.answer.clone(),
            group: answer.group.clone(),
            decides: answer.decides.clone(),
            lines: answer.lines.clone(),
        }
    }
}

impl SatisfiedForm {
    fn new(satisfied: &Satisfied, sources: &Sources) -> Self {
        Self {
            rule: satisfied.rule.clone(),
            text: satisfied.text.clone(),
            subject: first_id(&satisfied.subjects),
            subjects: ids(&satisfied.subjects),
            severity: satisfied.severity.word(),
            category: satisfied.category.word(),
            verdict: VerdictKind::Satisfied.word(),
            assumed: satisfied.assumed,
            evidence: EvidenceForm::all(&satisfied.evidence, sources),
        }
    }
}

impl DecisionForm {
    fn new(decision: &Decision, sources: &Sources) -> Self {
        Self {
            finding: decision.finding.clone(),
            status: decision.status.word(),
            state: decision.state.word(),
            owner: decision.owner.clone(),
            reason: decision.reason.clone(),
            approver: decision.approver.clone(),
            ticket: decision.ticket.clone(),
            evidence: decision.evidence.clone(),
            compensating: decision.compensating.clone(),
            decided: decision.decided.clone(),
            expires: decision.expires.clone(),
            remark: decision.remark.clone(),
            proposal: decision.proposal.clone(),
            lines: decision.lines.clone(),
            place: PlaceForm::new(decision.place, sources),
        }
    }
}
