//! PNG: chunks of text, in which PlantUML and draw.io keep the source.

use percent_encoding::percent_decode_str;

use super::language::DRAWIO;
use super::picture::{Damage, Embedded, Picture};
use super::plantuml_copy;
use crate::readers::reader::Format;
use crate::source::{Deflated, inflate};

/// PNG pictures.
#[derive(Debug)]
pub(super) struct Png;

static FORMAT: Format = Format {
    id: "png",
    name: "PNG",
    extensions: &["png"],
    home: "https://www.w3.org/TR/png-3/",
    reads: "the source that PlantUML and draw.io keep in pictures they export",
};

const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Picture for Png {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn source(&self, bytes: &[u8], limit: u64) -> Result<Option<Embedded>, Damage> {
        let Some(mut rest) = bytes.strip_prefix(SIGNATURE) else {
            let what = "this is no PNG picture: its first 8 bytes are none of one";
            return Err(Damage { place: "byte 0".to_owned(), what: what.to_owned() });
        };
        while !rest.is_empty() {
            let at = bytes.len() - rest.len();
            let (chunk, after) = Chunk::take(rest, at)?;
            if chunk.kind == *b"IEND" {
                break;
            }
            if let Some(found) = chunk.source(limit).transpose()? {
                return Ok(Some(found));
            }
            rest = after;
        }
        Ok(None)
    }
}

/// One chunk.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    sum: [u8; 4],
    at: usize,
}

impl<'a> Chunk<'a> {
    /// The chunk at the beginning of `rest`, which is byte `at` of the file, and what follows it.
    fn take(rest: &'a [u8], at: usize) -> Result<(Self, &'a [u8]), Damage> {
        let cut = |what: String| Damage { place: format!("byte {at}"), what };
        let (length, after) =
            rest.split_first_chunk::<4>().ok_or_else(|| cut("the picture is cut here".to_owned()))?;
        let (kind, after) =
            after.split_first_chunk::<4>().ok_or_else(|| cut("the picture is cut here".to_owned()))?;
        let length = u32::from_be_bytes(*length) as usize;
        let (data, after) = after.split_at_checked(length).ok_or_else(|| {
            cut(format!("the chunk says that it has {length} bytes, and {} are left", after.len()))
        })?;
        let (sum, after) =
            after.split_first_chunk::<4>().ok_or_else(|| cut("the picture is cut here".to_owned()))?;
        Ok((Self { kind: *kind, data, sum: *sum, at }, after))
    }

    fn damage(&self, what: impl Into<String>) -> Damage {
        let kind = String::from_utf8_lossy(&self.kind);
        Damage { place: format!("chunk `{kind}` at byte {}", self.at), what: what.into() }
    }

    /// The source, when this is a chunk of text whose keyword says that it holds one.
    fn source(&self, limit: u64) -> Option<Result<Embedded, Damage>> {
        if !matches!(&self.kind, b"tEXt" | b"zTXt" | b"iTXt") {
            return None;
        }
        let end = self.data.iter().take(80).position(|byte| *byte == 0)?;
        let (keyword, value) = (&self.data[..end], &self.data[end + 1..]);
        let is_drawio = matches!(keyword, b"mxfile" | b"mxGraphModel");
        if keyword != b"plantuml" && !is_drawio {
            return None;
        }
        let text = self.sound().and_then(|()| self.text(value, is_drawio, limit));
        Some(text.and_then(|text| {
            if text.trim().is_empty() {
                return Err(self.damage("it is empty, expected the source of the picture"));
            }
            if is_drawio {
                return Ok(Embedded { language: &DRAWIO, text: unescaped(&text) });
            }
            plantuml_copy::diagram(&text)
                .ok_or_else(|| self.damage("it holds no @start line, expected a diagram"))
        }))
    }

    fn text(&self, value: &[u8], is_drawio: bool, limit: u64) -> Result<String, Damage> {
        let unpacked = |packed: &[u8], form| {
            inflate(packed, form, limit).map_err(|error| self.damage(error.to_string()))
        };
        let bytes = match &self.kind {
            b"zTXt" => {
                let packed = value.get(1..).unwrap_or_default();
                // draw.io once left out the head that zlib has.
                match unpacked(packed, Deflated::Zlib) {
                    Err(_) if is_drawio => unpacked(packed, Deflated::Raw)?,
                    other => other?,
                }
            }
            b"iTXt" => {
                let [flag, _, rest @ ..] = value else { return Err(self.damage("it is cut")) };
                let mut parts = rest.splitn(3, |byte| *byte == 0);
                let text = parts.nth(2).ok_or_else(|| self.damage("it is cut"))?;
                if *flag == 0 { text.to_vec() } else { unpacked(text, Deflated::Zlib)? }
            }
            _ => value.to_vec(),
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether the checksum is that of the chunk.
    fn sound(&self) -> Result<(), Damage> {
        let mut sum = flate2::Crc::new();
        sum.update(&self.kind);
        sum.update(self.data);
        if sum.sum() == u32::from_be_bytes(self.sum) {
            return Ok(());
        }
        Err(self.damage("its checksum does not match: the chunk is damaged"))
    }
}

/// draw.io escapes its XML as in addresses; some versions wrote `+` for a blank.
fn unescaped(text: &str) -> String {
    let text = text.trim();
    if text.starts_with('<') {
        return text.to_owned();
    }
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}
