//! The engine's places as ours.

use elkrs::graph::graph::{NodeId, Shape};

use super::build::Built;
use crate::geometry::{Point, Rect, Size};
use crate::layout::engine::EngineError;
use crate::layout::graph::{Graph, Placement, Route};
use crate::layout::spacing;

/// Reads all places, in coordinates of the page.
pub(super) fn read(graph: &Graph, built: &Built) -> Result<Placement, EngineError> {
    let origins = origins(built);
    let rect = |id: &NodeId| {
        let origin = origins[id.index()];
        let shape = &built.elk.node(*id).shape;
        Rect::new(origin.x, origin.y, shape.width, shape.height)
    };
    let nodes: Vec<Rect> = built.nodes.iter().map(rect).collect();
    let boundaries: Vec<Rect> = built.boundaries.iter().map(rect).collect();
    let mut edges = Vec::with_capacity(built.edges.len());
    for (id, edge) in built.edges.iter().zip(&graph.edges) {
        let drawn = built.elk.edge(*id);
        let container = drawn.containing_node.unwrap_or(built.elk.root);
        let origin = origins[container.index()];
        let at = |x: f64, y: f64| Point::new(origin.x + x, origin.y + y);
        let [section] = drawn.sections.as_slice() else {
            return Err(EngineError::Failed(format!("edge `{}` has no route", edge.id)));
        };
        let section = built.elk.section(*section);
        let mut points = vec![at(section.start_x, section.start_y)];
        points.extend(section.bend_points.iter().map(|(x, y)| at(*x, *y)));
        points.push(at(section.end_x, section.end_y));
        let label = drawn.labels.first().map(|label| {
            let Shape { x, y, width, height } = built.elk.label(*label).shape;
            let corner = at(x, y);
            Rect::new(corner.x, corner.y, width, height)
        });
        edges.push(Route { points, label });
    }
    let whole = &built.elk.node(built.elk.root).shape;
    let size = Size::new(whole.width, whole.height);
    let titles = graph
        .boundaries
        .iter()
        .zip(&boundaries)
        .map(|(boundary, frame)| spacing::title_place(boundary, frame))
        .collect();
    let placement = Placement { size, nodes, boundaries, titles, edges };
    if is_finite(&placement) {
        Ok(placement)
    } else {
        Err(EngineError::Failed("a coordinate is not a number".to_owned()))
    }
}

/// Upper left corner of each node on the page; parents are made before their children.
fn origins(built: &Built) -> Vec<Point> {
    let mut origins: Vec<Point> = Vec::with_capacity(built.elk.nodes.len());
    for node in &built.elk.nodes {
        let origin = node.parent.map_or(Point::default(), |parent| {
            let outer = origins[parent.index()];
            Point::new(outer.x + node.shape.x, outer.y + node.shape.y)
        });
        origins.push(origin);
    }
    origins
}

fn is_finite(placement: &Placement) -> bool {
    let rect = |rect: &Rect| [rect.x, rect.y, rect.width, rect.height].iter().all(|value| value.is_finite());
    placement.size.width.is_finite()
        && placement.size.height.is_finite()
        && placement.nodes.iter().chain(&placement.boundaries).all(rect)
        && placement.edges.iter().all(|route| {
            route.points.iter().all(|point| point.x.is_finite() && point.y.is_finite())
                && route.label.iter().all(rect)
        })
}
