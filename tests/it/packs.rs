//! Every built-in pack loads without a mistake, and every rule's examples get the verdict that they
//! declare, through the whole way: model file, assemble, infer, assess.

use std::path::Path;

use planroom::guidance::{BUILTIN, Packs};
use planroom::pipeline::{test_files, test_packs};
use planroom::source::DEFAULT_LIMIT;

#[test]
fn the_packs_in_use_by_default_load_together() {
    if let Err(told) = Packs::load(None, &[]) {
        let messages: Vec<String> = told.iter().map(|diagnostic| diagnostic.message.clone()).collect();
        panic!("{}", messages.join("\n"));
    }
}

#[test]
fn the_examples_of_every_builtin_pack_get_their_verdicts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut faults = Vec::new();
    for pack in BUILTIN {
        let path = root.join(format!("packs/{}.yaml", pack.id));
        let files = test_files(&path.to_string_lossy(), DEFAULT_LIMIT.into()).unwrap();
        match test_packs(&files, None) {
            Ok(test) if test.faults.is_empty() => assert!(test.examples >= 3 * test.rules, "{}", pack.id),
            Ok(test) => faults.push(test.text()),
            Err((sources, told)) => faults.extend(
                told.iter()
                    .map(|told| format!("{} {} {:?}", sources.locate(told.span), told.message, told.help)),
            ),
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
