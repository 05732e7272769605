//! Words and numbers as the page prints them.

use crate::model::{Port, Transport};

/// `tcp 1433`, `udp 53`, `tcp 5000-5010`.
pub(super) fn port(port: &Port) -> String {
    let transport = match port.transport {
        Transport::Tcp => "tcp",
        Transport::Udp => "udp",
    };
    if port.from == port.to {
        format!("{transport} {}", port.from)
    } else {
        format!("{transport} {}-{}", port.from, port.to)
    }
}

/// `a`, `a and b`, `a, b and c`; past `most` names, `a, b and 7 more`.
pub(super) fn list(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] if names.len() <= most => format!("{} and {last}", rest.join(", ")),
        _ => {
            let shown = most.saturating_sub(1).max(1);
            format!("{} and {} more", names[..shown].join(", "), names.len() - shown)
        }
    }
}

/// `1 flow`, `3 flows`.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}
