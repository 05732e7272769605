//! Ports of a rule, as exports write them: `tcp/443`, `443-445`, `TCP 443, 8443`, `https`, `any`.

use crate::catalog::Catalog;
use crate::model::{Origin, Port, Transport};

/// What a rule opens or refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ports {
    /// Everything.
    Any,
    /// These.
    These(Vec<Port>),
    /// Something without ports: ICMP, ESP.
    Portless(String),
    /// Nobody can tell: the words that were not understood.
    Unknown(String),
}

/// Protocols beside TCP and UDP, by name and number.
const PORTLESS: &[&str] = &[
    "icmp",
    "icmpv6",
    "icmp6",
    "ipv6-icmp",
    "ping",
    "igmp",
    "gre",
    "esp",
    "ah",
    "ipsec",
    "ospf",
    "vrrp",
    "1",
    "2",
    "47",
    "50",
    "51",
    "58",
    "89",
    "112",
];

/// The first and the last port.
const ALL: (u16, u16) = (1, 65535);

/// Reads the three cells. A port column decides; without it the service does.
pub(super) fn read(protocol: &str, port: &str, service: &str) -> Ports {
    let protocol = protocol.trim().to_lowercase();
    let transports: &[Transport] = match protocol.as_str() {
        "" | "any" | "*" | "all" | "ip" | "0" => &[Transport::Tcp, Transport::Udp],
        other if PORTLESS.contains(&other) => return Ports::Portless(protocol),
        "tcp" | "6" => &[Transport::Tcp],
        "udp" | "17" => &[Transport::Udp],
        "tcp/udp" | "tcp,udp" | "tcpudp" | "tcp+udp" | "tcp_udp" => &[Transport::Tcp, Transport::Udp],
        _ if port.trim().is_empty() && service.trim().is_empty() => return named_or_unknown(&protocol),
        _ => return Ports::Unknown(protocol),
    };
    let stated = !matches!(protocol.as_str(), "" | "any" | "*" | "all" | "ip" | "0");
    let words = if port.trim().is_empty() { service } else { port };
    if is_any(words) {
        if !stated {
            return Ports::Any;
        }
        let all = |transport: &Transport| one(ALL.0, ALL.1, *transport);
        return Ports::These(transports.iter().map(all).collect());
    }
    let mut found = Vec::new();
    for word in words.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        match of_word(word, transports, stated) {
            Some(Ports::Any) => return Ports::Any,
            Some(Ports::These(ports)) => found.extend(ports),
            Some(Ports::Portless(word)) => return Ports::Portless(word),
            Some(Ports::Unknown(_)) | None => return Ports::Unknown(word.to_owned()),
        }
    }
    Ports::These(found)
}

/// The first word of a cell that looks like a port or range and cannot be one: `99999`, `tcp/445-443`.
pub(super) fn impossible(cell: &str) -> Option<&str> {
    let words = cell.split([',', ';', '\n']).map(str::trim).filter(|word| !word.is_empty());
    words.into_iter().find(|word| {
        let lower = word.to_lowercase();
        let bare = ["tcp", "udp"].iter().fold(lower.as_str(), |rest, name| {
            let rest = rest.strip_prefix(name).unwrap_or(rest);
            rest.strip_suffix(name).unwrap_or(rest)
        });
        let bare = bare.trim_matches(['/', ':', ' ', '_', '-']);
        let (from, to) = bare.split_once(['-', ':', '–']).unwrap_or((bare, bare));
        let number = |text: &str| {
            let text = text.trim();
            text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten()
        };
        match (number(from), number(to)) {
            (Some(from), Some(to)) => from > to || to > u64::from(u16::MAX),
            _ => false,
        }
    })
}

fn is_any(words: &str) -> bool {
    matches!(
        words.trim().to_lowercase().as_str(),
        "" | "any" | "*" | "all" | "any service" | "0-65535" | "1-65535"
    )
}

fn named_or_unknown(word: &str) -> Ports {
    of_word(word, &[Transport::Tcp, Transport::Udp], false).unwrap_or_else(|| Ports::Unknown(word.to_owned()))
}

/// `443`, `443-445`, `tcp/443`, `443/tcp`, `tcp-443`, `tcp_443`, `TCP 443`, `https`.
fn of_word(word: &str, transports: &[Transport], stated: bool) -> Option<Ports> {
    let lower = word.trim().to_lowercase();
    if is_any(&lower) {
        return Some(if stated {
            Ports::These(transports.iter().map(|it| one(ALL.0, ALL.1, *it)).collect())
        } else {
            Ports::Any
        });
    }
    for (name, transport) in [("tcp", Transport::Tcp), ("udp", Transport::Udp)] {
        let parted = |letter: char| matches!(letter, '/' | ':' | ' ' | '-' | '_');
        let rest = lower
            .strip_prefix(name)
            .map(|rest| rest.trim_start_matches(parted))
            .or_else(|| lower.strip_suffix(name).and_then(|rest| rest.strip_suffix(['/', ' ', '_', '-'])));
        if let Some((from, to)) = rest.and_then(range) {
            return Some(Ports::These(vec![one(from, to, transport)]));
        }
    }
    if let Some((from, to)) = range(&lower) {
        // A bare number of an export without a protocol column is TCP, as people write it.
        let transports = if stated { transports } else { &[Transport::Tcp] };
        return Some(Ports::These(transports.iter().map(|it| one(from, to, *it)).collect()));
    }
    // A bare number is a port, and never a protocol.
    if PORTLESS.contains(&lower.as_str()) {
        return Some(Ports::Portless(lower));
    }
    named(&lower)
}

/// The usual ports of a protocol of the catalog, by its id or name.
fn named(word: &str) -> Option<Ports> {
    let catalog = Catalog::builtin();
    let protocol = catalog.protocol(word).or_else(|| {
        catalog.protocols().iter().find(|protocol| {
            protocol.name.eq_ignore_ascii_case(word)
                || protocol.names.iter().chain(&protocol.capital).any(|name| name.eq_ignore_ascii_case(word))
        })
    })?;
    let usual: Vec<Port> =
        protocol.ports.iter().map(|port| one(port.number, port.number, port.transport)).collect();
    // "HTTP" in a rule set is port 80, whatever a drawing may mean by it.
    let usual = match word {
        "http" => vec![one(80, 80, Transport::Tcp)],
        _ => usual,
    };
    (!usual.is_empty()).then_some(Ports::These(usual))
}

fn range(text: &str) -> Option<(u16, u16)> {
    let text = text.trim();
    let (from, to) = text.split_once(['-', ':', '–']).unwrap_or((text, text));
    let (from, to): (u16, u16) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    (from <= to && to > 0).then_some((from.max(1), to))
}

fn one(from: u16, to: u16, transport: Transport) -> Port {
    Port { from, to, transport, origin: Origin::Stated }
}

#[cfg(test)]
mod tests {
    use super::{Ports, impossible, read};
    use crate::model::Transport;

    /// Protocol, port, service, and what they open; `?` is not understood.
    const TABLE: &[(&str, &str, &str, &str)] = &[
        ("tcp", "443", "", "tcp 443"),
        ("TCP", "80, 443", "SQL", "tcp 80, tcp 443"),
        ("", "", "tcp/443", "tcp 443"),
        ("", "", "TCP-8443", "tcp 8443"),
        ("", "", "443/tcp; 53/udp", "tcp 443, udp 53"),
        ("", "", "https", "tcp 443"),
        ("", "", "HTTP", "tcp 80"),
        ("udp", "53", "", "udp 53"),
        ("6", "5000-5010", "", "tcp 5000-5010"),
        ("any", "any", "any", "any"),
        ("ip", "", "", "any"),
        ("tcp", "any", "", "tcp 1-65535"),
        ("", "1433", "", "tcp 1433"),
        ("icmp", "", "", "-"),
        ("", "", "ICMP", "-"),
        ("any", "50", "", "tcp 50"),
        ("tcp", "135 + pinned", "", "?"),
        ("", "", "my-service", "?"),
        ("tcp", "70000", "", "?"),
    ];

    #[test]
    fn numbers_that_are_no_ports_are_found() {
        let wrong = ["99999", "tcp/70000", "445-443", "443; 65536", "UDP 99999-100000"];
        let right =
            ["", "any", "443", "5000-5010", "tcp/443, 53/udp", "my-70000", "135 + pinned", "0-65535", "web"];
        assert!(wrong.iter().all(|cell| impossible(cell).is_some()));
        assert_eq!(right.iter().filter_map(|cell| impossible(cell)).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn cells_become_ports() {
        for (protocol, port, service, expected) in TABLE {
            let told = match read(protocol, port, service) {
                Ports::Any => "any".to_owned(),
                Ports::Unknown(_) => "?".to_owned(),
                Ports::Portless(_) => "-".to_owned(),
                Ports::These(ports) => {
                    let word = |port: &super::Port| {
                        let transport = if port.transport == Transport::Tcp { "tcp" } else { "udp" };
                        if port.from == port.to {
                            format!("{transport} {}", port.from)
                        } else {
                            format!("{transport} {}-{}", port.from, port.to)
                        }
                    };
                    ports.iter().map(word).collect::<Vec<_>>().join(", ")
                }
            };
            assert_eq!(told, *expected, "{protocol} | {port} | {service}");
        }
    }
}
