//! The copy of its source that PlantUML puts into the pictures it draws.

use super::language::PLANTUML;
use super::picture::Embedded;
use crate::source::{Deflated, InflateError, inflate};

/// The diagram in such a copy: the first one, as it was written. A second one after it is the same with its includes
/// carried out; then come lines about the version that drew it. `None` when there is none.
pub(super) fn diagram(copy: &str) -> Option<Embedded> {
    let mut text = String::new();
    for line in copy.lines().skip_while(|line| !line.trim_start().starts_with("@start")) {
        text.push_str(line);
        text.push('\n');
        if line.trim_start().starts_with("@end") {
            break;
        }
    }
    (!text.is_empty()).then_some(Embedded { language: &PLANTUML, text })
}

/// Why an encoded copy cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CopyError {
    /// Not the alphabet, or not a whole number of bytes.
    #[error("byte {0} of the encoded text is none of its alphabet (0-9, A-Z, a-z, `-` and `_`)")]
    Alphabet(usize),
    /// What is encoded cannot be unpacked.
    #[error(transparent)]
    Inflate(#[from] InflateError),
    /// Packed in a way that PlantUML no longer writes.
    #[error("it is packed as `~{0}`, expected deflate")]
    Packing(char),
}

/// The text of an encoded copy, as in the addresses of PlantUML's server: deflate in a base64 of its own.
pub(super) fn decode(encoded: &str, limit: u64) -> Result<String, CopyError> {
    let encoded = encoded.trim();
    let bytes = match encoded.strip_prefix('~').map(|rest| (rest.chars().next(), rest)) {
        None => inflate(&base64(encoded)?, Deflated::Raw, limit)?,
        Some((Some('1'), rest)) => inflate(&base64(&rest[1..])?, Deflated::Raw, limit)?,
        Some((Some('h'), rest)) => hexadecimal(&rest[1..])?,
        Some((packing, _)) => return Err(CopyError::Packing(packing.unwrap_or(' '))),
    };
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn base64(encoded: &str) -> Result<Vec<u8>, CopyError> {
    let mut bytes = Vec::with_capacity(encoded.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for (at, letter) in encoded.bytes().enumerate() {
        let six = match letter {
            b'0'..=b'9' => letter - b'0',
            b'A'..=b'Z' => letter - b'A' + 10,
            b'a'..=b'z' => letter - b'a' + 36,
            b'-' => 62,
            b'_' => 63,
            _ => return Err(CopyError::Alphabet(at)),
        };
        bits = (bits << 6 | u32::from(six)) & 0xFFFF;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held & 0xFF).unwrap_or_default());
        }
    }
    Ok(bytes)
}

fn hexadecimal(encoded: &str) -> Result<Vec<u8>, CopyError> {
    let digit = |(at, letter): (usize, u8)| {
        char::from(letter)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
            .ok_or(CopyError::Alphabet(at))
    };
    let digits: Vec<u8> = encoded.bytes().enumerate().map(digit).collect::<Result<_, _>>()?;
    Ok(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What PlantUML's own documentation encodes as an example: Bob says hello to Alice.
    #[test]
    fn the_example_of_the_documentation_is_decoded() {
        let text = decode("SyfFKj2rKt3CoKnELR1Io4ZDoSa70000", 1_000).unwrap();
        assert_eq!(text.trim(), "Bob -> Alice : hello");
        assert_eq!(decode("~1SyfFKj2rKt3CoKnELR1Io4ZDoSa70000", 1_000).unwrap().trim(), text.trim());
        assert_eq!(decode("~h4a6f", 1_000).unwrap(), "Jo");
    }

    #[test]
    fn damaged_copies_are_refused() {
        assert_eq!(decode("Syf*", 1_000), Err(CopyError::Alphabet(3)));
        assert_eq!(decode("~zSyf", 1_000), Err(CopyError::Packing('z')));
        assert_eq!(decode("SyfFKj2rKt3Co", 1_000), Err(CopyError::Inflate(InflateError::Damaged)));
        assert!(matches!(
            decode("SyfFKj2rKt3CoKnELR1Io4ZDoSa70000", 5),
            Err(CopyError::Inflate(InflateError::TooLarge { .. }))
        ));
    }

    #[test]
    fn only_the_diagram_as_written_is_kept() {
        let copy = "\n@startuml\n!include a.iuml\n@enduml\n\n@startuml\n[A]\n@enduml\n\nPlantUML version 1\n";
        assert_eq!(diagram(copy).unwrap().text, "@startuml\n!include a.iuml\n@enduml\n");
        assert_eq!(diagram("PlantUML version 1"), None);
    }
}
