//! Which cell holds which, in which order they are drawn, and where they are.
//!
//! draw.io keeps a flat list in which each cell names its parent. Layers are the children of the root. A cell is drawn
//! over its parent and over what stands before it.

use std::collections::HashMap;

use super::parser::tell;
use super::syntax::{Draws, MxCell};
use super::turn::turned;
use crate::diagnostic::{Diagnostic, Label};

/// Levels of nesting that are kept; what is deeper is held by the last one.
const DEPTH: usize = 50;

/// The nesting of a page's cells. All lists are by cell.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    /// Cells by their id; the first of equals.
    pub(super) by_id: HashMap<&'a str, usize>,
    /// The cell that holds the layers.
    pub(super) root: Option<usize>,
    /// Layers, the lowest first.
    pub(super) layers: Vec<usize>,
    /// Shapes and lines in drawing order, each behind what holds it.
    pub(super) order: Vec<usize>,
    /// The shape or line that holds a cell.
    pub(super) parent: Vec<Option<usize>>,
    /// Index in `layers`.
    pub(super) layer: Vec<Option<usize>>,
    /// Not shown: the cell itself or what holds it is hidden or folded.
    pub(super) hidden: Vec<bool>,
    /// Left, top, width and height on the page, before a turn of the cell's own. Of a line, only the corner from which
    /// its points count.
    pub(super) bounds: Vec<[f64; 4]>,
}

impl<'a> Tree<'a> {
    /// The nesting of cells; circles and unknown parents are told.
    pub(super) fn of(cells: &[MxCell<'a>], told: &mut Vec<Diagnostic>) -> Self {
        let mut tree = Self {
            parent: vec![None; cells.len()],
            layer: vec![None; cells.len()],
            hidden: vec![false; cells.len()],
            bounds: vec![[0.0; 4]; cells.len()],
            root: cells.iter().position(|cell| cell.parent.is_none() && cell.draws == Draws::Nothing),
            ..Self::default()
        };
        for (at, cell) in cells.iter().enumerate() {
            tree.by_id.entry(cell.id).or_insert(at);
        }
        let above: Vec<Option<usize>> = cells.iter().map(|cell| tree.above(cell)).collect();
        let mut held: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
        let mut starts = Vec::new();
        for (at, cell) in cells.iter().enumerate() {
            match above[at] {
                Some(parent) if parent != at => held[parent].push(at),
                _ => starts.push(at),
            }
            if let (Some(parent), None, Draws::Vertex | Draws::Edge) = (cell.parent, above[at], cell.draws) {
                let message =
                    format!("the cell that holds this one, `{}`, is not on the page", shown(parent));
                tell(told, Diagnostic::warning("drawio/unknown-parent", message, cell.span));
            }
        }
        let mut seen = vec![false; cells.len()];
        for start in starts {
            tree.descend(start, cells, &held, &mut seen);
        }
        let lost: Vec<usize> = (0..cells.len()).filter(|at| !seen[*at]).collect();
        if let Some(first) = lost.first() {
            let message =
                format!("{} cells hold each other in a circle; they are read as held by nothing", lost.len());
            let mut circle = Diagnostic::warning("drawio/parent-circle", message, cells[*first].span);
            let others = lost.iter().skip(1).take(3);
            circle.labels =
                others.map(|at| Label { span: cells[*at].span, text: "and this one".into() }).collect();
            told.push(circle);
        }
        for at in lost {
            // The first cell that is met breaks its circle.
            tree.descend(at, cells, &held, &mut seen);
        }
        tree
    }

    /// The cell that a cell names as its parent.
    fn above(&self, cell: &MxCell<'a>) -> Option<usize> {
        self.by_id.get(cell.parent?).copied()
    }

    fn descend(&mut self, start: usize, cells: &[MxCell<'a>], held: &[Vec<usize>], seen: &mut [bool]) {
        // Each entry: a cell, what holds it, how deep it is.
        let mut open: Vec<(usize, Option<usize>, usize)> = vec![(start, None, 0)];
        while let Some((at, parent, depth)) = open.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            let cell = &cells[at];
            let drawn = cell.draws != Draws::Nothing;
            if let Some(parent) = parent {
                self.hidden[at] =
                    self.hidden[parent] || cells[parent].collapsed && cells[parent].draws != Draws::Nothing;
                self.layer[at] = self.layer[parent];
            }
            match (parent, drawn) {
                // What lies directly in the root is a layer; the root itself lies in nothing.
                (Some(above), false)
                    if cells[above].draws == Draws::Nothing && self.layer[above].is_none() =>
                {
                    self.layer[at] = Some(self.layers.len());
                    self.layers.push(at);
                }
                (_, false) => {}
                (parent, true) => {
                    self.hidden[at] |= cell.hidden;
                    let real = parent.filter(|above| cells[*above].draws != Draws::Nothing);
                    self.bounds[at] = self.place(cell, real, cells);
                    self.parent[at] =
                        if depth > DEPTH { real.and_then(|above| self.parent[above]) } else { real };
                    self.order.push(at);
                }
            }
            let depth = if drawn { depth + 1 } else { depth };
            open.extend(held[at].iter().rev().map(|child| (*child, Some(at), depth)));
        }
    }

    fn place(&self, cell: &MxCell<'_>, parent: Option<usize>, cells: &[MxCell<'_>]) -> [f64; 4] {
        let around = parent.map_or([0.0; 4], |above| self.bounds[above]);
        let geometry = cell.geometry.as_ref();
        if cell.draws == Draws::Edge {
            return [around[0], around[1], 0.0, 0.0];
        }
        let [x, y, width, height] = geometry.map_or([0.0; 4], |geometry| geometry.bounds);
        let (x, y) = match geometry {
            Some(geometry) if geometry.relative => (
                around[0] + x * around[2] + geometry.offset[0],
                around[1] + y * around[3] + geometry.offset[1],
            ),
            _ => (around[0] + x, around[1] + y),
        };
        let turn = parent.and_then(|above| cells[above].style.number("rotation")).unwrap_or(0.0);
        if turn == 0.0 {
            return [x, y, width, height];
        }
        // What lies in a turned shape goes round its center, itself upright.
        let center = [around[0] + around[2] / 2.0, around[1] + around[3] / 2.0];
        let [x, y] = turned([x + width / 2.0, y + height / 2.0], center, turn);
        [x - width / 2.0, y - height / 2.0, width, height]
    }
}

fn shown(id: &str) -> String {
    id.chars().take(40).collect()
}
