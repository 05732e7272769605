//! Folders of documents, pictures and sources: what is read, what is told, and where facts are said to be.

use serde_json::Value;

use super::pictures::png;
use crate::cli::Folder;

const SHOP: &str = "@startuml\n[Shop] --> [Bank] : HTTPS\n@enduml\n";

/// A picture that keeps a PlantUML source.
fn picture(text: &str) -> Vec<u8> {
    png(&[(b"tEXt", [b"plantuml\0", text.as_bytes()].concat())])
}

/// The model of the one packet in `out`.
fn model(folder: &Folder) -> Value {
    serde_json::from_str(&folder.read("out/model.json")).expect("a model is JSON")
}

fn texts<'a>(list: &'a Value, key: &str) -> Vec<&'a str> {
    list.as_array().expect("a list").iter().filter_map(|entry| entry[key].as_str()).collect()
}

#[test]
fn passages_become_views_with_the_words_around_them() {
    let folder = Folder::new("carriers-words");
    folder.write("docs/README.md", "# The shop\n\nNo diagram here.\n");
    folder.write(
        "docs/shop.md",
        "# Shop\n\n## Payment\n\nCards are paid at the bank.\n\n```plantuml\n[Shop] --> [Bank] : HTTPS\n```\n\n> ```plantuml\n> @startuml\n> title Own title\n> [Shop] --> [Mill] : HTTPS\n> what is this\n> @enduml\n> ```\n\n```plantuml\nA -> B : a message\nactivate B\n```\n",
    );
    folder
        .write("docs/mill.adoc", "= Mill\n\n== Payment\n\n[plantuml]\n----\n[Mill] --> [Farm] : FTP\n----\n");
    let run = folder.run(&["build", "docs", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("note: passed over, not a kind that is read: 1 × sequence diagram"),
        "{}",
        run.err
    );
    let model = model(&folder);
    assert_eq!(model["title"], "The shop");
    assert_eq!(texts(&model["views"], "title"), ["Mill: Payment", "Shop: Payment", "Own title"]);
    assert_eq!(texts(&model["views"], "description"), ["Cards are paid at the bank."]);
    let origins: Vec<(&str, u64)> = model["elements"]
        .as_array()
        .unwrap()
        .iter()
        .map(|element| element.get("origin").unwrap_or(&element["origins"][0]))
        .map(|origin| (origin["path"].as_str().unwrap(), origin["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(origins[..3], [("mill.adoc", 7), ("mill.adoc", 7), ("shop.md", 8)], "{origins:?}");
    let page = folder.read("out/index.html");
    assert!(
        page.contains("shop.md:15") && page.contains("what is this"),
        "the line of the document is cited"
    );
    assert!(
        page.contains("<p class=\"about\">Cards are paid at the bank.</p>"),
        "the prose stands at the figure"
    );
}

#[test]
fn a_picture_of_a_known_source_is_read_once() {
    let folder = Folder::new("carriers-twins");
    folder.write("in/shop.puml", SHOP);
    folder.write("in/images/shop.png", picture(&SHOP.replace("  ", " ")));
    folder.write("in/old.puml", SHOP.replace("Bank", "Mill"));
    folder.write("in/old.png", picture(&SHOP.replace("Bank", "Farm")));
    folder.write("in/photo.png", png(&[]));
    folder.write("in/logo.svg", "<svg/>");
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let line = "note: 2 pictures hold diagrams that are read from another file: images/shop.png (shop.puml), old.png (old.puml, another state of it)";
    assert!(run.err.contains(line), "{}", run.err);
    assert!(!run.err.contains("photo") && !run.err.contains("logo"), "{}", run.err);
    assert_eq!(texts(&model(&folder)["elements"], "name"), ["Shop", "Mill", "Bank"]);
}

#[test]
fn a_picture_alone_is_read_and_one_without_source_says_what_to_export() {
    let folder = Folder::new("carriers-pictures");
    folder.write("shop.png", picture(SHOP)).write("photo.png", png(&[])).write("logo.svg", "<svg/>");
    folder.write("cut.png", &picture(SHOP)[..60]).write("prose.md", "# Only prose\n");
    let run = folder.run(&["read", "shop.png"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.starts_with("shop.png (png): 2 elements, 1 relation, 1 view"), "{}", run.out);
    for (name, says) in [
        (
            "photo.png",
            "photo.png: this PNG picture does not hold the text that it was drawn from; from draw.io, export it with 'Include a copy of my diagram'",
        ),
        ("logo.svg", "logo.svg: this SVG picture does not hold the text"),
        ("cut.png", "cut.png: byte 33: the chunk says that it has"),
        ("prose.md", "prose.md: no diagram in this Markdown document, expected a fenced block"),
    ] {
        let run = folder.run(&["read", name]);
        assert_eq!(run.code, 2, "{name}");
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn damage_in_a_folder_is_told_and_the_rest_is_read() {
    let folder = Folder::new("carriers-damage");
    folder.write("in/shop.puml", SHOP).write("in/cut.png", &picture(SHOP)[..60]);
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(folder.read("out/index.html").contains("byte 33: the chunk says"), "the page tells it");
}

#[test]
fn a_file_that_a_document_names_is_read_once_and_takes_its_words() {
    let folder = Folder::new("carriers-named");
    folder.write("in/planroom.yaml", "document: {title: Shop}\n");
    folder.write("in/guide.adoc", "= Guide\n\n== Payment\n\nPaid at the bank.\n\nplantuml::parts/shop.puml[]\n\n[plantuml]\n----\ninclude::parts/bank.txt[]\n----\n\nplantuml::no.puml[]\n\nplantuml::../out.puml[]\n");
    folder.write("in/parts/shop.puml", SHOP);
    folder.write("in/parts/bank.txt", "@startuml\n[Bank] --> [Mill] : HTTPS\n@enduml\n");
    folder.write("out.puml", SHOP);
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let model = model(&folder);
    assert_eq!(texts(&model["views"], "title"), ["Payment (bank)", "Payment (shop)"]);
    assert_eq!(texts(&model["views"], "description"), ["Paid at the bank."]);
    let page = folder.read("out/index.html");
    assert!(page.contains("`no.puml` is not read: there is no such file in the project"), "told on the page");
    assert!(
        page.contains("`../out.puml` is not read: the path leads out of the project"),
        "told on the page"
    );
}

#[test]
fn what_git_ignores_is_not_read() {
    let folder = Folder::new("carriers-ignored");
    folder.write(".git/HEAD", "").write(".gitignore", "in/generated/\n");
    folder.write("in/.gitignore", "*.wsd\n!kept.wsd\n");
    folder.write("in/shop.puml", SHOP);
    for name in ["in/draft.wsd", "in/generated/a.puml", "in/node_modules/a.puml", "in/.hidden/a.puml"] {
        folder.write(name, SHOP.replace("Bank", "Draft"));
    }
    folder.write("in/kept.wsd", SHOP.replace("Bank", "Kept"));
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(texts(&model(&folder)["elements"], "name"), ["Shop", "Kept", "Bank"]);
}

#[test]
fn the_outermost_folder_has_its_place_on_the_shelf() {
    let folder = Folder::new("carriers-shelf");
    folder.write("docs/shop.puml", SHOP).write("docs/mill/mill.puml", SHOP.replace("Bank", "Mill"));
    let run = folder.run(&["build", "docs", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let shelf = folder.read("out/index.html");
    assert!(shelf.contains("./docs/index.html") && shelf.contains("./mill/index.html"), "{shelf}");
}

#[test]
fn a_document_lends_its_words_to_a_diagram_in_another_folder() {
    let folder = Folder::new("carriers-lent");
    folder
        .write("in/guide.adoc", "= Guide\n\n== Payment\n\nPaid at the bank.\n\nplantuml::uml/shop.puml[]\n");
    folder.write("in/uml/shop.puml", SHOP);
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let model: Value = serde_json::from_str(&folder.read("out/uml/model.json")).expect("a model is JSON");
    assert_eq!(texts(&model["views"], "title"), ["Payment"]);
    assert_eq!(texts(&model["views"], "description"), ["Paid at the bank."]);
}

#[test]
fn a_document_lends_its_words_to_a_picture_that_it_shows() {
    let folder = Folder::new("carriers-shown");
    folder.write("in/guide.md", "# Guide\n\n## Payment\n\nPaid at the bank.\n\n![x](img/shop.png)\n\n![y](img/mill.png) ![z](https://example.org/a.png)\n");
    folder
        .write("in/img/shop.png", picture(SHOP))
        .write("in/img/mill.png", picture(&SHOP.replace("Bank", "Mill")));
    let run = folder.run(&["build", "in", "-o", "out"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let model: Value = serde_json::from_str(&folder.read("out/img/model.json")).expect("a model is JSON");
    assert_eq!(texts(&model["views"], "title"), ["Payment (mill)", "Payment (shop)"]);
    assert_eq!(
        folder.run(&["read", "in/guide.md"]).code,
        2,
        "a document that only shows pictures holds no diagram"
    );
}

/// Documents and sources of one project are one model: equal names are one, and what does not agree is told with both places.
#[test]
fn where_sources_disagree_is_told_with_both_places() {
    let folder = Folder::new("carriers-disagree");
    folder.write(
        "in/a.puml",
        "@startuml\n!include <C4/C4_Container>\nContainer(o, \"Order Service\", \"Java\")\nContainerDb(d, \"Order DB\", \"PostgreSQL\")\nContainer(l, \"Ledger\")\nRel(o, d, \"Stores\")\nRel(o, l, \"Books\")\n@enduml\n",
    );
    folder.write(
        "in/b.md",
        "# Other\n\n```plantuml\n!include <C4/C4_Container>\nContainer(o, \"OrderService\", \"Kotlin\")\nContainerDb(d, \"Order DB\", \"MySQL\")\nContainerDb(l, \"Ledger\")\nContainer(w, \"order-service\", \"Java\")\nRel(d, w, \"Stores\")\n```\n",
    );
    let run = folder.run(&["check", "in", "--fail-on", "never"]);
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [
        "`Ledger` is a container in a.puml:5 and a datastore in b.md:7",
        "`Order DB` is PostgreSQL in a.puml:4 and MySQL in b.md:6",
        "from `Order Service` to `Order DB` in a.puml:6 and the other way in b.md:9",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    let alike = "  `Order Service` and `OrderService` may be one: names that differ only in how they are written (a.puml:3, b.md:5)";
    // The author of b.md drew `OrderService` beside `order-service`, and so keeps the two apart.
    assert!(!run.out.contains(alike), "{}", run.out);
    folder.write(
        "in/b.md",
        folder.read("in/b.md").replace("order-service", "Shop").replace("Rel(d, w", "Rel(d, o"),
    );
    let run = folder.run(&["check", "in", "--fail-on", "never"]);
    assert!(run.out.contains(alike), "{}", run.out);
    assert_eq!(folder.run(&["build", "in", "-o", "out"]).code, 0);
    let page = folder.read("out/index.html");
    assert!(
        page.contains("may be one: names that differ only in how they are written"),
        "the first page tells it"
    );
}

/// A document with a thousand diagrams costs no more than a thousand small files.
#[test]
fn a_thousand_passages_of_one_document_are_read_in_reasonable_time() {
    let folder = Folder::new("carriers-many");
    let blocks: String = (0..1_000)
        .map(|at| {
            format!(
                "## Part {at}\n\nSome prose.\n\n```plantuml\n[Shop {at}] --> [Bank {at}] : HTTPS\n```\n\n"
            )
        })
        .collect();
    folder.write("many.md", blocks);
    let start = std::time::Instant::now();
    let run = folder.run(&["read", "many.md"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.starts_with("many.md (markdown): 2000 elements, 1000 relations, 1000 views"),
        "{:.200}",
        run.out
    );
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
