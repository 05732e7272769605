//! A packet built by hand, like that of a drawing with five zones and four firewalls.

use planroom::assessment::{
    Answer, Assessment, Band, Basis, Category, Coverage, Evidence, Finding, FirewallRow, FunctionRow, Gate,
    MessagePath, On, PackCard, PathStep, PortRow, Question, Requirement, RuleCard, Satisfied, Severity,
    SourceLink, SubjectRef, Truth, Verdict, VerdictKind, Who,
};
use planroom::diagnostic::{Diagnostic, Loss, Unread};
use planroom::document::{self, Input};
use planroom::model::{
    Element, ElementId, ElementKind, Fact, FactKey, FactValue, Initiator, Model, Origin, Phase, Port,
    Protocol, Relation, RelationId, Technology, Transport, View, ViewId, ViewKind, ViewNode, Zone, ZoneKind,
};
use planroom::source::{FileId, Place, Source, Sources, Span};
use planroom::writers::writer::Packet;

/// What a test may change before the document is composed.
pub(super) struct Parts {
    pub(super) project: String,
    pub(super) sources: Sources,
    pub(super) model: Model,
    pub(super) assessment: Assessment,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) loss: Loss,
    file: FileId,
    text: String,
}

/// Elements: id, kind, name, parent, technology.
const ELEMENTS: [(&str, ElementKind, &str, &str, &str); 19] = [
    ("partners", ElementKind::Zone, "Partner networks", "", ""),
    ("partners/partners", ElementKind::System, "Partners", "partners", ""),
    ("perimeter", ElementKind::Zone, "Perimeter network", "", ""),
    ("perimeter/publisher", ElementKind::Gateway, "Web publisher", "perimeter", "IIS"),
    ("perimeter/exchange", ElementKind::Host, "Exchange", "perimeter", ""),
    ("perimeter/ftp", ElementKind::Host, "FTP", "perimeter", ""),
    ("services", ElementKind::Zone, "Service interfaces", "", ""),
    ("services/recv-isolated", ElementKind::Host, "Receive, isolated", "services", "BizTalk Server"),
    ("services/recv-inproc", ElementKind::Host, "Receive, in-process", "services", "BizTalk Server"),
    ("services/send", ElementKind::Host, "Send", "services", "BizTalk Server"),
    ("data-domain", ElementKind::Zone, "Data domain", "", ""),
    ("data-domain/messagebox-sql", ElementKind::Datastore, "MessageBox SQL", "data-domain", "SQL Server"),
    ("data-domain/sso", ElementKind::Datastore, "SSO database", "data-domain", "SQL Server"),
    ("data-domain/master-secret", ElementKind::Secrets, "Master secret", "data-domain", ""),
    ("admins", ElementKind::Zone, "Administration", "", ""),
    ("admins/tools", ElementKind::Host, "Admin tools", "admins", "Windows Server"),
    ("fw1", ElementKind::Firewall, "FW1", "", "Forefront TMG 2010"),
    ("fw3", ElementKind::Firewall, "FW3", "", "Forefront TMG 2010"),
    ("fw4", ElementKind::Firewall, "FW4", "", "Forefront TMG 2010"),
];

/// From, to, label, port, whether the port is assumed, firewalls.
type FlowRow = (&'static str, &'static str, &'static str, u16, bool, &'static [&'static str]);

const FLOWS: [FlowRow; 8] = [
    ("partners/partners", "perimeter/publisher", "HTTP, SOAP", 443, false, &["fw4"]),
    ("partners/partners", "perimeter/ftp", "FTP", 21, true, &["fw4"]),
    ("perimeter/publisher", "services/recv-isolated", "HTTP, SOAP", 80, true, &["fw3"]),
    ("services/recv-inproc", "perimeter/exchange", "POP3", 110, true, &["fw3"]),
    ("services/recv-inproc", "perimeter/ftp", "FTP", 21, true, &["fw3"]),
    ("services/send", "perimeter/ftp", "FTP", 21, true, &["fw3"]),
    ("services/recv-inproc", "data-domain/messagebox-sql", "SQL", 1433, true, &["fw1"]),
    ("services/send", "data-domain/messagebox-sql", "SQL", 1433, true, &["fw1"]),
];

impl Parts {
    /// The drawing, read and judged.
    pub(super) fn large() -> Self {
        let mut text = String::from("@startuml\ntitle Large distributed\n");
        for (id, _, name, ..) in ELEMENTS {
            text.push_str(&format!("node \"{name}\" as {}\n", id.replace(['/', '-'], "_")));
        }
        for (from, to, label, ..) in FLOWS {
            text.push_str(&format!("{from} --> {to} : {label}\n"));
        }
        text.push_str("skinparam shadowing false\n!unknown thing\n@enduml\n");
        let mut sources = Sources::default();
        let file = sources.add(Source::new("large-distributed.puml", text.clone()));
        let mut parts = Self {
            project: String::new(),
            sources,
            model: Model { title: "Large distributed".into(), ..Model::default() },
            assessment: Assessment::default(),
            diagnostics: Vec::new(),
            loss: Loss::default(),
            file,
            text,
        };
        parts.draw();
        parts.judge();
        parts
    }

    /// A drawing of so many nodes, in groups of ten, and half again as many flows.
    pub(super) fn many(nodes: usize) -> Self {
        let mut text = String::from("@startuml\n");
        let name = |at: usize| format!("Service number {at}");
        for at in 0..nodes {
            text.push_str(&format!("component \"{}\" as s{at}\n", name(at)));
        }
        let flows: Vec<(usize, usize)> =
            (0..nodes * 3 / 2).map(|at| (at % nodes, (at + 1 + at / nodes) % nodes)).collect();
        for (from, to) in &flows {
            text.push_str(&format!("s{from} --> s{to} : HTTPS\n"));
        }
        let mut sources = Sources::default();
        let file = sources.add(Source::new("many.puml", text.clone()));
        let mut parts = Self {
            project: "many".into(),
            sources,
            model: Model { title: "Many".into(), ..Model::default() },
            assessment: Assessment::default(),
            diagnostics: Vec::new(),
            loss: Loss { understood: text.lines().count(), ..Loss::default() },
            file,
            text,
        };
        let id = |at: usize| ElementId::new(format!("group-{}/service-number-{at}", at / 10));
        for group in 0..nodes.div_ceil(10) {
            let group_id = ElementId::new(format!("group-{group}"));
            let element = Element::new(group_id.clone(), ElementKind::Boundary, format!("Group {group}"));
            parts.model.elements.insert(group_id.clone(), element);
            for at in group * 10..((group + 1) * 10).min(nodes) {
                let mut element = Element::new(id(at), ElementKind::Component, name(at));
                element.parent = Some(group_id.clone());
                element.technologies.push(Technology::written("Spring Boot"));
                element.origins.push(parts.line(at + 2));
                parts.model.elements.insert(id(at), element);
            }
        }
        for (at, (from, to)) in flows.iter().enumerate() {
            let relation_id = RelationId::new(format!("{}>{}:http:https~{at}", id(*from), id(*to)));
            let mut relation = Relation::new(relation_id.clone(), id(*from), id(*to));
            relation.label = Some("HTTPS".into());
            relation.origins.push(parts.line(nodes + at + 2));
            parts.model.relations.insert(relation_id.clone(), relation);
            parts.assessment.ports.push(port_row(&[id(*from)], &[id(*to)], "HTTPS", "tcp 443", "ok"));
        }
        parts.model.views.push(view(&parts.model, "Many", parts.line(1)));
        let subjects = parts.model.elements.keys().take(nodes / 2).cloned().map(SubjectRef::Element);
        parts.assessment.questions.push(question("Q1", "How many instances run?", subjects.collect()));
        parts
    }

    /// The packet with its composed document.
    pub(super) fn packet(self) -> Packet {
        let scenes: Vec<_> = self
            .model
            .views
            .iter()
            // Laying out hundreds of nodes is the layout's own test.
            .filter(|view| view.nodes.len() < 60)
            .map(|view| {
                planroom::scene::compose(
                    &self.model,
                    &self.assessment,
                    view,
                    planroom::scene::Arrangement::Kept,
                )
            })
            .collect();
        let input = Input {
            project: &self.project,
            sources: &self.sources,
            model: &self.model,
            assessment: &self.assessment,
            scenes: &scenes,
            diagnostics: &self.diagnostics,
            loss: &self.loss,
            since: document::Since::FirstReview,
        };
        let document = document::compose(&input);
        Packet {
            place: String::new(),
            project: self.project,
            sources: self.sources,
            model: self.model,
            assessment: self.assessment,
            scenes,
            document,
            diagnostics: self.diagnostics,
            loss: self.loss,
        }
    }

    /// The place of a line, from 1.
    pub(super) fn line(&self, line: usize) -> Place {
        let start = self.text.split_inclusive('\n').take(line - 1).map(str::len).sum();
        Span::new(self.file, start, start).into()
    }

    fn draw(&mut self) {
        for (at, (id, kind, name, parent, technology)) in ELEMENTS.into_iter().enumerate() {
            let mut element = Element::new(ElementId::new(id), kind, name);
            element.parent = (!parent.is_empty()).then(|| ElementId::new(parent));
            if !technology.is_empty() {
                element.technologies.push(Technology::written(technology));
            }
            element.origins.push(self.line(at + 3));
            self.model.elements.insert(element.id.clone(), element);
        }
        for (id, kind, role) in [
            ("partners", ZoneKind::Partner, ""),
            ("perimeter", ZoneKind::Perimeter, "DMZ"),
            ("services", ZoneKind::Application, ""),
            ("data-domain", ZoneKind::Data, ""),
            ("admins", ZoneKind::Management, ""),
        ] {
            self.model.zones.push(Zone {
                element: ElementId::new(id),
                kind,
                trust_level: kind.trust_level(),
                role: role.into(),
                trusts: Vec::new(),
                trusts_stated: id == "data-domain",
                separations: Vec::new(),
            });
        }
        for (at, (from, to, label, port, assumed, via)) in FLOWS.into_iter().enumerate() {
            let id = RelationId::new(format!("{from}>{to}:{}", label.to_lowercase()));
            let mut relation = Relation::new(id.clone(), ElementId::new(from), ElementId::new(to));
            let place = self.line(ELEMENTS.len() + at + 3);
            relation.label = Some(label.into());
            let protocols = label.split(", ").map(|word| Protocol {
                id: word.to_lowercase(),
                written: word.into(),
                origin: Origin::Stated,
            });
            relation.protocols.extend(protocols);
            let origin = if assumed { Origin::Inferred } else { Origin::Stated };
            relation.ports.push(Port { from: port, to: port, transport: Transport::Tcp, origin });
            relation.initiator = Initiator::From;
            relation.phase = Phase::Runtime;
            relation.via = via.iter().map(ElementId::new).collect();
            if label == "FTP" || label == "POP3" {
                relation.facts.add(Fact::stated(FactKey::Encrypted, FactValue::word("no"), place));
            }
            relation.origins.push(place);
            self.model.relations.insert(id, relation);
        }
        let place = self.line(1);
        self.model.views.push(view(&self.model, "Large distributed", place));
        let unread = self.line(ELEMENTS.len() + FLOWS.len() + 4);
        self.loss = Loss {
            understood: 29,
            visual: 1,
            unknown: vec![Unread { span: unread.span, text: "!unknown thing".into() }],
        };
        self.diagnostics.push(
            Diagnostic::warning("plantuml/unknown-directive", "`!unknown` is not a directive", unread.span)
                .help("`!undef` is spelled alike"),
        );
    }

    fn judge(&mut self) {
        let element = |id: &str| SubjectRef::Element(ElementId::new(id));
        let flow = |at: usize| {
            let (from, to, label, ..) = FLOWS[at];
            SubjectRef::Relation(RelationId::new(format!("{from}>{to}:{}", label.to_lowercase())))
        };
        let evidence = |subject: SubjectRef, text: &str, line: usize| Evidence {
            subject,
            key: "encrypted".into(),
            value: Some("no".into()),
            origin: Some(Origin::Stated),
            place: Some(self.line(line)),
            text: text.into(),
            path: Vec::new(),
            truth: Truth::True,
        };
        let flow_line = |at: usize| ELEMENTS.len() + at + 3;
        let clear = [1, 3, 4, 5].map(|at| {
            let label = FLOWS[at].2;
            evidence(flow(at), &format!("label “{label}” is clear text as written"), flow_line(at))
        });
        let support = [17, 18, 19].map(|at| {
            let text = "Forefront TMG 2010 has had no support since 14 April 2020";
            evidence(element(ELEMENTS[at - 1].0), text, at + 2)
        });
        let assessment = &mut self.assessment;
        assessment.as_of = Some("2026-01-15".into());
        assessment.rules = vec![
            rule(
                "unsupported-product",
                "A product is past its support",
                Category::Security,
                Severity::Critical,
            ),
            rule(
                "cleartext-flow",
                "Data crosses a trust boundary in clear text",
                Category::Security,
                Severity::High,
            ),
            rule("shared-admin-zone", "Administration shares a zone", Category::Operations, Severity::Medium),
            rule("single-instance", "A function has one instance", Category::Availability, Severity::High),
        ];
        assessment.findings = vec![
            finding(
                "G1",
                "unsupported-product",
                "The firewalls run Forefront TMG 2010, unsupported since 14 April 2020",
                Severity::Critical,
                ["fw1", "fw3", "fw4"].map(element).into(),
                support.into(),
            ),
            finding(
                "G2",
                "cleartext-flow",
                "FTP and POP3 are clear text as written",
                Severity::High,
                [1, 3, 4, 5].map(flow).into(),
                clear.into(),
            ),
            finding(
                "D1",
                "shared-admin-zone",
                "Admin tools and monitoring share a zone with processing",
                Severity::Medium,
                vec![element("admins/tools")],
                Vec::new(),
            ),
        ];
        assessment.questions = vec![
            question(
                "Q1",
                "How many instances stand behind each box, and how do they fail over?",
                ["services/recv-isolated", "services/send", "data-domain/messagebox-sql"].map(element).into(),
            ),
            Question {
                who: vec![Who::Network],
                key: "encrypted".into(),
                id: "encrypted@flows".into(),
                ..question(
                    "Q2",
                    "How are the flows through FW1 protected in transit?",
                    vec![flow(6), flow(7)],
                )
            },
        ];
        assessment.satisfied = vec![Satisfied {
            rule: "data-zone-trusts-nobody".into(),
            text: "the data domain trusts no other domain".into(),
            category: Category::Security,
            severity: Severity::High,
            subjects: vec![SubjectRef::Zone(ElementId::new("data-domain"))],
            evidence: Vec::new(),
            assumed: false,
        }];
        assessment.verdicts = vec![Verdict {
            rule: "cleartext-flow".into(),
            subject: flow(1),
            kind: VerdictKind::Gap,
            assumed: false,
            contradictory: false,
            folded_into: None,
            evidence: Vec::new(),
        }];
        assessment.coverage = vec![Coverage {
            rule: "cleartext-flow".into(),
            gap: 4,
            satisfied: 1,
            unknown: 2,
            potentially_applicable: 0,
            not_applicable: 1,
        }];
        let ids = |ids: &[&str]| ids.iter().map(ElementId::new).collect::<Vec<_>>();
        assessment.ports = vec![
            port_row(&ids(&["partners/partners"]), &ids(&["perimeter/publisher"]), "HTTPS", "tcp 443", "ok"),
            PortRow {
                via: ids(&["fw3"]),
                ..port_row(
                    &ids(&["services/recv-inproc"]),
                    &ids(&["perimeter/exchange"]),
                    "POP3",
                    "tcp 110",
                    "G2",
                )
            },
            PortRow {
                basis: Basis::RequiredNotDrawn,
                source: Some(link("BizTalk ports", "https://learn.microsoft.com/biztalk/core/ports")),
                ..port_row(
                    &ids(&["services/send"]),
                    &ids(&["data-domain/master-secret"]),
                    "RPC",
                    "tcp 135 + pinned",
                    "Q2",
                )
            },
        ];
        assessment.firewall = vec![
            firewall_row("FW3-1", "recv-inproc", "exchange", "110", "hold: pin first (Q2)", Gate::Hold),
            firewall_row("FW3-2", "any", "any", "any", "deny", Gate::Deny),
        ];
        assessment.functions = vec![FunctionRow {
            element: ElementId::new("data-domain/messagebox-sql"),
            instances: "not stated (Q1)".into(),
            failover: "not stated (Q1)".into(),
            stops: "everything".into(),
            paths: vec![0],
            evidence: Vec::new(),
        }];
        assessment.paths = vec![MessagePath {
            title: "Partners to MessageBox SQL".into(),
            elements: ids(&["partners/partners", "perimeter/publisher", "services/recv-isolated"]),
            steps: [(0, "fw4"), (2, "fw3")]
                .map(|(at, passed): (usize, &str)| PathStep {
                    relation: RelationId::new(flow(at).id()),
                    forward: true,
                    undirected: false,
                    fetched: false,
                    passes: ids(&[passed]),
                    data_class: None,
                })
                .to_vec(),
            data_class: None,
        }];
        assessment.packs = vec![PackCard {
            id: "core-security".into(),
            title: "Core security".into(),
            version: "1.0.0".into(),
            covers: "What any architecture should say about trust and transport".into(),
            extends: Vec::new(),
            changes: Vec::new(),
        }];
    }
}

fn view(model: &Model, title: &str, source: Place) -> View {
    View {
        id: ViewId::new(planroom::model::slug(title)),
        title: title.into(),
        description: None,
        kind: ViewKind::Deployment,
        nodes: model
            .elements
            .values()
            .map(|element| ViewNode {
                element: element.id.clone(),
                parent: element.parent.clone(),
                bounds: None,
                look: None,
            })
            .collect(),
        relations: model.relations.keys().cloned().collect(),
        routes: Vec::new(),
        notes: Vec::new(),
        frames: Vec::new(),
        direction: None,
        complete: false,
        source,
    }
}

fn link(title: &str, url: &str) -> SourceLink {
    SourceLink { title: title.into(), url: url.into() }
}

fn rule(id: &str, title: &str, category: Category, severity: Severity) -> RuleCard {
    RuleCard {
        id: id.into(),
        pack: "core-security".into(),
        title: title.into(),
        sound: String::new(),
        category,
        severity,
        severity_why: "whoever holds the segment reads passwords".into(),
        on: On::Relation,
        ask: "How is it protected?".into(),
        who: vec![Who::Network],
        why: "Whoever can read the segment can read and change what passes.".into(),
        action: "Use SFTP, or FTPS with a protected data channel; POP3 over TLS".into(),
        verify: "Capture one login on the perimeter segment.".into(),
        maps: [("cwe".to_owned(), vec!["CWE-319".to_owned()]), ("nist".to_owned(), vec!["SC-8".to_owned()])]
            .into(),
        sources: vec![link("RFC 959", "https://www.rfc-editor.org/rfc/rfc959")],
        includes: Vec::new(),
        yields_to: Vec::new(),
        derived_from: Vec::new(),
    }
}

fn finding(
    number: &str,
    rule: &str,
    title: &str,
    severity: Severity,
    subjects: Vec<SubjectRef>,
    evidence: Vec<Evidence>,
) -> Finding {
    let first = subjects.first().map_or("model", SubjectRef::id).to_owned();
    let fix = severity >= Severity::High;
    Finding {
        id: format!("{rule}@{first}"),
        number: number.into(),
        rule: rule.into(),
        title: title.into(),
        severity,
        category: if fix { Category::Security } else { Category::Operations },
        band: if fix { Band::Fix } else { Band::Decide },
        subjects,
        evidence,
        contradictory: false,
        folded: Vec::new(),
        decision: None,
        fingerprint: "0".into(),
        loose_fingerprint: "0".into(),
        evidence_fingerprint: String::new(),
        decide: String::new(),
        correction: format!("facts:\n  - {{subject: \"{first}\", set: {{encrypted: yes}}}}\n"),
    }
}

fn question(number: &str, text: &str, subjects: Vec<SubjectRef>) -> Question {
    let answer = |answer: &str, decides: &str, set: &str| Answer {
        answer: answer.into(),
        decides: decides.into(),
        lines: format!("facts:\n  - {{subject: data-domain/messagebox-sql, set: {{{set}}}}}\n"),
        ..Answer::default()
    };
    Question {
        id: format!("replicas@{number}"),
        number: number.into(),
        text: text.into(),
        why: "One instance is one failure".into(),
        who: vec![Who::Platform, Who::Dba],
        key: "replicas".into(),
        facts: vec!["replicas".into()],
        keys: vec!["replicas".into(), "failover".into()],
        asked: subjects.iter().map(|_| vec![Who::Platform]).collect(),
        waiting: Vec::new(),
        weight: 6,
        rules: vec!["single-instance".into()],
        subjects,
        severity: Severity::High,
        answers: vec![
            answer("One", "critical gap for MessageBox SQL", "replicas: 1"),
            answer("Cluster or availability group", "satisfied", "replicas: 2, failover: cluster"),
        ],
    }
}

fn port_row(from: &[ElementId], to: &[ElementId], service: &str, ports: &str, status: &str) -> PortRow {
    PortRow {
        from: from.to_vec(),
        to: to.to_vec(),
        service: service.into(),
        ports: ports.into(),
        opens: Vec::new(),
        opened_by: "BizTalk".into(),
        via: Vec::new(),
        phase: Phase::Runtime,
        basis: Basis::DrawnPortAssumed,
        requirement: Requirement::NoList,
        action: Gate::Allow,
        status: status.into(),
        purpose: String::new(),
        note: String::new(),
        relations: Vec::new(),
        source: None,
    }
}

fn firewall_row(
    rule: &str,
    source: &str,
    destination: &str,
    port: &str,
    status: &str,
    action: Gate,
) -> FirewallRow {
    FirewallRow {
        firewall: Some(ElementId::new("fw3")),
        rule: rule.into(),
        from_zone: None,
        to_zone: None,
        source: source.into(),
        destination: destination.into(),
        protocol: "tcp".into(),
        port: port.into(),
        service: "POP3".into(),
        purpose: "mail".into(),
        note: String::new(),
        phase: Phase::Runtime,
        basis: "drawn".into(),
        requirement: Requirement::NoList,
        action,
        status: status.into(),
        relations: Vec::new(),
        source_link: None,
    }
}
