//! Bytes to text: encodings, binaries and sizes.

/// Largest source that is read, in bytes; a setting of the command line.
pub const DEFAULT_LIMIT: u64 = 16 * 1024 * 1024;

/// Text and what was doubtful about its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark, line ends as written.
    pub text: String,
    /// Offset in `text` of the first byte sequence that was not valid UTF-8; it and all others
    /// were replaced by U+FFFD.
    pub invalid_at: Option<usize>,
}

/// Bytes that are not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the file is binary: byte {at} is not part of a text, expected UTF-8 or UTF-16")]
pub struct BinaryError {
    /// Offset of the first byte that shows it.
    pub at: usize,
}

/// Decodes UTF-8 and UTF-16, each with or without a byte order mark.
///
/// # Errors
/// When the bytes hold NUL or other control bytes that no text has.
pub fn decode(bytes: &[u8]) -> Result<Decoded, BinaryError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => from_utf8(rest),
        [0xFF, 0xFE, rest @ ..] => from_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => from_utf16(rest, u16::from_be_bytes),
        _ => match zero_column(bytes) {
            Some(1) => from_utf16(bytes, u16::from_le_bytes),
            Some(_) => from_utf16(bytes, u16::from_be_bytes),
            None => from_utf8(bytes),
        },
    }
}

/// A text in the encoding of a file, its byte order mark kept; `None` when the file is not what its text encodes
/// to, so that writing it back would change more than the text.
pub fn encode_as(file: &[u8], text: &str) -> Option<Vec<u8>> {
    let units = |mark: bool, little: bool, text: &str| -> Vec<u8> {
        let units = mark.then_some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let encode = |text: &str| -> Vec<u8> {
        match file {
            [0xEF, 0xBB, 0xBF, ..] => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [0xFF, 0xFE, ..] => units(true, true, text),
            [0xFE, 0xFF, ..] => units(true, false, text),
            _ => match zero_column(file) {
                Some(column) => units(false, column == 1, text),
                None => text.as_bytes().to_vec(),
            },
        }
    };
    let same = decode(file).is_ok_and(|decoded| encode(&decoded.text) == file);
    same.then(|| encode(text))
}

/// In UTF-16 without a mark, diagrams are mostly ASCII: nearly every second byte is zero and no
/// other. Gives the column (0 or 1) in which the zeros stand.
fn zero_column(bytes: &[u8]) -> Option<usize> {
    let head = &bytes[..bytes.len().min(512) & !1];
    let zeros = |column: usize| head.iter().skip(column).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 7 / 10;
    if head.len() < 4 || (even > 0 && odd > 0) {
        return None;
    }
    if odd > most {
        Some(1)
    } else if even > most {
        Some(0)
    } else {
        None
    }
}

fn from_utf8(bytes: &[u8]) -> Result<Decoded, BinaryError> {
    // NUL and most control bytes below 0x20 never occur in text; tab, line ends, form feed and
    // escape do.
    let binary = |byte: &u8| matches!(byte, 0..=6 | 0x0E..=0x1A | 0x1C..=0x1F);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(BinaryError { at });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text: text.to_owned(), invalid_at: None }),
        Err(error) => {
            let strange = bytes.iter().filter(|byte| binary(byte)).count();
            if strange * 20 > bytes.len() {
                return Err(BinaryError { at: error.valid_up_to() });
            }
            Ok(Decoded {
                text: String::from_utf8_lossy(bytes).into_owned(),
                invalid_at: Some(error.valid_up_to()),
            })
        }
    }
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Decoded, BinaryError> {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut invalid_at = None;
    let units = bytes.chunks(2).map(|pair| match pair {
        [first, second] => unit([*first, *second]),
        _ => 0xFFFD,
    });
    for character in char::decode_utf16(units) {
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        if character == char::REPLACEMENT_CHARACTER && invalid_at.is_none() {
            invalid_at = Some(text.len());
        }
        if character == '\0' {
            return Err(BinaryError { at: text.len() });
        }
        text.push(character);
    }
    Ok(Decoded { text, invalid_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: bool, little: bool) -> Vec<u8> {
        let units = mark.then_some(0xFEFF_u16).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "@startuml\r\n[Käse]\n@enduml\n";
        let plain = Decoded { text: text.to_owned(), invalid_at: None };
        assert_eq!(decode(text.as_bytes()).unwrap(), plain);
        assert_eq!(decode(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap(), plain);
        for mark in [true, false] {
            for little in [true, false] {
                assert_eq!(decode(&utf16(text, mark, little)).unwrap(), plain, "{mark} {little}");
            }
        }
    }

    #[test]
    fn a_file_keeps_its_encoding() {
        let text = "facts: []\r\n# Käse\n";
        let files = [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            utf16(text, true, true),
            utf16(text, true, false),
            utf16(text, false, true),
        ];
        for file in files {
            let new = encode_as(&file, &format!("{text}more\n")).unwrap();
            assert_eq!(new[..file.len()], file);
            assert_eq!(decode(&new).unwrap().text, format!("{text}more\n"));
        }
        assert_eq!(encode_as(b"K\xE4se", "x"), None);
    }

    #[test]
    fn invalid_bytes_are_marked_and_binaries_refused() {
        let decoded = decode(b"[K\xE4se]").unwrap();
        assert_eq!((decoded.text.as_str(), decoded.invalid_at), ("[K\u{FFFD}se]", Some(2)));
        assert_eq!(decode(b"PK\x03\x04\x00\x00abc"), Err(BinaryError { at: 4 }));
        assert!(decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR").is_err());
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
