//! Every document and picture: no panic, every place inside the file, no text beyond the limit.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::carriers::{Body, DOCUMENTS, PICTURES};
use planroom::source::{FileId, Span};

/// Bytes that a packed text may unpack to.
const LIMIT: u64 = 1 << 16;

fuzz_target!(|bytes: &[u8]| {
    for picture in PICTURES {
        if let Ok(Some(found)) = picture.source(bytes, LIMIT) {
            assert!(!found.text.is_empty());
        }
    }
    let text = String::from_utf8_lossy(bytes);
    for document in DOCUMENTS {
        for passage in document.read(&text).passages {
            assert!(text.get(passage.range.clone()).is_some(), "{:?} lies outside", passage.range);
            let Body::Written { text: written, lines } = &passage.body else { continue };
            for end in 0..=written.len() {
                let place = lines.place(Span::new(FileId(0), end / 2, end));
                let range = place.start as usize..place.end as usize;
                assert!(range.end <= text.len(), "{range:?} lies outside");
            }
        }
    }
});
