//! Labels in lines of plain text: what is the name, what the technology, what prose.
//!
//! People write labels alike in every language: the name, words in brackets below it, prose below them. The markup
//! differs and is removed by each reader.

/// The parts of a label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The name, on one line.
    pub name: String,
    /// Words in brackets: `[Container: Java]`.
    pub bracket: Option<String>,
    /// Prose below the name.
    pub description: Option<String>,
    /// What it is said to be, when its name stands in a line `Name: ...` below that.
    pub what: Option<String>,
    /// Names of sprites and images.
    pub icons: Vec<String>,
}

/// A line of a label, without markup.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// It is marked as a heading.
    pub heading: bool,
    /// It is no part of a name.
    pub detail: bool,
    /// Something was written, if only an icon.
    pub written: bool,
}

/// How a language's texts are taken apart.
#[derive(Debug)]
pub struct Markup {
    /// The label of an element.
    pub label: fn(&str) -> Label,
    /// The words on a line and the words in brackets below them.
    pub line: fn(&str) -> (Option<String>, Option<String>),
    /// Text on one line.
    pub one_line: fn(&str) -> String,
}

/// Longest name that is put together from several plain lines, in characters.
const LONGEST_NAME: usize = 60;

/// Bytes of a line of prose after which people wrap.
const WRAPPED: usize = 40;

/// Words in parentheses that say how a thing is used, and not what it is made of.
const REMARKS: &[&str] = &[
    "optional",
    "primary",
    "secondary",
    "replica",
    "standby",
    "active",
    "passive",
    "master",
    "slave",
    "leader",
    "follower",
    "future",
    "planned",
    "new",
    "old",
    "legacy",
    "existing",
    "current",
    "deprecated",
    "internal",
    "public",
    "private",
    "prod",
    "production",
    "test",
    "staging",
    "dev",
    "development",
    "shared",
    "local",
    "remote",
    "managed",
    "default",
    "same",
    "each",
    "per",
    "only",
    "all",
    "any",
    "see",
    "note",
    "port",
    "ports",
    "read",
    "write",
    "one",
    "two",
    "multiple",
    "single",
    "multi",
    "az",
    "zone",
    "region",
    "us",
    "eu",
    "main",
    "backup",
    "dr",
    "not",
    "no",
    "via",
    "for",
    "with",
    "without",
    "from",
    "to",
    "and",
    "or",
    "in",
    "on",
    "by",
    "the",
];

/// Takes the lines of an element's label apart; the icons are left to the caller.
pub fn parts(lines: impl IntoIterator<Item = Line>) -> Label {
    let mut label = Label::default();
    let mut prose: Vec<String> = Vec::new();
    let mut heading = false;
    let mut ended = false;
    let lines: Vec<Line> = lines.into_iter().collect();
    let announces: Vec<bool> = (0..lines.len())
        .map(|at| {
            let next = || lines[at + 1..].iter().find(|line| !line.text.is_empty());
            announces_address(&lines[at].text) && next().is_some_and(|next| is_address(&next.text))
        })
        .collect();
    for (line, announces) in lines.into_iter().zip(announces) {
        let text = line.text;
        if text.is_empty() || is_separator(&text) {
            // An empty line ends the name; one that only held an icon does not.
            ended |= !label.name.is_empty() && !line.written || is_separator(&text);
            continue;
        }
        if label.bracket.is_none()
            && let Some(inside) =
                bracketed(&text).or_else(|| in_parentheses(&text)).filter(|_| !label.name.is_empty())
        {
            label.bracket = Some(inside.to_owned());
            ended = true;
            continue;
        }
        let fits = label.name.chars().count() + text.chars().count() < LONGEST_NAME;
        if label.name.is_empty() {
            label.name = text;
            heading = line.heading;
        } else if ended
            || heading && !line.heading
            || !fits
            || !prose.is_empty()
            || line.detail
            || announces
            || is_detail(&text)
        {
            prose.push(text);
        } else {
            label.name.push(' ');
            label.name.push_str(&text);
        }
    }
    if let Some(at) = prose.iter().position(|line| named(line).is_some()).filter(|_| label.what.is_none())
        && let Some(name) = named(&prose[at]).map(str::to_owned)
    {
        label.what = Some(std::mem::replace(&mut label.name, name));
        prose.remove(at);
    }
    label.description = Some(joined(&prose)).filter(|text| !text.is_empty());
    label
}

/// `Name: web-1`: the name of what the lines above say.
fn named(line: &str) -> Option<&str> {
    let (key, name) = line.split_once(':')?;
    Some(name.trim()).filter(|name| key.trim().eq_ignore_ascii_case("name") && !name.is_empty())
}

/// Lines of prose on one line: those that go on are put together, the others kept apart.
fn joined(lines: &[String]) -> String {
    let mut text = String::new();
    let mut last = "";
    for line in lines {
        let starts =
            line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "•·-*+✓:".contains(c));
        let ends = last.ends_with(['.', ',', ';', ':', '!', '?', '-', '&', '/', '+']);
        let goes_on = !starts || ends || announces_address(last) && is_address(line) || last.len() > WRAPPED;
        text.push_str(if last.is_empty() {
            ""
        } else if goes_on {
            " "
        } else {
            "; "
        });
        text.push_str(line);
        last = line;
    }
    text
}

/// A line in parentheses that names a technology; words that say how a thing is used are none.
fn in_parentheses(line: &str) -> Option<&str> {
    let inside = line.strip_prefix('(')?.strip_suffix(')')?.trim();
    let words: Vec<&str> =
        inside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let remark = |word: &&str| REMARKS.contains(&word.to_lowercase().as_str());
    let plain = !inside.contains(['(', ')', ':', '@', '=']) && !is_address(inside);
    let named = inside.starts_with(char::is_uppercase) && words.len() < 5;
    (plain && named && !words.iter().any(remark)).then_some(inside)
}

/// The words on a line and the words in brackets below them. A line of nothing but numbers below words is a port,
/// as if it stood in brackets.
pub fn line_parts(lines: impl IntoIterator<Item = String>) -> (Option<String>, Option<String>) {
    let mut words: Vec<String> = Vec::new();
    let mut bracket: Option<String> = None;
    let mut ports: Vec<String> = Vec::new();
    for line in lines {
        if line.is_empty() || is_separator(&line) {
            continue;
        }
        match bracketed(&line) {
            Some(inside) if bracket.is_none() => bracket = Some(inside.to_owned()),
            _ if !words.is_empty() && is_ports(&line) => ports.push(line),
            _ => words.push(line),
        }
    }
    let bracket = bracket.into_iter().chain(ports).reduce(|all, one| format!("{all}, {one}"));
    let words = words.join(" ");
    // `uses >` and `< uses` only say which way to read.
    let words = words.trim_end_matches(" >").trim_start_matches("< ").trim().to_owned();
    (Some(words).filter(|words| !words.is_empty() && words != ">" && words != "<"), bracket)
}

/// `3001`, `80, 443`, `:8080`: numbers of two to five digits and nothing else.
fn is_ports(line: &str) -> bool {
    let divides = |c: char| c == ' ' || matches!(c, ',' | '/' | ':');
    let mut numbers = line.split(divides).filter(|part| !part.is_empty()).peekable();
    numbers.peek().is_some()
        && numbers.all(|part| (2..6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// `Public IP`, `IP address`, `CIDR`: the heading of an address on the next line.
fn announces_address(line: &str) -> bool {
    let heads = |last: &str| {
        ["ip", "ips", "address", "addresses", "cidr"].iter().any(|head| last.eq_ignore_ascii_case(head))
    };
    line.split_whitespace().next_back().is_some_and(heads) && line.split_whitespace().count() <= 3
}

/// It holds an IPv4 address or range.
fn is_address(line: &str) -> bool {
    line.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|word| word.matches('.').count() == 3)
}

/// An address, a port or a setting: no part of a name.
fn is_detail(line: &str) -> bool {
    let address = is_address(line);
    let starts = |start: &str| line.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    address || line.contains([':', '=', '@']) || starts("port ") || starts("ip ")
}

/// A rule between lines: `--`, `====`, `..`.
pub fn is_separator(line: &str) -> bool {
    let mark = line.chars().next().unwrap_or(' ');
    line.chars().count() > 1
        && matches!(mark, '-' | '=' | '.' | '_' | '~' | '─' | '━' | '═' | '—')
        && line.chars().all(|c| c == mark)
}

/// `[words]`, when the brackets hold the whole line.
fn bracketed(line: &str) -> Option<&str> {
    let inside = line.strip_prefix('[')?.strip_suffix(']')?;
    (!inside.contains('[') && !inside.trim().is_empty()).then(|| inside.trim())
}

#[cfg(test)]
mod tests {
    use super::{Line, parts};

    fn taken(lines: &[&str]) -> crate::wording::label::Label {
        let line = |text: &&str| Line { text: (*text).to_owned(), written: true, ..Line::default() };
        parts(lines.iter().map(line))
    }

    #[test]
    fn a_line_in_parentheses_is_a_technology_unless_it_is_a_remark() {
        assert_eq!(taken(&["orders_db", "(MySQL)"]).bracket.as_deref(), Some("MySQL"));
        assert_eq!(taken(&["Event Bus", "(Kafka / MSK)"]).bracket.as_deref(), Some("Kafka / MSK"));
        assert_eq!(taken(&["Web", "(Optional)"]).bracket, None);
        assert_eq!(taken(&["Web", "(two of them)"]).bracket, None);
    }

    #[test]
    fn a_name_may_stand_below_what_it_is_of() {
        let label = taken(&["VM", "Name:hub-1", "OS:Linux", "Size: B2"]);
        assert_eq!((label.name.as_str(), label.what.as_deref()), ("hub-1", Some("VM")));
        assert_eq!(label.description.as_deref(), Some("OS:Linux; Size: B2"));
    }

    #[test]
    fn an_address_and_its_heading_are_no_part_of_a_name() {
        let cases: [(&[&str], &str, Option<&str>); 4] = [
            (&["Gateway", "Public IP", "198.51.100.7"], "Gateway", Some("Public IP 198.51.100.7")),
            (&["Gateway", "192.0.2.0/24"], "Gateway", Some("192.0.2.0/24")),
            (&["Public IP", "198.51.100.7"], "Public IP", Some("198.51.100.7")),
            (&["Static", "address", "pool"], "Static address pool", None),
        ];
        for (lines, name, description) in cases {
            let line = |text: &&str| Line { text: (*text).to_owned(), written: true, ..Line::default() };
            let label = parts(lines.iter().map(line));
            assert_eq!((label.name.as_str(), label.description.as_deref()), (name, description));
        }
    }
}
