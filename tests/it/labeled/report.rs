//! What was counted, and how it is published.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What one rule said, over all drawings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Count {
    /// Gaps that a label confirms.
    pub(super) right: usize,
    /// Gaps that no label confirms.
    pub(super) wrong: usize,
    /// Satisfied verdicts.
    pub(super) sound: usize,
    /// Satisfied verdicts that a label contradicts.
    pub(super) falsely_sound: usize,
    /// Unknown verdicts.
    pub(super) unknown: usize,
}

/// One drawing.
#[derive(Debug)]
pub(super) struct Drawing {
    pub(super) name: String,
    /// Labeled faults.
    pub(super) faults: usize,
    /// Those that were found.
    pub(super) found: usize,
    /// Share of the severity behind the questions that seven answers settle, 0 to 1.
    pub(super) settled: f64,
}

/// All drawings.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub(super) rules: BTreeMap<String, Count>,
    pub(super) models: Vec<Drawing>,
    /// Each disagreement in words.
    pub(super) faults: Vec<String>,
}

impl Report {
    pub(super) fn model(&mut self, name: &str, faults: usize, found: usize, settled: f64) {
        self.models.push(Drawing { name: name.to_owned(), faults, found, settled });
    }

    pub(super) fn total(&self) -> Count {
        self.rules.values().fold(Count::default(), |sum, count| Count {
            right: sum.right + count.right,
            wrong: sum.wrong + count.wrong,
            sound: sum.sound + count.sound,
            falsely_sound: sum.falsely_sound + count.falsely_sound,
            unknown: sum.unknown + count.unknown,
        })
    }

    pub(super) fn precision(&self) -> f64 {
        let total = self.total();
        share(total.right, total.right + total.wrong)
    }

    pub(super) fn recall(&self) -> f64 {
        let sum = |of: fn(&Drawing) -> usize| self.models.iter().map(of).sum();
        share(sum(|model| model.found), sum(|model| model.faults))
    }

    pub(super) fn false_assurance(&self) -> f64 {
        let total = self.total();
        1.0 - share(total.sound - total.falsely_sound, total.sound)
    }

    /// The tables of `docs/guidance/quality.md`.
    pub(super) fn markdown(&self) -> String {
        let total = self.total();
        let mut text = format!(
            "\n| measure | value |\n| --- | --- |\n\
             | gap precision | {:.2} ({} of {}) |\n| gap recall | {:.2} ({} of {}) |\n\
             | false assurance | {:.1}% ({} of {}) |\n\n",
            self.precision(),
            total.right,
            total.right + total.wrong,
            self.recall(),
            self.models.iter().map(|model| model.found).sum::<usize>(),
            self.models.iter().map(|model| model.faults).sum::<usize>(),
            self.false_assurance() * 100.0,
            total.falsely_sound,
            total.sound,
        );
        text.push_str(
            "| drawing | faults | found | settled by seven answers |\n| --- | ---: | ---: | ---: |\n",
        );
        for model in &self.models {
            let settled = model.settled * 100.0;
            writeln!(text, "| {} | {} | {} | {settled:.0}% |", model.name, model.faults, model.found)
                .unwrap();
        }
        text.push_str(
            "\n| rule | gaps right | gaps wrong | sound | sound, wrongly | unknown |\n\
             | --- | ---: | ---: | ---: | ---: | ---: |\n",
        );
        for (rule, count) in
            self.rules.iter().filter(|(_, count)| count.right + count.wrong + count.sound + count.unknown > 0)
        {
            let Count { right, wrong, sound, falsely_sound, unknown } = count;
            writeln!(text, "| `{rule}` | {right} | {wrong} | {sound} | {falsely_sound} | {unknown} |")
                .unwrap();
        }
        text.push('\n');
        text
    }
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "counts of verdicts are small")]
    let share = if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    share
}
