//! Words about protection, authentication, direction, phase and purpose.

use super::token::{Depth, Token};
use super::{Position, Protection, Said};
use crate::model::{DataDirection, Phase};

/// Reads them.
pub(super) fn find(text: &str, tokens: &[Token], position: Position, said: &mut Said) {
    protection(text, tokens, position, said);
    authentication(text, tokens, position, said);
    coupling(text, tokens, said);
    if position == Position::Prose {
        said.data = data(tokens);
        phase_and_purpose(text, tokens, said);
        conditions(tokens, said);
    }
}

fn protection(text: &str, tokens: &[Token], position: Position, said: &mut Said) {
    const CLEAR: [&str; 13] = [
        "unencrypted",
        "plaintext",
        "cleartext",
        "plain text",
        "clear text",
        "not encrypted",
        "no encryption",
        "without encryption",
        "no tls",
        "without tls",
        "no ssl",
        "without ssl",
        "not tls protected",
    ];
    if let Some(phrase) = CLEAR.iter().find_map(|phrase| at_phrase(tokens, phrase)) {
        said.encrypted = Some(Protection::StatedClear(words_of(text, tokens, phrase)));
        return;
    }
    if said.encrypted.is_some() {
        return;
    }
    const PROTECTED: [&str; 9] = [
        "encrypted connection",
        "encrypted channel",
        "encrypted link",
        "encrypted tunnel",
        "encrypted traffic",
        "secure tunnel",
        "vpn tunnel",
        "ssh tunnel",
        "end-to-end encrypted",
    ];
    let phrase = PROTECTED.iter().find_map(|phrase| at_phrase(tokens, phrase));
    let alone = || {
        (0..tokens.len()).find(|at| {
            if !tokens[*at].is(&["encrypted", "vpn", "tls", "ssl"]) {
                return false;
            }
            let segment = tokens.iter().filter(|token| token.segment == tokens[*at].segment).count();
            let in_brackets = tokens[*at].depth != Depth::Plain;
            let triggered = *at > 0
                && tokens[*at - 1].is(&["via", "over", "through", "using"])
                && tokens[*at].is(&["vpn"]);
            triggered
                || segment == 1 && (in_brackets || position == Position::Technology || tokens.len() <= 4)
        })
    };
    let mpls = tokens.iter().any(|token| token.is(&["mpls"]));
    let found = phrase.or_else(|| alone().map(|at| at..at + 1)).filter(|_| !mpls);
    if let Some(range) = found {
        said.encrypted = Some(Protection::Stated(words_of(text, tokens, range)));
    }
}

/// Phrase, value, and whether it counts without "with", "using" or brackets.
const AUTHENTICATION: [(&str, &str, bool); 34] = [
    ("mutual tls", "mtls", true),
    ("mtls", "mtls", true),
    ("mutual authentication", "mtls", true),
    ("client certificate", "certificate", false),
    ("client certificates", "certificate", false),
    ("certificate authentication", "certificate", true),
    ("x.509", "certificate", false),
    ("kerberos", "kerberos", false),
    ("windows authentication", "kerberos", true),
    ("integrated windows authentication", "kerberos", true),
    ("ntlm", "ntlm", false),
    ("api key", "api-key", false),
    ("api keys", "api-key", false),
    ("apikey", "api-key", false),
    ("oauth", "token", false),
    ("oauth2", "token", false),
    ("oauth 2.0", "token", false),
    ("bearer token", "token", false),
    ("bearer", "token", false),
    ("bearer jwt", "token", false),
    ("jwt", "token", false),
    ("access token", "token", false),
    ("api token", "token", false),
    ("sas token", "token", false),
    ("basic auth", "basic", true),
    ("basic authentication", "basic", true),
    ("http basic", "basic", false),
    ("anonymous", "none", false),
    ("unauthenticated", "none", true),
    ("no authentication", "none", true),
    ("session cookie", "session", false),
    ("username and password", "credentials", false),
    ("iam role", "iam", false),
    ("managed identity", "iam", false),
];

fn authentication(text: &str, tokens: &[Token], position: Position, said: &mut Said) {
    if said.authentication.is_some() {
        return;
    }
    let mut best: Option<(usize, &'static str, String)> = None;
    for (phrase, value, alone) in AUTHENTICATION {
        let Some(range) = at_phrase(tokens, phrase) else { continue };
        let before = range.start.checked_sub(1).map(|before| &tokens[before]);
        let led =
            before.is_some_and(|before| before.is(&["with", "using", "via", "by", "through", "requires"]));
        let technology = position == Position::Technology || tokens[range.start].depth != Depth::Plain;
        let segment = tokens[range.start].segment;
        let whole = tokens.iter().filter(|token| token.segment == segment).count() == range.len();
        if (alone || led || (technology && whole))
            && best.as_ref().is_none_or(|(length, ..)| *length < phrase.len())
        {
            best = Some((phrase.len(), value, words_of(text, tokens, range)));
        }
    }
    said.authentication = best.map(|(_, value, written)| (value, written));
}

fn coupling(text: &str, tokens: &[Token], said: &mut Said) {
    const WORDS: [(&str, &str); 17] = [
        ("enqueue", "async"),
        ("enqueues", "async"),
        ("async", "async"),
        ("asynchronous", "async"),
        ("asynchronously", "async"),
        ("fire and forget", "async"),
        ("fire-and-forget", "async"),
        ("batch", "batch"),
        ("nightly", "batch"),
        ("hourly", "batch"),
        ("daily", "batch"),
        ("weekly", "batch"),
        ("scheduled", "batch"),
        ("synchronous", "sync"),
        ("synchronously", "sync"),
        ("request/response", "sync"),
        ("request/reply", "sync"),
    ];
    let found: Vec<(&'static str, String)> = WORDS
        .iter()
        .filter_map(|(phrase, value)| {
            at_phrase(tokens, phrase).map(|range| (*value, words_of(text, tokens, range)))
        })
        .collect();
    // "sync/async" says neither.
    let both = tokens.windows(2).any(|pair| pair[0].is(&["sync"]) && pair[1].is(&["async"]));
    let first = found.first().map(|(value, _)| *value);
    if !both && found.iter().all(|(value, _)| Some(*value) == first) {
        said.coupling = found.into_iter().next();
    }
}

fn data(tokens: &[Token]) -> Option<DataDirection> {
    const IN: [&str; 28] = [
        "reads",
        "read",
        "gets",
        "get",
        "receives",
        "receive",
        "fetches",
        "fetch",
        "pulls",
        "pull",
        "polls",
        "poll",
        "queries",
        "query",
        "downloads",
        "download",
        "collects",
        "collect",
        "retrieves",
        "retrieve",
        "consumes",
        "consume",
        "loads",
        "subscribes",
        "subscribe",
        "imports",
        "scrapes",
        "lookup",
    ];
    const OUT: [&str; 36] = [
        "updates",
        "update",
        "upserts",
        "creates",
        "create",
        "deletes",
        "modifies",
        "submits",
        "submit",
        "adds",
        "writes",
        "write",
        "sends",
        "send",
        "publishes",
        "publish",
        "posts",
        "post",
        "pushes",
        "push",
        "uploads",
        "upload",
        "stores",
        "store",
        "saves",
        "save",
        "delivers",
        "deliver",
        "exports",
        "emits",
        "emit",
        "notifies",
        "logs",
        "inserts",
        "puts",
        "replicates",
    ];
    const BOTH: [&str; 8] =
        ["reads/writes", "read/write", "exchanges", "exchange", "synchronizes", "rec/send", "crud", "syncs"];
    // "Send Port", "Receive Handler": names of things.
    const THINGS: [&str; 8] =
        ["port", "handler", "host", "hosts", "server", "adapter", "location", "pipeline"];
    let verb = |at: usize| {
        let behind = tokens.get(at + 1).is_some_and(|next| next.is(&THINGS));
        let leads = |before: usize| {
            tokens[before].segment != tokens[at].segment
                || tokens[before].is(&["and", "or", "then", "also", "to", "in"])
                || tokens[before].number().is_some()
                || tokens[before].protocol().is_some()
        };
        !behind && at.checked_sub(1).is_none_or(leads)
    };
    // A label whose first verb is not known may mean anything.
    let first = tokens.iter().position(|token| token.number().is_none() && token.protocol().is_none());
    let known = |token: &Token| token.is(&IN) || token.is(&OUT);
    let starts = first.is_some_and(|at| known(&tokens[at]) || at > 0 || tokens.len() == 1);
    let any = |list: &[&str]| {
        starts
            && tokens
                .iter()
                .enumerate()
                .any(|(at, token)| token.is(list) && (verb(at) || beside_slash(tokens, at)))
    };
    if BOTH.iter().any(|phrase| at_phrase(tokens, phrase).is_some()) {
        return Some(DataDirection::Both);
    }
    match (any(&IN), any(&OUT)) {
        (true, true) => Some(DataDirection::Both),
        (true, false) => Some(DataDirection::In),
        (false, true) => Some(DataDirection::Out),
        (false, false) => None,
    }
}

/// "reads/writes": the second word of such a pair.
fn beside_slash(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| tokens[before].end + 1 == tokens[at].start)
}

fn phase_and_purpose(text: &str, tokens: &[Token], said: &mut Said) {
    const PHASES: [(&str, Phase); 24] = [
        ("administration", Phase::Administration),
        ("administers", Phase::Administration),
        ("administrates", Phase::Administration),
        ("admin access", Phase::Administration),
        ("remote administration", Phase::Administration),
        ("maintenance access", Phase::Administration),
        ("remote access", Phase::Administration),
        ("remote desktop", Phase::Administration),
        ("terminal services", Phase::Administration),
        ("patching", Phase::Administration),
        ("deploys", Phase::Deployment),
        ("deploy", Phase::Deployment),
        ("deployment", Phase::Deployment),
        ("docker push", Phase::Deployment),
        ("helm install", Phase::Deployment),
        ("pushes image", Phase::Deployment),
        ("pushes images", Phase::Deployment),
        ("pulls image", Phase::Deployment),
        ("pulls images", Phase::Deployment),
        ("provisions", Phase::Deployment),
        ("configures", Phase::Configuration),
        ("configure", Phase::Configuration),
        ("setup only", Phase::Configuration),
        ("during configuration", Phase::Configuration),
    ];
    const PURPOSES: [(&str, &str); 34] = [
        ("monitors", "monitoring"),
        ("monitoring", "monitoring"),
        ("metrics", "monitoring"),
        ("health check", "monitoring"),
        ("health checks", "monitoring"),
        ("heartbeat", "monitoring"),
        ("telemetry", "monitoring"),
        ("scrapes", "monitoring"),
        ("traces", "monitoring"),
        ("ships logs", "monitoring"),
        ("sends logs", "monitoring"),
        ("log forwarding", "monitoring"),
        ("logs to", "monitoring"),
        ("backup", "backup"),
        ("backups", "backup"),
        ("backs up", "backup"),
        ("log shipping", "backup"),
        ("restore", "backup"),
        ("deploys", "deployment"),
        ("deploy", "deployment"),
        ("deployment", "deployment"),
        ("docker push", "deployment"),
        ("administration", "management"),
        ("administers", "management"),
        ("admin access", "management"),
        ("remote administration", "management"),
        ("remote desktop", "management"),
        ("terminal services", "management"),
        ("authenticates", "sign-in"),
        ("authentication", "sign-in"),
        ("login", "sign-in"),
        ("log in", "sign-in"),
        ("sign-in", "sign-in"),
        ("single sign-on", "sign-in"),
    ];
    // A long label tells a story; what it mentions is not what the flow is for.
    if tokens.len() > 9 {
        return;
    }
    let mut earliest: Option<(usize, Phase)> = None;
    for (phrase, phase) in PHASES {
        if let Some(range) = at_phrase(tokens, phrase)
            && earliest.is_none_or(|(at, _)| range.start < at)
        {
            earliest = Some((range.start, phase));
        }
    }
    said.phase = earliest.map(|(_, phase)| phase);
    let mut first: Option<(usize, &'static str, String)> = None;
    for (phrase, purpose) in PURPOSES {
        if let Some(range) = at_phrase(tokens, phrase)
            && first.as_ref().is_none_or(|(at, ..)| range.start < *at)
        {
            first = Some((range.start, purpose, words_of(text, tokens, range)));
        }
    }
    // "basic authentication" says how, not what for.
    let how = said.authentication.is_some();
    first = first.filter(|(_, purpose, _)| *purpose != "sign-in" || !how);
    said.purpose = first.map(|(_, purpose, written)| (purpose, written));
}

fn conditions(tokens: &[Token], said: &mut Said) {
    const OPTIONAL: [&str; 11] = [
        "optional",
        "optionally",
        "only if",
        "if needed",
        "if required",
        "when required",
        "if no",
        "if used",
        "when needed",
        "if present",
        "if any",
    ];
    const ALTERNATIVE: [&str; 6] =
        ["alternatively", "alternative", "either", "or direct", "or directly", "instead of"];
    said.optional = OPTIONAL.iter().any(|phrase| at_phrase(tokens, phrase).is_some());
    let leads = tokens.first().is_some_and(|token| token.is(&["or"])) && tokens.len() > 1;
    said.alternative = leads || ALTERNATIVE.iter().any(|phrase| at_phrase(tokens, phrase).is_some());
}

/// Where a phrase stands among the tokens, by its words. A token may hold several words of it.
fn at_phrase(tokens: &[Token], phrase: &str) -> Option<std::ops::Range<usize>> {
    let separators = [' ', '-', '/'];
    (0..tokens.len()).find_map(|start| {
        let mut wanted = phrase.split(separators).peekable();
        let mut at = start;
        while wanted.peek().is_some() {
            let all_here = tokens.get(at)?.text.split(' ').all(|part| wanted.next() == Some(part));
            if !all_here {
                return None;
            }
            at += 1;
        }
        Some(start..at)
    })
}

fn words_of(text: &str, tokens: &[Token], range: std::ops::Range<usize>) -> String {
    text[tokens[range.start].start..tokens[range.end - 1].end].to_owned()
}
