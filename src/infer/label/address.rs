//! URLs in a text: their scheme is a protocol and their authority may name a port.

use super::{Protection, Said};
use crate::catalog::Catalog;
use crate::model::{Origin, Port, Transport};

/// Scheme, protocol, and whether the scheme means clear text.
const SCHEMES: [(&str, &str, bool); 19] = [
    ("http", "http", true),
    ("https", "https", false),
    ("ws", "ws", true),
    ("wss", "wss", false),
    ("ftp", "ftp", true),
    ("ftps", "ftps", false),
    ("sftp", "sftp", false),
    ("amqp", "amqp", true),
    ("amqps", "amqps", false),
    ("mqtt", "mqtt", true),
    ("mqtts", "mqtts", false),
    ("ldap", "ldap", false),
    ("ldaps", "ldaps", false),
    ("redis", "redis", true),
    ("rediss", "rediss", false),
    ("mongodb", "mongodb", false),
    ("mongodb+srv", "mongodb", false),
    ("ssh", "ssh", false),
    ("tcp", "tcp", false),
];

/// Reads the URLs and returns the text with blanks in their place, so that offsets stay.
pub(super) fn take(catalog: &'static Catalog, text: &str, said: &mut Said) -> String {
    let mut rest = text.to_owned();
    let mut from = 0;
    while let Some(found) = text[from..].find("://") {
        let colon = from + found;
        let scheme_start = text[..colon]
            .rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '+'))
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let after = colon + 3;
        // `[::1]` is one host.
        let host = if text[after..].starts_with('[') {
            text[after..].find(']').map_or(0, |length| length + 1)
        } else {
            0
        };
        let end = text[after + host..]
            .find(|letter: char| {
                letter.is_whitespace() || matches!(letter, ',' | ')' | ']' | '"' | '\'' | '>' | ';')
            })
            .map_or(text.len(), |length| after + host + length);
        let scheme = text[scheme_start..colon].to_ascii_lowercase();
        if let Some((_, id, clear)) = SCHEMES.iter().find(|(name, _, _)| *name == scheme) {
            if let Some(protocol) = catalog.protocol(id)
                && !said.protocols.iter().any(|(known, _)| *known == protocol.id)
            {
                said.protocols.push((protocol.id, text[scheme_start..after].to_owned()));
            }
            if *clear && said.encrypted.is_none() {
                said.encrypted = Some(Protection::MeansClear(format!("{scheme}://")));
            }
            said.ports.extend(port_of(&text[after..end]));
        }
        if end > scheme_start {
            rest.replace_range(scheme_start..end, &" ".repeat(end - scheme_start));
        }
        from = end.max(after);
    }
    rest
}

fn port_of(address: &str) -> Option<Port> {
    let authority = address.split(['/', '?', '#']).next()?;
    let behind = authority.rsplit_once(']').map_or(authority, |(_, behind)| behind);
    let number = behind.rsplit_once(':')?.1.parse().ok().filter(|number| *number > 0)?;
    Some(Port { from: number, to: number, transport: Transport::Tcp, origin: Origin::Stated })
}
