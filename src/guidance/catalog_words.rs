//! What rules ask of the catalog: traits, layers, mediators, support dates.

use crate::catalog::Catalog;
use crate::model::{Element, FactKey, FactValue, Technology};

/// Traits of technologies, without repeats.
pub(super) fn traits<'a>(catalog: &'a Catalog, technologies: &[&str]) -> Vec<&'a str> {
    let mut traits = Vec::new();
    for technology in technologies.iter().filter_map(|id| catalog.technology(id)) {
        for word in &technology.traits {
            if !traits.contains(word) {
                traits.push(word);
            }
        }
    }
    traits
}

/// Traits of technologies that end a connection and open a new one.
pub(super) const MEDIATORS: &[&str] =
    &["proxy", "reverse-proxy", "waf", "vpn", "bastion", "access-broker", "api-gateway"];

/// Layer of a protocol: network, transport, application, local, manual, link.
pub(super) fn layer<'a>(catalog: &'a Catalog, protocol: &str) -> Option<&'a str> {
    catalog.protocol(protocol).map(|protocol| protocol.layer)
}

/// What is known of the end of a product's support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SupportEnd {
    /// Id of the technology.
    pub(super) technology: &'static str,
    /// The product and version, as written.
    pub(super) product: String,
    /// Last day, `YYYY-MM-DD`.
    pub(super) ends: String,
    pub(super) past: bool,
}

/// Support of an element on a date: the technology that has ended, else the one that ends first.
/// `None` when the catalog does not know, or the version that would tell is not written.
pub(super) fn support(catalog: &Catalog, element: &Element, as_of: &str) -> Option<SupportEnd> {
    let version = stated(element, FactKey::Version);
    let paid = stated(element, FactKey::PaidSupportUntil);
    let only = element.technologies.iter().filter(|technology| technology.id.is_some()).count() == 1;
    let mut ends: Vec<SupportEnd> = element
        .technologies
        .iter()
        .filter_map(|technology| {
            // A version fact says which, when there is only one product it can be about.
            let stated = if only { version } else { None };
            let support = catalog.support(technology, stated)?;
            let last = paid.filter(|paid| is_date(paid)).unwrap_or(support.ends);
            Some(SupportEnd {
                technology: support.technology,
                product: product(technology, stated),
                ends: last.to_owned(),
                past: last < as_of,
            })
        })
        .collect();
    ends.sort_by(|a, b| b.past.cmp(&a.past).then_with(|| a.ends.cmp(&b.ends)));
    ends.into_iter().next()
}

/// Whether the catalog lists support dates of one of the element's technologies.
pub(super) fn support_listed(catalog: &Catalog, element: &Element) -> bool {
    let ids: Vec<&str> = element.technologies.iter().filter_map(|found| found.id.as_deref()).collect();
    catalog.support_dates().iter().any(|support| ids.contains(&support.technology))
}

/// The element's technologies of which the catalog lists support dates: id, and the author's word.
pub(super) fn supported<'m>(catalog: &Catalog, element: &'m Element) -> Vec<(&'m str, &'m str)> {
    let listed = |id: &str| catalog.support_dates().iter().any(|support| support.technology == id);
    let named = element.technologies.iter();
    named
        .filter_map(|technology| Some((technology.id.as_deref()?, technology.written.as_str())))
        .filter(|(id, _)| listed(id))
        .collect()
}

/// The version of the product that is supported longest, as a sample of how one is written; `None` when
/// the catalog lists only such as have run out.
pub(super) fn sample_version(
    catalog: &Catalog,
    element: &Element,
    as_of: Option<&str>,
) -> Option<&'static str> {
    let (id, _) = supported(catalog, element).into_iter().next()?;
    let of_product = catalog.support_dates().iter().filter(|support| support.technology == id);
    let listed = of_product.filter(|support| !support.versions.is_empty());
    let latest = listed.max_by_key(|support| support.ends)?;
    if as_of.is_some_and(|date| latest.ends < date) { None } else { latest.versions.last().copied() }
}

/// Product and version in the author's words, the version once.
fn product(technology: &Technology, stated: Option<&str>) -> String {
    let written = technology.written.as_str();
    match stated.or(technology.version.as_deref()) {
        Some(version) if !written.contains(version) => format!("{written} {version}"),
        _ => written.to_owned(),
    }
}

fn stated(element: &Element, key: FactKey) -> Option<&str> {
    match &element.facts.get(key)?.value {
        FactValue::Text(text) | FactValue::Word(text) => Some(text),
        FactValue::Count(_) | FactValue::AtLeast(_) | FactValue::List(_) => None,
    }
}

/// Whether a text is a date of the form `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts.as_slice(), [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
}
