//! The content security policy: nothing runs and nothing is fetched but what the page carries.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// The source expression of a text: `'sha256-…'`.
pub(super) fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes())))
}

/// The policy of a page with this script and these styles.
pub(super) fn policy(script: Option<&str>, styles: &[&str]) -> String {
    let script = script.unwrap_or("'none'");
    format!(
        "default-src 'none'; script-src {script}; style-src {}; font-src data:; img-src data:; \
         base-uri 'none'; form-action 'none'",
        styles.join(" ")
    )
}
