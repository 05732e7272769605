//! Words about an element: counts, failover, places, environment.
//!
//! In: one text. Out: what it states, each with the words that say so. A quantity counts only
//! beside a word that says what is counted.

use crate::catalog::{Word, words};
use crate::model::TIME_UNITS;

/// A value and the words that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated<T> {
    /// The value.
    pub(super) value: T,
    /// The author's words.
    pub(super) written: String,
}

/// Number of instances: "x4", "3 replicas", "2x Web server", "two nodes", "single instance".
pub(super) fn replicas(text: &str) -> Option<Stated<u32>> {
    const UNITS: [&str; 22] = [
        "replica",
        "replicas",
        "instance",
        "instances",
        "node",
        "nodes",
        "pod",
        "pods",
        "server",
        "servers",
        "member",
        "members",
        "vm",
        "vms",
        "broker",
        "brokers",
        "copies",
        "machines",
        "hosts",
        "containers",
        "workers",
        "tasks",
    ];
    /// What there may be a single one of.
    const SINGLE: [&str; 9] =
        ["instance", "node", "replica", "server", "vm", "appliance", "broker", "machine", "device"];
    let parts = words(text);
    for (at, word) in parts.iter().enumerate() {
        let next = parts.get(at + 1);
        if let Some(count) = times(&word.text) {
            let value = Stated { value: count, written: text[word.start..word.end].to_owned() };
            // "x4" behind a name, "2x" before one.
            let before = word.text.starts_with(['x', '×']) && at > 0 && !follows_number(&parts, at);
            let after = word.text.ends_with(['x', '×']) && next.is_some_and(|next| !is_rate(&next.text));
            if before || after {
                return Some(value);
            }
        }
        let Some(count) = count_of(word) else { continue };
        let Some(next) = next else { continue };
        let gap = &text[word.end..next.start];
        if next.text == "x"
            && gap.trim().is_empty()
            && parts.get(at + 2).is_some_and(|third| !is_rate(&third.text))
        {
            return Some(Stated { value: count, written: text[word.start..next.end].to_owned() });
        }
        let joined = gap.chars().all(|letter| matches!(letter, ' ' | '-' | '×' | '*'));
        let minimum = at > 0
            && matches!(
                parts[at - 1].text.as_str(),
                "up" | "to" | "-" | "than" | "of" | "least" | "most" | "port"
            );
        let minimum = minimum && !(parts[at - 1].text == "of" && at > 1 && parts[at - 2].text == "cluster");
        if joined && UNITS.contains(&next.text.as_str()) && !minimum && !of_something(&parts, at + 2) {
            return Some(Stated { value: count, written: text[word.start..next.end].to_owned() });
        }
    }
    let labeled = parts.windows(2).find_map(|pair| {
        let counted = matches!(pair[0].text.as_str(), "replicas" | "instances" | "nodes" | "replica");
        let gap = text[pair[0].end..pair[1].start].trim();
        let count = pair[1]
            .number()
            .filter(|count| counted && matches!(gap, ":" | "=") && (1..=999).contains(count))?;
        Some(Stated { value: count, written: text[pair[0].start..pair[1].end].to_owned() })
    });
    labeled.or_else(|| {
        let single = |at: usize| {
            let word = |ahead: usize| parts.get(at + ahead).map_or("", |word| word.text.as_str());
            match (word(0), word(1)) {
                ("single" | "one", unit) if SINGLE.contains(&unit) => Some(at + 1),
                ("single" | "one", "control") if (word(2), word(3)) == ("plane", "node") => Some(at + 3),
                // "Domain controller (only one)"
                ("only", "one") if parts.len() == at + 2 => Some(at + 1),
                _ => None,
            }
        };
        let (first, last) = (0..parts.len()).find_map(|at| Some((at, single(at)?)))?;
        (!of_something(&parts, last + 1))
            .then(|| Stated { value: 1, written: text[parts[first].start..parts[last].end].to_owned() })
    })
}

fn follows_number(parts: &[Word], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| parts[before].number().is_some())
}

/// "3 nodes of type X" counts something else; "2 servers per region" is a rate.
fn of_something(parts: &[Word], at: usize) -> bool {
    parts.get(at).is_some_and(|word| matches!(word.text.as_str(), "per" | "each" | "of"))
}

fn is_rate(word: &str) -> bool {
    matches!(
        word,
        "faster"
            | "slower"
            | "more"
            | "daily"
            | "day"
            | "week"
            | "per"
            | "a"
            | "the"
            | "larger"
            | "year"
            | "y"
            | "z"
    )
}

/// `x4`, `4x`, `×3`.
fn times(word: &str) -> Option<u32> {
    let digits = word.strip_prefix(['x', '×']).or_else(|| word.strip_suffix(['x', '×']))?;
    let count: u32 = digits.parse().ok()?;
    // x86 and x64 are processors.
    (digits.len() <= 3 && (1..=999).contains(&count) && !matches!(count, 64 | 86 | 32)).then_some(count)
}

fn count_of(word: &Word) -> Option<u32> {
    const NAMES: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let named = NAMES.iter().position(|name| *name == word.text).and_then(|at| u32::try_from(at + 2).ok());
    named.or_else(|| word.number().filter(|count| (1..=999).contains(count)))
}

/// How an element survives the loss of one instance.
pub(super) fn failover(text: &str) -> Option<Stated<&'static str>> {
    const PHRASES: [(&str, &str); 48] = [
        ("not redundant", "none"),
        ("without redundancy", "none"),
        ("no standby", "none"),
        ("without standby", "none"),
        ("without a standby", "none"),
        ("no automatic failover", "manual"),
        ("failover by hand", "manual"),
        ("redundant pair", "cluster"),
        ("high availability pair", "cluster"),
        ("active and standby", "cluster"),
        ("active standby", "cluster"),
        ("automatic failover", "cluster"),
        ("no failover", "none"),
        ("without failover", "none"),
        ("no redundancy", "none"),
        ("standalone", "none"),
        ("stand alone", "none"),
        ("manual failover", "manual"),
        ("cold standby", "manual"),
        ("warm standby", "manual"),
        ("availability group", "availability-group"),
        ("availability groups", "availability-group"),
        ("always on", "availability-group"),
        ("alwayson", "availability-group"),
        ("failover cluster", "cluster"),
        ("failover clustering", "cluster"),
        ("failover pair", "cluster"),
        ("ha pair", "cluster"),
        ("ha cluster", "cluster"),
        ("active passive", "cluster"),
        ("active active", "cluster"),
        ("hot standby", "cluster"),
        ("wsfc", "cluster"),
        ("mscs", "cluster"),
        ("clustered", "cluster"),
        ("cluster", "cluster"),
        ("replica set", "cluster"),
        ("load balanced", "balancer"),
        ("load balancing", "balancer"),
        ("network load balancing", "balancer"),
        ("nlb", "balancer"),
        ("behind a load balancer", "balancer"),
        ("auto scaling", "balancer"),
        ("autoscaling", "balancer"),
        ("multi az", "managed"),
        ("zone redundant", "managed"),
        ("geo redundant", "managed"),
        ("region redundant", "managed"),
    ];
    let parts = words(text);
    for (phrase, value) in PHRASES {
        let wanted: Vec<&str> = phrase.split(' ').collect();
        let found = parts.windows(wanted.len()).enumerate().find(|(at, window)| {
            let same = window.iter().zip(&wanted).all(|(word, wanted)| word.text == *wanted);
            same && !hedged(&parts, *at, wanted.len())
        });
        if let Some((_, window)) = found {
            let written = text[window[0].start..window[window.len() - 1].end].to_owned();
            return Some(Stated { value, written });
        }
    }
    None
}

/// "cluster-capable", "no cluster", "should be clustered": not a statement about the system.
fn hedged(parts: &[Word], at: usize, length: usize) -> bool {
    const BEFORE: [&str; 20] = [
        "no",
        "not",
        "non",
        "without",
        "be",
        "can",
        "may",
        "should",
        "if",
        "optional",
        "kubernetes",
        "k8s",
        "gke",
        "eks",
        "aks",
        "ecs",
        "openshift",
        // One of several clusters, of whatever kind.
        "source",
        "target",
        "or",
    ];
    const BEHIND: [&str; 18] = [
        "capable",
        "recommended",
        "optional",
        "possible",
        "if",
        "admin",
        "manager",
        "role",
        "autoscaler",
        "ip",
        "proxy",
        "service",
        "controller",
        "operator",
        "api",
        "agent",
        "client",
        "name",
    ];
    let before = at.checked_sub(1).is_some_and(|before| BEFORE.contains(&parts[before].text.as_str()));
    let behind = parts.get(at + length).is_some_and(|word| BEHIND.contains(&word.text.as_str()));
    before || behind
}

/// The environment that a title names: "Production", "Staging environment", "Live".
pub(super) fn environment(title: &str) -> Option<&'static str> {
    let parts = words(title);
    let kept: Vec<&str> = parts
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| {
            !matches!(
                *word,
                "environment" | "env" | "system" | "stage" | "the" | "cluster" | "site" | "deployment"
            )
        })
        .collect();
    let word = match kept.as_slice() {
        [one] => *one,
        ["disaster", "recovery"] => "dr",
        ["user", "acceptance", "test" | "testing"] => "uat",
        _ => return None,
    };
    match word {
        "production" | "prod" | "live" | "prd" => Some("production"),
        "staging" | "preprod" | "preproduction" | "uat" | "acceptance" => Some("staging"),
        "test" | "testing" | "qa" | "integration-test" => Some("test"),
        "development" | "dev" => Some("development"),
        "dr" => Some("disaster-recovery"),
        _ => None,
    }
}

/// The cloud region that a title names: "eu-west-1", "Region: West Europe", "europe-west4".
pub(super) fn region(title: &str) -> Option<String> {
    for part in title.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-')) {
        if is_region(part) {
            return Some(part.to_ascii_lowercase());
        }
    }
    named(title, &["region", "azure region", "aws region"])
}

/// A region of Azure by its full name, as icon sets write it: "Canada Central".
pub(super) fn azure_region(text: &str) -> Option<String> {
    const REGIONS: [&str; 34] = [
        "west europe",
        "north europe",
        "east us",
        "east us 2",
        "west us",
        "west us 2",
        "west us 3",
        "central us",
        "north central us",
        "south central us",
        "canada central",
        "canada east",
        "uk south",
        "uk west",
        "france central",
        "germany west central",
        "switzerland north",
        "norway east",
        "sweden central",
        "poland central",
        "italy north",
        "spain central",
        "southeast asia",
        "east asia",
        "japan east",
        "japan west",
        "korea central",
        "australia east",
        "australia southeast",
        "central india",
        "south india",
        "brazil south",
        "south africa north",
        "uae north",
    ];
    REGIONS.contains(&text.trim().to_lowercase().as_str()).then(|| text.trim().to_owned())
}

/// `eu-west-1`, `us-gov-east-1`, `europe-west4`, `eu-west-1a` (a zone of it).
fn is_region(part: &str) -> bool {
    const AREAS: [&str; 16] = [
        "us",
        "eu",
        "ap",
        "sa",
        "ca",
        "me",
        "af",
        "cn",
        "il",
        "europe",
        "asia",
        "australia",
        "northamerica",
        "southamerica",
        "africa",
        "mx",
    ];
    const SIDES: [&str; 9] =
        ["north", "south", "east", "west", "central", "northeast", "southeast", "northwest", "southwest"];
    let lower = part.to_ascii_lowercase();
    let pieces: Vec<&str> = lower.split('-').collect();
    let digit =
        |piece: &str| piece.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) && piece.len() <= 2;
    let side = |piece: &str| SIDES.contains(&piece.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    match pieces.as_slice() {
        [area, direction, number] => AREAS.contains(area) && SIDES.contains(direction) && digit(number),
        [area, "gov", direction, number] => *area == "us" && SIDES.contains(direction) && digit(number),
        [area, direction] => {
            AREAS.contains(area)
                && side(direction)
                && direction.ends_with(|letter: char| letter.is_ascii_digit())
        }
        _ => false,
    }
}

/// The site or data center that a title names: "Site Berlin", "Data center A", "Primary data center".
pub(super) fn site(title: &str) -> Option<String> {
    if let Some(name) =
        named(title, &["site", "data center", "datacenter", "data centre", "datacentre", "location"])
    {
        return Some(name);
    }
    let parts: Vec<String> = words(title).into_iter().map(|word| word.text).collect();
    let texts: Vec<&str> = parts.iter().map(String::as_str).collect();
    match texts.as_slice() {
        [.., "data", "center" | "centre"] | [.., "datacenter" | "datacentre"]
            if texts.len() <= 5 && texts.len() > 1 =>
        {
            Some(title.trim().to_owned())
        }
        [which, "site"] if matches!(*which, "primary" | "secondary" | "dr" | "standby" | "recovery") => {
            Some(title.trim().to_owned())
        }
        _ => None,
    }
}

/// What stands behind a word that leads a name: "Site Berlin" is Berlin, "Site: Berlin" too.
fn named(title: &str, leads: &[&str]) -> Option<String> {
    let lower = title.to_lowercase();
    leads.iter().find_map(|lead| {
        let rest = lower.strip_prefix(lead)?;
        let separated = rest.starts_with([' ', ':', '-', '=']);
        let name = title
            .get(title.len().checked_sub(rest.len())?..)?
            .trim_start_matches([' ', ':', '-', '='])
            .trim();
        (separated && !name.is_empty() && name.len() <= 40).then(|| name.to_owned())
    })
}

/// "RTO 4h", "RPO: 15 min": the value behind the word.
pub(super) fn objective(text: &str, word: &str) -> Option<String> {
    let parts = words(text);
    let at = parts.iter().position(|part| part.text == word)?;
    let mut from = at + 1;
    while parts.get(from).is_some_and(|part| matches!(part.text.as_str(), "is" | "of" | "max" | "target")) {
        from += 1;
    }
    let amount = parts.get(from)?;
    let digits = amount.text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !number {
        return None;
    }
    let unit = &amount.text[digits.len()..];
    if !unit.is_empty() {
        return TIME_UNITS.contains(&unit).then(|| format!("{digits} {unit}"));
    }
    let next = parts.get(from + 1).filter(|next| TIME_UNITS.contains(&next.text.as_str()));
    match next {
        Some(unit) => Some(format!("{digits} {}", unit.text)),
        None => (digits == "0").then(|| "0".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_counted_and_other_numbers_are_not() {
        let table = [
            ("bigbank-web*** x4", Some(4)),
            ("2x Web server", Some(2)),
            ("3 x API", Some(3)),
            ("API (3 replicas)", Some(3)),
            ("2 replicas", Some(2)),
            ("Web farm (two nodes)", Some(2)),
            ("Cluster of 3 nodes", Some(3)),
            ("replicas: 5", Some(5)),
            ("single instance", Some(1)),
            ("Load balancer (one appliance)", Some(1)),
            ("Domain controller (only one)", Some(1)),
            ("Cluster (one control plane node)", Some(1)),
            ("one server per site", None),
            ("only one of many", None),
            ("Windows x64", None),
            ("x86 server", None),
            ("2x faster", None),
            ("MessageBox 1, 2, 'n'", None),
            ("Server 2", None),
            ("up to 5 nodes", None),
            ("at least 2 nodes", None),
            ("3 nodes per region", None),
            ("Handles 3 orders", None),
            ("SQL Server 2019", None),
            ("1..n instances", None),
            ("n instances", None),
        ];
        for (text, expected) in table {
            assert_eq!(replicas(text).map(|stated| stated.value), expected, "{text}");
        }
    }

    #[test]
    fn failover_is_stated_and_not_recommended() {
        let table = [
            ("SQL Server failover cluster", Some("cluster")),
            ("Always On availability group", Some("availability-group")),
            ("Redis Cluster", Some("cluster")),
            ("Web (NLB)", Some("balancer")),
            ("load-balanced", Some("balancer")),
            ("RDS Multi-AZ", Some("managed")),
            ("active/passive", Some("cluster")),
            ("cluster-capable", None),
            ("should be clustered", None),
            ("Kubernetes cluster", None),
            ("not clustered", None),
            ("no redundancy", Some("none")),
            ("no automatic failover", Some("manual")),
            ("redundant pair", Some("cluster")),
            ("Customer portal", None),
        ];
        for (text, expected) in table {
            assert_eq!(failover(text).map(|stated| stated.value), expected, "{text}");
        }
    }

    #[test]
    fn titles_name_places() {
        assert_eq!(region("AWS eu-west-1").as_deref(), Some("eu-west-1"));
        assert_eq!(region("Region: West Europe").as_deref(), Some("West Europe"));
        assert_eq!(region("europe-west4").as_deref(), Some("europe-west4"));
        assert_eq!(region("Regional sales"), None);
        assert_eq!(region("front-end-1"), None);
        assert_eq!(site("Site Berlin").as_deref(), Some("Berlin"));
        assert_eq!(site("Big Bank plc data center").as_deref(), Some("Big Bank plc data center"));
        assert_eq!(site("Website"), None);
        assert_eq!(site("Siteminder"), None);
        assert_eq!(environment("Production"), Some("production"));
        assert_eq!(environment("Dev environment"), Some("development"));
        assert_eq!(environment("Product catalog"), None);
        assert_eq!(environment("Test runner"), None);
        assert_eq!(objective("RTO: 4h, RPO 15 min", "rto").as_deref(), Some("4 h"));
        assert_eq!(objective("RTO: 4h, RPO 15 min", "rpo").as_deref(), Some("15 min"));
        assert_eq!(objective("RTO to be agreed", "rto"), None);
    }
}
