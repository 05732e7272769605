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
    let kind = match head.to_lowercase().as_str() {
        "person" | "external person" => ElementKind::Person,
        "software system" | "system" | "external system" | "external software system" => ElementKind::System,
        "container" | "external container" => ElementKind::Container,
        "component" | "external component" => ElementKind::Component,
        "deployment node" | "node" | "infrastructure node" => ElementKind::Host,
        "group" | "enterprise" => ElementKind::Boundary,
        _ => return (None, Some(bracket.trim()).filter(|words| !words.is_empty())),
    };
    (Some(kind), tail.filter(|words| !words.is_empty()))
}

/// Technologies as they stand in one text: divided by commas and semicolons outside parentheses.
pub fn technologies(text: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let divides = |character: char| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(character, ',' | ';')
    };
    text.split(divides).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
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
    fn brackets_name_kinds_and_technologies() {
        assert_eq!(
            of_bracket("Container: Java, Spring"),
            (Some(ElementKind::Container), Some("Java, Spring"))
        );
        assert_eq!(of_bracket("Software System"), (Some(ElementKind::System), None));
        assert_eq!(of_bracket("PostgreSQL 17"), (None, Some("PostgreSQL 17")));
        assert_eq!(technologies("Java, Spring (a, b); C#"), ["Java", "Spring (a, b)", "C#"]);
    }
}
