//! Which column of an export says what: the header spellings of common exports and of our own.

use csv::StringRecord;

use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::source::{FileId, Span};

/// Lines before the header that are passed over at most: titles and remarks of the exporting tool.
const MOST_BEFORE: usize = 20;

/// Columns that a message names at most.
const MOST_NAMED: usize = 12;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    Firewall,
    Name,
    Source,
    Destination,
    Protocol,
    Port,
    Service,
    Action,
    Enabled,
    Disabled,
}

/// Headers, folded to letters and digits, with what they say. Of several that say the same, the first of
/// this list counts: our own members before the name of their group.
const HEADERS: &[(&str, Says)] = &[
    ("firewall", Says::Firewall),
    ("device", Says::Firewall),
    ("devicename", Says::Firewall),
    ("installon", Says::Firewall),
    ("rule", Says::Name),
    ("ruleid", Says::Name),
    ("rulename", Says::Name),
    ("rulenumber", Says::Name),
    ("name", Says::Name),
    ("id", Says::Name),
    ("no", Says::Name),
    ("number", Says::Name),
    ("sourcemembers", Says::Source),
    ("source", Says::Source),
    ("sources", Says::Source),
    ("src", Says::Source),
    ("from", Says::Source),
    ("sourceaddress", Says::Source),
    ("sourceaddresses", Says::Source),
    ("sourceip", Says::Source),
    ("srcaddr", Says::Source),
    ("srcaddress", Says::Source),
    ("srcip", Says::Source),
    ("sourcenetwork", Says::Source),
    ("sourcenetworks", Says::Source),
    ("sourceaddressprefix", Says::Source),
    ("destinationmembers", Says::Destination),
    ("destination", Says::Destination),
    ("destinations", Says::Destination),
    ("dst", Says::Destination),
    ("dest", Says::Destination),
    ("to", Says::Destination),
    ("destinationaddress", Says::Destination),
    ("destinationaddresses", Says::Destination),
    ("destinationip", Says::Destination),
    ("destaddress", Says::Destination),
    ("destip", Says::Destination),
    ("dstaddr", Says::Destination),
    ("dstaddress", Says::Destination),
    ("dstip", Says::Destination),
    ("destinationnetwork", Says::Destination),
    ("destinationnetworks", Says::Destination),
    ("destinationaddressprefix", Says::Destination),
    ("target", Says::Destination),
    ("protocol", Says::Protocol),
    ("proto", Says::Protocol),
    ("transport", Says::Protocol),
    ("ipprotocol", Says::Protocol),
    ("port", Says::Port),
    ("ports", Says::Port),
    ("destinationport", Says::Port),
    ("destinationports", Says::Port),
    ("destinationportrange", Says::Port),
    ("destport", Says::Port),
    ("dstport", Says::Port),
    ("dport", Says::Port),
    ("portrange", Says::Port),
    ("service", Says::Service),
    ("services", Says::Service),
    ("serviceport", Says::Service),
    ("servicesapplications", Says::Service),
    ("application", Says::Service),
    ("action", Says::Action),
    ("access", Says::Action),
    ("permission", Says::Action),
    ("verdict", Says::Action),
    ("effect", Says::Action),
    ("decision", Says::Action),
    ("policy", Says::Action),
    ("ruleaction", Says::Action),
    ("enabled", Says::Enabled),
    ("active", Says::Enabled),
    ("disabled", Says::Disabled),
];

/// The columns of an export.
#[derive(Debug)]
pub(super) struct Layout {
    /// Position of each kind of column.
    columns: Vec<(Says, usize)>,
    /// Number of the header's record, from 0.
    pub(super) header: usize,
    /// Columns of the header.
    pub(super) width: usize,
}

impl Layout {
    /// The position of a column.
    pub(super) fn at(&self, says: Says) -> Option<usize> {
        self.columns.iter().find(|(known, _)| *known == says).map(|(_, at)| *at)
    }
}

/// Finds the header: the first line that names a source and a destination.
pub(super) fn find(
    file: FileId,
    records: &[(StringRecord, usize, usize)],
) -> Result<Layout, Box<Diagnostic>> {
    let candidates = || records.iter().enumerate().take(MOST_BEFORE);
    let found = candidates()
        .map(|(at, (record, ..))| layout(at, record))
        .find(|layout| layout.at(Says::Source).is_some() && layout.at(Says::Destination).is_some());
    let (layout, complete) = match found {
        Some(layout) => {
            let what = layout.at(Says::Service).or(layout.at(Says::Port)).is_some();
            let complete = what && layout.at(Says::Action).is_some();
            (layout, complete)
        }
        None => {
            // The line that looks most like a header is the one to speak of.
            let best = candidates()
                .map(|(at, (record, ..))| layout(at, record))
                .max_by_key(|layout| (layout.columns.len(), std::cmp::Reverse(layout.header)));
            let Some(best) = best else {
                let span = Span::new(file, 0, 0);
                return Err(Box::new(Diagnostic::error("compare/empty", "the export is empty", span)));
            };
            (best, false)
        }
    };
    if complete {
        return Ok(layout);
    }
    let (record, start, end) = &records[layout.header];
    let span = Span::new(file, *start, *end);
    let mut diagnostic = Diagnostic::error("compare/columns", message(&layout, record), span);
    diagnostic.help = Some(help(&layout, record));
    Err(Box::new(diagnostic))
}

fn layout(header: usize, record: &StringRecord) -> Layout {
    let folded: Vec<String> = record.iter().map(fold).collect();
    let mut columns: Vec<(Says, usize)> = Vec::new();
    for (name, says) in HEADERS {
        let known = columns.iter().any(|(known, _)| known == says);
        if let Some(at) = folded.iter().position(|column| column == name).filter(|_| !known) {
            columns.push((*says, at));
        }
    }
    Layout { columns, header, width: record.len() }
}

fn message(layout: &Layout, record: &StringRecord) -> String {
    let missing: Vec<&str> = needed(layout).into_iter().map(|(name, _)| name).collect();
    let found: Vec<String> = record
        .iter()
        .map(str::trim)
        .filter(|column| !column.is_empty())
        .take(MOST_NAMED)
        .map(|column| format!("`{}`", column.chars().take(40).collect::<String>()))
        .collect();
    let found = if found.is_empty() { "none".to_owned() } else { found.join(", ") };
    format!("no column for {}; the columns found are {found}", missing.join(", "))
}

/// What is missing, with usual names for it.
fn needed(layout: &Layout) -> Vec<(&'static str, &'static [&'static str])> {
    let mut needed: Vec<(&str, &[&str])> = Vec::new();
    if layout.at(Says::Source).is_none() {
        needed.push(("the source", &["source", "src", "from", "sourceaddress", "srcaddr"]));
    }
    if layout.at(Says::Destination).is_none() {
        needed.push((
            "the destination",
            &["destination", "dst", "dest", "to", "destinationaddress", "dstaddr"],
        ));
    }
    if layout.at(Says::Service).or(layout.at(Says::Port)).is_none() {
        needed.push((
            "the service or port",
            &["service", "port", "services", "ports", "dstport", "destinationport"],
        ));
    }
    if layout.at(Says::Action).is_none() {
        needed.push(("the action", &["action", "access", "permission", "verdict"]));
    }
    needed
}

fn help(layout: &Layout, record: &StringRecord) -> String {
    let folded: Vec<(String, &str)> = record.iter().map(|column| (fold(column), column.trim())).collect();
    let unused: Vec<&(String, &str)> = folded
        .iter()
        .enumerate()
        .filter(|(at, _)| !layout.columns.iter().any(|(_, known)| known == at))
        .map(|(_, column)| column)
        .collect();
    for (_, names) in needed(layout) {
        for name in names {
            let near = did_you_mean(name, unused.iter().map(|(folded, _)| folded.as_str()));
            if let Some((_, written)) = near.and_then(|near| unused.iter().find(|(folded, _)| folded == near))
            {
                return format!("did you mean `{name}` by `{written}`?");
            }
        }
    }
    "expected a header line with source (src, from), destination (dst, to), service or port, and action; \
     protocol, firewall, name and enabled are read where they stand"
        .to_owned()
}

fn fold(column: &str) -> String {
    column.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
