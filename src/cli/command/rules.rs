//! `planroom rules`, `planroom explain` and `planroom test`.

use anyhow::{Result, bail};

use super::super::args::{Explain, Limit, Rules, RulesFormat, Test};
use super::super::terminal::Terminal;
use super::super::{CLEAN, FOUND};
use super::shared;
use crate::diagnostic::did_you_mean;
use crate::pipeline::{self, Limits, References, RuleCard};

/// Lists the rules.
pub(in crate::cli) fn list(rules: &Rules, terminal: &mut Terminal) -> Result<u8> {
    let text = match rules.format {
        RulesFormat::Json => pipeline::rules_json(&cards(&rules.packs, rules.limit, terminal)?),
        RulesFormat::Text => pipeline::rules_text(&cards(&rules.packs, rules.limit, terminal)?),
        RulesFormat::Markdown => {
            let packs = shared::packs(&rules.packs, rules.limit, terminal)?;
            match pipeline::references(&packs, rules.limit.max_source_bytes)? {
                References::Text(text) => text,
                References::Wrong(sources, told) => {
                    shared::tell(&told, &sources, terminal);
                    bail!("a pack is wrong");
                }
            }
        }
    };
    terminal.print(&text);
    Ok(CLEAN)
}

/// Prints one rule.
pub(in crate::cli) fn explain(explain: &Explain, terminal: &mut Terminal) -> Result<u8> {
    let cards = cards(&explain.packs, explain.limit, terminal)?;
    let Some(card) = cards.iter().find(|card| card.id == explain.rule) else {
        let near = did_you_mean(&explain.rule, cards.iter().map(|card| card.id.as_str()));
        let help = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no rule `{}`{help}; `planroom rules` lists them", explain.rule);
    };
    terminal.print(&pipeline::explain(card));
    Ok(CLEAN)
}

/// Runs the examples of packs.
pub(in crate::cli) fn test(test: &Test, terminal: &mut Terminal) -> Result<u8> {
    let mut code = CLEAN;
    for path in &test.packs {
        let limits = Limits { source: test.limit.max_source_bytes, pack: test.limit.max_pack_bytes };
        let files = pipeline::test_files(path, limits)?;
        shared::passed_over(&files.packs, terminal);
        if files.packs.named.is_empty() {
            bail!("{path}: holds no pack, expected files that end in .yaml");
        }
        match pipeline::test_packs(&files, test.rule.as_deref()) {
            Ok(result) => {
                terminal.print(&result.text());
                code = code.max(if result.faults.is_empty() { CLEAN } else { FOUND });
            }
            Err((sources, told)) => {
                shared::tell(&told, &sources, terminal);
                bail!("{path}: the pack is wrong");
            }
        }
    }
    Ok(code)
}

fn cards(words: &[String], limit: Limit, terminal: &mut Terminal) -> Result<Vec<RuleCard>> {
    let packs = shared::packs(words, limit, terminal)?;
    match pipeline::rules(&packs) {
        Ok(cards) => Ok(cards),
        Err((sources, told)) => {
            shared::tell(&told, &sources, terminal);
            bail!("a pack is wrong");
        }
    }
}
