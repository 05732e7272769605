//! `planroom rules` and `planroom explain`.

use anyhow::{Result, bail};

use super::super::CLEAN;
use super::super::args::{Explain, Rules, TextFormat};
use super::super::terminal::Terminal;
use super::shared;
use crate::diagnostic::did_you_mean;
use crate::pipeline::{self, RuleCard};

/// Lists the rules.
pub(in crate::cli) fn list(rules: &Rules, terminal: &mut Terminal) -> Result<u8> {
    let cards = cards(&rules.packs, rules.limit.max_source_bytes, terminal)?;
    match rules.format {
        TextFormat::Json => terminal.print(&pipeline::rules_json(&cards)),
        TextFormat::Text => terminal.print(&pipeline::rules_text(&cards)),
    }
    Ok(CLEAN)
}

/// Prints one rule.
pub(in crate::cli) fn explain(explain: &Explain, terminal: &mut Terminal) -> Result<u8> {
    let cards = cards(&explain.packs, explain.limit.max_source_bytes, terminal)?;
    let Some(card) = cards.iter().find(|card| card.id == explain.rule) else {
        let near = did_you_mean(&explain.rule, cards.iter().map(|card| card.id.as_str()));
        let help = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
        bail!("there is no rule `{}`{help}; `planroom rules` lists them", explain.rule);
    };
    terminal.print(&pipeline::explain(card));
    Ok(CLEAN)
}

fn cards(files: &[String], limit: u64, terminal: &mut Terminal) -> Result<Vec<RuleCard>> {
    let packs = shared::packs(files, limit)?;
    match pipeline::rules(&packs) {
        Ok(cards) => Ok(cards),
        Err((sources, told)) => {
            shared::tell(&told, &sources, terminal);
            bail!("a pack is wrong");
        }
    }
}
