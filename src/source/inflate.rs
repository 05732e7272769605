//! Compressed texts inside of files, with a bound on what comes out.

use std::io::Read as _;

use flate2::read::{DeflateDecoder, ZlibDecoder};

/// How a text is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deflated {
    /// Deflate alone (RFC 1951).
    Raw,
    /// Deflate between a head and a checksum (RFC 1950).
    Zlib,
}

/// Why a compressed text cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InflateError {
    /// It would be larger than the limit.
    #[error("it unpacks to more than {limit} bytes, the limit; raise it with {setting}")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
        /// The option that sets it.
        setting: &'static str,
    },
    /// It is cut or damaged.
    #[error("its compressed text is cut or damaged")]
    Damaged,
}

/// The bytes of a compressed text, at most `limit` of them.
///
/// # Errors
/// When there are more, or it is damaged.
pub fn inflate(bytes: &[u8], form: Deflated, limit: u64) -> Result<Vec<u8>, InflateError> {
    match inflate_some(bytes, form, limit) {
        (out, None) => Ok(out),
        (_, Some(fault)) => Err(fault),
    }
}

/// The same, with what came out before the fault, so that the work can be counted.
pub(super) fn inflate_some(bytes: &[u8], form: Deflated, limit: u64) -> (Vec<u8>, Option<InflateError>) {
    let mut out = Vec::new();
    let most = limit.saturating_add(1);
    let read = match form {
        Deflated::Raw => DeflateDecoder::new(bytes).take(most).read_to_end(&mut out),
        Deflated::Zlib => ZlibDecoder::new(bytes).take(most).read_to_end(&mut out),
    };
    let fault = if out.len() as u64 > limit {
        Some(InflateError::TooLarge { limit, setting: super::folder::SETTING })
    } else {
        read.err().map(|_| InflateError::Damaged)
    };
    (out, fault)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn bombs_and_cut_texts_are_refused() {
        let packed = deflated(&[b'a'; 100_000]);
        assert!(packed.len() < 1_000);
        assert_eq!(inflate(&packed, Deflated::Raw, 100_000).unwrap().len(), 100_000);
        assert!(matches!(inflate(&packed, Deflated::Raw, 99_999), Err(InflateError::TooLarge { .. })));
        for end in 0..packed.len() {
            assert_eq!(inflate(&packed[..end], Deflated::Raw, 100_000), Err(InflateError::Damaged), "{end}");
        }
        assert_eq!(inflate(&packed, Deflated::Zlib, 100_000), Err(InflateError::Damaged));
    }
}
