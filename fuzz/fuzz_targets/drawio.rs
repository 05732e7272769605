//! Arbitrary bytes to the draw.io reader: no panic, no hang, every span inside its source, parents first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::readers::drawio::Drawio;
use planroom::readers::reader::{Files, Reader, Refusal};
use planroom::source::{Place, Source, Span};

/// A drawing includes nothing.
struct NoFiles;

impl Files for NoFiles {
    fn include(&self, _: &str, _: &str) -> Result<Source, Refusal> {
        Err(Refusal::Missing)
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    // Without a frame, hardly any input would get as far as a cell.
    let wrapped = if text.contains("<mxGraphModel") || text.contains("<diagram") {
        text
    } else {
        format!(
            "<mxGraphModel><root><mxCell id=\"0\"/><mxCell id=\"1\" parent=\"0\"/>\
             <mxCell id=\"a\" value=\"A\" vertex=\"1\" parent=\"1\"/>{text}</root></mxGraphModel>"
        )
    };
    let reading = Drawio.read(&Source::new("input.drawio", wrapped), &NoFiles);
    let check = |span: Span| {
        let source = reading.sources.get(span.file).expect("the source of a span is known");
        let range = span.start as usize..span.end as usize;
        assert!(source.text.get(range).is_some(), "{span:?} lies outside");
        let _ = reading.sources.locate(span);
    };
    let place = |place: &Place| check(place.span);
    for (at, draft) in reading.fragment.drafts.iter().enumerate() {
        draft.origins.iter().for_each(place);
        assert!(draft.parent.is_none_or(|parent| parent.0 < at), "a parent stands first");
    }
    reading.fragment.flows.iter().flat_map(|flow| &flow.origins).for_each(place);
    reading.fragment.sheets.iter().flat_map(|sheet| &sheet.notes).for_each(|note| place(&note.place));
    reading.diagnostics.iter().for_each(|diagnostic| check(diagnostic.span));
    reading.loss.unknown.iter().for_each(|unread| check(unread.span));
});
