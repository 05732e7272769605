//! Names, folded for comparison, and those that too many things carry.

/// A name for comparison: lower case, letters and digits, all else one blank.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            folded.push(character);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A name for finding those that are alike: as folded, without blanks and plurals, words told by capitals too.
pub(super) fn loose(name: &str) -> String {
    let mut parted = String::with_capacity(name.len() + 8);
    let mut before = ' ';
    for character in name.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            parted.push(' ');
        }
        parted.push(character);
        before = character;
    }
    let mut loose = String::with_capacity(name.len());
    for word in fold(&parted).split(' ') {
        let plural = word.len() > 3 && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        let single = word.strip_suffix('s').filter(|_| plural).unwrap_or(word);
        // `node 1 1` is not `node 11`.
        let digits = |text: &str, first: bool| {
            let mut characters = text.chars();
            let end = if first { characters.next() } else { characters.next_back() };
            end.is_some_and(|character| character.is_ascii_digit())
        };
        if digits(&loose, false) && digits(single, true) {
            loose.push(' ');
        }
        loose.push_str(single);
    }
    loose
}

/// Whether a folded name says only what kind of thing it names, perhaps with a number, or that nobody named it. Two of
/// the kind in different drawings need not be one.
pub(super) fn is_generic(folded: &str) -> bool {
    let stem = folded.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end();
    let stem = stem.strip_prefix("the ").unwrap_or(stem);
    let singular = stem.strip_suffix('s').unwrap_or(stem);
    stem.chars().count() < 2
        || stem.starts_with("unnamed ")
        || GENERIC.contains(&stem)
        || GENERIC.contains(&singular)
}

/// In the singular.
const GENERIC: &[&str] = &[
    "actor",
    "admin",
    "administrator",
    "agent",
    "api",
    "api gateway",
    "app",
    "app server",
    "application",
    "application server",
    "backend",
    "back end",
    "box",
    "broker",
    "browser",
    "cache",
    "client",
    "cloud",
    "cluster",
    "component",
    "computer",
    "container",
    "controller",
    "data",
    "database",
    "database server",
    "datastore",
    "data store",
    "db",
    "db server",
    "desktop",
    "device",
    "directory",
    "disk",
    "dns",
    "entity",
    "external system",
    "file",
    "file server",
    "file system",
    "firewall",
    "folder",
    "frontend",
    "front end",
    "fw",
    "gateway",
    "group",
    "gw",
    "host",
    "http server",
    "instance",
    "job",
    "lb",
    "load balancer",
    "loadbalancer",
    "log",
    "logging",
    "machine",
    "mail server",
    "message broker",
    "message queue",
    "mobile",
    "mobile app",
    "module",
    "monitor",
    "monitoring",
    "mq",
    "network",
    "node",
    "operator",
    "other",
    "package",
    "pc",
    "phone",
    "pod",
    "process",
    "proxy",
    "queue",
    "redis",
    "repository",
    "reverse proxy",
    "router",
    "scheduler",
    "server",
    "service",
    "sql",
    "sql server",
    "storage",
    "store",
    "subsystem",
    "switch",
    "system",
    "table",
    "third party",
    "topic",
    "ui",
    "unknown",
    "user",
    "virtual machine",
    "vm",
    "web",
    "web app",
    "web application",
    "web browser",
    "web client",
    "web server",
    "web service",
    "web site",
    "webapp",
    "webserver",
    "website",
    "worker",
    "workstation",
];

#[cfg(test)]
mod tests {
    use super::{fold, is_generic, loose};

    #[test]
    fn spellings_of_one_name_are_alike() {
        for name in ["Order Service", "OrderService", "order-service", "Orders Service", "ORDER_SERVICES"] {
            assert_eq!(loose(name), "orderservice", "{name}");
        }
        assert_ne!(loose("Node 1 1"), loose("Node 11"));
        assert_ne!(loose("Order Service"), loose("Offer Service"));
        assert_eq!((loose("Bus"), loose("Access")), ("bus".to_owned(), "access".to_owned()));
    }

    #[test]
    fn kinds_and_numbered_kinds_are_generic_and_names_are_not() {
        for name in
            ["Database", "the API", "Users", "Web-Server 2", "db", "Queue1", "X", "«»", "Unnamed person"]
        {
            assert!(is_generic(&fold(name)), "{name}");
        }
        for name in ["Orders database", "Internet", "DMZ", "MessageBox", "Customer", "BTS-01"] {
            assert!(!is_generic(&fold(name)), "{name}");
        }
    }
}
