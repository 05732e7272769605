//! What a page says, before any markup: sections, tables, figures, findings.
//!
//! In: everything that is known of one project ([`Input`]). Out: a [`Document`] of plain values.
//! The text is decided here, once; writers spell it in their format.
//!
//! Three rules hold for every sentence: it can be traced to the model or the assessment, it says
//! nothing about what nobody drew, and its numbers agree with its nouns.
//!
//! Architecture invariant: no markup, no colors, no pixels.

mod block;
mod changes;
mod control;
mod decisions;
mod diagrams;
mod elements;
mod findings;
mod first_page;
mod flows;
mod glossary;
mod headline;
mod links;
mod paths;
mod ports;
mod prose;
mod questions;
mod scope;
mod sources;
mod survival;
mod words;
mod zones;

pub use block::{
    AnswerItem, Block, Column, Entry, Excerpt, ExcerptLine, Figure, FindingCard, Note, QuestionCard, Row,
    Section, Table,
};
pub use changes::{ChangeGroup, ChangeReport, Since, change_report};
pub use first_page::{AskedRole, FirstPage, Point};
pub use headline::{Counts, Headline, Standing};
pub use prose::{Inline, Mark, Prose, Target};
pub use words::{count, list, sentence};

use crate::assessment::Assessment;
use crate::diagnostic::{Diagnostic, Loss};
use crate::model::{Model, ViewId};
use crate::scene::Scene;
use crate::source::Sources;

/// Everything that the page is made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Path of the project relative to the folder that was built; empty for that folder itself.
    pub project: &'a str,
    /// Sources that spans point into.
    pub sources: &'a Sources,
    /// The model with its facts.
    pub model: &'a Model,
    /// The judgement.
    pub assessment: &'a Assessment,
    /// One picture for each view.
    pub scenes: &'a [Scene],
    /// What was wrong with the input.
    pub diagnostics: &'a [Diagnostic],
    /// What was not understood.
    pub loss: &'a Loss,
    /// What there is to compare with.
    pub since: Since<'a>,
}

/// The design document of one project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Title on the cover.
    pub title: String,
    /// What stands on the head of each printed page: title, version, classification.
    pub running_head: String,
    /// The verdict in one line.
    pub headline: Headline,
    /// Document control: label and value.
    pub control: Vec<Entry>,
    /// The first page.
    pub first_page: FirstPage,
    /// Everything after the first page, in order.
    pub sections: Vec<Section>,
}

impl Document {
    /// The figure of a view.
    pub fn figure(&self, view: &ViewId) -> Option<&Figure> {
        self.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
            Block::Figure(figure) if figure.view == *view => Some(figure),
            _ => None,
        })
    }
}

/// Says what is known of a project.
pub fn compose(input: &Input<'_>) -> Document {
    let links = links::Links::new(input);
    let headline = headline::headline(input);
    let mut sections = Vec::new();
    sections.extend(diagrams::section(&links));
    sections.extend(paths::section(&links));
    sections.extend(zones::section(&links));
    sections.extend(elements::section(&links));
    sections.extend(flows::section(&links));
    sections.extend(ports::matrix(&links));
    sections.extend(ports::firewall(&links));
    sections.extend(survival::identities(&links));
    sections.extend(survival::availability(&links));
    sections.extend(survival::recovery(&links));
    sections.extend(findings::section(&links));
    sections.extend(questions::section(&links));
    sections.extend(changes::section(&links));
    sections.extend(decisions::section(&links));
    sections.extend(decisions::actions(&links));
    sections.push(scope::assumptions(&links));
    sections.extend(scope::coverage(&links));
    sections.extend(scope::loss(&links));
    let first_page = first_page::first_page(&links);
    // Last but for the packs and the glossary: it shows the lines that everything above cites.
    sections.extend(sources::section(&links));
    sections.push(scope::packs(&links));
    sections.push(glossary::section(&links));
    Document {
        title: control::title(input),
        running_head: control::running_head(input),
        headline,
        control: control::entries(&links),
        first_page,
        sections,
    }
}
