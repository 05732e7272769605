//! Technologies and the names by which they are found.

use std::collections::{BTreeMap, BTreeSet};

use super::list::Entry;
use super::phrase::{Builder, Phrases, Word, words};
use super::{ServicePort, service_ports};
use crate::model::ElementKind;

/// A product, or an everyday word for a kind of product.
#[derive(Debug)]
pub struct Technology {
    /// The word that rules use.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// Who makes it; `None` for everyday words.
    pub vendor: Option<&'static str>,
    /// Kind of an element of this technology.
    pub kind: ElementKind,
    /// Stands outside the organization.
    pub external: bool,
    /// An everyday word: it gives kind and traits, never a product or a version.
    pub generic: bool,
    /// Words of the trait list.
    pub traits: Vec<&'static str>,
    /// Protocols that it speaks on either side, the usual one first.
    pub speaks: Vec<&'static str>,
    /// Ports that it serves.
    pub listens: Vec<ServicePort>,
    /// Ports that it opens towards others.
    pub dials: Vec<ServicePort>,
    /// Names that need nothing else.
    pub names: Vec<&'static str>,
    /// Names of a product and of its maker, which need to stand alone.
    pub whole: Vec<&'static str>,
    /// Names that need a second signal.
    pub hinted: Vec<&'static str>,
    /// Names that need the vendor's name beside them.
    pub with_vendor: Vec<&'static str>,
}

impl Technology {
    /// Whether it has a trait.
    pub fn has(&self, wanted: &str) -> bool {
        self.traits.contains(&wanted)
    }
}

/// Where a text stands: what else speaks for a name in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A text that says nothing but technologies: a technology field, `[IIS]`.
    Technology,
    /// The title of an element of this kind.
    Title(ElementKind),
}

/// A technology that a text names.
#[derive(Clone, Debug)]
pub struct FoundTechnology<'a> {
    /// What is named.
    pub technology: &'a Technology,
    /// First byte of the name in the text.
    pub start: usize,
    /// One past the last byte of the name and its version.
    pub end: usize,
    /// One past the last byte of the name alone.
    pub name_end: usize,
    /// The version written behind it.
    pub version: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Plain,
    Whole,
    Hinted,
    WithVendor,
}

/// All technologies.
#[derive(Debug)]
pub(super) struct Technologies {
    /// In the order of the file.
    pub(super) all: Vec<Technology>,
    by_id: BTreeMap<&'static str, usize>,
    phrases: Phrases<(u16, Class)>,
    ports: BTreeSet<u16>,
}

impl Technologies {
    pub(super) fn read(entries: &[Entry]) -> Self {
        let all: Vec<Technology> = entries.iter().map(technology).collect();
        let by_id = all.iter().enumerate().map(|(at, technology)| (technology.id, at)).collect();
        let mut phrases = Builder::with_plurals();
        for (at, technology) in all.iter().enumerate() {
            let at = u16::try_from(at).unwrap_or(u16::MAX);
            technology.names.iter().for_each(|name| phrases.add(name, (at, Class::Plain)));
            technology.whole.iter().for_each(|name| phrases.add(name, (at, Class::Whole)));
            technology.hinted.iter().for_each(|name| phrases.add(name, (at, Class::Hinted)));
            technology.with_vendor.iter().for_each(|name| phrases.add(name, (at, Class::WithVendor)));
        }
        let ports = all.iter().flat_map(|technology| &technology.listens).map(|port| port.number).collect();
        Self { all, by_id, phrases: phrases.build(), ports }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Technology> {
        self.by_id.get(id).map(|at| &self.all[*at])
    }

    pub(super) fn knows_port(&self, number: u16) -> bool {
        self.ports.contains(&number)
    }

    pub(super) fn find(&self, text: &str, setting: Setting) -> Vec<FoundTechnology<'_>> {
        let text_words = words(text);
        let vendors = Vendors::named_in(&text_words);
        let other_cloud = other_cloud(&text_words);
        let mut found = Vec::new();
        // "Oracle Cloud" says where a service runs, and nothing of Oracle's database.
        let mut at = other_cloud;
        while at < text_words.len() {
            let wanted = |_: &(u16, Class)| true;
            let plain = self.phrases.longest(&text_words, at, wanted);
            let Some((length, meanings)) = plain.or_else(|| self.joined(text, &text_words, at)) else {
                at += 1;
                continue;
            };
            if is_size(&text_words, at, length) {
                at += length;
                continue;
            }
            let Some(technology) = self.choose(&meanings, text, &text_words, (at, length), vendors, setting)
            else {
                at += 1;
                continue;
            };
            // ECS is another thing at Alibaba than at Amazon.
            if other_cloud > 0 && is_of_a_cloud(technology) {
                at += length;
                continue;
            }
            let last = &text_words[at + length - 1];
            let (version, used) = if technology.generic {
                (None, 0)
            } else {
                version_behind(text, &text_words, at + length - 1, technology, setting)
            };
            found.push(FoundTechnology {
                technology,
                start: text_words[at].start,
                end: text_words[at + length - 1 + used].end,
                name_end: last.end,
                version: version.or_else(|| year_inside(&last.text)),
            });
            at += length + used;
        }
        found
    }

    /// "Cloud Front" is CloudFront: two words that are one name.
    fn joined(&self, text: &str, text_words: &[Word], at: usize) -> Option<(usize, Vec<(u16, Class)>)> {
        let (first, second) = (text_words.get(at)?, text_words.get(at + 1)?);
        let apart = &text[first.end..second.start] == " " && first.text.len() >= 3 && second.text.len() >= 3;
        let text = apart.then(|| format!("{}{}", first.text, second.text))?;
        let one = Word { text, start: first.start, end: second.end, capital: false };
        let plain = |(_, class): &(u16, Class)| *class == Class::Plain;
        self.phrases.longest(&[one], 0, plain).map(|(_, meanings)| (2, meanings))
    }

    fn choose(
        &self,
        meanings: &[(u16, Class)],
        text: &str,
        text_words: &[Word],
        (at, length): (usize, usize),
        vendors: Vendors,
        setting: Setting,
    ) -> Option<&Technology> {
        let of = |class: Class| {
            meanings
                .iter()
                .filter(move |(_, known)| *known == class)
                .map(|(index, _)| &self.all[usize::from(*index)])
        };
        let by_vendor =
            of(Class::WithVendor).find(|technology| vendors.include(technology.vendor.unwrap_or_default()));
        if by_vendor.is_some() {
            return by_vendor;
        }
        if let Some(plain) = of(Class::Plain).next() {
            return Some(plain);
        }
        if let Some(whole) = of(Class::Whole).next() {
            let drawn = matches!(setting, Setting::Title(kind) if kind == whole.kind && is_special(kind));
            let kind_before = || self.says_kind(&text_words[..at], whole.kind);
            let alone = drawn || is_alone(text, text_words, (at, length), kind_before);
            return alone.then_some(whole);
        }
        of(Class::Hinted).find(|technology| {
            let vendor = vendors.include(technology.vendor.unwrap_or_default());
            let year = text_words.get(at + length).is_some_and(|next| {
                is_year(&next.text) && gap_is_thin(text, &text_words[at + length - 1], next)
            });
            let fits = match setting {
                Setting::Technology => is_segment(text, text_words, at, length),
                Setting::Title(kind) => kind == technology.kind && is_special(kind),
            };
            vendor || year || fits
        })
    }
}

impl Technologies {
    /// Whether an everyday word for things of this kind is among the words.
    fn says_kind(&self, text_words: &[Word], kind: ElementKind) -> bool {
        let wanted = |(index, class): &(u16, Class)| {
            let technology = &self.all[usize::from(*index)];
            *class == Class::Plain && technology.generic && technology.kind == kind
        };
        (0..text_words.len()).any(|at| self.phrases.longest(text_words, at, wanted).is_some())
    }
}

/// How many words at the head of a text name the cloud of somebody else than AWS, Microsoft or Google.
fn other_cloud(text_words: &[Word]) -> usize {
    const CLOUDS: [&[&str]; 8] = [
        &["alibaba", "cloud"],
        &["aliyun"],
        &["huawei", "cloud"],
        &["ibm", "cloud"],
        &["oci"],
        &["openstack"],
        &["oracle", "cloud"],
        &["tencent", "cloud"],
    ];
    let starts = |name: &&&[&str]| {
        name.len() <= text_words.len() && name.iter().zip(text_words).all(|(word, is)| is.text == *word)
    };
    CLOUDS.iter().find(starts).map_or(0, |name| name.len())
}

/// Whether AWS, Microsoft or Google runs it.
fn is_of_a_cloud(technology: &Technology) -> bool {
    technology.has("managed_service") && matches!(technology.vendor, Some("AWS" | "Microsoft" | "Google"))
}

/// Whether a name stands alone between two borders, but for versions, editions and words that say nothing of what it
/// is, or has its version behind it: "Oracle 12c", "Orders DB (Oracle)", "SAP backend"; not "Oracle Manager".
fn is_alone(
    text: &str,
    text_words: &[Word],
    (at, length): (usize, usize),
    kind_before: impl FnOnce() -> bool,
) -> bool {
    const PLAIN: [&str; 31] = [
        "and",
        "backend",
        "central",
        "cluster",
        "corporate",
        "existing",
        "external",
        "for",
        "host",
        "in",
        "instance",
        "internal",
        "legacy",
        "local",
        "on",
        "or",
        "primary",
        "prod",
        "production",
        "replica",
        "schema",
        "secondary",
        "server",
        "servers",
        "shared",
        "standby",
        "system",
        "systems",
        "test",
        "the",
        "with",
    ];
    let border = |left: &Word, right: &Word| {
        let between = &text[left.end..right.start];
        between.contains([',', ';', '|', '(', ')', '[', ']', '+', '&', '/', ':', '\n'])
            || between.chars().count() > 1
    };
    let plain = |word: &Word| PLAIN.contains(&word.text.as_str());
    let mut last = at + length - 1;
    while let Some(next) = text_words.get(last + 1).filter(|next| !border(&text_words[last], next)) {
        let version = is_version(&next.text);
        if version && next.text.contains(|letter: char| !letter.is_ascii_digit()) {
            return true;
        }
        if !version && !is_edition(&next.text) && !plain(next) {
            return false;
        }
        last += 1;
    }
    let first = (0..at).rev().take_while(|before| !border(&text_words[*before], &text_words[*before + 1]));
    first.into_iter().all(|before| plain(&text_words[before])) || kind_before()
}

/// "Standard S3" and "Premium P1" are sizes.
fn is_size(text_words: &[Word], at: usize, length: usize) -> bool {
    let short = length == 1 && text_words[at].text.len() <= 3;
    let before = at.checked_sub(1).map(|before| text_words[before].text.as_str());
    short
        && before.is_some_and(|before| {
            matches!(before, "standard" | "premium" | "basic" | "tier" | "sku" | "size")
        })
}

/// Kinds that a shape says clearly enough to be a second signal.
fn is_special(kind: ElementKind) -> bool {
    use ElementKind as K;
    matches!(kind, K::Datastore | K::Queue | K::Gateway | K::Firewall | K::Identity | K::Secrets)
}

/// Whether the words are all that stands between two commas, apart from a version and edition.
fn is_segment(text: &str, text_words: &[Word], at: usize, length: usize) -> bool {
    const BORDERS: [char; 9] = [',', ';', '|', '(', ')', '[', ']', '+', '&'];
    let starts = at == 0 || text[text_words[at - 1].end..text_words[at].start].contains(BORDERS);
    let mut last = at + length - 1;
    while let Some(next) = text_words.get(last + 1) {
        if text[text_words[last].end..next.start].contains(BORDERS) {
            return starts;
        }
        if !is_version(&next.text) && !is_edition(&next.text) {
            return false;
        }
        last += 1;
    }
    starts
}

#[derive(Clone, Copy, Debug, Default)]
struct Vendors {
    aws: bool,
    microsoft: bool,
    google: bool,
}

impl Vendors {
    fn named_in(text_words: &[Word]) -> Self {
        let names = |wanted: &[&str]| text_words.iter().any(|word| wanted.contains(&word.text.as_str()));
        Self {
            aws: names(&["aws", "amazon"]),
            microsoft: names(&["azure", "microsoft", "ms"]),
            google: names(&["google", "gcp"]),
        }
    }

    fn include(self, vendor: &str) -> bool {
        match vendor {
            "AWS" => self.aws,
            "Microsoft" => self.microsoft,
            "Google" => self.google,
            _ => false,
        }
    }
}

/// The version written behind the name at `last`, and how many words it and what stands between take.
fn version_behind(
    text: &str,
    text_words: &[Word],
    last: usize,
    technology: &Technology,
    setting: Setting,
) -> (Option<String>, usize) {
    let mut at = last + 1;
    let skip = |word: &Word| {
        matches!(word.text.as_str(), "version" | "v" | "server" | "db" | "database" | "release")
    };
    while let Some(word) = text_words.get(at) {
        let between = gap_is_thin(text, &text_words[at - 1], word);
        if !between || !(skip(word) || is_edition(&word.text)) {
            break;
        }
        at += 1;
    }
    let Some(word) = text_words.get(at) else { return (None, 0) };
    let unit = text_words.get(at + 1).is_some_and(|next| is_unit(&next.text));
    let thin = gap_is_thin(text, &text_words[at - 1], word);
    let port = word.number().is_some_and(|number| {
        technology.listens.iter().any(|port| u32::from(port.number) == number) || number > 2100
    });
    // "Redis 2" on a box is the second Redis; in a technology field it is Redis 2.
    let numbering = matches!(setting, Setting::Title(_)) && word.number().is_some_and(|number| number < 5);
    if !thin || unit || port || numbering || !is_version(&word.text) {
        return (None, 0);
    }
    let mut version = word.text.strip_prefix('v').unwrap_or(&word.text).to_owned();
    let mut used = at - last;
    let release =
        text_words.get(at + 1).filter(|next| is_release(&next.text) && gap_is_thin(text, word, next));
    if let Some(release) = release {
        version = format!("{version} {}", release.text.to_uppercase());
        used += 1;
    }
    (Some(version), used)
}

/// `Win2019` holds its version.
fn year_inside(word: &str) -> Option<String> {
    let digits = word.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
    (digits.len() < word.len() && is_year(digits)).then(|| digits.to_owned())
}

fn gap_is_thin(text: &str, left: &Word, right: &Word) -> bool {
    text[left.end..right.start]
        .chars()
        .all(|between| matches!(between, ' ' | '-' | '_' | '/' | '(' | ':' | '\u{a0}'))
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// `15`, `8.0`, `8.x`, `v1.2`, `19c`.
fn is_version(word: &str) -> bool {
    let word = word.strip_prefix('v').unwrap_or(word);
    let word = word.strip_suffix(['c', 'g', 'i']).filter(|rest| rest.len() <= 2).unwrap_or(word);
    let mut parts = word.split('.');
    let first = parts
        .next()
        .is_some_and(|part| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    first
        && parts
            .all(|part| part == "x" || (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())))
}

fn is_release(word: &str) -> bool {
    let numbered = |prefix: &str| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    numbered("r") || numbered("sp")
}

fn is_edition(word: &str) -> bool {
    const EDITIONS: [&str; 11] = [
        "enterprise",
        "standard",
        "express",
        "community",
        "developer",
        "datacenter",
        "professional",
        "edition",
        "lts",
        "ee",
        "se",
    ];
    EDITIONS.contains(&word)
}

fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 14] = [
        "node",
        "nodes",
        "instance",
        "instances",
        "replica",
        "replicas",
        "pods",
        "servers",
        "brokers",
        "members",
        "shards",
        "x",
        "gb",
        "vms",
    ];
    UNITS.contains(&word)
}

fn technology(entry: &Entry) -> Technology {
    Technology {
        id: entry.text("id"),
        name: entry.text("name"),
        vendor: entry.optional("vendor"),
        kind: ElementKind::from_word(entry.text("kind")).unwrap_or(ElementKind::Unknown),
        external: entry.flag("external"),
        generic: entry.flag("generic"),
        traits: entry.words("traits").to_vec(),
        speaks: entry.words("speaks").to_vec(),
        listens: service_ports(entry.words("listens")),
        dials: service_ports(entry.words("dials")),
        names: entry.words("names").to_vec(),
        whole: entry.words("whole").to_vec(),
        hinted: entry.words("hinted").to_vec(),
        with_vendor: entry.words("with-vendor").to_vec(),
    }
}
