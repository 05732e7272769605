//! Rule cards in SARIF's words.

use serde_json::{Value, json};

use crate::assessment::{Category, RuleCard, Severity};

/// SARIF's level of a severity.
pub(super) const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// `reportingDescriptor` of a rule.
pub(super) fn describe(rule: &RuleCard) -> Value {
    let mut markdown =
        format!("{}\n\n**What to do.** {}\n\n**How to verify.** {}\n", rule.why, rule.action, rule.verify);
    for source in &rule.sources {
        markdown.push_str(&format!("\n- [{}]({})", source.title, source.url));
    }
    let mut tags = vec![rule.category.word().to_owned(), rule.pack.clone()];
    for ids in rule.maps.values() {
        tags.extend(ids.iter().cloned());
    }
    let mut descriptor = json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {
            "text": format!("{}\n\nWhat to do: {}\n\nHow to verify: {}", rule.why, rule.action, rule.verify),
            "markdown": markdown,
        },
        "defaultConfiguration": {"level": level(rule.severity)},
        "properties": {
            "category": rule.category.word(),
            "severity": rule.severity.word(),
            "pack": rule.pack,
            "tags": tags,
        },
    });
    // Code scanning ranks security results by this number (0.0 to 10.0, as CVSS does).
    if rule.category == Category::Security {
        descriptor["properties"]["security-severity"] = match rule.severity {
            Severity::Critical => "9.5",
            Severity::High => "8.0",
            Severity::Medium => "5.5",
            Severity::Low => "3.0",
            Severity::Info => "0.0",
        }
        .into();
    }
    if let Some(source) = rule.sources.first() {
        descriptor["helpUri"] = source.url.as_str().into();
    }
    descriptor
}
