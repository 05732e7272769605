//! Legal areas of cloud regions.
//!
//! In: the regions that elements stand in. Out: the fact `jurisdiction`. The member states of the European Economic Area
//! are one area, because one law of data protection holds there. What is not listed stays unknown.
//!
//! Restated from the providers' lists of regions: <https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html>,
//! <https://learn.microsoft.com/azure/reliability/regions-list>, <https://cloud.google.com/compute/docs/regions-zones>.

use crate::model::{Fact, FactKey, FactValue, Model, Origin};

/// The first that fits decides: exceptions stand before the rule.
const PREFIXES: [(&str, &str); 45] = [
    ("eu-west-2", "UK"),
    ("eu-central-2", "CH"),
    ("eu-", "EU"),
    ("europe-west2", "UK"),
    ("europe-west6", "CH"),
    ("europe-", "EU"),
    ("us-", "US"),
    ("ca-", "CA"),
    ("northamerica-northeast", "CA"),
    ("northamerica-south", "MX"),
    ("mx-", "MX"),
    ("sa-east-1", "BR"),
    ("southamerica-east1", "BR"),
    ("southamerica-west1", "CL"),
    ("af-south-1", "ZA"),
    ("africa-south1", "ZA"),
    ("il-central-1", "IL"),
    ("me-west1", "IL"),
    ("me-south-1", "BH"),
    ("me-central-1", "AE"),
    ("me-central1", "QA"),
    ("me-central2", "SA"),
    ("cn-", "CN"),
    ("ap-east-1", "HK"),
    ("ap-east-2", "TW"),
    ("ap-northeast-2", "KR"),
    ("ap-northeast-", "JP"),
    ("ap-south-", "IN"),
    ("ap-southeast-1", "SG"),
    ("ap-southeast-2", "AU"),
    ("ap-southeast-3", "ID"),
    ("ap-southeast-4", "AU"),
    ("ap-southeast-5", "MY"),
    ("ap-southeast-6", "NZ"),
    ("ap-southeast-7", "TH"),
    ("asia-east1", "TW"),
    ("asia-east2", "HK"),
    ("asia-northeast1", "JP"),
    ("asia-northeast2", "JP"),
    ("asia-northeast3", "KR"),
    ("asia-south1", "IN"),
    ("asia-south2", "IN"),
    ("asia-southeast1", "SG"),
    ("asia-southeast2", "ID"),
    ("australia-southeast", "AU"),
];

/// Regions of Azure, by their full names.
const NAMES: [(&str, &[&str]); 17] = [
    (
        "EU",
        &[
            "west europe",
            "north europe",
            "france central",
            "germany west central",
            "norway east",
            "sweden central",
            "poland central",
            "italy north",
            "spain central",
        ],
    ),
    ("UK", &["uk south", "uk west"]),
    ("CH", &["switzerland north", "switzerland west"]),
    (
        "US",
        &[
            "east us",
            "east us 2",
            "west us",
            "west us 2",
            "west us 3",
            "central us",
            "north central us",
            "south central us",
            "west central us",
        ],
    ),
    ("CA", &["canada central", "canada east"]),
    ("BR", &["brazil south"]),
    ("SG", &["southeast asia"]),
    ("HK", &["east asia"]),
    ("JP", &["japan east", "japan west"]),
    ("KR", &["korea central", "korea south"]),
    ("AU", &["australia east", "australia southeast", "australia central"]),
    ("NZ", &["new zealand north"]),
    ("IN", &["central india", "south india", "west india"]),
    ("ZA", &["south africa north"]),
    ("AE", &["uae north"]),
    ("QA", &["qatar central"]),
    ("IL", &["israel central"]),
];

/// The legal area of every element whose region is known.
pub(super) fn fill(model: &mut Model) {
    for element in model.elements.values_mut() {
        if element.facts.get(FactKey::Jurisdiction).is_some() {
            continue;
        }
        let Some(region) = element.facts.get(FactKey::Region) else { continue };
        let FactValue::Text(name) = &region.value else { continue };
        let Some(area) = area(name) else { continue };
        let why = format!("the region {name} lies there");
        let (origin, place) = (region.origin.min(Origin::Derived), region.place);
        let value = FactValue::Text(area.to_owned());
        element.facts.add(Fact::because(FactKey::Jurisdiction, value, origin, place, why));
    }
}

fn area(region: &str) -> Option<&'static str> {
    let lower = region.trim().to_lowercase();
    let named = NAMES.iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(area, _)| *area);
    named.or_else(|| {
        let fits = |prefix: &str| {
            let rest = lower.strip_prefix(prefix)?;
            // "me-central1" is no beginning of "me-central12".
            let whole = prefix.ends_with(|last: char| last.is_ascii_digit());
            let next = rest.bytes().next();
            (!whole || next.is_none_or(|next| !next.is_ascii_digit())).then_some(())
        };
        PREFIXES.iter().find(|(prefix, _)| fits(prefix).is_some()).map(|(_, area)| *area)
    })
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn regions_lie_in_legal_areas() {
        let table = [
            ("eu-west-1", Some("EU")),
            ("eu-west-2", Some("UK")),
            ("eu-west-1a", Some("EU")),
            ("europe-west4", Some("EU")),
            ("europe-west6", Some("CH")),
            ("europe-west6-b", Some("CH")),
            ("europe-west12", Some("EU")),
            ("us-gov-east-1", Some("US")),
            ("me-central-1", Some("AE")),
            ("me-central1", Some("QA")),
            ("West Europe", Some("EU")),
            ("UK South", Some("UK")),
            ("ap-northeast-3", Some("JP")),
            ("Nordics", None),
            ("Atlantis Central", None),
        ];
        for (region, expected) in table {
            assert_eq!(area(region), expected, "{region}");
        }
    }
}
