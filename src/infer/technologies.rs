//! Technologies of elements: ids and versions of what is written, and products that a title names.

use std::collections::BTreeSet;

use crate::catalog::{self, Catalog, FoundTechnology, Setting, split_camel, words};
use crate::model::{Element, ElementId, ElementKind, Fact, FactKey, FactValue, Model, Origin, Technology};

/// Properties whose value is a technology.
const PROPERTIES: [&str; 7] = ["technology", "tech", "technologies", "icon", "sprite", "product", "software"];

/// Fills the technologies of all elements, and refines kinds that nobody said.
pub(super) fn fill(model: &mut Model, catalog: &Catalog) {
    let holders: BTreeSet<ElementId> =
        model.elements.values().filter_map(|element| element.parent.clone()).collect();
    for element in model.elements.values_mut() {
        written(element, catalog);
        let own = element.technologies.len();
        stereotypes(element, catalog);
        title(element, catalog);
        // <<backend>> beside a product says nothing of it.
        if element.technologies.iter().any(|technology| is_product(technology, catalog)) {
            let mut at = 0;
            element.technologies.retain(|technology| {
                at += 1;
                at <= own || is_product(technology, catalog)
            });
        }
        kind(element, holders.contains(&element.id), catalog);
        person(element, holders.contains(&element.id), catalog);
        version(element);
    }
}

/// Looks up what is written as technology; a text that names several becomes several.
fn written(element: &mut Element, catalog: &Catalog) {
    let mut filled: Vec<Technology> = Vec::new();
    for technology in std::mem::take(&mut element.technologies) {
        if technology.id.is_some() {
            filled.push(technology);
            continue;
        }
        filled.extend(read(&technology.written, catalog));
    }
    // "Service", "API" beside a product say nothing of it.
    let product = filled.iter().any(|technology| is_product(technology, catalog));
    for technology in filled.iter_mut().filter(|_| product) {
        let known = technology.id.as_deref().and_then(|id| catalog.technology(id));
        if known.is_some_and(|known| known.generic && !is_useful(known)) {
            technology.id = None;
        }
    }
    element.technologies = filled;
}

/// Technologies in a text that is written as technology.
pub(super) fn read(text: &str, catalog: &Catalog) -> Vec<Technology> {
    split(text).into_iter().flat_map(|part| named(part, catalog)).collect()
}

fn is_product(technology: &Technology, catalog: &Catalog) -> bool {
    technology.id.as_deref().and_then(|id| catalog.technology(id)).is_some_and(|known| !known.generic)
}

/// Whether an everyday word says more than that a box is an application, a host or a person.
fn is_useful(known: &catalog::Technology) -> bool {
    const PLAIN: [&str; 6] = ["app", "host", "human", "internet", "external", "network"];
    known.kind != ElementKind::Person && known.traits.iter().any(|word| !PLAIN.contains(word))
}

/// Technologies in a text that says nothing else; the text itself, without an id, when it names none.
fn named(text: &str, catalog: &Catalog) -> Vec<Technology> {
    let mut found = catalog.technologies_in(text, Setting::Technology);
    found.retain(|found| found.technology.kind != ElementKind::Person);
    let products = products_first(found);
    match products.as_slice() {
        [] => vec![Technology::written(text)],
        [one] => vec![Technology {
            written: text.to_owned(),
            id: Some(one.technology.id.to_owned()),
            version: one.version.clone(),
        }],
        several => several.iter().map(|found| technology(text, found)).collect(),
    }
}

/// Everyday words do not count beside a product: "RDS database" is one technology.
fn products_first(found: Vec<FoundTechnology<'_>>) -> Vec<FoundTechnology<'_>> {
    let product = found.iter().any(|found| !found.technology.generic);
    let mut kept: Vec<FoundTechnology<'_>> = Vec::new();
    for next in found {
        let known = kept.iter().any(|old| old.technology.id == next.technology.id);
        let beside_product = product && next.technology.generic;
        if !known && !beside_product {
            kept.push(next);
        }
    }
    kept
}

fn technology(text: &str, found: &FoundTechnology<'_>) -> Technology {
    Technology {
        written: text[found.start..found.end].to_owned(),
        id: Some(found.technology.id.to_owned()),
        version: found.version.clone(),
    }
}

/// Pieces between commas and semicolons outside of brackets.
fn split(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut start = 0;
    let mut parts = Vec::new();
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' | ';' | '|' if depth <= 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Stereotypes, icons and properties name technologies too, and nothing else of them counts here.
fn stereotypes(element: &mut Element, catalog: &Catalog) {
    if element.kind == ElementKind::Person {
        return;
    }
    let properties = element
        .properties
        .iter()
        .filter(|(key, _)| PROPERTIES.contains(&key.to_lowercase().as_str()))
        .map(|(_, value)| value);
    let texts: Vec<(String, bool)> = element
        .stereotypes
        .iter()
        // <<external_system>> says whose it is.
        .filter(|text| !words(text).iter().any(|word| ["external", "ext"].contains(&word.text.as_str())))
        .map(|text| (text.clone(), true))
        .chain(properties.map(|text| (text.clone(), false)))
        .collect();
    for (text, is_stereotype) in texts {
        let mut found = catalog.technologies_in(&text, Setting::Title(element.kind));
        found.retain(|found| !found.technology.generic || is_useful(found.technology));
        // <<k8s>> on a part of an application says where it runs.
        let platform = |found: &FoundTechnology<'_>| {
            is_stereotype && found.technology.kind == ElementKind::Host && element.kind != ElementKind::Host
        };
        if found.iter().any(platform) {
            continue;
        }
        if found.is_empty() {
            let apart = split_camel(&text);
            let apart_found = catalog.technologies_in(&apart, Setting::Technology);
            let add: Vec<Technology> = products_first(apart_found)
                .iter()
                .filter(|found| covers(&apart, found))
                .map(|found| technology(&apart, found))
                .collect();
            add.into_iter().for_each(|technology| push(element, technology, catalog));
            continue;
        }
        // A stereotype such as <<IRS database schema>> is prose.
        found.retain(|found| covers(&text, found));
        let add: Vec<Technology> =
            products_first(found).iter().map(|found| technology(&text, found)).collect();
        add.into_iter().for_each(|technology| push(element, technology, catalog));
    }
}

/// Whether a name is most of a text.
fn covers(text: &str, found: &FoundTechnology<'_>) -> bool {
    let all = words(text).len();
    let name = words(&text[found.start..found.end]).len();
    all <= name + 2
}

fn push(element: &mut Element, technology: Technology, catalog: &Catalog) {
    let is_generic =
        |id: Option<&str>| id.and_then(|id| catalog.technology(id)).is_some_and(|known| known.generic);
    let product =
        element.technologies.iter().any(|known| known.id.is_some() && !is_generic(known.id.as_deref()));
    // <<firewall>> beside a product says nothing new.
    if product && is_generic(technology.id.as_deref()) {
        return;
    }
    if !element.technologies.iter().any(|known| known.id == technology.id) {
        element.technologies.push(technology);
    }
}

/// A product in the title is the element's technology when the title is its name, and not that of
/// something that works with it.
fn title(element: &mut Element, catalog: &Catalog) {
    use ElementKind as K;
    if matches!(element.kind, K::Person | K::Boundary | K::Zone) {
        return;
    }
    let text = element.name.clone();
    let found = catalog.technologies_in(&text, Setting::Title(element.kind));
    let known = element
        .technologies
        .iter()
        .filter_map(|technology| catalog.technology(technology.id.as_deref()?))
        .any(|technology| !technology.generic);
    let found: Vec<FoundTechnology<'_>> = found
        .into_iter()
        .filter(|found| is_title_of(&text, found, element.kind))
        .filter(|found| kind_fits(element.kind, found.technology.kind))
        // A product that is written as technology says more than an everyday word in the title.
        .filter(|found| !(known && found.technology.generic))
        .collect();
    // "Oracle SQL Server migration" names two products and is neither.
    let mut products = products_first(found);
    products.truncate(2);
    let add: Vec<Technology> = products.iter().map(|found| technology(&text, found)).collect();
    add.into_iter().for_each(|technology| push(element, technology, catalog));
}

/// Words that make of a product's name the name of something that works with it.
const WORKS_WITH: [&str; 63] = [
    "adapter",
    "adapters",
    "connector",
    "connectors",
    "client",
    "clients",
    "consumer",
    "consumers",
    "producer",
    "producers",
    "publisher",
    "subscriber",
    "listener",
    "wrapper",
    "integration",
    "sync",
    "synchronizer",
    "worker",
    "workers",
    "handler",
    "handlers",
    "mapper",
    "driver",
    "plugin",
    "exporter",
    "importer",
    "migration",
    "migrations",
    "repository",
    "repositories",
    "dao",
    "reader",
    "writer",
    "loader",
    "uploader",
    "downloader",
    "parser",
    "validator",
    "processor",
    "scheduler",
    "monitor",
    "watcher",
    "poller",
    "proxy",
    "facade",
    "helper",
    "utils",
    "util",
    "module",
    "library",
    "sdk",
    "cli",
    "config",
    "configuration",
    "provider",
    "builder",
    "test",
    "tests",
    "dashboard",
    "report",
    "reports",
    "export",
    "commands",
];

/// Words before a product's name that make it a destination: "Sync to Salesforce".
const TOWARDS: [&str; 13] =
    ["to", "from", "for", "into", "with", "via", "on", "in", "against", "by", "no", "not", "without"];

fn is_title_of(text: &str, found: &FoundTechnology<'_>, kind: ElementKind) -> bool {
    let all = words(text);
    let first = all.iter().position(|word| word.start >= found.start).unwrap_or(0);
    let before = first.checked_sub(1).map(|before| all[before].text.as_str());
    if before.is_some_and(|before| TOWARDS.contains(&before)) {
        return false;
    }
    let behind: Vec<&str> =
        all.iter().filter(|word| word.start >= found.end).map(|word| word.text.as_str()).collect();
    // What stands in parentheses explains; only what stands before them names.
    let head_end = text.find(['(', '[']).filter(|at| *at > 0).unwrap_or(text.len());
    let in_aside = found.start >= head_end;
    if in_aside {
        return !found.technology.generic && aside_is(text, found);
    }
    let head_behind: Vec<&str> = all
        .iter()
        .filter(|word| word.start >= found.end && word.start < head_end)
        .map(|word| word.text.as_str())
        .collect();
    // "SMTP, POP3, Message Queuing" lists functions; none of them is the box. "Redis, one instance" is a
    // product with a remark.
    let outside = |at: usize| at < found.start || at >= found.end;
    let remark = |at: usize| {
        let next = text[at + 1..head_end].trim_start().chars().next();
        at >= found.end && next.is_some_and(|letter| letter.is_lowercase() || letter.is_ascii_digit())
    };
    if text[..head_end].match_indices(',').any(|(at, _)| outside(at) && !remark(at)) {
        return false;
    }
    if behind.iter().any(|word| WORKS_WITH.contains(word))
        && !found.technology.traits.contains(&"reverse-proxy")
    {
        return false;
    }
    if found.technology.generic {
        // An everyday word names what it ends: "Order database", not "Database migration".
        let only_numbers = head_behind
            .iter()
            .all(|word| word.len() <= 3 && word.bytes().any(|b| b.is_ascii_digit()) || word.len() == 1);
        return only_numbers && is_useful(found.technology);
    }
    // "Lambda architecture team" is prose: a title of a product holds little else.
    head_behind.len() <= 4 || kind == found.technology.kind
}

/// "(PostgreSQL)", `[IIS]`, "(Oracle 12c, RAC)".
fn aside_is(text: &str, found: &FoundTechnology<'_>) -> bool {
    let opens = text[..found.start].trim_end().ends_with(['(', '[', ',', '/']);
    let closes = text[found.end..].trim_start().starts_with([')', ']', ',', '/']);
    opens && closes
}

/// Whether an element drawn as one kind may be of a technology of another.
fn kind_fits(drawn: ElementKind, technology: ElementKind) -> bool {
    use ElementKind as K;
    match drawn {
        K::Unknown | K::System | K::Host => true,
        // A part of an application may be called "router" and is no network device.
        K::Container | K::Component => !matches!(technology, K::Host | K::Network | K::Firewall | K::Person),
        K::Datastore => matches!(
            technology,
            K::Datastore | K::Queue | K::Secrets | K::Component | K::System | K::Identity
        ),
        K::Queue => matches!(technology, K::Queue | K::Datastore | K::Component),
        K::Gateway | K::Firewall => {
            matches!(technology, K::Gateway | K::Firewall | K::Component | K::Network | K::Host)
        }
        K::Identity | K::Secrets => matches!(technology, K::Identity | K::Secrets | K::Component),
        K::Network => matches!(technology, K::Network | K::Gateway | K::System),
        K::Person | K::Boundary | K::Zone => false,
    }
}

/// Whether the title lists several things of which the technology is one: a server "SMTP / POP3 /
/// Windows Message Queuing" is not a queue.
fn is_one_of_several(element: &Element) -> bool {
    let parts: Vec<&str> = element.name.split([',', '/', '+', '&']).map(str::trim).collect();
    let named =
        |part: &&str| element.technologies.iter().any(|technology| part.contains(technology.written.trim()));
    let from_title =
        element.technologies.iter().all(|technology| element.name.contains(technology.written.trim()));
    parts.len() > 1 && from_title && !parts.iter().all(named)
}

/// The kind of an element that nobody said, from its technology.
fn kind(element: &mut Element, holds: bool, catalog: &Catalog) {
    use ElementKind as K;
    let known: Vec<&catalog::Technology> = element
        .technologies
        .iter()
        .filter_map(|technology| catalog.technology(technology.id.as_deref()?))
        .collect();
    // Everyday words do not outvote a product.
    let product = known.iter().any(|technology| !technology.generic);
    let deciding = known.iter().filter(|technology| !(product && technology.generic));
    let kinds: Vec<ElementKind> = deciding.map(|technology| technology.kind).collect();
    let Some(first) = kinds.first().copied() else { return };
    if !kinds.iter().all(|kind| *kind == first) {
        return;
    }
    let special =
        matches!(first, K::Datastore | K::Queue | K::Gateway | K::Firewall | K::Identity | K::Secrets);
    let special = special && !is_one_of_several(element);
    element.kind = match element.kind {
        K::Unknown if first != K::Person => first,
        // A box of an application kind that is a product of another kind is that kind.
        // A server that holds others stays the server that they stand on.
        K::System | K::Container | K::Component | K::Host if special && !holds => first,
        known => known,
    };
}

/// A box that nobody gave a kind and that is called "User" and nothing else is a person.
fn person(element: &mut Element, holds: bool, catalog: &Catalog) {
    // An operator may be a program, and an actor a piece of one.
    let doubtful = ["operator", "operators", "actor", "actors"];
    if element.kind != ElementKind::Unknown
        || holds
        || doubtful.contains(&element.name.to_lowercase().as_str())
    {
        return;
    }
    let found = catalog.technologies_in(&element.name, Setting::Title(ElementKind::Person));
    let all = words(&element.name);
    let whole = |found: &FoundTechnology<'_>| {
        found.technology.kind == ElementKind::Person
            && all.first().is_some_and(|word| word.start == found.start)
            && all.last().is_some_and(|word| word.end == found.end)
    };
    if found.iter().any(whole) {
        element.kind = ElementKind::Person;
    }
}

/// The version that is written beside the first technology that has one.
fn version(element: &mut Element) {
    if element.facts.get(FactKey::Version).is_some() {
        return;
    }
    let Some(technology) = element.technologies.iter().find(|technology| technology.version.is_some()) else {
        return;
    };
    let Some(version) = technology.version.clone() else { return };
    let place = element.origins.first().copied();
    let why = format!("written beside the name: {}", technology.written);
    element.facts.add(Fact::because(FactKey::Version, FactValue::Text(version), Origin::Stated, place, why));
}
