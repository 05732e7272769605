//! Declared facts hold until they expire.

use std::borrow::Cow;

use super::date::{days, long};
use crate::diagnostic::Diagnostic;
use crate::model::{Fact, Facts, Model};

/// Days before its end in which a fact expires soon.
const SOON: i64 = 30;

/// The model without declared facts that have expired, each told; the model itself when none has.
pub(super) fn without_expired<'a>(
    model: &'a Model,
    as_of: Option<&str>,
    told: &mut Vec<Diagnostic>,
) -> Cow<'a, Model> {
    let Some(today) = as_of.and_then(days) else { return Cow::Borrowed(model) };
    let mut any = false;
    let all = all_facts(model);
    for (subject, facts) in all {
        for fact in facts.iter() {
            let Some((date, left)) = left(fact, today) else { continue };
            let Some(place) = fact.place else { continue };
            let what = format!("`{}` of {subject}", fact.key.word());
            if left < 0 {
                any = true;
                let message =
                    format!("the declared fact {what} expired on {} and no longer counts", long(date));
                told.push(Diagnostic::warning("facts/expired", message, place.span));
            } else if left <= SOON {
                let message = format!("the declared fact {what} expires on {}", long(date));
                told.push(Diagnostic::note("facts/expires-soon", message, place.span));
            }
        }
    }
    if !any {
        return Cow::Borrowed(model);
    }
    let mut model = model.clone();
    let holds = |fact: &Fact| left(fact, today).is_none_or(|(_, left)| left >= 0);
    model.facts.retain(holds);
    model.elements.values_mut().for_each(|element| element.facts.retain(holds));
    model.relations.values_mut().for_each(|relation| relation.facts.retain(holds));
    Cow::Owned(model)
}

fn all_facts(model: &Model) -> impl Iterator<Item = (String, &Facts)> {
    let elements = model.elements.values().map(|element| (element.id.to_string(), &element.facts));
    let relations = model.relations.values().map(|relation| (relation.id.to_string(), &relation.facts));
    std::iter::once(("the model".to_owned(), &model.facts)).chain(elements).chain(relations)
}

fn left(fact: &Fact, today: i64) -> Option<(&str, i64)> {
    let date = fact.declaration.as_ref()?.expires.as_deref()?;
    Some((date, days(date)? - today))
}
