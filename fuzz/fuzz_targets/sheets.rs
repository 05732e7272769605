//! Arbitrary bytes as a filled sheet, in each of its forms: no panic, no hang, no unpacking without end.

#![no_main]

use libfuzzer_sys::fuzz_target;
use planroom::source::{SheetForm, tables};

fuzz_target!(|bytes: &[u8]| {
    for form in [SheetForm::Xlsx, SheetForm::Csv, SheetForm::Markdown] {
        let _ = tables(bytes, form);
    }
});
