//! Writes the table of advance widths, `src/text/advances.rs`, from the files in `assets/fonts/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, Tag};

/// Subsets in the order of trust: the first that has a character tells its width.
const SUBSETS: [&str; 4] = ["latin", "latin-ext", "greek", "cyrillic"];

/// Constant of the table and weight in the file name.
const WEIGHTS: [(&str, u16); 2] = [("REGULAR", 400), ("SEMIBOLD", 600)];

/// Kerning below this many 1/1000 em is not kept: a tenth of a pixel in a picture.
const LEAST_KERNING: i32 = 8;

/// Entries in one line of the table.
const PER_LINE: usize = 24;

/// Widths and kerning of one weight, in 1/1000 em.
struct Metrics {
    advances: BTreeMap<u32, i32>,
    kerning: BTreeMap<(char, char), i32>,
}

/// Writes the table.
pub(crate) fn write() -> Result<()> {
    let path = root().join("src/text/advances.rs");
    std::fs::write(&path, table()?).with_context(|| format!("cannot write {}", path.display()))
}

/// The table's source text.
pub(crate) fn table() -> Result<String> {
    let mut out = String::from(
        "//! Advance widths and kerning of the bundled font, in 1/1000 em.\n//!\n\
         //! Written by `cargo xtask font-table` from `assets/fonts/`; not edited by hand.\n\n\
         use super::metrics::Metrics;\n",
    );
    for (name, weight) in WEIGHTS {
        let metrics = measure(weight)?;
        write_metrics(&mut out, name, weight, &metrics)?;
    }
    Ok(out)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn measure(weight: u16) -> Result<Metrics> {
    let mut advances = BTreeMap::new();
    let mut kerning = BTreeMap::new();
    for subset in SUBSETS {
        let path = root().join(format!("assets/fonts/inter-{subset}-{weight}.woff2"));
        let packed = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let bytes =
            wuff::decompress_woff2(&packed).map_err(|error| anyhow!("{}: {error:?}", path.display()))?;
        let face = Face::parse(&bytes, 0).with_context(|| path.display().to_string())?;
        for (character, glyph) in characters(&face) {
            let advance = face.glyph_hor_advance(glyph).unwrap_or_default();
            advances.entry(character).or_insert_with(|| mille(i32::from(advance), &face));
        }
        if subset == "latin" {
            kerning = pairs(&face);
        }
    }
    Ok(Metrics { advances, kerning })
}

fn mille(units: i32, face: &Face<'_>) -> i32 {
    let em = i32::from(face.units_per_em());
    (units * 2000 + em * units.signum()).div_euclid(2 * em)
}

fn characters(face: &Face<'_>) -> BTreeMap<u32, GlyphId> {
    let mut found = BTreeMap::new();
    let subtables = face.tables().cmap.map(|cmap| cmap.subtables).into_iter().flatten();
    for subtable in subtables.filter(|subtable| subtable.is_unicode()) {
        subtable.codepoints(|code| {
            if let Some(glyph) = subtable.glyph_index(code).filter(|_| code >= 0x20) {
                found.insert(code, glyph);
            }
        });
    }
    found
}

/// Kerning between printable ASCII characters.
fn pairs(face: &Face<'_>) -> BTreeMap<(char, char), i32> {
    let Some(gpos) = face.tables().gpos else { return BTreeMap::new() };
    let mut lookups: Vec<u16> = Vec::new();
    for feature in gpos.features.into_iter().filter(|feature| feature.tag == Tag::from_bytes(b"kern")) {
        lookups.extend(feature.lookup_indices);
    }
    lookups.sort_unstable();
    lookups.dedup();
    let mut found = BTreeMap::new();
    for left in ' '..='~' {
        for right in ' '..='~' {
            let (Some(first), Some(second)) = (face.glyph_index(left), face.glyph_index(right)) else {
                continue;
            };
            let units: i32 = lookups
                .iter()
                .filter_map(|index| gpos.lookups.get(*index))
                .filter_map(|lookup| {
                    lookup
                        .subtables
                        .into_iter::<PositioningSubtable<'_>>()
                        .find_map(|subtable| pair(&subtable, first, second))
                })
                .sum();
            let kerning = mille(units, face);
            if kerning.abs() >= LEAST_KERNING {
                found.insert((left, right), kerning);
            }
        }
    }
    found
}

/// What a subtable says of a pair; `None` when it does not cover it.
fn pair(subtable: &PositioningSubtable<'_>, first: GlyphId, second: GlyphId) -> Option<i32> {
    let PositioningSubtable::Pair(adjustment) = subtable else { return None };
    let index = adjustment.coverage().get(first)?;
    let (value, _) = match adjustment {
        PairAdjustment::Format1 { sets, .. } => sets.get(index)?.get(second)?,
        PairAdjustment::Format2 { classes, matrix, .. } => {
            matrix.get((classes.0.get(first), classes.1.get(second)))?
        }
    };
    Some(i32::from(value.x_advance))
}

fn write_metrics(out: &mut String, name: &str, weight: u16, metrics: &Metrics) -> Result<()> {
    writeln!(
        out,
        "\n/// Weight {weight}.\n#[rustfmt::skip]\npub(super) static {name}: Metrics = Metrics {{"
    )?;
    writeln!(out, "    runs: &[")?;
    let codes: Vec<(u32, i32)> = metrics.advances.iter().map(|(code, advance)| (*code, *advance)).collect();
    for run in codes.chunk_by(|left, right| left.0 + 1 == right.0) {
        writeln!(out, "        (0x{:X}, &[", run[0].0)?;
        for line in run.chunks(PER_LINE) {
            let words: Vec<String> = line.iter().map(|(_, advance)| advance.to_string()).collect();
            writeln!(out, "            {},", words.join(", "))?;
        }
        writeln!(out, "        ]),")?;
    }
    writeln!(out, "    ],\n    kerning: &[")?;
    let pairs: Vec<(char, char, i32)> =
        metrics.kerning.iter().map(|((left, right), kerning)| (*left, *right, *kerning)).collect();
    for group in pairs.chunk_by(|left, right| left.0 == right.0) {
        let mut by_value: BTreeMap<i32, String> = BTreeMap::new();
        for (_, right, kerning) in group {
            by_value.entry(*kerning).or_default().push(*right);
        }
        let words: Vec<String> =
            by_value.iter().map(|(kerning, rights)| format!("({kerning}, {rights:?})")).collect();
        writeln!(out, "        ({:?}, &[{}]),", group[0].0, words.join(", "))?;
    }
    writeln!(out, "    ],\n}};")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_committed_table_is_that_of_the_font() {
        let committed = std::fs::read_to_string(super::root().join("src/text/advances.rs")).unwrap();
        assert_eq!(committed, super::table().unwrap(), "run `cargo xtask font-table`");
    }
}
