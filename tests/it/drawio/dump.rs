//! Pages as text, for snapshots.

use std::fmt::Write;

use planroom::drawing::{End, Head, Line, Page, Role, Shape, Side, TextLine, Vertical};
use planroom::readers::drawio::Drawing;
use planroom::source::{FileId, Sources};

/// Everything that the pages of a drawing say, one thing a line.
pub(super) fn drawing(drawing: &Drawing) -> String {
    let mut text = String::new();
    drawing.pages.iter().for_each(|one| page(&mut text, one));
    let mut sources = Sources::default();
    assert_eq!(sources.add(drawing.source.clone()), FileId(0));
    for told in &drawing.diagnostics {
        let place = sources.locate(told.span);
        let _ = writeln!(text, "{} {} {place}: {}", told.severity.word(), told.code, told.message);
        for label in &told.labels {
            let _ = writeln!(text, "  {}: {}", sources.locate(label.span), label.text);
        }
        if let Some(help) = &told.help {
            let _ = writeln!(text, "  help: {help}");
        }
    }
    text
}

fn page(text: &mut String, page: &Page) {
    let _ = write!(text, "page {:?}", page.name);
    for layer in &page.layers {
        let _ = write!(text, " layer {:?}{}", layer.name, if layer.visible { "" } else { " hidden" });
    }
    text.push('\n');
    page.shapes.iter().enumerate().for_each(|(at, one)| shape(text, at, one));
    page.lines.iter().enumerate().for_each(|(at, one)| line(text, at, one));
}

fn shape(text: &mut String, at: usize, shape: &Shape) {
    let [x, y, width, height] = shape.bounds;
    let _ = write!(text, "  {at} {:?} {x},{y} {width}x{height} {:?}", shape.outline, words(&shape.text));
    let spot = (shape.text_spot.side, shape.text_spot.vertical);
    let says = [
        shape.parent.map(|parent| format!("in {parent}")),
        (shape.role != Role::Plain).then(|| format!("{:?}", shape.role).to_lowercase()),
        shape.layer.filter(|layer| *layer > 0).map(|layer| format!("layer {layer}")),
        shape.hidden.then(|| "hidden".to_owned()),
        (shape.angle != 0.0).then(|| format!("turned {}", shape.angle)),
        (spot != (Side::Inside, Vertical::Middle)).then(|| format!("words {:?} {:?}", spot.0, spot.1)),
        shape.name.as_ref().map(|name| format!("name {name:?}")),
        shape.stencil.as_ref().map(|stencil| format!("stencil {stencil}")),
        shape.notation.map(|notation| format!("notation {notation:?}")),
        shape.kind.map(|kind| format!("kind {}", kind.word())),
        (!shape.technologies.is_empty()).then(|| format!("technologies {:?}", shape.technologies)),
        (!shape.stereotypes.is_empty()).then(|| format!("stereotypes {:?}", shape.stereotypes)),
        shape.external.then(|| "external".to_owned()),
        (!shape.filled).then(|| "no filling".to_owned()),
        (!shape.stroked).then(|| "no outline".to_owned()),
        shape.dashed.then(|| "dashed".to_owned()),
        shape.link.as_ref().map(|link| format!("link {link}")),
        shape.tooltip.as_ref().map(|words| format!("tooltip {words:?}")),
        (!shape.tags.is_empty()).then(|| format!("tags {:?}", shape.tags)),
        (!shape.properties.is_empty()).then(|| format!("properties {:?}", shape.properties)),
        shape.description.as_ref().map(|words| format!("description {words:?}")),
    ];
    for said in says.into_iter().flatten() {
        let _ = write!(text, "; {said}");
    }
    text.push('\n');
}

fn line(text: &mut String, at: usize, line: &Line) {
    let _ = write!(text, "  line {at}: {} -> {}", end(&line.from), end(&line.to));
    for label in &line.labels {
        let _ = write!(text, "; {:?} at {}", words(&label.text), label.at);
    }
    let says = [
        (!line.points.is_empty()).then(|| format!("over {:?}", line.points)),
        line.parent.map(|parent| format!("in {parent}")),
        line.hidden.then(|| "hidden".to_owned()),
        line.dashed.then(|| "dashed".to_owned()),
        (line.width != 1.0).then(|| format!("width {}", line.width)),
        line.stroke.as_ref().map(|color| format!("color {color}")),
        (!line.technologies.is_empty()).then(|| format!("technologies {:?}", line.technologies)),
        (!line.properties.is_empty()).then(|| format!("properties {:?}", line.properties)),
    ];
    for said in says.into_iter().flatten() {
        let _ = write!(text, "; {said}");
    }
    text.push('\n');
}

fn end(end: &End) -> String {
    let glued = match (end.shape, end.line) {
        (Some(shape), _) => format!("shape {shape}"),
        (None, Some(line)) => format!("line {line}"),
        (None, None) => "loose".to_owned(),
    };
    let point = end.point.map(|[x, y]| format!(" at {x},{y}")).unwrap_or_default();
    let head = match &end.head {
        Head::None => String::new(),
        Head::Arrow => " with an arrow".to_owned(),
        Head::Mark(word) => format!(" with {word}"),
    };
    format!("{glued}{point}{head}")
}

/// Lines of a label: `Web server*` is bold, `small/10` not in the usual size.
fn words(lines: &[TextLine]) -> String {
    let shown = |line: &TextLine| {
        let bold = if line.bold { "*" } else { "" };
        let usual = line.text.is_empty() || line.size == 12.0 || line.size == 11.0;
        let size = if usual { String::new() } else { format!("/{}", line.size) };
        format!("{}{bold}{size}", line.text)
    };
    lines.iter().map(shown).collect::<Vec<_>>().join(" | ")
}
