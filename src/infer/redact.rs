//! Secrets in sources: found by their shape or by the key before them, and replaced.
//!
//! In: the text of a source. Out: the same text with `«redacted»` in the place of each secret, line
//! breaks kept; `None` when there is none. Words about secrets ("password reset service", "API key")
//! are no secrets, and neither are placeholders (`${DB_PASSWORD}`, `<token>`).

use std::ops::Range;

/// What stands in the place of a secret.
const MARK: &str = "«redacted»";

/// Replaces the secrets of a text. `None` when it holds none.
pub fn redact(text: &str) -> Option<String> {
    let mut found = private_keys(text);
    found.extend(tokens(text));
    found.extend(assignments(text));
    found.extend(addresses(text));
    found.extend(headers(text));
    if found.is_empty() {
        return None;
    }
    found.sort_by_key(|range| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for range in found {
        if range.start < end {
            if range.end > end {
                end = range.end;
            }
            continue;
        }
        out.push_str(&text[end..range.start]);
        out.push_str(MARK);
        end = range.end;
    }
    out.push_str(&text[end..]);
    Some(out)
}

/// The lines between `-----BEGIN .. PRIVATE KEY-----` and its end.
fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut inside = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let trimmed = written.trim();
        if trimmed.contains("-----BEGIN ") && trimmed.contains("PRIVATE KEY") {
            inside = !trimmed.contains("-----END ");
            // A key may be folded into one line with escaped line breaks.
            if let Some(start) = written.find("KEY-----").filter(|start| written.len() > start + 24) {
                let body = start + "KEY-----".len();
                let end = written[body..].find("-----END").map_or(written.len(), |at| at + body);
                found.push(offset + body..offset + end);
            }
        } else if trimmed.contains("-----END ") {
            inside = false;
        } else if inside && !trimmed.is_empty() && trimmed != MARK {
            let indent = written.len() - written.trim_start().len();
            found.push(offset + indent..offset + written.trim_end().len());
        }
        offset += line.len();
    }
    found
}

/// A family of tokens: how it begins, which characters follow, and how many at least.
struct Shape {
    prefix: &'static str,
    least: usize,
    most: usize,
    more: &'static str,
}

const SHAPES: [Shape; 25] = [
    Shape { prefix: "AKIA", least: 16, most: 16, more: "" },
    Shape { prefix: "ASIA", least: 16, most: 16, more: "" },
    Shape { prefix: "ghp_", least: 30, most: 255, more: "" },
    Shape { prefix: "gho_", least: 30, most: 255, more: "" },
    Shape { prefix: "ghu_", least: 30, most: 255, more: "" },
    Shape { prefix: "ghs_", least: 30, most: 255, more: "" },
    Shape { prefix: "ghr_", least: 30, most: 255, more: "" },
    Shape { prefix: "github_pat_", least: 22, most: 255, more: "_" },
    Shape { prefix: "glpat-", least: 20, most: 64, more: "-_" },
    Shape { prefix: "xoxb-", least: 10, most: 255, more: "-" },
    Shape { prefix: "xoxp-", least: 10, most: 255, more: "-" },
    Shape { prefix: "xoxa-", least: 10, most: 255, more: "-" },
    Shape { prefix: "xoxr-", least: 10, most: 255, more: "-" },
    Shape { prefix: "xapp-", least: 10, most: 255, more: "-" },
    Shape { prefix: "sk_live_", least: 16, most: 255, more: "" },
    Shape { prefix: "sk_test_", least: 16, most: 255, more: "" },
    Shape { prefix: "rk_live_", least: 16, most: 255, more: "" },
    Shape { prefix: "sk-ant-", least: 20, most: 255, more: "-_" },
    Shape { prefix: "sk-proj-", least: 20, most: 255, more: "-_" },
    Shape { prefix: "AIza", least: 35, most: 35, more: "-_" },
    Shape { prefix: "ya29.", least: 20, most: 512, more: "-_" },
    Shape { prefix: "npm_", least: 36, most: 36, more: "" },
    Shape { prefix: "SG.", least: 40, most: 128, more: "-_." },
    Shape { prefix: "dop_v1_", least: 64, most: 64, more: "" },
    Shape { prefix: "hooks.slack.com/services/", least: 20, most: 128, more: "/" },
];

fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for shape in &SHAPES {
        for (start, _) in text.match_indices(shape.prefix) {
            let body = start + shape.prefix.len();
            let length = run(&text[body..], shape.more);
            let digits = text[body..body + length].bytes().any(|byte| byte.is_ascii_digit());
            if starts_word(text, start) && (shape.least..=shape.most).contains(&length) && digits {
                found.push(start..body + length);
            }
        }
    }
    for (start, _) in text.match_indices("eyJ") {
        let length = run(&text[start..], "-_.");
        let token = text[start..start + length].trim_end_matches('.');
        let parts: Vec<&str> = token.split('.').collect();
        let shaped =
            parts.len() >= 2 && parts.iter().take(2).all(|part| part.len() >= 8) && token.len() >= 30;
        if starts_word(text, start) && shaped {
            found.push(start..start + token.len());
        }
    }
    found
}

/// How many bytes of ASCII letters, digits and the other characters stand at the start.
fn run(text: &str, more: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || more.as_bytes().contains(byte)).count()
}

fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].chars().next_back().is_some_and(|before| before.is_alphanumeric() || before == '_')
}

/// Keys before a secret, in lower case without separators.
const KEYS: [&str; 22] = [
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "clientsecret",
    "apikey",
    "apitoken",
    "accesskey",
    "secretkey",
    "secretaccesskey",
    "accountkey",
    "sharedaccesskey",
    "sharedaccesssignature",
    "token",
    "authtoken",
    "accesstoken",
    "refreshtoken",
    "privatekey",
    "encryptionkey",
    "connectionpassword",
    "sig",
];

/// `Password=...;`, `"api_key": "..."`, `pwd: ...`.
fn assignments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, sign) in text.char_indices().filter(|(_, sign)| matches!(sign, '=' | ':')) {
        let Some(key) = key_before(text, at) else { continue };
        let known = KEYS.iter().any(|known| key == *known || (known.len() >= 6 && key.ends_with(known)));
        if !known {
            continue;
        }
        if let Some(range) = value_after(text, at + 1, sign, &key) {
            found.push(range);
        }
    }
    found
}

/// Bytes of a line that are looked at on each side of a place: a drawing may be one line of megabytes.
const AROUND: usize = 2_000;

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The line up to a place, or the end of it that is near.
fn line_before(text: &str, at: usize) -> &str {
    let near = &text[boundary(text, at.saturating_sub(AROUND))..at];
    near.rsplit('\n').next().unwrap_or(near)
}

/// The key that ends before a sign, folded.
fn key_before(text: &str, at: usize) -> Option<String> {
    let line = line_before(text, at);
    let line = line.trim_end_matches([' ', '\t']);
    let line = line.strip_suffix(['"', '\'']).unwrap_or(line);
    let start = line
        .char_indices()
        .rev()
        .take(48)
        .take_while(|(_, letter)| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))
        .last()
        .map(|(start, _)| start)?;
    let key = &line[start..];
    // "Shared Access Key=", "API key:": the word before belongs to the key.
    let before = line[..start].trim_end().rsplit([' ', ';', ',', '"', '\'']).next().unwrap_or_default();
    let whole = if key.eq_ignore_ascii_case("key") { format!("{before}{key}") } else { key.to_owned() };
    let last = whole.rsplit('.').next().unwrap_or(&whole);
    Some(last.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect())
}

fn value_after(text: &str, from: usize, sign: char, key: &str) -> Option<Range<usize>> {
    let reach = boundary(text, from + AROUND);
    let line_end = text[from..reach].find(['\n', '\r']).map_or(reach, |at| at + from);
    let line = &text[from..line_end];
    let spaces = line.len() - line.trim_start_matches([' ', '\t']).len();
    let start = from + spaces;
    let rest = &text[start..line_end];
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''));
    let (start, value) = match quote {
        Some(quote) => {
            let body = &rest[1..];
            let end = body.find(quote).unwrap_or(body.len());
            (start + 1, &body[..end])
        }
        None => {
            let end = rest
                .find(|letter: char| {
                    letter.is_whitespace()
                        || matches!(letter, ';' | ',' | '"' | '\'' | '&' | '<' | '\\' | ')' | ']' | '}')
                })
                .unwrap_or(rest.len());
            (start, &rest[..end])
        }
    };
    if value.len() < 4 || is_placeholder(value) {
        return None;
    }
    let letters = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let special = value
        .bytes()
        .any(|byte| matches!(byte, b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'*' | b'+' | b'='));
    let mixed = letters && (digits || special) && value.len() >= 6;
    let spaced = value.contains(' ');
    // Key and value stand together in a connection string.
    let tight = sign == '=' && spaces == 0;
    let line_start = from - line_before(text, from).len();
    let connection =
        text[line_start..line_end].contains(';') && text[line_start..line_end].matches('=').count() >= 2;
    let secret = match key {
        "sig" => tight && value.len() >= 20,
        "token" => mixed && value.len() >= 12 && digits,
        _ if quote.is_some() => !spaced && (mixed || tight && value.len() >= 4),
        _ => (mixed && !value.contains('(')) || (tight && connection),
    };
    secret.then(|| start..start + value.len())
}

/// `${X}`, `$X`, `<password>`, `{{ .Values.x }}`, `%X%`, `****`, `env.X`: what stands for a secret.
fn is_placeholder(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let starts = [
        "$",
        "<",
        "{",
        "%",
        "@",
        "«",
        "&",
        "env.",
        "env:",
        "process.",
        "os.",
        "var.",
        "vault",
        "ssm:",
        "arn:",
        "!ref",
        "secrets.",
        "secretref",
        "data.",
        "module.",
        "random_",
        "http://",
        "https://",
        "/",
        "self.",
        "this.",
        "config.",
    ];
    let filled = value.chars().all(|letter| matches!(letter, '*' | 'x' | 'X' | '.' | '•' | '-' | '_' | '?'));
    let words =
        ["your", "example", "placeholder", "redacted", "todo", "from-vault", "secretmanager", "keyvault"];
    starts.iter().any(|start| lower.starts_with(start))
        || filled
        || words.iter().any(|word| lower.contains(word))
}

/// `scheme://user:secret@host`.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("://") {
        let start = at + 3;
        let rest = &text[start..];
        let end = rest
            .find(|letter: char| {
                letter.is_whitespace()
                    || matches!(letter, '/' | '?' | '#' | '"' | '\'' | '<' | '>' | ')' | ']')
            })
            .unwrap_or(rest.len());
        let Some((user_info, host)) = rest[..end].rsplit_once('@') else { continue };
        let Some((user, secret)) = user_info.split_once(':') else { continue };
        let valid = !host.is_empty() && !secret.is_empty() && !is_placeholder(secret);
        if valid {
            let begin = start + user.len() + 1;
            found.push(begin..begin + secret.len());
        }
    }
    found
}

/// `Authorization: Bearer ...`, `Authorization: Basic ...`.
fn headers(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for scheme in ["Bearer ", "bearer ", "Basic ", "basic "] {
        for (at, _) in text.match_indices(scheme) {
            let start = at + scheme.len();
            let length = run(&text[start..], "-_.~+/=");
            let value = &text[start..start + length];
            let digits = value.bytes().any(|byte| byte.is_ascii_digit());
            let capitals = value.bytes().any(|byte| byte.is_ascii_uppercase());
            let line = line_before(text, at).to_ascii_lowercase();
            let header = line.contains("authorization");
            let long = length >= 20 && digits && capitals || header && length >= 8 && (digits || capitals);
            if starts_word(text, at) && long && !is_placeholder(value) {
                found.push(start..start + length);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::redact;

    #[test]
    fn secrets_go_and_lines_stay() {
        // Shapes are put together here so that no scanner takes this file for a leak.
        let jwt = format!(
            "eyJ{}.eyJ{}.{}",
            "hbGciOiJIUzI1NiJ9", "zdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N"
        );
        let table = [
            (
                "Server=db;Database=x;User Id=sa;Password=hunter2;".to_owned(),
                "Server=db;Database=x;User Id=sa;Password=«redacted»;",
            ),
            ("Server=db;Uid=sa;Pwd=secret;".to_owned(), "Server=db;Uid=sa;Pwd=«redacted»;"),
            ("postgres://app:s3cr3t@db:5432/x".to_owned(), "postgres://app:«redacted»@db:5432/x"),
            (format!("key {}{}", "AKIA", "IOSFODNN7EXAMPL1"), "key «redacted»"),
            (format!("t {}{}", "ghp_", "abcdefghijklmnopqrstuvwxyz0123456789"), "t «redacted»"),
            (format!("jwt {jwt} end"), "jwt «redacted» end"),
            ("api_key: \"a1b2c3d4e5f6\"".to_owned(), "api_key: \"«redacted»\""),
            ("\"clientSecret\": \"Q~x8z!92kd\"".to_owned(), "\"clientSecret\": \"«redacted»\""),
            (
                "AccountKey=abcd1234EFGH5678==;EndpointSuffix=core".to_owned(),
                "AccountKey=«redacted»;EndpointSuffix=core",
            ),
            ("Authorization: Basic dXNlcjpwYXNz".to_owned(), "Authorization: Basic «redacted»"),
            ("password: Summer2024!".to_owned(), "password: «redacted»"),
            ("?sv=2020&sig=abcdefghij1234567890%3D".to_owned(), "?sv=2020&sig=«redacted»"),
            (
                "a\n-----BEGIN RSA PRIVATE KEY-----\r\n  MIIE\n  abcd\n-----END RSA PRIVATE KEY-----\nb"
                    .to_owned(),
                "a\n-----BEGIN RSA PRIVATE KEY-----\r\n  «redacted»\n  «redacted»\n-----END RSA PRIVATE KEY-----\nb",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(redact(&text).as_deref(), Some(expected), "{text}");
            assert_eq!(redact(expected), None, "{expected}");
        }
    }

    #[test]
    fn words_about_secrets_are_none() {
        let table = [
            "Password reset service",
            "Rel(app, idp, \"validates JWT tokens\", \"HTTPS, API key\")",
            "password: required",
            "Authorization: Bearer token",
            "uses Bearer JWT",
            "password=${DB_PASSWORD}",
            "password: <password>",
            "token: see the vault",
            "API key: rotated yearly",
            "Secret: stored in Key Vault",
            "http://example.com:8080/a@b",
            "https://user@example.com/",
            "mailto:a@b.example",
            "skinparam monochrome true",
            "title Secret store",
            "token = getToken(42)",
            "AKIA is a prefix",
            "sk-learn pipeline",
            "secretName: db-credentials",
            "API gateway : token exchange",
            "user -> api : token",
            "passwordPolicy: strong",
            "note right: Password = 12 characters at least",
        ];
        for text in table {
            assert_eq!(redact(text), None, "{text}");
        }
    }
}
