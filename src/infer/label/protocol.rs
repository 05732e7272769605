//! Names of protocols that stand where only a protocol can, and what TLS beside them makes of them.

use super::token::{Depth, Kind, Token};
use super::{Position, Protection, Said};
use crate::catalog::{NameClass, Protocol};

/// Words behind which a protocol may stand: "via HTTPS", "using SFTP".
const TRIGGERS: [&str; 8] = ["via", "over", "using", "through", "per", "with", "by", "speaks"];

/// Words that may stand behind a protocol's name without changing that it is one.
const BEHIND: [&str; 44] = [
    "call",
    "calls",
    "request",
    "requests",
    "query",
    "queries",
    "connection",
    "connections",
    "traffic",
    "protocol",
    "endpoint",
    "endpoints",
    "session",
    "sessions",
    "transfer",
    "transfers",
    "upload",
    "uploads",
    "download",
    "downloads",
    "polling",
    "poll",
    "access",
    "link",
    "tunnel",
    "stream",
    "streams",
    "message",
    "messages",
    "get",
    "post",
    "put",
    "push",
    "pull",
    "interface",
    "drop",
    "pickup",
    "adapter",
    "only",
    "read",
    "write",
    "reads",
    "writes",
    "publish",
];

/// Words that make of a protocol's name the name of a thing.
const THINGS: [&str; 38] = [
    "key",
    "keys",
    "error",
    "errors",
    "certificate",
    "certificates",
    "cert",
    "certs",
    "config",
    "configuration",
    "settings",
    "status",
    "code",
    "codes",
    "header",
    "headers",
    "credentials",
    "client",
    "server",
    "servers",
    "library",
    "module",
    "handler",
    "controller",
    "connector",
    "listener",
    "policy",
    "record",
    "records",
    "report",
    "reports",
    "script",
    "scripts",
    "schema",
    "statement",
    "statements",
    "user",
    "users",
];

/// Words that say nothing about protocols and may stand beside them in a text that is about them.
const AROUND: [&str; 57] = [
    "anonymous",
    "plain",
    "encrypted",
    "unencrypted",
    "direct",
    "directly",
    "and",
    "or",
    "over",
    "via",
    "using",
    "with",
    "through",
    "use",
    "uses",
    "call",
    "calls",
    "connect",
    "connects",
    "to",
    "speaks",
    "access",
    "accesses",
    "request",
    "requests",
    "traffic",
    "connection",
    "connections",
    "protocol",
    "port",
    "ports",
    "only",
    "inbound",
    "outbound",
    "json",
    "xml",
    "csv",
    "html",
    "yaml",
    "binary",
    "sync",
    "async",
    "secure",
    "in",
    "out",
    "both",
    "queries",
    "query",
    "tls",
    "ssl",
    "mtls",
    "internal",
    "rpc",
    "executes",
    "on",
    "for",
    "from",
];

/// Finds the protocols.
pub(super) fn find(text: &str, tokens: &[Token], ports: &[bool], position: Position, said: &mut Said) {
    let shaped = Shaped::of(tokens, ports);
    let mut open = false;
    let mut accepted: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Kind::Protocol(protocol, class) = token.kind else {
            open = match token.kind {
                Kind::Number(_) => open && ports[at],
                _ => token.is(&TRIGGERS) || open && is_filler(token),
            };
            continue;
        };
        let stands = Stands { text, tokens, ports, at, open, shaped: &shaped, position };
        if stands.here(protocol, class) {
            accepted.push(at);
            open = true;
        } else {
            open = false;
        }
    }
    apply(text, tokens, &accepted, said);
}

/// Which parts of the text are about protocols and nothing else.
struct Shaped {
    whole: bool,
    segments: Vec<bool>,
    has_prose: bool,
}

impl Shaped {
    fn of(tokens: &[Token], ports: &[bool]) -> Self {
        let last = tokens.last().map_or(0, |token| token.segment);
        let mut segments = vec![true; last + 1];
        let mut named = vec![false; last + 1];
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Protocol(..) => named[token.segment] = true,
                Kind::Number(_) => segments[token.segment] &= ports[at],
                Kind::Word => segments[token.segment] &= token.is(&AROUND),
            }
        }
        let whole = segments.iter().all(|shaped| *shaped) && named.iter().any(|named| *named);
        for (shaped, named) in segments.iter_mut().zip(&named) {
            *shaped &= *named;
        }
        let has_prose = tokens.iter().any(|token| matches!(token.kind, Kind::Word) && !token.is(&AROUND));
        Self { whole, segments, has_prose }
    }
}

/// A name and its surroundings.
struct Stands<'a> {
    text: &'a str,
    tokens: &'a [Token],
    ports: &'a [bool],
    at: usize,
    open: bool,
    shaped: &'a Shaped,
    position: Position,
}

impl Stands<'_> {
    /// Whether the name is that of a protocol in use.
    fn here(&self, protocol: &Protocol, class: NameClass) -> bool {
        let token = &self.tokens[self.at];
        let next = self.tokens.get(self.at + 1).filter(|next| next.segment == token.segment);
        if self.negated() || self.alternative_name(protocol) {
            return false;
        }
        let technology = self.position == Position::Technology || token.depth == Depth::Square;
        let shaped = self.shaped.segments[token.segment];
        // "SQL API" of a document store, "JSON file": names of other things.
        let thing = next.is_some_and(|next| next.is(&THINGS) || next.is(&["api"]) && protocol.id == "sql");
        if thing && !(technology && class == NameClass::Plain && !matches!(protocol.id, "sql")) {
            return false;
        }
        match class {
            // A word such as "file" is a protocol only when nothing else is said.
            NameClass::Loose => self.shaped.whole || (technology && shaped),
            NameClass::Plain | NameClass::Capital if technology || self.shaped.whole => true,
            NameClass::Plain | NameClass::Capital => {
                let has_port =
                    self.tokens.get(self.at + 1).is_some() && self.ports.get(self.at + 1) == Some(&true);
                let behind = next.is_some_and(|next| next.is(&BEHIND));
                let first = self.at == 0 && class == NameClass::Plain && self.shaped.has_prose;
                has_port || self.open || shaped || behind || first
            }
        }
    }

    /// "no TLS", "without FTP", "instead of SMB".
    fn negated(&self) -> bool {
        let Some(before) = self.at.checked_sub(1).map(|before| &self.tokens[before]) else { return false };
        let close = self.text[before.end..self.tokens[self.at].start].len() <= 2;
        close
            && before.is(&[
                "no", "not", "without", "non", "of", "never", "disable", "disables", "enable", "enables",
            ])
    }

    /// The name of the transport inside another name: "TCP/IP socket" is told once.
    fn alternative_name(&self, protocol: &Protocol) -> bool {
        // "Web Service (SOAP)", "TLS termination"
        let next = self.tokens.get(self.at + 1);
        protocol.id == "tls"
            && next.is_some_and(|next| {
                next.is(&[
                    "termination",
                    "terminated",
                    "terminates",
                    "offload",
                    "offloading",
                    "inspection",
                    "handshake",
                ])
            })
    }
}

fn is_filler(token: &Token) -> bool {
    token.is(&[
        "and",
        "or",
        "json",
        "xml",
        "csv",
        "binary",
        "over",
        "secure",
        "encrypted",
        "plain",
        "the",
        "a",
    ])
}

/// Puts the accepted names into what is said, TLS and tunnels folded into what they protect.
fn apply(text: &str, tokens: &[Token], accepted: &[usize], said: &mut Said) {
    let mut protects: Option<String> = None;
    let mut tunnels: Vec<(&'static Protocol, &str)> = Vec::new();
    let mut found: Vec<(&'static Protocol, usize)> = Vec::new();
    for at in accepted {
        let Some(protocol) = tokens[*at].protocol() else { continue };
        let written = &text[tokens[*at].start..tokens[*at].end];
        if protocol.id == "tls" {
            protects.get_or_insert_with(|| written.to_owned());
            let mutual = matches!(tokens[*at].text.as_str(), "mtls" | "mutual tls");
            if mutual && said.authentication.is_none() {
                said.authentication = Some(("mtls", written.to_owned()));
            }
            tunnels.push((protocol, written));
        } else if matches!(protocol.id, "ipsec" | "tls-vpn" | "wireguard") {
            protects.get_or_insert_with(|| written.to_owned());
            tunnels.push((protocol, written));
        } else {
            found.push((protocol, *at));
        }
        let clear = protocol.clear.iter().any(|name| name.eq_ignore_ascii_case(&tokens[*at].text));
        if clear && said.encrypted.is_none() {
            said.encrypted = Some(Protection::MeansClear(written.to_owned()));
        }
    }
    let over_tls = tunnels.iter().any(|(protocol, _)| protocol.id == "tls");
    for (protocol, at) in found {
        let written = text[tokens[at].start..tokens[at].end].to_owned();
        let id = if over_tls { protocol.secured.unwrap_or(protocol.id) } else { protocol.id };
        // "TCP 1433" beside a protocol names its transport, "JSON over HTTP" is not a second protocol.
        let bare = matches!(id, "tcp" | "udp");
        if bare
            && accepted.iter().any(|other| {
                *other != at && tokens[*other].protocol().is_some_and(|other| other.layer == "application")
            })
        {
            continue;
        }
        if !said.protocols.iter().any(|(known, _)| *known == id) {
            said.protocols.push((id, written));
        }
    }
    if let Some(written) = protects {
        said.encrypted.get_or_insert(Protection::Stated(written));
    }
    if said.protocols.is_empty() {
        said.protocols
            .extend(tunnels.first().map(|(protocol, written)| (protocol.id, (*written).to_owned())));
    }
}
