//! Tracks and lanes of one frame.

use std::collections::BTreeMap;

use super::pack;
use crate::geometry::{Point, Rect, Size};
use crate::layout::graph::{BoundaryIndex, End, Graph};
use crate::layout::pieces::{Frame, Piece, Tie};
use crate::layout::spacing::{self, EDGE_GAP, EDGE_NODE_GAP, LABEL_GAP, MARGIN, NODE_GAP, PADDING};

/// A frame with everything at its place; coordinates are relative to its upper left corner.
pub(super) struct Wired {
    /// The frame's size.
    pub(super) size: Size,
    /// What it holds, with places.
    pub(super) items: Vec<(End, Rect)>,
    /// The pieces of lines, in the order of the frame.
    pub(super) pieces: Vec<Wire>,
    /// Where the first line enters through the upper border; the width when none does.
    ports_left: f64,
}

/// One piece at its place.
pub(super) struct Wire {
    /// Its piece.
    pub(super) piece: Piece,
    /// Corners from start to end.
    pub(super) points: Vec<Point>,
    /// Where its label goes.
    pub(super) label: Option<Rect>,
}

/// A horizontal run in a channel: one end of a piece on its way to the trunk, or a whole piece between two
/// items of the row.
struct Run {
    piece: usize,
    /// Which end; both ends of a direct piece lie on the run.
    end: usize,
    left: f64,
    right: f64,
    /// Room above the line for the label.
    label: Option<Size>,
}

/// Place of a run: row and track from top to bottom.
type Level = (usize, usize);

/// Wires a frame whose inner frames are wired.
pub(super) fn wire(
    graph: &Graph,
    frame_index: BoundaryIndex,
    frame: &Frame,
    sizes: &[Size],
    wired: &[Wired],
) -> Wired {
    let boundary = graph.boundaries.get(frame_index);
    let (edge_room, head) = boundary.map_or((MARGIN, MARGIN), |boundary| (PADDING, spacing::head(boundary)));

    // Items in rows, from the left.
    let item_sizes: Vec<Size> = frame
        .items
        .iter()
        .map(|item| match item {
            End::Node(node) => graph.nodes[*node].size,
            End::Boundary(boundary) => sizes[*boundary],
        })
        .collect();
    let starts = pack::rows(&item_sizes);
    let mut row_of = vec![0; frame.items.len()];
    let mut lefts = vec![0.0; frame.items.len()];
    for (row, start) in starts.iter().enumerate() {
        let end = starts.get(row + 1).copied().unwrap_or(frame.items.len());
        let mut x = edge_room;
        for item in *start..end {
            (row_of[item], lefts[item]) = (row, x);
            x += item_sizes[item].width + NODE_GAP;
        }
    }
    let items_right =
        (0..frame.items.len()).map(|item| lefts[item] + item_sizes[item].width).fold(edge_room, f64::max);
    let title_right = boundary.map_or(0.0, |boundary| spacing::TITLE_INDENT + boundary.title.width);

    // Where lines leave their items.
    let stubs = stubs(graph, frame, &item_sizes, &lefts, wired);
    let channels = channels(graph, frame, starts.len(), &row_of, &stubs);

    // The zone of the labels, and the trunk.
    let zone_left = items_right + if channels.has_labels { EDGE_NODE_GAP } else { 0.0 };
    let zone_width = channels.widest_label;
    let trunk_left = (zone_left + zone_width).max(title_right) + EDGE_NODE_GAP;
    let (lanes, lane_count) = lanes(frame, &channels);
    let lane_x = |lane: usize| trunk_left + lane as f64 * EDGE_GAP;
    let content_right = if lane_count == 0 { items_right.max(title_right) } else { lane_x(lane_count - 1) };

    // Heights, from the top.
    let mut y = head;
    let mut tops = vec![0.0; starts.len()];
    let mut levels: BTreeMap<Level, f64> = BTreeMap::new();
    for row in 0..starts.len() {
        let tracks = &channels.tracks[row];
        if row > 0 {
            y += if tracks.is_empty() { NODE_GAP } else { EDGE_NODE_GAP };
        }
        for (track, runs) in tracks.iter().enumerate() {
            let label =
                runs.iter().filter_map(|run| channels.runs[*run].label).map(|size| size.height + LABEL_GAP);
            y += label.fold(0.0, f64::max);
            levels.insert((row, track), y);
            y += EDGE_GAP;
        }
        if !tracks.is_empty() {
            y += EDGE_NODE_GAP - EDGE_GAP + spacing::TITLE_GAP;
        }
        tops[row] = y;
        let end = starts.get(row + 1).copied().unwrap_or(frame.items.len());
        y += (starts[row]..end).map(|item| item_sizes[item].height).fold(0.0, f64::max);
    }

    let least = boundary.map_or(Size::default(), spacing::least_size);
    let size = Size::new((content_right + edge_room).max(least.width), (y + edge_room).max(least.height));
    let items = (0..frame.items.len())
        .map(|item| {
            let Size { width, height } = item_sizes[item];
            (frame.items[item], Rect::new(lefts[item], tops[row_of[item]], width, height))
        })
        .collect();
    let height_of = |piece: usize, end: usize| {
        channels.level_of[piece][end].and_then(|level| levels.get(&level).copied())
    };
    let pieces = frame
        .pieces
        .iter()
        .enumerate()
        .map(|(index, piece)| {
            let mut points = Vec::with_capacity(6);
            for end in [0, 1] {
                let mut half = Vec::with_capacity(3);
                if let (Tie::Item { item, .. }, Some(level)) = (piece.ties[end], height_of(index, end)) {
                    let x = stubs[index][end];
                    half.extend([Point::new(x, tops[row_of[item]]), Point::new(x, level)]);
                    half.extend(lanes[index].map(|lane| Point::new(lane_x(lane), level)));
                } else if let Some(lane) = lanes[index] {
                    half.push(Point::new(lane_x(lane), 0.0));
                }
                if end == 1 {
                    half.reverse();
                }
                points.extend(half);
            }
            let label = piece.labeled.then(|| graph.edges[piece.edge].label).flatten().and_then(|size| {
                let end = labeled_end(piece);
                let bottom = height_of(index, end)? - LABEL_GAP;
                let x = zone_left + (zone_width - size.width) / 2.0;
                Some(Rect::new(x, bottom - size.height, size.width, size.height))
            });
            Wire { piece: *piece, points, label }
        })
        .collect();
    let ports = frame.pieces.iter().zip(&lanes).filter(|(piece, _)| piece.ties.contains(&Tie::Head));
    let ports_left = ports.filter_map(|(_, lane)| lane.map(lane_x)).fold(size.width, f64::min);
    Wired { size, items, pieces, ports_left }
}

/// The end whose track carries the label.
fn labeled_end(piece: &Piece) -> usize {
    usize::from(piece.ties[0] == Tie::Head)
}

/// For each end of each piece on an item, the x at which it leaves.
fn stubs(graph: &Graph, frame: &Frame, sizes: &[Size], lefts: &[f64], wired: &[Wired]) -> Vec<[f64; 2]> {
    let page = graph.boundaries.len();
    let mut counts = vec![0_usize; frame.items.len()];
    let mut stubs = vec![[0.0; 2]; frame.pieces.len()];
    for (index, piece) in frame.pieces.iter().enumerate() {
        for end in [0, 1] {
            let Tie::Item { item, inner: Some(inner) } = piece.ties[end] else { continue };
            let End::Boundary(boundary) = frame.items[item] else { continue };
            let within = &wired[super::position(boundary, page)].pieces[inner].points;
            let border = if end == 0 { within.last() } else { within.first() };
            stubs[index][end] = lefts[item] + border.map_or(0.0, |point| point.x);
        }
    }
    let ends = frame.pieces.iter().enumerate().flat_map(|(index, piece)| {
        (0..2).filter_map(move |end| match piece.ties[end] {
            Tie::Item { item, inner: None } => Some((index, end, item)),
            Tie::Item { inner: Some(_), .. } | Tie::Head => None,
        })
    });
    let ends: Vec<(usize, usize, usize)> = ends.collect();
    for (_, _, item) in &ends {
        counts[*item] += 1;
    }
    let mut used = vec![0_usize; frame.items.len()];
    for (index, end, item) in ends {
        used[item] += 1;
        // Lines that enter a frame do so at its right side; those that end on it keep to the left.
        let entered = match frame.items[item] {
            End::Node(_) => sizes[item].width,
            End::Boundary(boundary) => wired[super::position(boundary, page)].ports_left,
        };
        stubs[index][end] = lefts[item] + entered * used[item] as f64 / (counts[item] + 1) as f64;
    }
    stubs
}

/// The runs of all channels and their tracks.
struct Channels {
    runs: Vec<Run>,
    /// For each row, tracks from top to bottom with their runs.
    tracks: Vec<Vec<Vec<usize>>>,
    /// For each piece and end, its level; `None` for a head.
    level_of: Vec<[Option<Level>; 2]>,
    has_labels: bool,
    widest_label: f64,
}

fn channels(graph: &Graph, frame: &Frame, rows: usize, row_of: &[usize], stubs: &[[f64; 2]]) -> Channels {
    let mut runs: Vec<Run> = Vec::new();
    let mut to_trunk: Vec<Vec<usize>> = vec![Vec::new(); rows];
    let mut direct: Vec<Vec<usize>> = vec![Vec::new(); rows];
    let mut widest_label = 0.0_f64;
    for (index, piece) in frame.pieces.iter().enumerate() {
        if let Some(row) = direct_row(piece, row_of) {
            let [one, other] = stubs[index];
            direct[row].push(runs.len());
            runs.push(Run { piece: index, end: 0, left: one.min(other), right: one.max(other), label: None });
            continue;
        }
        for end in [0, 1] {
            let Tie::Item { item, .. } = piece.ties[end] else { continue };
            let carries = piece.labeled && end == labeled_end(piece);
            let label = if carries { graph.edges[piece.edge].label } else { None };
            widest_label = widest_label.max(label.map_or(0.0, |size| size.width));
            to_trunk[row_of[item]].push(runs.len());
            runs.push(Run { piece: index, end, left: stubs[index][end], right: f64::INFINITY, label });
        }
    }
    let mut tracks: Vec<Vec<Vec<usize>>> = Vec::with_capacity(rows);
    let mut level_of = vec![[None; 2]; frame.pieces.len()];
    for row in 0..rows {
        // A run to the trunk passes over all stubs right of it: those take lower tracks.
        let mut outward = std::mem::take(&mut to_trunk[row]);
        outward.sort_by(|one, other| runs[*one].left.total_cmp(&runs[*other].left).then(one.cmp(other)));
        let mut list: Vec<Vec<usize>> = outward.into_iter().map(|run| vec![run]).collect();
        list.extend(share_tracks(std::mem::take(&mut direct[row]), &runs));
        for (track, members) in list.iter().enumerate() {
            for run in members.iter().map(|run| &runs[*run]) {
                level_of[run.piece][run.end] = Some((row, track));
                if run.right.is_finite() {
                    level_of[run.piece][1] = Some((row, track));
                }
            }
        }
        tracks.push(list);
    }
    Channels { has_labels: widest_label > 0.0, runs, tracks, level_of, widest_label }
}

/// The row of a piece that needs no trunk: both ends in one row, and no label.
fn direct_row(piece: &Piece, row_of: &[usize]) -> Option<usize> {
    match piece.ties {
        [Tie::Item { item: one, .. }, Tie::Item { item: other, .. }]
            if row_of[one] == row_of[other] && !piece.labeled =>
        {
            Some(row_of[one])
        }
        _ => None,
    }
}

/// Puts runs that do not meet on common tracks, short ones lowest.
fn share_tracks(mut members: Vec<usize>, runs: &[Run]) -> Vec<Vec<usize>> {
    members.sort_by(|one, other| runs[*one].left.total_cmp(&runs[*other].left).then(one.cmp(other)));
    let spans: Vec<(f64, f64)> =
        members.iter().map(|run| (runs[*run].left, runs[*run].right + EDGE_GAP)).collect();
    let (places, count) = first_free(&spans, |one, other| one.total_cmp(other));
    let mut tracks = vec![Vec::new(); count];
    for (run, place) in members.into_iter().zip(places) {
        tracks[place].push(run);
    }
    tracks
}

/// The lane of each piece that needs one, and their number. Lanes count from the left.
fn lanes(frame: &Frame, channels: &Channels) -> (Vec<Option<usize>>, usize) {
    // Levels from 1; 0 is the upper border.
    let key = |level: Option<Level>| level.map_or((0, 0), |(row, track)| (row + 1, track + 1));
    let mut members: Vec<(Level, Level, usize)> = Vec::new();
    for (index, piece) in frame.pieces.iter().enumerate() {
        let [one, other] = channels.level_of[index].map(key);
        let is_direct = one == other && !piece.ties.contains(&Tie::Head);
        if !is_direct {
            members.push((one.min(other), one.max(other), index));
        }
    }
    members.sort_unstable();
    let spans: Vec<(Level, Level)> = members.iter().map(|(from, to, _)| (*from, (to.0, to.1 + 1))).collect();
    let (places, count) = first_free(&spans, Level::cmp);
    let mut lanes = vec![None; frame.pieces.len()];
    for ((_, _, piece), place) in members.into_iter().zip(places) {
        lanes[piece] = Some(place);
    }
    (lanes, count)
}

/// Packs half-open spans, sorted by their starts, into as few places as possible.
fn first_free<T: Copy>(
    spans: &[(T, T)],
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> (Vec<usize>, usize) {
    let mut places = Vec::with_capacity(spans.len());
    let mut count = 0;
    // Open spans by their ends; the earliest is looked at first.
    let mut by_end: Vec<usize> = (0..spans.len()).collect();
    by_end.sort_by(|one, other| order(&spans[*one].1, &spans[*other].1).then(one.cmp(other)));
    let mut free = std::collections::BTreeSet::new();
    let mut ended = 0;
    for (start, _) in spans {
        while ended < by_end.len()
            && by_end[ended] < places.len()
            && order(&spans[by_end[ended]].1, start).is_le()
        {
            free.insert(places[by_end[ended]]);
            ended += 1;
        }
        let place = free.pop_first().unwrap_or_else(|| {
            count += 1;
            count - 1
        });
        places.push(place);
    }
    (places, count)
}
