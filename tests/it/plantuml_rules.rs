//! Rules of the PlantUML reader and of what is concluded from it, on the smallest diagrams that show them.

use planroom::catalog::Catalog;
use planroom::model::Model;
use planroom::readers::plantuml::PlantUml;
use planroom::readers::reader::{Reader, Reading};
use planroom::source::Source;

use crate::corpus::NoFiles;

fn read(body: &str) -> Reading {
    PlantUml.read(&Source::new("input.puml", format!("@startuml\n{body}\n@enduml\n")), &NoFiles)
}

/// The elements as the reader gives them: `name kind`, members behind the name of what holds them.
fn drafts(body: &str) -> Vec<String> {
    let reading = read(body);
    let drafts = &reading.fragment.drafts;
    let held = |parent: Option<planroom::model::LocalId>| {
        parent.map(|parent| format!("{}/", drafts[parent.0].name)).unwrap_or_default()
    };
    drafts.iter().map(|draft| format!("{}{} {}", held(draft.parent), draft.name, draft.kind.word())).collect()
}

fn refused(body: &str) -> Option<String> {
    read(body).refused
}

/// The complete model of a diagram.
fn model(body: &str) -> Model {
    let mut model = planroom::assemble::assemble(vec![read(body)]).model;
    planroom::infer::fill(&mut model, Catalog::builtin(), &[]);
    model
}

fn kinds(body: &str) -> Vec<String> {
    model(body).elements.values().map(|element| format!("{} {}", element.name, element.kind)).collect()
}

#[test]
fn a_cloud_is_a_network_when_it_is_called_one() {
    let body = "cloud \"Office LAN\" as l\ncloud \"Partner desk\" as p\ncloud PostgreSQL\ncloud x <<network>>\nnode n\nnode m\nn --> p\np --> m";
    assert_eq!(
        kinds(body),
        [
            "Office LAN network",
            "Partner desk unknown",
            "PostgreSQL datastore",
            "x network",
            "n host",
            "m host"
        ]
    );
    let through = |body: &str| model(body).relations.values().filter(|flow| !flow.pieces.is_empty()).count();
    assert_eq!(through(body), 0);
    assert_eq!(through("cloud Internet as p\nnode n\nnode m\nn --> p\np --> m"), 1);
}

#[test]
fn a_call_holds_whatever_follows_it() {
    let body = "System(a, \"Tolls\", \"counts\") [[./a.svg more]] $old\nSystem(b, \"Bank\") #red ?? what\nRel(a, b, \"pays\") [[http://x.y]]";
    let reading = read(body);
    let [tolls, bank] = reading.fragment.drafts.as_slice() else { panic!("two elements") };
    assert_eq!(
        (tolls.properties["link"].as_str(), tolls.tags.as_slice()),
        ("./a.svg", ["old".to_owned()].as_slice())
    );
    assert_eq!(bank.name, "Bank");
    assert_eq!(reading.fragment.flows[0].properties["link"], "http://x.y");
    let told: Vec<&str> = reading.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["what follows `System(...)` is not understood: ?? what"]);
    assert!(reading.loss.unknown.is_empty());
}

#[test]
fn sequence_diagrams_are_told_by_their_words() {
    let notes =
        "A -> B : keep\nhnote over B\n  VALUES (now(), 1)\n  COALESCE(x, y)\nend hnote\nnote over A, B : x";
    for body in [
        notes.to_owned(),
        format!("participant A\n{notes}"),
        "participant \"A\"\ndatabase D\nnode N\nA -> D".to_owned(),
        "autonumber\nA -> B".to_owned(),
        "A -> B\nMERGE(a, b)".to_owned(),
    ] {
        assert_eq!(refused(&body).as_deref(), Some("sequence diagram"), "{body}");
    }
    assert_eq!(refused("Queue(q, \"Orders\")\nQueue(p, \"Bills\")\nq -> p"), None);
}

#[test]
fn entities_and_crow_feet_are_no_architecture() {
    let entities = "package P {\nentity A\nentity B\n}\nA ||--o{ B : has";
    assert_eq!(refused(entities).as_deref(), Some("entity relationship diagram"));
    assert_eq!(
        refused("rectangle A\nrectangle B\nA }|--|| B").as_deref(),
        Some("entity relationship diagram")
    );
    assert_eq!(refused("node A\nrectangle B\nA --> B"), None);
    let mixed = "allowmixing\nrectangle R\nclass Order {\n+id: int\n+name: text\n}\nenum Status {\nNEW\n}\nR --> Order";
    assert_eq!(drafts(mixed), ["R unknown"]);
    let notes = read(mixed).fragment.sheets.remove(0).notes;
    assert_eq!(notes[0].text, "Order\n+id: int\n+name: text");
    assert!(notes[0].draft.is_some() && notes[1].draft.is_none());
}

#[test]
fn sentences_where_a_technology_stands_are_prose() {
    let reading = read(
        "Container(a, \"Route\", \"It leads to PostgreSQL. Redis comes later\", \"public\")\nContainer(b, \"Shell\", \"Ubuntu · Bash\")\nRel(a, b, \"uses\", \"so it goes. http\")",
    );
    let [route, shell] = reading.fragment.drafts.as_slice() else { panic!("two elements") };
    assert!(route.technologies.is_empty());
    assert_eq!(route.description.as_deref(), Some("It leads to PostgreSQL. Redis comes later; public"));
    assert_eq!(shell.technologies.len(), 2);
    assert_eq!(reading.fragment.flows[0].properties["description"], "so it goes. http");
}

#[test]
fn a_host_is_a_zone_only_by_its_whole_title() {
    let body = "node \"Web server in DMZ\" as w {\n[Site]\n}\nnode \"DMZ zone 2\" as z {\n[Door]\n}\nDeployment_Node(t, \"Application Tier\", \"Windows Server\") {\nContainer(c, \"Shop\")\n}";
    let told = kinds(body);
    for expected in ["Web server in DMZ host", "DMZ zone 2 zone", "Application Tier host"] {
        assert!(told.iter().any(|one| one == expected), "{expected}: {told:?}");
    }
}

#[test]
fn icons_say_no_more_than_they_show() {
    let body = "!include <osa2/all>\nosa_cloud(i, \"Internet\", \"Fiber\")\nosa_hub(s, \"Core\")\nOFF_CERTIFICATE(c, \"Client certificate\")\nAWSScheduler(t, \"timer\", \"each day\")";
    assert_eq!(
        drafts(body),
        ["Internet network", "Core network", "Client certificate unknown", "timer unknown"]
    );
}

#[test]
fn groups_without_a_name_are_not_called_by_their_keyword() {
    assert_eq!(
        drafts("cloud {\n[Browser]\n}\nnode \"Web\" {\n[App]\n}"),
        ["Browser component", "Web host", "Web/App component"]
    );
}

#[test]
fn words_in_brackets_that_are_no_technology() {
    let body = "rectangle \"Dev\\n[Human]\" as d\nrectangle \"Bed\\n[External Managed Broker]\" as b\nrectangle \"Far\" as f <<external_system>>\nnode N\nd --> b";
    let model = model(body);
    let of = |name: &str| model.elements.values().find(|element| element.name == name).expect("it is drawn");
    assert_eq!(of("Dev").kind.word(), "person");
    assert_eq!(of("Bed").technologies[0].written, "Managed Broker");
    assert!(of("Far").technologies.is_empty());
    for name in ["Bed", "Far"] {
        assert_eq!(of(name).facts.word(planroom::model::FactKey::External), Some("yes"), "{name}");
    }
}

#[test]
fn sprites_of_archimate_name_types() {
    let body = "sprite $clerk jar:archimate/business-actor\nrectangle \"Clerk\" as c <<$clerk>> #Business\nrectangle \"Rack\" as r <<$archimate/technology-node>>\nc -> r";
    assert_eq!(drafts(body), ["Clerk person", "Rack host"]);
}

#[test]
fn namespaces_are_parts_of_a_cluster_and_no_hosts() {
    let body = "node \"namespace shop\" as s {\n[App]\n}\nDeployment_Node(n, \"bills\", \"Kubernetes namespace\") {\nContainer(c, \"Bill\")\n}\nnode \"namespaces\" as o";
    assert_eq!(
        drafts(body),
        [
            "namespace shop boundary",
            "namespace shop/App component",
            "bills boundary",
            "bills/Bill container",
            "namespaces host"
        ]
    );
}

#[test]
fn what_a_store_holds_is_part_of_it() {
    let body =
        "database Main {\nfile rows\n[audit]\ncomponent \"Keeper\" <<service>>\n}\nnode N\nN --> audit";
    assert_eq!(
        drafts(body),
        ["Main datastore", "Main/rows unknown", "Main/audit unknown", "Main/Keeper container", "N host"]
    );
}

#[test]
fn names_inside_together_only_say_where_things_stand() {
    let reading = read("component A\ncomponent B\ntogether {\nA\nB\n}\nstranger");
    let unread: Vec<&str> = reading.loss.unknown.iter().map(|one| one.text.as_str()).collect();
    assert_eq!((reading.fragment.drafts.len(), unread), (2, vec!["stranger"]));
}
