//! Short remarks in the words of a box, a line or the note beside it: "no backup", "restore never
//! tested", "anonymous access", "personal data". Counts and failover are those of `words`.
//!
//! A remark is a clause of few words that holds a known phrase. A longer sentence tells a story, and a
//! hedged one ("should be backed up") is no statement about the system; both say nothing here.

use std::collections::BTreeMap;

use crate::catalog::{Word, words};
use crate::model::{ElementId, ElementKind, Fact, FactKey, FactValue, Facts, Model, Origin, RelationId};
use crate::source::Place;

/// Words of a clause beyond which it is prose.
const LONGEST: usize = 9;

/// A phrase, the fact that it states, and its value. Of a fact's phrases the first that is found counts, so
/// denials stand before what they deny.
type Remark = (&'static str, FactKey, &'static str);

#[rustfmt::skip]
const REMARKS: &[Remark] = &[
    ("no backup", FactKey::Backup, "no"),
    ("no backups", FactKey::Backup, "no"),
    ("without backup", FactKey::Backup, "no"),
    ("without a backup", FactKey::Backup, "no"),
    ("without backups", FactKey::Backup, "no"),
    ("not backed up", FactKey::Backup, "no"),
    ("never backed up", FactKey::Backup, "no"),
    ("backed up", FactKey::Backup, "yes"),
    ("nightly backup", FactKey::Backup, "yes"),
    ("nightly backups", FactKey::Backup, "yes"),
    ("daily backup", FactKey::Backup, "yes"),
    ("daily backups", FactKey::Backup, "yes"),
    ("hourly backup", FactKey::Backup, "yes"),
    ("hourly backups", FactKey::Backup, "yes"),
    ("weekly backup", FactKey::Backup, "yes"),
    ("weekly backups", FactKey::Backup, "yes"),
    ("backup every night", FactKey::Backup, "yes"),
    ("backup nightly", FactKey::Backup, "yes"),
    ("backup daily", FactKey::Backup, "yes"),
    ("point in time recovery", FactKey::Backup, "yes"),
    ("restore never tested", FactKey::RestoreTested, "no"),
    ("restores never tested", FactKey::RestoreTested, "no"),
    ("restore was never tested", FactKey::RestoreTested, "no"),
    ("restore not tested", FactKey::RestoreTested, "no"),
    ("restore untested", FactKey::RestoreTested, "no"),
    ("untested restore", FactKey::RestoreTested, "no"),
    ("no restore test", FactKey::RestoreTested, "no"),
    ("never restored", FactKey::RestoreTested, "no"),
    ("restore tested", FactKey::RestoreTested, "yes"),
    ("restores tested", FactKey::RestoreTested, "yes"),
    ("restore was tested", FactKey::RestoreTested, "yes"),
    ("failover never tested", FactKey::FailoverTested, "no"),
    ("failover not tested", FactKey::FailoverTested, "no"),
    ("failover tested", FactKey::FailoverTested, "yes"),
    ("anonymous access disabled", FactKey::AuthenticationRequired, "yes"),
    ("anonymous access denied", FactKey::AuthenticationRequired, "yes"),
    ("anonymous access off", FactKey::AuthenticationRequired, "yes"),
    ("no anonymous access", FactKey::AuthenticationRequired, "yes"),
    ("anonymous access", FactKey::AuthenticationRequired, "no"),
    ("anonymous login", FactKey::AuthenticationRequired, "no"),
    ("anonymous read", FactKey::AuthenticationRequired, "no"),
    ("no authentication", FactKey::AuthenticationRequired, "no"),
    ("without authentication", FactKey::AuthenticationRequired, "no"),
    ("no password", FactKey::AuthenticationRequired, "no"),
    ("without password", FactKey::AuthenticationRequired, "no"),
    ("without a password", FactKey::AuthenticationRequired, "no"),
    ("authentication required", FactKey::AuthenticationRequired, "yes"),
    ("requires authentication", FactKey::AuthenticationRequired, "yes"),
    ("password required", FactKey::AuthenticationRequired, "yes"),
    ("on one host", FactKey::Spread, "one-host"),
    ("on a single host", FactKey::Spread, "one-host"),
    ("on the same host", FactKey::Spread, "one-host"),
    ("on one physical host", FactKey::Spread, "one-host"),
    ("on the same hypervisor", FactKey::Spread, "one-host"),
    ("on one hypervisor", FactKey::Spread, "one-host"),
    ("across availability zones", FactKey::Spread, "zones"),
    ("across zones", FactKey::Spread, "zones"),
    ("across two zones", FactKey::Spread, "zones"),
    ("across three zones", FactKey::Spread, "zones"),
    ("across sites", FactKey::Spread, "sites"),
    ("across two sites", FactKey::Spread, "sites"),
    ("no public endpoint", FactKey::PublicAccess, "no"),
    ("no public access", FactKey::PublicAccess, "no"),
    ("not public", FactKey::PublicAccess, "no"),
    ("private endpoint", FactKey::PublicAccess, "no"),
    ("public endpoint", FactKey::PublicAccess, "yes"),
    ("publicly readable", FactKey::PublicAccess, "yes"),
    ("publicly accessible", FactKey::PublicAccess, "yes"),
    ("public bucket", FactKey::PublicAccess, "yes"),
    ("not encrypted at rest", FactKey::EncryptedAtRest, "no"),
    ("unencrypted at rest", FactKey::EncryptedAtRest, "no"),
    ("no encryption at rest", FactKey::EncryptedAtRest, "no"),
    ("encrypted at rest", FactKey::EncryptedAtRest, "yes"),
    ("encryption at rest", FactKey::EncryptedAtRest, "yes"),
    ("disk encryption", FactKey::EncryptedAtRest, "yes"),
    ("transparent data encryption", FactKey::EncryptedAtRest, "yes"),
    ("not monitored", FactKey::Monitored, "no"),
    ("no monitoring", FactKey::Monitored, "no"),
    ("without monitoring", FactKey::Monitored, "no"),
    ("unmonitored", FactKey::Monitored, "no"),
    ("monitored", FactKey::Monitored, "yes"),
    ("no witness", FactKey::Witness, "no"),
    ("without witness", FactKey::Witness, "no"),
    ("without a witness", FactKey::Witness, "no"),
    ("with witness", FactKey::Witness, "yes"),
    ("with a witness", FactKey::Witness, "yes"),
    ("cloud witness", FactKey::Witness, "yes"),
    ("file share witness", FactKey::Witness, "yes"),
    ("quorum witness", FactKey::Witness, "yes"),
    ("no dead letter queue", FactKey::DeadLetter, "no"),
    ("no dlq", FactKey::DeadLetter, "no"),
    ("without dead letter queue", FactKey::DeadLetter, "no"),
    ("dead letter queue", FactKey::DeadLetter, "yes"),
    ("dlq", FactKey::DeadLetter, "yes"),
    ("no fallback", FactKey::Fallback, "no"),
    ("without fallback", FactKey::Fallback, "no"),
    ("no waf", FactKey::Waf, "none"),
    ("without waf", FactKey::Waf, "none"),
    ("without a waf", FactKey::Waf, "none"),
    ("no rate limit", FactKey::RateLimited, "no"),
    ("no rate limits", FactKey::RateLimited, "no"),
    ("no rate limiting", FactKey::RateLimited, "no"),
    ("rate limited", FactKey::RateLimited, "yes"),
    ("rate limiting", FactKey::RateLimited, "yes"),
    ("limits rates", FactKey::RateLimited, "yes"),
    ("throttled", FactKey::RateLimited, "yes"),
    ("shared account", FactKey::ServiceAccount, "shared"),
    ("shared service account", FactKey::ServiceAccount, "shared"),
    ("emptydir", FactKey::Storage, "local"),
    ("ephemeral storage", FactKey::Storage, "local"),
    ("ephemeral disk", FactKey::Storage, "local"),
    ("instance store", FactKey::Storage, "local"),
    // Affinity alone does not say where the state is.
    ("sessions in memory", FactKey::SessionState, "in-process"),
    ("in memory sessions", FactKey::SessionState, "in-process"),
    ("in process sessions", FactKey::SessionState, "in-process"),
    ("shared session store", FactKey::SessionState, "shared"),
    ("no timeout", FactKey::Timeout, "no"),
    ("without timeout", FactKey::Timeout, "no"),
    ("without a timeout", FactKey::Timeout, "no"),
    ("with timeout", FactKey::Timeout, "yes"),
    ("with a timeout", FactKey::Timeout, "yes"),
    ("no retries", FactKey::Retries, "no"),
    ("without retries", FactKey::Retries, "no"),
    ("with retries", FactKey::Retries, "yes"),
    ("no agreement", FactKey::TransferBasis, "no"),
    ("without agreement", FactKey::TransferBasis, "no"),
    ("without an agreement", FactKey::TransferBasis, "no"),
    ("processor agreement", FactKey::TransferBasis, "yes"),
    ("processing agreement", FactKey::TransferBasis, "yes"),
    ("unmasked", FactKey::Masked, "no"),
    ("not masked", FactKey::Masked, "no"),
    ("masked", FactKey::Masked, "yes"),
    ("anonymized", FactKey::Masked, "yes"),
    ("pseudonymized", FactKey::Masked, "yes"),
    ("waits for the answer", FactKey::Coupling, "sync"),
    ("waits for the reply", FactKey::Coupling, "sync"),
    ("no personal data", FactKey::DataTags, ""),
    ("without personal data", FactKey::DataTags, ""),
    ("no card data", FactKey::DataTags, ""),
    ("personal data", FactKey::DataTags, "pii"),
    ("personally identifiable", FactKey::DataTags, "pii"),
    ("names and addresses", FactKey::DataTags, "pii"),
    ("patient data", FactKey::DataTags, "phi"),
    ("patient records", FactKey::DataTags, "phi"),
    ("health data", FactKey::DataTags, "phi"),
    ("health records", FactKey::DataTags, "phi"),
    ("medical records", FactKey::DataTags, "phi"),
    ("card data", FactKey::DataTags, "pci"),
    ("card numbers", FactKey::DataTags, "pci"),
    ("cardholder data", FactKey::DataTags, "pci"),
];

/// Words that make a clause a wish, a condition or a plan.
const HEDGES: [&str; 16] = [
    "should",
    "must",
    "could",
    "might",
    "can",
    "will",
    "would",
    "shall",
    "if",
    "unless",
    "todo",
    "tbd",
    "planned",
    "recommended",
    "optional",
    "or",
];

/// Fills what remarks state.
pub(super) fn fill(model: &mut Model) {
    let mut beside: BTreeMap<ElementId, Vec<(String, Place)>> = BTreeMap::new();
    let mut on: BTreeMap<RelationId, Vec<(String, Place)>> = BTreeMap::new();
    for note in model.views.iter().flat_map(|view| &view.notes) {
        if let Some(id) = &note.element {
            beside.entry(id.clone()).or_default().push((note.text.clone(), note.place));
        }
        if let Some(id) = &note.relation {
            on.entry(id.clone()).or_default().push((note.text.clone(), note.place));
        }
    }
    for element in model.elements.values_mut() {
        if matches!(element.kind, ElementKind::Person | ElementKind::Zone | ElementKind::Boundary) {
            continue;
        }
        let place = element.origins.first().copied();
        let own = std::iter::once(&element.name)
            .chain(&element.description)
            .chain(element.technologies.iter().map(|technology| &technology.written))
            .chain(&element.stereotypes)
            .chain(&element.tags);
        let own = own.map(|text| (text.clone(), place));
        let notes = beside.remove(&element.id).unwrap_or_default();
        let texts: Vec<(String, Option<Place>)> =
            own.chain(notes.into_iter().map(|(text, place)| (text, Some(place)))).collect();
        state(&mut element.facts, &texts, |key| !matches!(key.subject(), crate::model::Subject::Relation));
    }
    for relation in model.relations.values_mut() {
        let place = relation.origins.first().copied();
        let own =
            relation.label.iter().chain(relation.technologies.iter().map(|technology| &technology.written));
        let own = own.map(|text| (text.clone(), place));
        let notes = on.remove(&relation.id).unwrap_or_default();
        let texts: Vec<(String, Option<Place>)> =
            own.chain(notes.into_iter().map(|(text, place)| (text, Some(place)))).collect();
        let of_relation = |key: FactKey| {
            matches!(key.subject(), crate::model::Subject::Relation | crate::model::Subject::Both)
        };
        state(&mut relation.facts, &texts, of_relation);
    }
}

/// Adds what the texts state and nothing as strong has said.
fn state(facts: &mut Facts, texts: &[(String, Option<Place>)], takes: impl Fn(FactKey) -> bool) {
    for (text, place) in texts {
        for clause in text.split(['.', ';', ',', '\n', '(', ')', ':', '|']) {
            for (key, value, written) in remarks(clause) {
                if takes(key) && facts.at_least(key, Origin::Stated).is_none() {
                    let why = format!("the words \"{written}\"");
                    facts.add(Fact::because(key, value, Origin::Stated, *place, why));
                }
            }
        }
    }
}

/// What a clause states: of each fact, the first phrase.
fn remarks(clause: &str) -> Vec<(FactKey, FactValue, String)> {
    let parts = words(clause);
    if parts.len() > LONGEST || (0..parts.len()).any(|at| hedges(&parts, at)) {
        return Vec::new();
    }
    let mut found: Vec<(FactKey, FactValue, String)> = Vec::new();
    for (phrase, key, value) in REMARKS {
        if found.iter().any(|(known, ..)| known == key) {
            continue;
        }
        let Some(written) = written(clause, &parts, phrase) else { continue };
        let value = if *key == FactKey::DataTags {
            FactValue::List(
                Some(*value).filter(|tag| !tag.is_empty()).map(str::to_owned).into_iter().collect(),
            )
        } else {
            FactValue::word(*value)
        };
        found.push((*key, value, written));
    }
    // "No personal data" only keeps the other phrases from speaking.
    found.retain(|(_, value, _)| *value != FactValue::List(Vec::new()));
    found
}

/// Whether a word makes the clause a wish; "in May" is a month.
fn hedges(parts: &[Word], at: usize) -> bool {
    let month = || at > 0 && matches!(parts[at - 1].text.as_str(), "in" | "of" | "since" | "last" | "on");
    match parts[at].text.as_str() {
        "may" => !month(),
        word => HEDGES.contains(&word),
    }
}

/// The author's words where a phrase stands.
fn written(clause: &str, parts: &[Word], phrase: &str) -> Option<String> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let window = parts
        .windows(wanted.len())
        .find(|window| window.iter().zip(&wanted).all(|(word, wanted)| word.text == *wanted))?;
    Some(clause[window[0].start..window[window.len() - 1].end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_state_and_wishes_do_not() {
        let table: &[(&str, &[(FactKey, &str)])] = &[
            ("no backup", &[(FactKey::Backup, "no")]),
            ("Nightly backup to tape", &[(FactKey::Backup, "yes")]),
            ("Restore never tested", &[(FactKey::RestoreTested, "no")]),
            ("Restore tested in May", &[(FactKey::RestoreTested, "yes")]),
            ("should be backed up", &[]),
            ("backed up if the customer wants it", &[]),
            ("no anonymous access", &[(FactKey::AuthenticationRequired, "yes")]),
            ("anonymous access allowed", &[(FactKey::AuthenticationRequired, "no")]),
            ("no password set", &[(FactKey::AuthenticationRequired, "no")]),
            ("3 brokers on one host", &[(FactKey::Spread, "one-host")]),
            ("two nodes with no witness", &[(FactKey::Witness, "no")]),
            ("dead-letter queue", &[(FactKey::DeadLetter, "yes")]),
            ("Personal data", &[(FactKey::DataTags, "pii")]),
            ("no personal data", &[]),
            ("Backup server", &[]),
            ("Monitoring", &[]),
            ("The team that runs this keeps a nightly backup of the old system somewhere", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<(FactKey, String)> =
                remarks(text).into_iter().map(|(key, value, _)| (key, value.display())).collect();
            let expected: Vec<(FactKey, String)> =
                expected.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
