//! Numbers that are ports.
//!
//! A number is a port behind the word "port", beside a transport or a protocol that uses such
//! ports, behind a colon, in a list after another port, and when a label is nothing but ports.
//! Years, versions, status codes, steps and quantities are not.

use super::token::{Depth, Token};
use super::{Position, Said};
use crate::catalog::Catalog;
use crate::model::{Origin, Port, Transport};

/// For each token, whether it is (a part of) a port.
pub(super) fn find(
    catalog: &Catalog,
    text: &str,
    tokens: &[Token],
    position: Position,
    said: &mut Said,
) -> Vec<bool> {
    let mut is_port = vec![false; tokens.len()];
    let only_ports = only_ports(catalog, text, tokens, position);
    let mut transports: Vec<Transport> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(range) = range_at(text, tokens, at) else {
            at += 1;
            continue;
        };
        let in_list = at > 0 && is_port[at - 1] && list_separator(between(text, tokens, at - 1, at));
        let behind = position_of_list(tokens, &is_port, text, at);
        let in_list = in_list || behind.is_some();
        let accepted = only_ports
            || (in_list && plausible(catalog, range))
            || named(catalog, text, tokens, at, range)
            || (range.length == 1 && alone_in_brackets(catalog, text, tokens, at, range));
        if !accepted {
            at += range.length;
            continue;
        }
        if !in_list {
            transports = transports_before(text, tokens, at);
        }
        let behind = transports_behind(text, tokens, at + range.length - 1);
        let chosen = if behind.is_empty() { transports.clone() } else { behind };
        let chosen = if chosen.is_empty() { usual_transports(tokens, at, range) } else { chosen };
        for transport in chosen {
            let port = Port { from: range.from, to: range.to, transport, origin: Origin::Stated };
            if !said.ports.contains(&port) {
                said.ports.push(port);
            }
        }
        is_port[at..at + range.length].fill(true);
        at += range.length;
    }
    is_port
}

#[derive(Clone, Copy)]
struct Range {
    from: u16,
    to: u16,
    /// In tokens.
    length: usize,
}

fn range_at(text: &str, tokens: &[Token], at: usize) -> Option<Range> {
    let from = port_number(tokens[at].number()?)?;
    let single = Range { from, to: from, length: 1 };
    let next = tokens.get(at + 1).and_then(Token::number).and_then(port_number);
    let dash = || matches!(between(text, tokens, at, at + 1).trim(), "-" | "–" | "—" | "to");
    Some(match next {
        Some(to) if to > from && dash() => Range { from, to, length: 2 },
        _ => single,
    })
}

fn port_number(number: u32) -> Option<u16> {
    u16::try_from(number).ok().filter(|number| *number > 0)
}

/// Whether the text is nothing but ports: `1433, 135`, `49152-65535`, `443/tcp`.
fn only_ports(catalog: &Catalog, text: &str, tokens: &[Token], position: Position) -> bool {
    let mut ranges = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match range_at(text, tokens, at) {
            Some(range) => {
                ranges.push(range);
                at += range.length;
            }
            None if tokens[at].is(&["and", "or", "tcp", "udp", "port", "ports", "to"]) => at += 1,
            None => return false,
        }
    }
    let known = |range: &Range| range.length == 1 && catalog.is_known_port(range.from);
    let wide = |range: &Range| range.length == 2 && range.from >= 1024 && !is_year(range.from);
    match ranges.as_slice() {
        [] => false,
        // "4" on a line is its step.
        [one] => {
            // In the place of a technology a number can be little else.
            let technology = position == Position::Technology
                && one.length == 1
                && (known(one) && one.from >= 20 || one.from >= 1024 && !is_year(one.from));
            known(one) && one.from >= 80 || technology || wide(one)
        }
        many => {
            many.iter().all(|range| range.from >= 20) && many.iter().any(|range| known(range) || wide(range))
        }
    }
}

/// Whether what stands beside the number makes it a port.
fn named(catalog: &Catalog, text: &str, tokens: &[Token], at: usize, range: Range) -> bool {
    let behind = tokens.get(at + range.length);
    let gap_behind = behind.map(|next| &text[tokens[at + range.length - 1].end..next.start]);
    if behind.is_some_and(|next| next.is(&["tcp", "udp"]))
        && gap_behind.is_some_and(|gap| matches!(gap, "/" | " "))
    {
        return gap_behind == Some("/") || range.from >= 20;
    }
    let gap = match at.checked_sub(1) {
        Some(before) => between(text, tokens, before, at),
        None => &text[..tokens[at].start],
    };
    // "HTTP on 8080"
    let on = at.checked_sub(2).filter(|_| tokens[at - 1].is(&["on"]) && gap == " ");
    if on.is_some_and(|protocol| tokens[protocol].protocol().is_some()) && plausible(catalog, range) {
        return true;
    }
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    if let Some(before) = before {
        let thin = gap.len() <= 3
            && gap.chars().all(|letter| matches!(letter, ' ' | ':' | '/' | '=' | '#' | '-' | '(' | '['));
        if thin && before.is(&["port", "ports"]) {
            return !is_other_port(tokens, at - 1) && (range.from >= 20 || range.length == 2);
        }
        if thin && before.is(&["tcp", "udp"]) && !gap.contains('-') {
            return true;
        }
        if let Some(protocol) = before.protocol().filter(|_| thin && !before.is(&["tcp", "udp"])) {
            let usual = protocol.ports.iter().chain(&protocol.also).any(|port| port.number == range.from);
            let status = matches!(protocol.id, "http" | "https" | "rest") && (100..600).contains(&range.from);
            let other = catalog.is_known_port(range.from) && range.from >= 80 && !status
                || range.from >= 1024 && !is_year(range.from);
            let layered = !matches!(protocol.layer, "local" | "manual");
            if layered && (usual || other) && !gap.contains('-') {
                return true;
            }
            if layered && gap.contains(['/', ':']) && range.from >= 20 && !status && !is_year(range.from) {
                return true;
            }
        }
    }
    if gap.ends_with(':') && range.length == 1 {
        return behind_colon(catalog, gap, before, range.from);
    }
    // "1433 (TDS)", "443 HTTPS"
    behind.and_then(Token::protocol).is_some_and(|protocol| {
        let usual = protocol.ports.iter().chain(&protocol.also).any(|port| port.number == range.from);
        usual && gap_behind.is_some_and(|gap| matches!(gap, "/" | " " | " ("))
    })
}

/// `:8080` alone or behind a host; not `10:30`, `id:1234`, `Step: 443`.
fn behind_colon(catalog: &Catalog, gap: &str, before: Option<&Token>, number: u16) -> bool {
    let enough = number >= 20 && (number >= 1024 && !is_year(number) || catalog.is_known_port(number));
    let Some(before) = before else { return enough && gap.trim() == ":" };
    let host = before.text.contains('.') || before.is(&["localhost", "host"]);
    match gap {
        ":" if before.number().is_some() => false,
        ":" if host => enough,
        ":" => enough && number >= 80 && catalog.is_known_port(number) && !before.is(&NUMBERED),
        " :" => enough,
        _ => false,
    }
}

/// Words whose number is no port.
const NUMBERED: [&str; 16] = [
    "id", "step", "note", "error", "code", "line", "issue", "ticket", "version", "status", "page", "figure",
    "no", "nr", "item", "rule",
];

/// "Send port 20", "switch port 24".
fn is_other_port(tokens: &[Token], port: usize) -> bool {
    const OTHERS: [&str; 10] =
        ["send", "receive", "usb", "serial", "switch", "com", "hdmi", "ethernet", "sea", "patch"];
    port.checked_sub(1).is_some_and(|before| tokens[before].is(&OTHERS))
}

/// "(443)", `[5432]`.
fn alone_in_brackets(catalog: &Catalog, text: &str, tokens: &[Token], at: usize, range: Range) -> bool {
    let opens = text[..tokens[at].start].trim_end().ends_with(['(', '[']);
    let closes = text[tokens[at].end..].trim_start().starts_with([')', ']']);
    let depth = tokens[at].depth != Depth::Plain;
    depth && opens && closes && range.from >= 80 && catalog.is_known_port(range.from)
}

/// The port before this one when only "and" or "or" stands between.
fn position_of_list(tokens: &[Token], is_port: &[bool], text: &str, at: usize) -> Option<usize> {
    let word = at.checked_sub(1).filter(|word| tokens[*word].is(&["and", "or", "tcp", "udp"]))?;
    let port = word.checked_sub(1).filter(|port| is_port[*port])?;
    let plain = |left, right| {
        between(text, tokens, left, right).chars().all(|letter| matches!(letter, ' ' | ',' | '/' | '&'))
    };
    (plain(port, word) && plain(word, at)).then_some(port)
}

fn list_separator(gap: &str) -> bool {
    let gap = gap.trim();
    matches!(gap, "," | "/" | "&" | "+" | ";" | "|") || gap.is_empty()
}

fn plausible(catalog: &Catalog, range: Range) -> bool {
    (range.length == 2 && range.from >= 20)
        || catalog.is_known_port(range.from)
        || (range.from >= 80 && !is_year(range.from))
}

fn transports_before(text: &str, tokens: &[Token], at: usize) -> Vec<Transport> {
    let mut found = Vec::new();
    let mut next = at;
    while let Some(before) = next.checked_sub(1) {
        let gap = between(text, tokens, before, next);
        let close = gap.len() <= 3 && !gap.contains([',', ';']);
        let token = &tokens[before];
        match token.text.as_str() {
            "tcp" if close => found.push(Transport::Tcp),
            "udp" if close => found.push(Transport::Udp),
            "port" | "ports" | "and" | "or" if close => {}
            _ => break,
        }
        next = before;
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn transports_behind(text: &str, tokens: &[Token], last: usize) -> Vec<Transport> {
    let mut found = Vec::new();
    let mut at = last;
    while let Some(token) = tokens.get(at + 1) {
        let gap = between(text, tokens, at, at + 1);
        let close = matches!(gap, "/" | " " | "+" | " (" | "&");
        match token.text.as_str() {
            "tcp" if close => found.push(Transport::Tcp),
            "udp" if close => found.push(Transport::Udp),
            _ => break,
        }
        at += 1;
    }
    // "443 TCP 8080": the transport belongs to the number behind it.
    let next_is_number = tokens.get(at + 1).is_some_and(|token| token.number().is_some());
    let spaced = !found.is_empty() && between(text, tokens, last, last + 1) == " ";
    if next_is_number && spaced { Vec::new() } else { found }
}

/// The transport that the protocol before the number uses on it.
fn usual_transports(tokens: &[Token], at: usize, range: Range) -> Vec<Transport> {
    let neighbors = [at.checked_sub(1), Some(at + range.length)];
    let protocol = neighbors.into_iter().flatten().filter_map(|index| tokens.get(index)?.protocol()).next();
    let Some(protocol) = protocol else { return vec![Transport::Tcp] };
    let usual: Vec<Transport> =
        protocol.ports.iter().filter(|port| port.number == range.from).map(|port| port.transport).collect();
    if !usual.is_empty() {
        let mut usual = usual;
        usual.sort_unstable();
        return usual;
    }
    let other = protocol.also.iter().find(|port| port.number == range.from);
    vec![other.map_or(Transport::Tcp, |port| port.transport)]
}

fn is_year(number: u16) -> bool {
    (1990..=2035).contains(&number)
}

fn between<'a>(text: &'a str, tokens: &[Token], left: usize, right: usize) -> &'a str {
    &text[tokens[left].end..tokens[right].start]
}
