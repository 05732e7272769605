//! Pages to meaning: elements, flows and notes, each inference with its reason.
//!
//! For each page: 1. `nest` says which box holds which shape. 2. `furniture` sets titles, legends and numbers aside,
//! `words` gives words to what they name, `parts` tells elements from their parts. 3. `ends` finds what lines end on,
//! `joints` which of them meet. 4. Here, `elements` and `flows` become the model's.

use std::collections::BTreeMap;

use super::elements::{self, Members};
use super::ends;
use super::flows::{self, OnLines};
use super::furniture;
use super::joints::{self, Fate, Strands};
use super::kind;
use super::page::{Outline, Page};
use super::parts;
use super::plan::{Part, Plan};
use super::sort::Sort;
use super::words;
use crate::diagnostic::{Diagnostic, Loss, Unread};
use crate::geometry::Point;
use crate::model::{
    Caption, Draft, ElementKind, Fragment, LocalId, Look, PlainFrame, Sheet, SheetNode, SheetNote,
};
use crate::source::Place;

/// What drawings mean.
#[derive(Clone, Debug, Default)]
pub struct Meaning {
    /// Elements, flows and one sheet a page.
    pub fragment: Fragment,
    /// What is doubtful.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of the shapes and lines of the pages that are read; words on a line are counted by who read them.
    pub loss: Loss,
    /// No page is of a kind that is read: the kind of the first one.
    pub refused: Option<String>,
}

/// Reads pages.
pub fn read(pages: &[Page]) -> Meaning {
    let mut meaning = Meaning::default();
    let mut foreign: Vec<(&Page, &'static str)> = Vec::new();
    for (at, page) in pages.iter().enumerate() {
        match kind::foreign(page) {
            Some(kind) => foreign.push((page, kind)),
            None => one(page, at, pages.len(), &mut meaning),
        }
    }
    let all =
        !foreign.is_empty() && foreign.len() == pages.iter().filter(|page| !page.shapes.is_empty()).count();
    if all {
        meaning =
            Meaning { refused: foreign.first().map(|(_, kind)| (*kind).to_owned()), ..Meaning::default() };
    }
    for (position, (page, kind)) in foreign.iter().enumerate() {
        if all && position > 0 {
            break;
        }
        let message = format!("this is a {kind}; drawings of architectures are read");
        let span = page.place.span;
        meaning.diagnostics.push(match all {
            true => Diagnostic::error("drawing/other-kind", message, span),
            false => Diagnostic::warning("drawing/other-kind", message, span),
        });
    }
    meaning
}

/// Reads one page.
fn one(page: &Page, number: usize, count: usize, meaning: &mut Meaning) {
    let mut plan = Plan::new(page);
    furniture::sort_out(&mut plan);
    parts::stacks(&mut plan);
    parts::pills(&mut plan);
    parts::strips(&mut plan);
    words::attach(&mut plan);
    parts::decide(&mut plan);
    let anchors = ends::anchors(&mut plan);
    let mut strands = joints::join(&mut plan, &anchors);
    for (note, of) in std::mem::take(&mut strands.ties) {
        plan.parts[note] = Part::Note(Some(of));
    }
    nesting(&mut plan);
    account(&plan, &strands, &mut meaning.loss);
    lower(&plan, &strands, number, count, meaning);
    meaning.diagnostics.append(&mut plan.told);
}

/// Says by what each element is where it is, and where that is doubtful.
fn nesting(plan: &mut Plan<'_>) {
    for at in 0..plan.areas.len() {
        if plan.parts[at] != Part::Element {
            continue;
        }
        let nest = plan.nests[at].clone();
        let name = plan.called(at);
        if let Some(holder) = plan.holder(at) {
            let direct = nest.holder == Some(holder);
            if nest.by_place || !direct {
                let basis = format!("inside {} by position", plan.called(holder));
                plan.basis[at].push(basis);
            }
        }
        let place = plan.shape(at).place.span;
        let element = |of: &usize| plan.parts[*of] == Part::Element;
        if let Some(also) = nest.also.iter().find(|of| element(of)) {
            let message = match plan.holder(at) {
                Some(holder) => format!(
                    "{name} lies in {} and in {}, and neither of these lies in the other; the smaller one is taken",
                    plan.called(holder),
                    plan.called(*also)
                ),
                None => continue,
            };
            plan.told.push(Diagnostic::note("drawing/two-boxes", message, place));
        } else if let Some(border) = nest.border.filter(element) {
            let message = format!(
                "{name} stands on the border of {}, half in and half out; it is not taken to be inside",
                plan.called(border)
            );
            plan.told.push(
                Diagnostic::note("drawing/on-border", message, place)
                    .help("move it inside or outside to say which is meant"),
            );
        }
    }
}

/// Counts what became of the shapes and lines.
fn account(plan: &Plan<'_>, strands: &Strands, loss: &mut Loss) {
    for (at, part) in plan.parts.iter().enumerate() {
        match part {
            Part::Unread => {
                loss.unknown.push(Unread { span: plan.shape(at).place.span, text: plan.called(at) })
            }
            Part::Visual | Part::Open => loss.visual += 1,
            _ => loss.understood += 1,
        }
    }
    for (at, fate) in strands.fates.iter().enumerate() {
        let line = &plan.page.lines[at];
        let words: Vec<String> = line.labels.iter().map(|label| flows::one_line(&label.text)).collect();
        match fate {
            Fate::Flow | Fate::Tie => loss.understood += 1,
            Fate::Border | Fate::Visual if plan.shown[at] && words.iter().any(|words| !words.is_empty()) => {
                loss.understood += 1;
            }
            Fate::Border | Fate::Visual => loss.visual += 1,
            Fate::Unread => {
                let words = words.join(" ");
                let text =
                    if words.is_empty() { format!("line {}", line.id) } else { format!("line '{words}'") };
                loss.unknown.push(Unread { span: line.place.span, text });
            }
        }
    }
}

fn lower(plan: &Plan<'_>, strands: &Strands, number: usize, count: usize, meaning: &mut Meaning) {
    let members = elements::members(plan);
    let fragment = &mut meaning.fragment;
    let mut sheet = Sheet::new(plan.page.place);
    sheet.name = own_name(&plan.page.name, number, count);
    sheet.title = plan.parts.iter().position(|part| *part == Part::Title).map(|at| words::text(plan, at));
    let mut ids: Vec<Option<LocalId>> = vec![None; plan.areas.len() + strands.hubs.len()];
    for at in order(plan) {
        let id = LocalId(fragment.drafts.len());
        ids[at] = Some(id);
        let mut draft = elements::draft(plan, at, &members[at]);
        draft.parent = plan.holder(at).and_then(|holder| ids[holder]);
        sheet.nodes.push(SheetNode {
            draft: id,
            parent: draft.parent,
            bounds: Some(elements::bounds(plan, at, &members[at])),
            look: Some(elements::look(plan, at, &members[at])),
        });
        fragment.drafts.push(draft);
    }
    hubs(plan, strands, &members, &mut ids, &mut sheet, fragment);
    let on = OnLines::of(plan);
    for strand in &strands.strands {
        let (Some(from), Some(to)) = (ids[strand.from], ids[strand.to]) else { continue };
        let (flow, mut route) = flows::flow(plan, strand, [from, to], &on);
        route.flow = fragment.flows.len();
        sheet.flows.push(route.flow);
        sheet.routes.push(route);
        fragment.flows.push(flow);
    }
    notes(plan, strands, &ids, &mut sheet, fragment);
    sheet.frames = frames(plan);
    let something = !sheet.nodes.is_empty() || !sheet.notes.is_empty();
    if sheet.nodes.is_empty() {
        let message = "no element is drawn on this page";
        meaning.diagnostics.push(Diagnostic::note("drawing/empty", message, plan.page.place.span));
    }
    if something {
        fragment.sheets.push(sheet);
    }
}

/// Outlines without words that are drawn round elements.
fn frames(plan: &Plan<'_>) -> Vec<PlainFrame> {
    let mut holds = vec![false; plan.areas.len()];
    for at in (0..plan.areas.len()).filter(|at| plan.parts[*at] == Part::Element) {
        let mut next = plan.nests[at].holder;
        while let Some(one) = next.filter(|one| !holds[*one]) {
            holds[one] = true;
            next = plan.nests[one].holder;
        }
    }
    let is_drawn = |at: usize| plan.shape(at).stroked || plan.shape(at).filled;
    let is_outline = |at: usize| match plan.sorts[at] {
        Sort::Box => is_drawn(at),
        Sort::Icon => matches!(plan.shape(at).outline, Outline::Stencil | Outline::Other),
        _ => false,
    };
    let plain = |at: &usize| holds[*at] && plan.parts[*at] == Part::Visual && is_outline(*at);
    let frame = |at: usize| {
        let area = plan.areas[at];
        let bounds = [area.x, area.y, area.width, area.height];
        PlainFrame { bounds, look: elements::plain_look(plan.shape(at)) }
    };
    (0..plan.areas.len()).filter(plain).map(frame).collect()
}

/// Elements in drawing order, holders first.
fn order(plan: &Plan<'_>) -> Vec<usize> {
    let mut order = Vec::new();
    let mut placed = vec![false; plan.areas.len()];
    for at in 0..plan.areas.len() {
        let mut chain = Vec::new();
        let mut next = Some(at).filter(|at| plan.parts[*at] == Part::Element);
        while let Some(one) = next.filter(|one| !placed[*one]) {
            placed[one] = true;
            chain.push(one);
            next = plan.holder(one);
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// Lines that many elements hang on become networks.
fn hubs(
    plan: &Plan<'_>,
    strands: &Strands,
    members: &[Members],
    ids: &mut [Option<LocalId>],
    sheet: &mut Sheet,
    fragment: &mut Fragment,
) {
    let on = OnLines::of(plan);
    for (number, hub) in strands.hubs.iter().enumerate() {
        let id = LocalId(fragment.drafts.len());
        ids[plan.areas.len() + number] = Some(id);
        let place = match (hub.shape, hub.lines.first()) {
            (Some(shape), _) => plan.shape(shape).place,
            (None, Some(line)) => plan.page.lines[*line].place,
            (None, None) => plan.page.place,
        };
        let mut draft = Draft::new(ElementKind::Network, hub_name(plan, hub, &on, fragment, ids), place);
        draft.basis.push(format!("{} lines without heads meet here", hub.lines.len()));
        let shared = shared_holder(plan, &hub.members);
        draft.parent = shared.and_then(|holder| ids[holder]);
        let area = hub.shape.map(|shape| elements::bounds(plan, shape, &members[shape])).or_else(|| {
            // The longest leg stands for all.
            let legs = hub.lines.iter().flat_map(|line| plan.ways[*line].windows(2));
            let length = |leg: &[Point]| super::measure::apart(leg[0], leg[1]);
            let trunk = legs.max_by(|one, other| length(one).total_cmp(&length(other)))?;
            let trunk = super::measure::round(trunk);
            Some([trunk.x, trunk.y, trunk.width.max(4.0), trunk.height.max(4.0)])
        });
        let look = hub.shape.is_none().then(|| Look { caption: Caption::Above, ..Look::default() });
        sheet.nodes.push(SheetNode { draft: id, parent: draft.parent, bounds: area, look });
        fragment.drafts.push(draft);
    }
}

fn hub_name(
    plan: &Plan<'_>,
    hub: &joints::Hub,
    on: &OnLines,
    fragment: &Fragment,
    ids: &[Option<LocalId>],
) -> String {
    let shape = hub.shape.map(|shape| words::text(plan, shape)).filter(|words| !words.is_empty());
    let line = || {
        hub.lines.iter().find_map(|line| {
            let own = plan.page.lines[*line].labels.iter().map(|label| flows::one_line(&label.text));
            own.chain(on.words_of(plan, *line)).find(|words| !words.is_empty())
        })
    };
    let names = || {
        let mut names: Vec<&str> = hub
            .members
            .iter()
            .take(3)
            .filter_map(|member| ids[*member].map(|id| fragment.drafts[id.0].name.as_str()))
            .collect();
        names.sort_unstable();
        format!("Shared line of {}", names.join(", "))
    };
    shape.or_else(line).unwrap_or_else(names)
}

/// The innermost element that holds all of these.
fn shared_holder(plan: &Plan<'_>, members: &[usize]) -> Option<usize> {
    let chain = |at: usize| {
        let mut chain = Vec::new();
        let mut next = plan.holder(at);
        while let Some(one) = next {
            chain.push(one);
            next = plan.holder(one);
        }
        chain
    };
    let mut shared = chain(*members.first()?);
    for member in members.iter().skip(1) {
        let own = chain(*member);
        shared.retain(|one| own.contains(one));
    }
    shared.first().copied()
}

/// Prose of the page.
fn notes(
    plan: &Plan<'_>,
    strands: &Strands,
    ids: &[Option<LocalId>],
    sheet: &mut Sheet,
    fragment: &Fragment,
) {
    let add = |sheet: &mut Sheet, draft, flow, text: String, bounds: Option<[f64; 4]>, look, place: Place| {
        if !text.trim().is_empty() {
            sheet.notes.push(SheetNote { draft, flow, text, bounds, look, place });
        }
    };
    let mut listed: BTreeMap<usize, &str> = BTreeMap::new();
    let mut legends: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, part) in plan.parts.iter().enumerate() {
        match part {
            Part::Listed(words) => {
                listed.insert(*words, furniture::marker_number(plan, at));
            }
            Part::Legend(of) if *of != at => legends.entry(*of).or_default().push(at),
            _ => {}
        }
    }
    let mut numbered: BTreeMap<&str, usize> = BTreeMap::new();
    for flow in &sheet.flows {
        if let Some(step) = &fragment.flows[*flow].step {
            numbered.entry(step).or_insert(*flow);
        }
    }
    for (at, part) in plan.parts.iter().enumerate() {
        let shape = plan.shape(at);
        let area = plan.words[at];
        let bounds = Some([area.x, area.y, area.width, area.height]);
        match part {
            Part::Note(of) => {
                let draft = of.and_then(|of| plan.owner(of)).and_then(|owner| ids[owner]);
                let number = listed.get(&at).copied();
                let flow = number.and_then(|number| numbered.get(number).copied());
                let words = elements::prose(shape);
                let words = number.map_or(words.clone(), |number| format!("{number}: {words}"));
                add(sheet, draft, flow, words, bounds, Some(elements::note_look(shape)), shape.place);
            }
            Part::Legend(of) if *of == at => {
                let members = legends.remove(&at).unwrap_or_default();
                let all =
                    members.iter().fold(plan.areas[at].union(&area), |all, one| all.union(&plan.words[*one]));
                let bounds = Some([all.x, all.y, all.width, all.height]);
                let words = legend(plan, at, members);
                add(sheet, None, None, words, bounds, Some(elements::note_look(shape)), shape.place);
            }
            _ => {}
        }
    }
    let on = OnLines::of(plan);
    let wordy = |fate: &Fate| matches!(fate, Fate::Border | Fate::Visual | Fate::Unread);
    for (at, fate) in strands.fates.iter().enumerate().filter(|(_, fate)| wordy(fate)) {
        let line = &plan.page.lines[at];
        // The words of a line that could not be read are told with it; those that stand on it stay on the page.
        let own = line
            .labels
            .iter()
            .filter(|_| *fate != Fate::Unread && plan.shown[at])
            .map(|label| flows::one_line(&label.text));
        let words: Vec<String> = own.chain(on.words_of(plan, at)).filter(|words| !words.is_empty()).collect();
        let round = super::measure::round(&plan.ways[at]);
        let bounds = Some([round.x, round.y, round.width, round.height]);
        add(sheet, None, None, words.join(" "), bounds, None, line.place);
    }
}

/// The words of a legend, as they are read.
fn legend(plan: &Plan<'_>, title: usize, mut members: Vec<usize>) -> String {
    members.sort_by(|one, other| {
        let (one_at, other_at) = (plan.words[*one], plan.words[*other]);
        one_at.y.total_cmp(&other_at.y).then(one_at.x.total_cmp(&other_at.x)).then(one.cmp(other))
    });
    let words = std::iter::once(title).chain(members).map(|at| words::text(plan, at));
    words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}

/// A page's name, unless the tool gave it: `Page-1`.
fn own_name(name: &str, number: usize, count: usize) -> Option<String> {
    let name = name.trim();
    let stem = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &name[stem.len()..];
    let word = stem.trim_end_matches(['-', ' ', '_']).to_lowercase();
    let given = [
        "page",
        "seite",
        "página",
        "pagina",
        "ページ",
        "페이지",
        "страница",
        "页",
        "第",
        "頁",
        "sida",
        "side",
        "strona",
        "pagină",
        "sayfa",
        "strana",
        "sivu",
        "oldal",
        "trang",
    ];
    let is_given = name.is_empty()
        || !digits.is_empty() && given.contains(&word.as_str())
        || count == 1 && given.contains(&word.as_str())
        || word.is_empty() && digits.parse() == Ok(number + 1);
    (!is_given).then(|| name.to_owned())
}
