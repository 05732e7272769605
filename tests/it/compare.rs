//! Firewall exports beside a model: an export and what is said of it.

use std::fmt::Write as _;

use planroom::assemble::assemble;
use planroom::catalog::Catalog;
use planroom::compare::{Comparison, Told, compare, read};
use planroom::guidance::{Packs, Settings, assess};
use planroom::infer;
use planroom::readers::model_file;
use planroom::source::{FileId, Node, Source};

const MODEL: &str = "\
title: Shop
elements:
  - {id: fw, name: FW, kind: firewall}
  - {id: net, name: Internet, kind: zone, facts: {zone-kind: internet}}
  - {id: dmz, name: DMZ, kind: zone, facts: {zone-kind: perimeter, address: [10.1.0.0/16]}}
  - {id: app, name: Application, kind: zone, facts: {zone-kind: application, address: [10.2.0.0/16]}}
  - {id: net/user, name: User, kind: person, parent: net}
  - {id: dmz/web, name: Web server, kind: container, parent: dmz, facts: {address: [10.1.0.5, web.example.org]}}
  - {id: dmz/mail, name: Mail relay, kind: container, parent: dmz}
  - {id: app/orders, name: Orders, kind: datastore, parent: app, facts: {address: [10.2.0.5]}}
  - {id: app/stock, name: Stock, kind: datastore, parent: app, facts: {address: [10.2.0.6]}}
relations:
  - {from: net/user, to: dmz/web, label: 'HTTPS, tcp 443', via: [fw]}
  - {from: dmz/web, to: app/orders, label: 'SQL, tcp 5432', via: [fw]}
  - {from: dmz/mail, to: app/stock, label: 'AMQPS, tcp 5671', via: [fw]}
";

fn compared(export: &str) -> Comparison {
    let source = Source::new("model.yaml", MODEL);
    let node = Node::parse(FileId(0), MODEL).expect("the model is YAML");
    let mut model = assemble(vec![model_file::read_node(&node, &source)]).model;
    infer::infer(&mut model, Catalog::builtin());
    let packs = Packs::load(None, &[]).unwrap_or_else(|told| panic!("{}", told[0].message));
    let told = assess(&model, &packs, Catalog::builtin(), &Settings::default()).0;
    let export = read(FileId(0), export).unwrap_or_else(|told| panic!("{}", told[0].message));
    compare(&export, &model, &told.ports, &told.groups)
}

fn said(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut line = |word: &str, told: &Told| {
        let at = told.line.map_or_else(|| "flow".to_owned(), |line| line.to_string());
        let _ = writeln!(
            text,
            "{word} | {at} | {} > {} | {} | {}",
            told.source, told.destination, told.service, told.text
        );
    };
    comparison.differences.iter().for_each(|one| line(one.kind.word(), &one.told));
    comparison.required.iter().for_each(|told| line("documented-blocked", told));
    comparison.documented.iter().for_each(|told| line("documented-allowed", told));
    comparison.undecided.iter().for_each(|told| line("undecided", told));
    comparison.matching.iter().for_each(|told| line("matching", told));
    for one in &comparison.unmatched {
        let _ = writeln!(text, "unmatched | {} | {} {} | {}", one.line, one.column, one.text, one.why);
    }
    text
}

/// An export, and every line that is said of it.
const CASES: &[(&str, &str, &[&str])] = &[
    (
        "what is drawn and nothing else",
        "source,destination,protocol,port,action\n\
         any,web.example.org,tcp,443,allow\n\
         Web server,Orders,tcp,5432,permit\n\
         dmz/mail,10.2.0.6,tcp,5671,Accept\n\
         any,any,any,any,deny\n",
        &[
            "matching | 2 | any > web.example.org | tcp 443 | drawn: HTTPS",
            "matching | 3 | Web server > Orders | tcp 5432 | drawn: SQL",
            "matching | 4 | dmz/mail > 10.2.0.6 | tcp 5671 | drawn: AMQPS",
        ],
    ),
    (
        "other spellings, semicolons, a title above the header, a byte order mark",
        "\u{feff}Rules of FW\n\nNo;Src;Dst;Service;Action\n\
         1;any;10.1.0.5;https;pass\n\
         2;10.1.0.5/32;10.2.0.0/255.255.255.248;tcp/5432;allow\n\
         3;Mail relay;Stock;5671/tcp;allow\n",
        &[
            "allowed-wider | 5 | 10.1.0.5/32 > 10.2.0.0/255.255.255.248 | tcp 5432 | allows more than is drawn: \
             destination 10.2.0.0/255.255.255.248 holds Stock too",
            "matching | 4 | any > 10.1.0.5 | tcp 443 | drawn: HTTPS",
            "matching | 6 | Mail relay > Stock | tcp 5671 | drawn: AMQPS",
        ],
    ),
    (
        "allowed and not drawn, refused before, never allowed",
        "source,destination,service,action,enabled\n\
         User,Web server,tcp/443,deny,yes\n\
         Web server,Stock,tcp/5432,allow,yes\n\
         any,any,any,allow,no\n\
         Web server,Orders,tcp/5432,allow,\n",
        &[
            "allowed-not-drawn | 3 | Web server > Stock | tcp 5432 | allowed, and no such flow is drawn",
            "drawn-blocked | flow | User > Web server | HTTPS tcp 443 | drawn, and line 2 refuses it",
            "drawn-blocked | flow | Mail relay > Stock | AMQPS tcp 5671 | drawn, and no rule allows it",
            "matching | 5 | Web server > Orders | tcp 5432 | drawn: SQL",
        ],
    ),
    (
        "everything for everybody",
        "from,to,service,action\nany,any,any,allow\n",
        &[
            "allowed-wider | 2 | any > any | any | allows more than is drawn: any destination; drawn Orders, Stock, Web \
           server; every port; drawn tcp 443, 5432, 5671",
        ],
    ),
    (
        "pairs that are each drawn with another one",
        "source,destination,service,action\n\
         any,Web server,https,allow\n\
         Web server; Mail relay,Orders; Stock,\"5432, 5671\",allow\n",
        &[
            "allowed-wider | 3 | Web server, Mail relay > Orders, Stock | tcp 5432, 5671 | allows more than is drawn: \
             Mail relay to Orders, tcp 5432; Mail relay to Orders, tcp 5671; Mail relay to Stock, tcp 5432; Web server \
             to Orders, tcp 5671",
            "matching | 2 | any > Web server | tcp 443 | drawn: HTTPS",
        ],
    ),
    (
        "what names nothing is listed, and never a ground to call a flow blocked",
        "source,destination,service,action\n\
         any,Web server,https,allow\n\
         Web server,Orderz,tcp/5432,allow\n\
         192.0.2.0/24,Stock,tcp/5671,allow\n\
         any,any,icmp,allow\n",
        &[
            "undecided | 3 | Web server > Orderz | tcp 5432 | whether such a flow is drawn cannot be told: an end, an \
             address or a port is not known",
            "undecided | flow | Web server > Orders | SQL tcp 5432 | drawn; line 3 may decide it, but what it names is not \
             known",
            "drawn-blocked | flow | Mail relay > Stock | AMQPS tcp 5671 | drawn, and no rule allows it",
            "allowed-not-drawn | 4 | 192.0.2.0/24 > Stock | tcp 5671 | allowed, and no such flow is drawn",
            "matching | 2 | any > Web server | tcp 443 | drawn: HTTPS",
            "unmatched | 3 | destination Orderz | names nothing in the drawing; did you mean `Orders`?",
            "unmatched | 4 | source 192.0.2.0/24 | holds no address that the drawing states",
            "unmatched | 5 | service icmp | is neither TCP nor UDP, which is all that the drawing speaks of",
        ],
    ),
    (
        "the rules of one firewall, and of one that is not drawn",
        "firewall,source,destination,service,action\n\
         FW,any,Web server,https,allow\n\
         FW,DMZ,Application,\"tcp/5432, tcp/5671\",allow\n\
         FW9,any,any,any,allow\n",
        &[
            "allowed-wider | 3 | DMZ > Application | tcp 5432, 5671 | allows more than is drawn: source DMZ; drawn Mail \
             relay, Web server; destination Application; drawn Orders, Stock",
            "matching | 2 | any > Web server | tcp 443 | drawn: HTTPS",
            "unmatched | 4 | firewall FW9 | names no firewall in the drawing",
        ],
    ),
];

#[test]
fn exports_and_what_is_said_of_them() {
    for (title, export, expected) in CASES {
        let told = said(&compared(export));
        let mut told: Vec<&str> = told.lines().collect();
        let mut expected = expected.to_vec();
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "{title}");
    }
}

/// An export that is refused, and the message with its help.
const REFUSED: &[(&str, &str)] = &[
    ("", "the export is empty"),
    (
        "sorce,destination,service,action\na,b,c,allow\n",
        "no column for the source; the columns found are `sorce`, `destination`, `service`, `action` | did you mean \
         `source` by `sorce`?",
    ),
    (
        "chain,target,opt\nINPUT,ACCEPT,--\n",
        "no column for the source, the service or port, the action; the columns found are `chain`, `target`, `opt` | \
         expected a header line with source (src, from), destination (dst, to), service or port, and action; protocol, \
         firewall, name and enabled are read where they stand",
    ),
    (
        "source,destination,service,action\na,b,443,alow\n",
        "`alow` is no action, expected allow (permit, accept) or deny (drop, reject, block) | did you mean `allow`?",
    ),
    ("source,destination,service,action\na,b\n", "the line has 2 cells, the header 4"),
    (
        "source,destination,port,action\na,b,99999,allow\n",
        "`99999` is no port, expected a number from 0 to 65535 or a range such as `5000-5020`",
    ),
];

#[test]
fn other_layouts_are_refused_with_their_columns() {
    for (export, expected) in REFUSED {
        let told = read(FileId(0), export).expect_err(export);
        let help = told[0].help.as_ref().map(|help| format!(" | {help}")).unwrap_or_default();
        assert_eq!(format!("{}{help}", told[0].message), *expected);
    }
}

#[test]
fn many_lines_are_refused_and_hostile_ones_do_no_harm() {
    let head = "source,destination,service,action\n";
    let many = format!("{head}{}", "a,b,443,allow\n".repeat(10_001));
    assert_eq!(read(FileId(0), &many).expect_err("too many")[0].code, "compare/too-many");
    for text in
        ["\"", "\"\n\"\n", "\0,\0\n\0", ",,,\n,,,", "source,destination,port,action\n\"a,b,c,allow", "é;ü\n"]
    {
        let _ = read(FileId(0), text);
    }
}
