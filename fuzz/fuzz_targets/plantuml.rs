//! Arbitrary bytes to the PlantUML reader: no panic, no hang, every span inside its source, parents first.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::{Files, Reader, Refusal};
use planroom::source::{Place, Source, Span};

/// Every include is the text itself under another name, so that circles and repetitions are tried too.
struct Mirror(String);

impl Files for Mirror {
    fn include(&self, _: &str, target: &str) -> Result<Source, Refusal> {
        if target.contains("://") || target.len() > 8 {
            return Err(Refusal::Missing);
        }
        Ok(Source::new(target, self.0.clone()))
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let wrapped = if text.contains("@start") { text } else { format!("@startuml\nnode n\n{text}\n@enduml\n") };
    let reading = PlantUml.read(&Source::new("input.puml", wrapped.clone()), &Mirror(wrapped));
    let check = |span: Span| {
        let source = reading.sources.get(span.file).expect("the source of a span is known");
        let range = span.start as usize..span.end as usize;
        assert!(source.text.get(range).is_some(), "{span:?} lies outside");
    };
    let place = |place: &Place| {
        check(place.span);
        place.call.map(check);
    };
    for (at, draft) in reading.fragment.drafts.iter().enumerate() {
        draft.origins.iter().for_each(place);
        assert!(draft.parent.is_none_or(|parent| parent.0 < at), "a parent stands first");
    }
    reading.fragment.flows.iter().flat_map(|flow| &flow.origins).for_each(place);
    reading.fragment.sheets.iter().flat_map(|sheet| &sheet.notes).for_each(|note| place(&note.place));
    reading.diagnostics.iter().for_each(|diagnostic| check(diagnostic.span));
    reading.loss.unknown.iter().for_each(|unread| check(unread.span));
});
