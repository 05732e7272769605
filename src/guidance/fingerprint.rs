//! Fingerprints: short hashes of what a finding is about, stable under wording, order and layout.

use sha2::{Digest, Sha256};

use crate::assessment::Evidence;
use crate::model::slug;

/// Letters of a fingerprint: 80 bits in base 32.
const LENGTH: usize = 16;

/// Of a rule and the ids of its subjects.
pub(super) fn strict(rule: &str, major: &str, subjects: &[&str]) -> String {
    let mut subjects = subjects.to_vec();
    subjects.sort_unstable();
    hash(&[&[rule, major], &subjects[..]].concat(), LENGTH)
}

/// Of a rule and the kinds and names of its subjects: survives moves.
pub(super) fn loose(rule: &str, subjects: &[(String, String)]) -> String {
    let mut words: Vec<String> =
        subjects.iter().map(|(kind, name)| format!("{kind} {}", slug(name))).collect();
    words.sort();
    let mut parts: Vec<&str> = vec![rule];
    parts.extend(words.iter().map(String::as_str));
    hash(&parts, LENGTH)
}

/// Of what a finding rests on: facts and their values, and witness paths.
pub(super) fn evidence<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> String {
    let mut leaves: Vec<String> = evidence
        .map(|leaf| {
            let path: Vec<&str> = leaf.path.iter().map(|id| id.as_str()).collect();
            let value = leaf.value.as_deref().unwrap_or_default();
            format!("{} {} {value} {}", leaf.subject.id(), leaf.key, path.join(">"))
        })
        .collect();
    leaves.sort();
    leaves.dedup();
    let leaves: Vec<&str> = leaves.iter().map(String::as_str).collect();
    hash(&leaves, LENGTH / 2)
}

/// Base 32 (RFC 4648, no padding) of the SHA-256 of the parts, each closed by a zero byte.
fn hash(parts: &[&str], length: usize) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    let bytes = hasher.finalize();
    let bit = |at: usize| bytes[at / 8] >> (7 - at % 8) & 1;
    (0..length)
        .map(|letter| {
            let five = (0..5).fold(0, |value, at| value << 1 | bit(letter * 5 + at));
            char::from(LETTERS[usize::from(five)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{hash, strict};

    #[test]
    fn order_does_not_count_and_content_does() {
        assert_eq!(strict("r", "1", &["a", "b"]), strict("r", "1", &["b", "a"]));
        assert_ne!(strict("r", "1", &["a", "b"]), strict("r", "1", &["ab"]));
        assert_ne!(strict("r", "1", &["a"]), strict("r", "2", &["a"]));
        // SHA-256 of one zero byte is 6e340b9c...; its base 32 begins with NY2A.
        assert_eq!(hash(&[""], 4), "NY2A");
    }
}
