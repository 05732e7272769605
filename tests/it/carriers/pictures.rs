//! PNG and SVG: the text that PlantUML and draw.io keep in them, and every kind of damage.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use planroom::carriers::picture;

const LIMIT: u64 = 1 << 20;
const DIAGRAM: &str = "@startuml\n[Käse] --> [Brot] : HTTPS\n@enduml\n";
const DRAWING: &str = "<mxfile><diagram name=\"a &amp; b\"><mxGraphModel/></diagram></mxfile>";

fn zlib(text: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn deflate(text: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(kind);
    sum.update(data);
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    [&length[..], kind, data, &sum.sum().to_be_bytes()].concat()
}

/// A picture of one pixel with these chunks.
pub(super) fn png(chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]));
    for (kind, data) in chunks {
        bytes.extend(chunk(kind, data));
    }
    bytes.extend(chunk(b"IDAT", &zlib(&[0, 0])));
    bytes.extend(chunk(b"IEND", &[]));
    bytes
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}

/// PlantUML's own form of an encoded text.
fn encoded(text: &str) -> String {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
    let mut out = String::new();
    for three in deflate(text.as_bytes()).chunks(3) {
        let whole =
            three.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in (0..4).rev() {
            out.push(char::from(LETTERS[(whole >> (6 * at) & 63) as usize]));
        }
    }
    out
}

fn source(name: &str, bytes: &[u8]) -> Result<Option<(&'static str, String)>, String> {
    let found = picture(name).expect("the name is that of a picture").source(bytes, LIMIT);
    found
        .map(|found| found.map(|found| (found.language.name, found.text)))
        .map_err(|damage| damage.to_string())
}

#[test]
fn every_chunk_of_text_gives_the_source() {
    let copy = format!("{DIAGRAM}\nPlantUML version 1.2024\n");
    let copy = copy.as_bytes();
    let written: [(&[u8; 4], Vec<u8>); 4] = [
        (b"tEXt", [b"plantuml\0", copy].concat()),
        (b"zTXt", [b"plantuml\0\0".to_vec(), zlib(copy)].concat()),
        (b"iTXt", [b"plantuml\0\0\0\0\0", copy].concat()),
        (b"iTXt", [b"plantuml\0\x01\0en\0\0".to_vec(), zlib(copy)].concat()),
    ];
    for chunk in written {
        let other = (b"tEXt", b"Software\0a tool".to_vec());
        let found = source("a.png", &png(&[other, chunk])).unwrap();
        assert_eq!(found, Some(("PlantUML", DIAGRAM.to_owned())));
    }
    let plus = escaped(DRAWING).replace("%20", "+");
    let drawn: [(&[u8; 4], Vec<u8>); 4] = [
        (b"tEXt", [b"mxfile\0", escaped(DRAWING).as_bytes()].concat()),
        (b"tEXt", [b"mxGraphModel\0", DRAWING.as_bytes()].concat()),
        (b"zTXt", [b"mxGraphModel\0\0".to_vec(), deflate(plus.as_bytes())].concat()),
        (b"zTXt", [b"mxfile\0\0".to_vec(), zlib(escaped(DRAWING).as_bytes())].concat()),
    ];
    for chunk in drawn {
        assert_eq!(source("a.drawio.png", &png(&[chunk])).unwrap(), Some(("draw.io", DRAWING.to_owned())));
    }
    assert_eq!(source("a.png", &png(&[])).unwrap(), None);
}

#[test]
fn every_form_in_svg_gives_the_source() {
    let svg =
        |inside: &str| format!("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width='1'>{inside}<g/></svg>");
    let hyphens = DIAGRAM.replace("--", "- -");
    let pictures = [
        svg(&format!("<?plantuml 1.2025?><?plantuml-src {}?>", encoded(DIAGRAM))),
        svg(&format!("<!--SRC=[{}]-->", encoded("[Käse] --> [Brot] : HTTPS").replace("--", "- -"))),
        svg(&format!("<!--MD5=[00ff]\n{hyphens}\nPlantUML version 1-->")),
    ];
    for text in pictures {
        assert_eq!(
            source("a.svg", text.as_bytes()).unwrap(),
            Some(("PlantUML", DIAGRAM.to_owned())),
            "{text}"
        );
    }
    let content =
        DRAWING.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    for text in [
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" content=\"{content}\"><g/></svg>"),
        format!("<svg content='{content}'/>"),
        format!("<svg content='{}'/>", escaped(DRAWING)),
    ] {
        assert_eq!(
            source("a.svg", text.as_bytes()).unwrap(),
            Some(("draw.io", DRAWING.to_owned())),
            "{text}"
        );
    }
    for text in [
        "<svg/>",
        "<svg content=''/>",
        "<svg content='chart'><!-- a comment --><![CDATA[<?plantuml-src x?>]]></svg>",
    ] {
        assert_eq!(source("a.svg", text.as_bytes()).unwrap(), None, "{text}");
    }
}

#[test]
fn damage_is_told_with_its_place() {
    let sound = png(&[(b"zTXt", [b"plantuml\0\0".to_vec(), zlib(DIAGRAM.as_bytes())].concat())]);
    let mut broken = sound.clone();
    broken[60] ^= 1;
    let mut huge = sound.clone();
    huge[33..37].copy_from_slice(&[0xFF; 4]);
    let bomb = png(&[(b"zTXt", [b"plantuml\0\0".to_vec(), zlib(&vec![b'a'; 2 << 20])].concat())]);
    let packed = png(&[(b"zTXt", b"plantuml\0\0no deflate".to_vec())]);
    let prose = png(&[(b"tEXt", b"plantuml\0prose".to_vec())]);
    let cases: [(&str, &[u8], &str); 11] = [
        ("a.png", b"GIF89a", "byte 0: this is no PNG picture: its first 8 bytes are none of one"),
        ("a.png", &broken, "chunk `zTXt` at byte 33: its checksum does not match: the chunk is damaged"),
        ("a.png", &huge, "byte 33: the chunk says that it has 4294967295 bytes"),
        ("a.png", &bomb, "chunk `zTXt` at byte 33: it unpacks to more than 1048576 bytes"),
        ("a.png", &packed, "chunk `zTXt` at byte 33: its compressed text is cut or damaged"),
        ("a.png", &prose, "chunk `tEXt` at byte 33: it holds no @start line, expected a diagram"),
        ("a.png", &sound[..40], "byte 33: the picture is cut here"),
        ("a.svg", b"<html></html>", "line 1: this is no SVG picture: it has no `<svg>`"),
        ("a.svg", b"\n<svg content='<mxfile", "line 2: the picture is cut within its first tag"),
        (
            "a.svg",
            b"<svg>\n\n<?plantuml-src So*?>",
            "line 3: the source that PlantUML put here cannot be read: byte 2",
        ),
        ("a.svg", b"<svg><?plantuml-src SoWkIImgAS?></svg>", "its compressed text is cut or damaged"),
    ];
    for (name, bytes, says) in cases {
        let told = source(name, bytes).expect_err(says);
        assert!(told.contains(says), "{told}\n  expected {says}");
    }
}

/// Cut or changed at any place, a picture is read or refused, and never more.
#[test]
fn no_damage_is_too_much() {
    let sound = png(&[(b"iTXt", [b"plantuml\0\x01\0en\0\0".to_vec(), zlib(DIAGRAM.as_bytes())].concat())]);
    for at in 0..sound.len() {
        let _ = source("a.png", &sound[..at]);
        let mut changed = sound.clone();
        changed[at] = !changed[at];
        let _ = source("a.png", &changed);
    }
    let svg =
        format!("<svg content=\"&lt;mxfile&#x3e;\"><!--SRC=[{}]--><?plantuml-src?></svg>", encoded(DIAGRAM));
    for at in 0..svg.len() {
        let _ = source("a.svg", &svg.as_bytes()[..at]);
    }
    for text in
        ["<".repeat(1 << 20), "<!--".repeat(1 << 18), "<svg><?".repeat(1 << 17), "<svg a='".repeat(1 << 17)]
    {
        let start = std::time::Instant::now();
        let _ = source("a.svg", text.as_bytes());
        assert!(start.elapsed().as_secs() < 10);
    }
}
