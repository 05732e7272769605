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

/// Whether a folded name says only what kind of thing it names, perhaps with a number. Two of the
/// kind in different drawings need not be one.
pub(super) fn is_generic(folded: &str) -> bool {
    let stem = folded.trim_end_matches(|character: char| character.is_ascii_digit()).trim_end();
    let stem = stem.strip_prefix("the ").unwrap_or(stem);
    let singular = stem.strip_suffix('s').unwrap_or(stem);
    stem.chars().count() < 2 || GENERIC.contains(&stem) || GENERIC.contains(&singular)
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
    use super::{fold, is_generic};

    #[test]
    fn kinds_and_numbered_kinds_are_generic_and_names_are_not() {
        for name in ["Database", "the API", "Users", "Web-Server 2", "db", "Queue1", "X", "«»"] {
            assert!(is_generic(&fold(name)), "{name}");
        }
        for name in ["Orders database", "Internet", "DMZ", "MessageBox", "Customer", "BTS-01"] {
            assert!(!is_generic(&fold(name)), "{name}");
        }
    }
}
