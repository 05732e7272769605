//! What was counted, and how it is told.

use std::fmt;

use super::label::Labels;
use super::matching::{Matched, is_flow, is_held_right};
use super::picture::Picture;

/// Right, wrong and missed ones of one sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Labeled and seen.
    pub(super) right: usize,
    /// Seen and not labeled.
    pub(super) wrong: usize,
    /// Labeled and not seen.
    pub(super) missed: usize,
}

impl Count {
    /// The harmonic mean of precision and recall; 1 when there is nothing to see and nothing was seen.
    pub(super) fn f1(self) -> f64 {
        let all = 2 * self.right + self.wrong + self.missed;
        if all == 0 { 1.0 } else { 2.0 * self.right as f64 / all as f64 }
    }

    fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            wrong: self.wrong + other.wrong,
            missed: self.missed + other.missed,
        }
    }
}

/// What one drawing comes to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    pub(super) nodes: Count,
    /// Pairs of a node and what holds it, over the nodes that were seen.
    pub(super) parents: Count,
    pub(super) flows: Count,
    /// Flows that were seen and that have words in the labels.
    pub(super) worded: usize,
    /// Share of the words on these that are the same, summed up.
    pub(super) words: f64,
}

impl Score {
    fn and(self, other: Self) -> Self {
        Self {
            nodes: self.nodes.and(other.nodes),
            parents: self.parents.and(other.parents),
            flows: self.flows.and(other.flows),
            worded: self.worded + other.worded,
            words: self.words + other.words,
        }
    }
}

/// All drawings: their scores, and each difference in words.
#[derive(Debug, Default)]
pub(super) struct Account {
    drawings: Vec<(String, Score)>,
    differences: Vec<String>,
}

impl Account {
    /// Counts one drawing.
    pub(super) fn add(&mut self, labels: &Labels, picture: &Picture, matched: &Matched) {
        let mut differences = Vec::new();
        let mut score = Score::default();
        count_nodes(labels, picture, matched, &mut score, &mut differences);
        count_flows(labels, picture, matched, &mut score, &mut differences);
        let mark = if labels.holdout { " (holdout)" } else { "" };
        self.drawings.push((format!("{}{mark}", labels.name), score));
        if !labels.holdout && !differences.is_empty() {
            self.differences.push(format!("{}: {}", labels.name, labels.file));
            self.differences.extend(differences.into_iter().map(|difference| format!("  {difference}")));
        }
    }

    pub(super) fn total(&self) -> Score {
        self.drawings.iter().fold(Score::default(), |sum, (_, score)| sum.and(*score))
    }

    /// A line for each drawing and one for all.
    pub(super) fn table(&self) -> String {
        let mut lines =
            vec![format!("{:<44} {:>16} {:>16} {:>16} {:>6}", "", "nodes", "parents", "flows", "words")];
        let total = self.total();
        for (name, score) in
            self.drawings.iter().map(|(name, score)| (name.as_str(), score)).chain([("all", &total)])
        {
            let cell = |count: Count| {
                format!("{:.3} {:>3} +{} -{}", count.f1(), count.right, count.wrong, count.missed)
            };
            let words = if score.worded == 0 {
                "-".to_owned()
            } else {
                format!("{:.2}", score.words / score.worded as f64)
            };
            let (nodes, parents, flows) = (cell(score.nodes), cell(score.parents), cell(score.flows));
            lines.push(format!("{name:<44} {nodes:>16} {parents:>16} {flows:>16} {words:>6}"));
        }
        lines.join("\n")
    }
}

impl fmt::Display for Account {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n\n{}", self.table(), self.differences.join("\n"))
    }
}

fn count_nodes(
    labels: &Labels,
    picture: &Picture,
    matched: &Matched,
    score: &mut Score,
    told: &mut Vec<String>,
) {
    let name = |node: Option<usize>| node.map_or("nothing", |node| picture.nodes[node].name.as_str());
    for (label, seen) in labels.nodes.iter().zip(matched) {
        if label.either {
            continue;
        }
        let Some(seen) = *seen else {
            score.nodes.missed += 1;
            told.push(format!("node missed: {}", label.name));
            continue;
        };
        score.nodes.right += 1;
        let actual = picture.nodes[seen].parent;
        if is_held_right(&label.parents, matched, actual) {
            score.parents.right += usize::from(actual.is_some());
            continue;
        }
        score.parents.wrong += usize::from(actual.is_some());
        score.parents.missed += usize::from(!label.parents.contains(&None));
        let wanted: Vec<&str> = label
            .parents
            .iter()
            .map(|parent| parent.map_or("nothing", |at| labels.nodes[at].name.as_str()))
            .collect();
        told.push(format!("parent of {}: {}, not {}", label.name, wanted.join(" or "), name(actual)));
    }
    for (at, seen) in picture.nodes.iter().enumerate().filter(|(at, _)| !matched.contains(&Some(*at))) {
        score.nodes.wrong += 1;
        let holder = name(picture.nodes[at].parent);
        told.push(format!("node too many: `{}` in {holder}", seen.name));
    }
}

fn count_flows(
    labels: &Labels,
    picture: &Picture,
    matched: &Matched,
    score: &mut Score,
    told: &mut Vec<String>,
) {
    let mut used = vec![false; picture.flows.len()];
    let likeness = |label: &Option<String>, line: usize| {
        let words = label.as_deref().unwrap_or_default();
        likeness(words, picture.flows[line].label.as_deref().unwrap_or_default())
    };
    let (doubtful, sure): (Vec<_>, Vec<_>) = labels.flows.iter().partition(|flow| flow.either);
    for flow in sure.into_iter().chain(doubtful) {
        let fits =
            (0..used.len()).filter(|line| !used[*line] && is_flow(flow, matched, &picture.flows[*line]));
        let best =
            fits.max_by(|one, other| likeness(&flow.label, *one).total_cmp(&likeness(&flow.label, *other)));
        if let Some(line) = best {
            used[line] = true;
            if !flow.either {
                score.flows.right += 1;
                if flow.label.is_some() {
                    score.worded += 1;
                    score.words += likeness(&flow.label, line);
                    if likeness(&flow.label, line) < 0.99 {
                        let words = picture.flows[line].label.as_deref().unwrap_or_default();
                        told.push(format!(
                            "words: `{}`, not `{words}`",
                            flow.label.as_deref().unwrap_or_default()
                        ));
                    }
                }
            }
        } else if !flow.either {
            score.flows.missed += 1;
            let ends = |ends: &[usize]| {
                ends.iter().map(|end| labels.nodes[*end].name.as_str()).collect::<Vec<_>>().join(" or ")
            };
            told.push(format!("flow missed: {} -> {} ({:?})", ends(&flow.from), ends(&flow.to), flow.heads));
        }
    }
    for (flow, _) in picture.flows.iter().zip(&used).filter(|(_, used)| !**used) {
        score.flows.wrong += 1;
        let name = |node: usize| picture.nodes[node].name.as_str();
        let words = flow.label.as_deref().unwrap_or_default();
        told.push(format!(
            "flow too many: {} -> {} ({:?}) `{words}`",
            name(flow.from),
            name(flow.to),
            flow.heads
        ));
    }
}

/// Share of words that two texts have in common, 0 to 1 (the Dice coefficient of their sets of words).
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> Vec<String> {
        let split = text.to_lowercase();
        let mut words: Vec<String> = split
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        words.sort();
        words.dedup();
        words
    };
    let (one, other) = (words(one), words(other));
    let common = one.iter().filter(|word| other.contains(word)).count();
    let all = one.len() + other.len();
    if all == 0 { 1.0 } else { 2.0 * common as f64 / all as f64 }
}
