//! The settings file, spread to the rooms that need it.

use crate::assessment::Severity;
use crate::config::{Config, Pack, Written};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::guidance::{self, PackName, RuleChange, Ruling};
use crate::infer::Declared;
use crate::model::{Declaration, Model};
use crate::source::FileId;

/// A project's settings.
#[derive(Debug, Default)]
pub(super) struct Sidecar {
    config: Config,
}

impl Sidecar {
    /// Reads the file; what is wrong is added to `told`.
    pub(super) fn read(file: FileId, text: &str, told: &mut Vec<Diagnostic>) -> Self {
        let (config, wrong) = Config::read(file, text);
        told.extend(wrong);
        for glob in config.inputs.read.iter().chain(&config.inputs.leave_out) {
            if let Err(error) = globset::Glob::new(&glob.text) {
                told.push(Diagnostic::error(
                    "config/glob",
                    format!("not a pattern of files: {error}"),
                    glob.span,
                ));
            }
        }
        Self { config }
    }

    /// Packs to use; `None`: those in use by default.
    pub(super) fn packs(&self) -> Option<Vec<PackName>> {
        let packs = self.config.packs.as_ref()?;
        let names = packs.iter().filter_map(|pack| match pack {
            Pack::Builtin(name) => Some(PackName { id: name.text.clone(), span: name.span }),
            Pack::File(_) => None,
        });
        Some(names.collect())
    }

    /// The date of the document, for want of another one.
    pub(super) fn date(&self) -> Option<String> {
        text(self.config.document.date.as_ref())
    }

    /// Puts title and document properties into the model.
    pub(super) fn describe(&self, model: &mut Model, name: &str) {
        let document = &self.config.document;
        let properties = [
            ("title", text(document.title.as_ref())),
            ("owner", text(document.owner.as_ref())),
            ("classification", text(document.classification.as_ref())),
            ("version", text(document.version.as_ref())),
            ("status", text(document.status.as_ref())),
            ("date", text(document.date.as_ref())),
            ("environment", text(document.environment.as_ref())),
        ];
        for (key, value) in properties {
            if let Some(value) = value {
                model.document.insert(key.to_owned(), value);
            }
        }
        if !document.approvers.is_empty() {
            let approvers: Vec<&str> = document.approvers.iter().map(|who| who.text.as_str()).collect();
            model.document.insert("approvers".to_owned(), approvers.join(", "));
        }
        if let Some(title) = &document.title {
            model.title.clone_from(&title.text);
        } else if model.title.is_empty() {
            name.clone_into(&mut model.title);
        }
    }

    /// Marks the views that are declared to show everything of their kind.
    pub(super) fn complete(&self, model: &mut Model, told: &mut Vec<Diagnostic>) {
        for name in &self.config.complete {
            match model.views.iter_mut().find(|view| view.id.as_str() == name.text) {
                Some(view) => view.complete = true,
                None => {
                    let known: Vec<&str> = model.views.iter().map(|view| view.id.as_str()).collect();
                    let message =
                        format!("there is no view `{}`, expected one of: {}", name.text, known.join(", "));
                    let wrong = Diagnostic::error("config/view", message, name.span);
                    told.push(match did_you_mean(&name.text, known.iter().copied()) {
                        Some(near) => wrong.help(format!("did you mean `{near}`?")),
                        None => wrong,
                    });
                }
            }
        }
    }

    /// Facts for the model.
    pub(super) fn facts(&self) -> Vec<Declared> {
        let facts = self.config.facts.iter().map(|facts| Declared {
            subject: facts.subject.text.clone(),
            span: facts.subject.span,
            set: facts.set.clone(),
            declaration: Declaration {
                by: text(facts.by.as_ref()),
                date: text(facts.date.as_ref()),
                source: text(facts.source.as_ref()),
                expires: text(facts.expires.as_ref()),
            },
        });
        facts.collect()
    }

    /// Decisions and changed rules for guidance.
    pub(super) fn settings(&self) -> guidance::Settings {
        let decisions = self.config.decisions.iter().map(|decision| Ruling {
            finding: decision.finding.text.clone(),
            fingerprint: text(decision.fingerprint.as_ref()),
            status: decision.status.text.clone(),
            owner: text(decision.owner.as_ref()),
            reason: text(decision.reason.as_ref()),
            approver: text(decision.approver.as_ref()),
            ticket: text(decision.ticket.as_ref()),
            evidence: text(decision.evidence.as_ref()),
            compensating: text(decision.compensating.as_ref()),
            decided: text(decision.decided.as_ref()),
            expires: text(decision.expires.as_ref()),
            span: decision.span,
        });
        let rules = self.config.rules.iter().map(|change| RuleChange {
            rule: change.rule.text.clone(),
            severity: Severity::ALL.iter().copied().find(|severity| severity.word() == change.severity.text),
            reason: Some(change.reason.text.clone()),
            span: change.rule.span,
        });
        guidance::Settings {
            decisions: decisions.collect(),
            rules: rules.collect(),
            ..guidance::Settings::default()
        }
    }
}

fn text(written: Option<&Written>) -> Option<String> {
    written.map(|written| written.text.clone())
}
