//! Words about an element: the kind that a stereotype or the words in brackets below its name say, technologies, and how many
//! there are of it. Shared by the formats in which people write such words.

use crate::model::ElementKind;

/// What a stereotype says, by its words.
pub fn of_stereotype(stereotype: &str) -> Option<ElementKind> {
    let words = normal(stereotype);
    let words = words.strip_prefix("external ").or_else(|| words.strip_suffix(" ext")).unwrap_or(&words);
    Some(match words {
        "person" | "user" | "actor" | "role" | "human" => ElementKind::Person,
        "system" | "software system" => ElementKind::System,
        "container" | "app" | "application" | "service" | "microservice" | "web app" | "webapp"
        | "web application" => ElementKind::Container,
        "component" | "module" | "library" => ElementKind::Component,
        "database" | "db" | "datastore" | "data store" | "storage" | "sql" | "persistence" | "table"
        | "bucket" => ElementKind::Datastore,
        "queue" | "topic" | "broker" | "message broker" | "message queue" | "message bus" | "bus"
        | "event bus" => ElementKind::Queue,
        "firewall" | "waf" | "packet filter" => ElementKind::Firewall,
        "gateway" | "api gateway" | "load balancer" | "loadbalancer" | "lb" | "proxy" | "reverse proxy" => {
            ElementKind::Gateway
        }
        "server"
        | "host"
        | "vm"
        | "virtual machine"
        | "device"
        | "node"
        | "execution environment"
        | "runtime environment"
        | "machine"
        | "appliance" => ElementKind::Host,
        "idp" | "identity provider" | "directory" | "active directory" => ElementKind::Identity,
        "vault" | "secrets" | "secret store" | "key vault" | "hsm" => ElementKind::Secrets,
        "network" | "internet" | "vpn" | "lan" | "wan" => ElementKind::Network,

        "technology device" | "technology node" | "physical equipment" => ElementKind::Host,
        "application component" | "technology system software" => ElementKind::Container,
        "business actor" | "business role" | "motivation stakeholder" => ElementKind::Person,
        "technology communication network" | "technology path" => ElementKind::Network,
        "zone" | "dmz" | "trust zone" | "trust boundary" | "security zone" | "network zone" => {
            ElementKind::Zone
        }
        _ => return None,
    })
}

/// Words that a network is called by.
const NETWORKS: [&str; 19] = [
    "internet", "intranet", "extranet", "ethernet", "network", "networks", "lan", "vlan", "wlan", "wan",
    "sdwan", "wifi", "vpn", "vpc", "vnet", "subnet", "mpls", "backbone", "www",
];

/// Whether a name is that of a network: its last word says so ("Office LAN", "SD-WAN 2", "the Internet"), or it gives
/// a range of addresses. What stands in parentheses or behind a colon or comma only explains.
pub fn is_network(name: &str) -> bool {
    let head =
        name.split(['(', '[', ':', ',']).map(str::trim).find(|head| !head.is_empty()).unwrap_or_default();
    let words = normal(head);
    let number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit()) || *word == "cloud";
    let last = words.split(' ').rev().find(|word| !number(word)).unwrap_or_default();
    NETWORKS.contains(&last) || name.split_whitespace().any(is_range)
}

/// `10.0.0.0/16`.
fn is_range(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    word.split_once('/').is_some_and(|(address, length)| {
        address.parse::<std::net::Ipv4Addr>().is_ok() && length.parse::<u8>().is_ok_and(|length| length <= 32)
    })
}

/// Whether a stereotype says that the element is not the owner's.
pub fn is_external(stereotype: &str) -> bool {
    let words = normal(stereotype);
    words == "ext" || words.split(' ').any(|word| word == "external")
}

/// Lower case, with single blanks for all that divides words.
fn normal(text: &str) -> String {
    let divides = |c: char| c.is_whitespace() || matches!(c, '_' | '-' | '/');
    let mut normal = String::with_capacity(text.len());
    for word in text.split(divides).filter(|word| !word.is_empty()) {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.chars().flat_map(char::to_lowercase));
    }
    normal
}

/// What the words in brackets below a name say: the kind, and the technologies behind the colon.
pub fn of_bracket(bracket: &str) -> (Option<ElementKind>, Option<&str>) {
    let (head, tail) = match bracket.split_once(':') {
        Some((head, tail)) => (head.trim(), Some(tail.trim())),
        None => (bracket.trim(), None),
    };
    let outside = |text: &str| text.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("external "));
    let inside = |text: &'_ str| if outside(text) { text[9..].trim_start().len() } else { text.len() };
    let head = &head[head.len() - inside(head)..];
    let kind = match head.to_lowercase().as_str() {
        "person" | "human" | "user" | "users" | "actor" => ElementKind::Person,
        "software system" | "system" => ElementKind::System,
        "container" => ElementKind::Container,
        "component" => ElementKind::Component,
        "deployment node" | "node" | "infrastructure node" => ElementKind::Host,
        "group" | "enterprise" => ElementKind::Boundary,
        // A word for a kind of program alone is no technology.
        "service" | "managed service" | "application" | "app" | "microservice" if tail.is_none() => {
            ElementKind::Container
        }
        "external" if tail.is_none() => return (None, None),
        _ => {
            let words = bracket.trim();
            let words = &words[words.len() - inside(words)..];
            return (None, Some(words).filter(|words| !words.is_empty()));
        }
    };
    (Some(kind), tail.filter(|words| !words.is_empty()))
}

/// Technologies as they stand in one text: divided by commas, semicolons and middle dots outside parentheses.
pub fn technologies(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let divides = |character: char| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(character, ',' | ';' | '·')
    };
    text.split(divides).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Words of the longest technology.
const LONGEST: usize = 6;

/// The technologies of a text, or the text itself when it is prose: a sentence names products without being one.
pub fn technologies_or_prose(text: &str) -> (Vec<String>, Option<&str>) {
    let all = technologies(text);
    let head = |piece: &String| piece.split('(').next().unwrap_or_default().split_whitespace().count();
    let sentence = [". ", " — ", "\n"].iter().any(|mark| text.trim().contains(mark));
    if sentence || all.iter().any(|piece| head(piece) > LONGEST) {
        return (Vec::new(), Some(text.trim()));
    }
    (all, None)
}

/// How many of a thing its words say there are: `x2`, `2x`, `(3 nodes)`, `replicas: 3`.
pub fn replicas(text: &str) -> Option<u32> {
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ':' | '='))
        .filter(|word| !word.is_empty())
        .collect();
    const UNITS: [&str; 16] = [
        "node",
        "nodes",
        "instance",
        "instances",
        "replica",
        "replicas",
        "pod",
        "pods",
        "server",
        "servers",
        "copies",
        "vms",
        "brokers",
        "members",
        "hosts",
        "containers",
    ];
    let number = |word: &str| word.parse::<u32>().ok().filter(|count| (1..=10_000).contains(count));
    let times = |word: &str| {
        let digits = word.strip_prefix(['x', '×']).or_else(|| word.strip_suffix(['x', '×']))?;
        // Processors and certificates.
        number(digits).filter(|_| !["x86", "x64", "x32", "x509"].contains(&word))
    };
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        if let Some(count) = times(word) {
            return Some(count);
        }
        if let Some(count) = number(word).filter(|_| UNITS.contains(&next)) {
            return Some(count);
        }
        if matches!(*word, "replicas" | "instances" | "x" | "×")
            && let Some(count) =
                number(next).filter(|_| at > 0 || *word == "replicas" || *word == "instances")
        {
            return Some(count);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_replicas_are_seen_where_they_are_written() {
        for (text, count) in [
            ("Web x2", Some(2)),
            ("2x Web", Some(2)),
            ("SQL (3 nodes)", Some(3)),
            ("replicas: 4", Some(4)),
            ("3 instances", Some(3)),
            ("×2", Some(2)),
            ("Windows Server 2008", None),
            ("PostgreSQL 15", None),
            ("port 1433", None),
            ("x", None),
            ("1920x1080", None),
            ("Linux x86 host", None),
            ("X509 certificates", None),
        ] {
            assert_eq!(replicas(text), count, "{text}");
        }
    }

    #[test]
    fn networks_are_known_by_their_last_word_or_a_range() {
        for name in [
            "Internet",
            "the Internet",
            "Office LAN",
            "SD-WAN 2",
            "MPLS cloud",
            "VPN (site to site)",
            "10.0.0.0/16",
        ] {
            assert!(is_network(name), "{name}");
        }
        for name in
            ["Internet Banking", "VPN Gateway", "EDC Consumer", "Azure", "", "10.0.0.1", "v1.2.3.4/99"]
        {
            assert!(!is_network(name), "{name}");
        }
    }

    #[test]
    fn brackets_name_kinds_and_technologies() {
        assert_eq!(
            of_bracket("Container: Java, Spring"),
            (Some(ElementKind::Container), Some("Java, Spring"))
        );
        assert_eq!(of_bracket("Software System"), (Some(ElementKind::System), None));
        assert_eq!(of_bracket("PostgreSQL 17"), (None, Some("PostgreSQL 17")));
        assert_eq!(technologies("Java, Spring (a, b); C#"), ["Java", "Spring (a, b)", "C#"]);
        assert_eq!(technologies("Ubuntu · online"), ["Ubuntu", "online"]);
        assert_eq!(of_bracket("External Managed Broker"), (None, Some("Managed Broker")));
        assert_eq!(of_bracket("Human"), (Some(ElementKind::Person), None));
        assert_eq!(of_bracket("External Service"), (Some(ElementKind::Container), None));
    }

    #[test]
    fn sentences_are_no_technologies() {
        for prose in
            ["routes to PostgreSQL. Redis caches", "Kafka — later", "it runs where the old Oracle server was"]
        {
            assert_eq!(technologies_or_prose(prose), (vec![], Some(prose)));
        }
        let kafka = "Apache Kafka (three brokers in two rooms, one spare)";
        assert_eq!(technologies_or_prose(kafka), (vec![kafka.to_owned()], None));
    }
}
