//! Ports in print, and ranges that nobody opens as they are.

use super::row::push_new;
use crate::model::{Port, Transport};

/// A range of more ports than this is never opened by default.
const DYNAMIC: u16 = 100;

/// Whether a range is too wide to be opened.
pub(super) fn is_wide(port: &Port) -> bool {
    port.to - port.from > DYNAMIC
}

pub(super) fn is_dynamic(ports: &[Port]) -> bool {
    ports.iter().any(is_wide)
}

/// `tcp 80, 443; udp 53`; a wide range is printed as `pinned`.
pub(super) fn printed(ports: &[Port]) -> String {
    let mut parts = Vec::new();
    for (transport, word) in [(Transport::Tcp, "tcp"), (Transport::Udp, "udp")] {
        let of: Vec<&Port> = ports.iter().filter(|port| port.transport == transport).collect();
        if !of.is_empty() {
            parts.push(format!("{word} {}", numbers(&of)));
        }
    }
    parts.join("; ")
}

/// `80, 443`, `5000-5010`, `135 + pinned`.
pub(super) fn numbers(ports: &[&Port]) -> String {
    let mut numbers: Vec<String> = Vec::new();
    for port in ports.iter().filter(|port| !is_wide(port)) {
        push_new(&mut numbers, number(port));
    }
    let fixed = numbers.join(", ");
    match (fixed.is_empty(), ports.iter().any(|port| is_wide(port))) {
        (false, true) => format!("{fixed} + pinned"),
        (true, true) => "pinned".to_owned(),
        (_, false) => fixed,
    }
}

fn number(port: &Port) -> String {
    if port.from == port.to { port.from.to_string() } else { format!("{}-{}", port.from, port.to) }
}
