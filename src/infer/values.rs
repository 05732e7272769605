//! Facts as text: keys and values that properties and the sidecar write.

use crate::model::{FactKey, FactType, FactValue, is_duration};

/// Properties of drawings under other names.
const SYNONYMS: [(&str, &str); 25] = [
    ("env", "environment"),
    ("instances", "replicas"),
    ("count", "replicas"),
    ("classification", "data-class"),
    ("data-classification", "data-class"),
    ("confidentiality", "data-class"),
    ("backups", "backup"),
    ("internet", "internet-facing"),
    ("public", "public-access"),
    ("managed", "vendor-managed"),
    ("encryption", "encrypted"),
    ("auth", "authentication"),
    ("service-account", "runs-as"),
    ("encryption-at-rest", "encrypted-at-rest"),
    ("at-rest-encryption", "encrypted-at-rest"),
    ("mfa", "second-factor"),
    ("2fa", "second-factor"),
    ("multitenant", "multi-tenant"),
    ("rate-limit", "rate-limited"),
    ("ip", "address"),
    ("ip-address", "address"),
    ("cidr", "address"),
    ("subnet", "address"),
    ("hostname", "address"),
    ("fqdn", "address"),
];

/// The fact that a property of a drawing states; `None` when it is none, or holds no value of it.
pub(super) fn of_property(name: &str, value: &str) -> Option<(FactKey, FactValue)> {
    let folded = name.trim().to_lowercase().replace([' ', '_', '.'], "-");
    let word = SYNONYMS.iter().find(|(known, _)| *known == folded).map_or(folded.as_str(), |(_, key)| key);
    let key = FactKey::from_word(word)?;
    Some((key, of_text(key, value)?))
}

/// A value of a fact, as people write it.
pub fn of_text(key: FactKey, text: &str) -> Option<FactValue> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match key.value_type() {
        FactType::Choice(words) => {
            let folded = text.to_lowercase().replace([' ', '_'], "-");
            let folded = match folded.as_str() {
                "true" => "yes",
                "false" => "no",
                "prod" => "production",
                "dev" => "development",
                other => other,
            };
            words.iter().find(|word| **word == folded).map(|word| FactValue::word(*word))
        }
        FactType::Count => {
            let (digits, at_least) = match text.strip_suffix('+') {
                Some(digits) => (digits.trim(), true),
                None => (text, false),
            };
            let count = digits.parse().ok()?;
            Some(if at_least { FactValue::AtLeast(count) } else { FactValue::Count(count) })
        }
        FactType::Text => Some(FactValue::Text(text.to_owned())),
        FactType::Duration => is_duration(text).then(|| FactValue::Text(text.to_owned())),
        FactType::List => {
            let inner = text.trim_start_matches('[').trim_end_matches(']');
            let words: Vec<String> =
                inner.split(',').map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect();
            Some(FactValue::List(words))
        }
    }
}

/// What values a fact may have, for messages.
pub(super) fn expected(key: FactKey) -> String {
    match key.value_type() {
        FactType::Choice(words) => format!("one of {}", words.join(", ")),
        FactType::Count => "a count such as 2, or 2+ for at least 2".to_owned(),
        FactType::Text => "text".to_owned(),
        FactType::Duration => "a time such as 15 min, 4 h or 2 days, or none".to_owned(),
        FactType::List => "a list such as [a, b]".to_owned(),
    }
}
