//! What stencils and icons stand for: `catalog/stencils.yaml`, which says what its keys mean.

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::drawing::Notation;
use crate::model::ElementKind;
use crate::source::{FileId, Node, unpack};

/// What an icon stands for; nothing for a decoration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The product or thing, in words that people write.
    pub(super) technology: Option<String>,
    /// What it is.
    pub(super) kind: Option<ElementKind>,
    /// Kind of holder or of element, in the notation's words.
    pub(super) stereotype: Option<String>,
    /// What is drawn with it, when that is no architecture.
    pub(super) notation: Option<Notation>,
}

struct Family {
    starts: String,
    vendor: Option<String>,
    list: Option<String>,
    words: bool,
    kinds: bool,
    kind: Option<ElementKind>,
    notation: Option<Notation>,
}

/// The file, read.
struct Stencils {
    families: Vec<Family>,
    /// Icons by list and name.
    icons: HashMap<String, HashMap<String, Meaning>>,
    kinds: Vec<(Vec<String>, ElementKind)>,
    acronyms: BTreeSet<String>,
}

/// Words of the file for what is drawn.
const NOTATIONS: [(&str, Notation); 11] = [
    ("floor-plan", Notation::FloorPlan),
    ("mockup", Notation::Mockup),
    ("classes", Notation::Classes),
    ("states", Notation::States),
    ("flow-chart", Notation::FlowChart),
    ("process", Notation::Process),
    ("circuit", Notation::Circuit),
    ("piping", Notation::Piping),
    ("value-stream", Notation::ValueStream),
    ("map", Notation::Map),
    ("chart", Notation::Chart),
];

/// What the stencil of a name stands for; `None` when its family is not known.
pub(super) fn meaning(name: &str) -> Option<Meaning> {
    let stencils = builtin();
    let fits = stencils.families.iter().filter(|family| name.starts_with(&family.starts));
    let family = fits.max_by_key(|family| family.starts.len())?;
    let stem = name.rsplit('/').next().unwrap_or(name);
    let stem = [".svg", ".png", ".jpg", ".gif"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem);
    // Sizes stand in the names of pictures: `Router_128x128`.
    let stem = stem.strip_suffix("_128x128").unwrap_or(stem);
    let stem = stem.rsplit('.').next().unwrap_or(stem);
    let words = words(stem);
    let key = words.join("_").to_lowercase();
    let list = family.list.as_ref().and_then(|list| stencils.icons.get(list));
    let listed = |key: &str| list.and_then(|list| list.get(key));
    let short = key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('_');
    let mut meaning = match listed(&key).or_else(|| listed(short)) {
        Some(listed) => listed.clone(),
        None => {
            let shown = stencils.shown(&words);
            let technology = match &family.vendor {
                Some(vendor) if shown.to_lowercase().starts_with(&vendor.to_lowercase()) => Some(shown),
                // "Google Cloud Storage", not "Google Cloud Cloud Storage".
                Some(vendor) if vendor.ends_with(" Cloud") && shown.starts_with("Cloud ") => {
                    Some(format!("{}{shown}", vendor.trim_end_matches("Cloud")))
                }
                Some(vendor) => Some(format!("{vendor} {shown}")),
                None => family.words.then_some(shown),
            };
            let kind = family.kinds.then(|| stencils.kind(&words)).flatten().or(family.kind);
            // A person is no technology.
            let technology = technology.filter(|_| kind != Some(ElementKind::Person) && !words.is_empty());
            Meaning { technology, kind, ..Meaning::default() }
        }
    };
    meaning.notation = family.notation;
    Some(meaning)
}

/// The words of a name: `Virtual_Machine`, `BareMetalServer`, `sql-database`. The last number is left out when words
/// stand before it.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut before = ' ';
    let characters: Vec<char> = name.chars().take(100).collect();
    for (at, character) in characters.iter().copied().enumerate() {
        let next = characters.get(at + 1).copied().unwrap_or(' ');
        let begins = character.is_uppercase()
            && (before.is_lowercase() || before.is_uppercase() && next.is_lowercase());
        if !character.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if character.is_alphanumeric() {
            words.last_mut().expect("there is always a word").push(character);
        }
        before = character;
    }
    words.retain(|word| !word.is_empty());
    words
}

impl Stencils {
    /// Words as people write them.
    fn shown(&self, words: &[String]) -> String {
        let last = words.len().saturating_sub(1);
        let shown = words
            .iter()
            .enumerate()
            .filter(|(at, word)| *at == 0 || *at < last || !word.chars().all(|c| c.is_ascii_digit()));
        let written = shown.map(|(_, word)| {
            if self.acronyms.contains(&word.to_lowercase()) {
                return word.to_uppercase();
            }
            let mut rest = word.chars();
            match rest.next() {
                Some(first) => first.to_uppercase().chain(rest).collect(),
                None => String::new(),
            }
        });
        written.collect::<Vec<String>>().join(" ")
    }

    fn kind(&self, words: &[String]) -> Option<ElementKind> {
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        self.kinds.iter().find(|(has, _)| lower.iter().any(|word| has.contains(word))).map(|(_, kind)| *kind)
    }
}

fn builtin() -> &'static Stencils {
    static BUILTIN: OnceLock<Stencils> = OnceLock::new();
    BUILTIN.get_or_init(|| {
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/stencils.node"));
        let node = unpack(FileId(0), bytes).expect("it was packed when the program was built");
        read(&node)
    })
}

fn read(node: &Node) -> Stencils {
    let text = |node: &Node, key: &str| node.get(key).and_then(Node::as_text);
    let list = |node: &Node, key: &str| -> Vec<String> {
        let items = node.get(key).and_then(Node::as_list).unwrap_or_default();
        items.iter().filter_map(Node::as_text).collect()
    };
    let kind = |node: &Node| text(node, "kind").and_then(|word| ElementKind::from_word(&word));
    let entries = |key: &str| node.get(key).and_then(Node::as_list).unwrap_or_default();
    let families = entries("families").iter().map(|entry| Family {
        starts: text(entry, "starts").unwrap_or_default(),
        vendor: text(entry, "vendor"),
        list: text(entry, "list"),
        words: entry.get("words").is_some(),
        kinds: entry.get("kinds").is_some(),
        kind: kind(entry),
        notation: text(entry, "notation").and_then(|word| {
            NOTATIONS.iter().find(|(known, _)| *known == word).map(|(_, notation)| *notation)
        }),
    });
    let mut icons: HashMap<String, HashMap<String, Meaning>> = HashMap::new();
    for (name, entries) in node.get("icons").and_then(Node::as_map).unwrap_or_default() {
        let of_list = icons.entry(name.name.clone()).or_default();
        for entry in entries.as_list().unwrap_or_default() {
            let meaning = Meaning {
                technology: text(entry, "technology"),
                kind: kind(entry),
                stereotype: text(entry, "stereotype"),
                notation: None,
            };
            of_list.extend(list(entry, "named").into_iter().map(|icon| (icon, meaning.clone())));
        }
    }
    let kinds = entries("kinds").iter().filter_map(|entry| Some((list(entry, "has"), kind(entry)?)));
    Stencils {
        families: families.collect(),
        icons,
        kinds: kinds.collect(),
        acronyms: list(node, "acronyms").into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str) -> String {
        let Some(meaning) = meaning(name) else { return "unknown".into() };
        let parts = [
            meaning.technology,
            meaning.kind.map(|kind| format!("({})", kind.word())),
            meaning.stereotype.map(|word| format!("<<{word}>>")),
            meaning.notation.map(|notation| format!("{notation:?}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn icons_are_known_by_name_and_by_convention() {
        for (name, expected) in [
            ("mxgraph.aws4.lambda", "AWS Lambda"),
            ("mxgraph.aws4.app_config", "AWS App Config"),
            ("mxgraph.aws3.s3", "Amazon S3"),
            ("mxgraph.aws4.users", "(person)"),
            ("mxgraph.aws4.group_vpc", "(boundary) <<VPC>>"),
            ("mxgraph.aws4.shadow", ""),
            ("mxgraph.aws4.route_table", ""),
            ("mxgraph.aws4.elastic_ip_address", ""),
            ("mxgraph.aws4.codebuild", "AWS CodeBuild"),
            ("mxgraph.aws4.group_of_things", "(boundary)"),
            ("mxgraph.aws3d.dataServer", ""),
            ("mxgraph.aws3d.s3", "Amazon S3"),
            ("mxgraph.ibm.box", "(boundary)"),
            ("img/lib/azure2/networking/Private_Endpoint.svg", ""),
            ("img/lib/azure2/networking/Network_Security_Groups.svg", ""),
            ("img/lib/azure2/general/Bug.svg", ""),
            ("img/lib/mscae/Docker.svg", "Docker"),
            ("mxgraph.gcp2.cloud_external_ip_addresses", ""),
            ("img/lib/azure2/databases/SQL_Database.svg", "Azure SQL Database"),
            ("img/lib/azure2/other/Azure_Load_Testing.svg", "Azure Load Testing"),
            ("img/lib/mscae/Service_Bus.svg", "Azure Service Bus"),
            ("mxgraph.gcp2.cloud_storage", "Google Cloud Storage"),
            ("mxgraph.gcp2.cloud_scheduler", "Google Cloud Scheduler"),
            ("mxgraph.gcp2.transfer_appliance", "Google Cloud Transfer Appliance"),
            ("mxgraph.kubernetes.icon.pod", "Kubernetes Pod"),
            ("mxgraph.cisco.routers.router", "Router (host)"),
            ("mxgraph.cisco19.firewall", "Firewall (firewall)"),
            ("mxgraph.networks.server", "Server (host)"),
            ("mxgraph.networks.user_male", "(person)"),
            ("mxgraph.citrix.file_server", "File Server (host)"),
            ("img/lib/clip_art/networking/Wireless_Router_128x128.png", "Wireless Router (host)"),
            ("img/lib/ibm/vpc/BareMetalServer.svg", "Server (host)"),
            ("img/lib/ibm/vpc/VPCTag.svg", ""),
            ("mxgraph.oci.compute.vm", "Oracle Cloud VM"),
            ("mxgraph.alibaba_cloud.oss_object_storage_service", "Alibaba Cloud Oss Object Storage Service"),
            ("mxgraph.sap.SAP_Task_Center", "SAP Task Center"),
            ("mxgraph.archimate3.sysSw", "(container) <<System Software>>"),
            ("mxgraph.floorplan.chair", "FloorPlan"),
            ("https://example.org/logo.png", "unknown"),
        ] {
            assert_eq!(told(name), expected, "{name}");
        }
    }

    #[test]
    fn the_file_says_what_it_means_to_say() {
        let stencils = builtin();
        let lists = stencils.families.iter().filter_map(|family| family.list.as_ref());
        for list in lists {
            assert!(stencils.icons.contains_key(list), "there is no list {list}");
        }
        let bytes = include_bytes!(concat!(env!("OUT_DIR"), "/stencils.node"));
        let node = unpack(FileId(0), bytes).expect("it was packed");
        for (list, entries) in node.get("icons").and_then(Node::as_map).expect("there are icons") {
            let mut seen = BTreeSet::new();
            for entry in entries.as_list().expect("a list") {
                if let Some(kind) = entry.get("kind").and_then(Node::as_text) {
                    assert!(ElementKind::from_word(&kind).is_some(), "{}: {kind}", list.name);
                }
                for name in entry.get("named").and_then(Node::as_list).expect("names") {
                    let name = name.as_text().expect("a name is text");
                    assert_eq!(words(&name).join("_").to_lowercase(), name, "{}", list.name);
                    assert!(seen.insert(name.clone()), "{} is named twice in {}", name, list.name);
                }
            }
        }
        for entry in node.get("families").and_then(Node::as_list).expect("there are families") {
            if let Some(word) = entry.get("notation").and_then(Node::as_text) {
                assert!(NOTATIONS.iter().any(|(known, _)| *known == word), "{word}");
            }
        }
    }
}
