//! Threagile's words to the model's.

use std::collections::{BTreeMap, BTreeSet};

use super::syntax::{
    CommunicationLink, DataAsset, SharedRuntime, TechnicalAsset, Text, ThreagileModel, TrustBoundary,
};
use super::words::{
    ASSET_TYPES, AUTHENTICATION, AVAILABILITY, BOUNDARY_TYPES, CONFIDENTIALITY, PROTOCOLS, TECHNOLOGIES,
};
use crate::diagnostic::{Diagnostic, did_you_mean, unknown_word};
use crate::model::{
    DataDirection, DataDraft, Draft, ElementKind, Fact, FactKey, FactValue, Facts, Flow, Fragment, Initiator,
    LocalId, Origin, Phase, Protocol, Sheet, SheetNode, SheetNote, Technology, ViewKind,
};
use crate::source::Span;

const WORD: &str = "threagile/unknown-word";
const ID: &str = "threagile/unknown-id";

/// Nearest ids are looked up this often; a file of wrong ids is not compared one by one.
const SUGGESTIONS: usize = 50;

/// The fragment of a model; ids that name nothing and unknown words are told.
pub(super) fn lower(model: &ThreagileModel, told: &mut Vec<Diagnostic>) -> Fragment {
    let mut lowering = Lowering { told, fragment: Fragment::default(), suggestions: SUGGESTIONS };
    lowering.fragment.title = model.title.clone();
    lowering.fragment.document =
        model.document.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    let homes = lowering.boundaries(model);
    let data = data_by_id(&model.data_assets);
    let assets = lowering.assets(model, &homes, &data);
    let flows = lowering.links(model, &assets, &data);
    lowering.data(model, &assets, &flows);
    lowering.sheets(model, &assets);
    lowering.fragment
}

/// A technical asset's local id by its written id.
type Assets<'m> = BTreeMap<&'m str, LocalId>;
type Data<'m> = BTreeMap<&'m str, &'m DataAsset>;

struct Lowering<'t> {
    told: &'t mut Vec<Diagnostic>,
    fragment: Fragment,
    suggestions: usize,
}

impl Lowering<'_> {
    /// Adds the trust boundaries, outer ones first, and answers which boundary holds each asset.
    fn boundaries<'m>(&mut self, model: &'m ThreagileModel) -> BTreeMap<&'m str, LocalId> {
        let by_id: BTreeMap<&str, usize> =
            model.trust_boundaries.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        let mut parents: Vec<Option<usize>> = vec![None; model.trust_boundaries.len()];
        for (at, boundary) in model.trust_boundaries.iter().enumerate() {
            for (id, span) in &boundary.nested {
                match by_id.get(id.as_str()) {
                    Some(inner) if parents[*inner].is_none() => parents[*inner] = Some(at),
                    Some(_) => {
                        let message =
                            format!("the trust boundary `{id}` is nested in two others; the first counts");
                        self.told.push(Diagnostic::warning("threagile/nested-twice", message, *span));
                    }
                    None => self.unknown_id("trust boundary", id, *span, by_id.keys().copied()),
                }
            }
        }
        let mut places: Vec<Option<LocalId>> = vec![None; parents.len()];
        for start in 0..parents.len() {
            let mut chain = Vec::new();
            let mut next = Some(start);
            while let Some(at) = next.filter(|at| places[*at].is_none()) {
                if chain.contains(&at) {
                    let span = model.trust_boundaries[at].span;
                    let message =
                        "a trust boundary cannot hold itself; its `trust_boundaries_nested` close a circle";
                    self.told.push(Diagnostic::error("threagile/circular-boundary", message, span));
                    break;
                }
                chain.push(at);
                next = parents[at];
            }
            for at in chain.into_iter().rev() {
                let parent = parents[at].and_then(|parent| places[parent]);
                let draft = self.boundary(&model.trust_boundaries[at], parent);
                places[at] = Some(self.add(draft));
            }
        }
        let mut homes = BTreeMap::new();
        for (at, boundary) in model.trust_boundaries.iter().enumerate() {
            for (id, span) in &boundary.inside {
                if let (Some(place), None) = (places[at], homes.get(id.as_str())) {
                    homes.insert(id.as_str(), place);
                } else {
                    let message =
                        format!("the asset `{id}` is inside two trust boundaries; the first counts");
                    self.told.push(Diagnostic::warning("threagile/inside-twice", message, *span));
                }
            }
        }
        homes
    }

    fn boundary(&mut self, boundary: &TrustBoundary, parent: Option<LocalId>) -> Draft {
        let is_network = boundary.kind.as_ref().is_some_and(|(kind, _)| kind != "execution-environment");
        let kind = if is_network { ElementKind::Zone } else { ElementKind::Boundary };
        let mut draft = Draft::new(kind, &boundary.name, boundary.span.into());
        draft.explicit_id = Some(boundary.id.clone());
        draft.parent = parent;
        draft.description.clone_from(&boundary.description);
        draft.tags.clone_from(&boundary.tags);
        if let Some((kind, span)) = &boundary.kind {
            self.check("type", kind, BOUNDARY_TYPES, *span);
            draft.tags.push(kind.clone());
        }
        draft
    }

    fn assets<'m>(
        &mut self,
        model: &'m ThreagileModel,
        homes: &BTreeMap<&'m str, LocalId>,
        data: &Data<'_>,
    ) -> Assets<'m> {
        let mut assets = Assets::new();
        for asset in &model.technical_assets {
            let home = homes.get(asset.id.as_str()).copied();
            let draft = self.asset(asset, home, data);
            let place = self.add(draft);
            if assets.insert(&asset.id, place).is_some() {
                let message = format!("two technical assets have the id `{}`", asset.id);
                self.told.push(Diagnostic::error("threagile/duplicate-id", message, asset.span));
            }
        }
        let ids: Vec<&str> = assets.keys().copied().collect();
        for (id, span) in model.trust_boundaries.iter().flat_map(|boundary| &boundary.inside) {
            if !assets.contains_key(id.as_str()) {
                self.unknown_id("technical asset", id, *span, ids.iter().copied());
            }
        }
        assets
    }

    fn asset(&mut self, asset: &TechnicalAsset, home: Option<LocalId>, data: &Data<'_>) -> Draft {
        let mut draft = Draft::new(ElementKind::Unknown, &asset.name, asset.span.into());
        draft.explicit_id = Some(asset.id.clone());
        draft.parent = home;
        draft.description.clone_from(&asset.description);
        draft.tags.clone_from(&asset.tags);
        let kind = asset.kind.as_ref().map(|(word, _)| word.as_str());
        if let Some((word, span)) = &asset.kind {
            self.check("type", word, ASSET_TYPES, *span);
        }
        draft.kind = self.kind(asset, kind, &mut draft);
        self.asset_facts(asset, kind, home.is_some(), data, &mut draft.facts);
        for (key, text) in [("machine", &asset.machine), ("size", &asset.size), ("usage", &asset.usage)] {
            draft.properties.extend(text.iter().map(|(word, _)| (key.to_owned(), word.clone())));
        }
        for (key, flag) in [
            ("used as client by human", asset.used_by_human),
            ("multi-tenant", asset.multi_tenant),
            ("custom-developed parts", asset.custom_developed),
        ] {
            draft.properties.extend(flag.map(|flag| (key.to_owned(), yes_no(flag).to_owned())));
        }
        if let Some((word, _)) = &asset.rating.integrity {
            draft.properties.insert("integrity".to_owned(), word.clone());
        }
        if !asset.formats.is_empty() {
            draft.properties.insert("data formats accepted".to_owned(), asset.formats.join(", "));
        }
        draft
    }

    /// What the technology says; beside it, what the type and the size say.
    fn kind(&mut self, asset: &TechnicalAsset, kind: Option<&str>, draft: &mut Draft) -> ElementKind {
        let mut said = ElementKind::Unknown;
        if let Some((word, span)) = &asset.technology {
            let known: Vec<&str> = TECHNOLOGIES.iter().map(|(word, _)| *word).collect();
            self.check("technology", word, &known, *span);
            if word != "unknown-technology" {
                draft.technologies.push(Technology::written(word.replace('-', " ")));
            }
            if let Some((_, meaning)) = TECHNOLOGIES.iter().find(|(known, _)| known == word) {
                said = meaning.kind;
                if let Some(role) = meaning.role {
                    let roles = FactValue::List(vec![role.to_owned()]);
                    draft.facts.add(Fact::stated(FactKey::Roles, roles, (*span).into()));
                }
            }
        }
        match (said, kind) {
            (ElementKind::Unknown | ElementKind::Container, Some("datastore")) => ElementKind::Datastore,
            (ElementKind::Unknown, _) => match asset.size.as_ref().map(|(size, _)| size.as_str()) {
                Some("system") => ElementKind::System,
                Some(_) => ElementKind::Container,
                None => ElementKind::Unknown,
            },
            (said, _) => said,
        }
    }

    fn asset_facts(
        &mut self,
        asset: &TechnicalAsset,
        kind: Option<&str>,
        has_home: bool,
        data: &Data<'_>,
        facts: &mut Facts,
    ) {
        let mut state = |key, value, span: Span| facts.add(Fact::stated(key, value, span.into()));
        if let (Some("external-entity"), Some((_, span)), false) = (kind, &asset.kind, has_home) {
            state(FactKey::External, FactValue::word("yes"), *span);
        }
        if let Some((true, span)) = asset.out_of_scope {
            state(FactKey::InScope, FactValue::word("no"), span);
        }
        if let Some((true, span)) = asset.internet {
            state(FactKey::InternetFacing, FactValue::word("yes"), span);
        }
        match asset.redundant {
            Some((true, span)) => state(FactKey::Replicas, FactValue::AtLeast(2), span),
            Some((false, span)) => state(FactKey::Replicas, FactValue::Count(1), span),
            None => {}
        }
        let keeps = asset.stored.first().or(asset.kind.as_ref().filter(|_| kind == Some("datastore")));
        if let Some((_, span)) = keeps {
            state(FactKey::Stateful, FactValue::word("yes"), *span);
        }
        if let Some((word, span)) = &asset.encryption {
            let at_rest = if word == "none" { "no" } else { "yes" };
            state(FactKey::EncryptedAtRest, FactValue::word(at_rest), *span);
        }
        if let Some((owner, span)) = &asset.owner {
            state(FactKey::Owner, FactValue::Text(owner.clone()), *span);
        }
        if let Some((class, span)) = self.highest_class(asset, data) {
            facts.add(Fact::stated(FactKey::DataClass, FactValue::word(class), span.into()));
        }
        if let Some((word, span)) =
            self.word("availability", asset.rating.availability.as_ref(), AVAILABILITY)
        {
            facts.add(Fact::stated(FactKey::Criticality, FactValue::word(word), span.into()));
        }
    }

    /// The highest class among the asset's own rating and the data that it stores or processes, as the format has it.
    fn highest_class(&mut self, asset: &TechnicalAsset, data: &Data<'_>) -> Option<(&'static str, Span)> {
        let own = self.word("confidentiality", asset.rating.confidentiality.as_ref(), CONFIDENTIALITY);
        let handled = asset.stored.iter().chain(&asset.processed).filter_map(|(id, span)| {
            let class = class_of(data.get(id.as_str())?)?;
            Some((class, *span))
        });
        // The first of equals counts: the asset's own rating.
        own.into_iter()
            .chain(handled)
            .reduce(|best, next| if rank(next.0) > rank(best.0) { next } else { best })
    }

    fn links<'m>(
        &mut self,
        model: &'m ThreagileModel,
        assets: &Assets<'_>,
        data: &Data<'_>,
    ) -> Vec<(usize, &'m CommunicationLink)> {
        let mut flows = Vec::new();
        for asset in &model.technical_assets {
            for link in &asset.links {
                let (Some(from), Some(to)) =
                    (assets.get(asset.id.as_str()), assets.get(link.target.0.as_str()))
                else {
                    let (id, span) = &link.target;
                    self.unknown_id("technical asset", id, *span, assets.keys().copied());
                    continue;
                };
                let flow = self.link(link, *from, *to, data);
                flows.push((self.fragment.flows.len(), link));
                self.fragment.flows.push(flow);
            }
        }
        flows
    }

    fn link(&mut self, link: &CommunicationLink, from: LocalId, to: LocalId, data: &Data<'_>) -> Flow {
        let mut flow = Flow::new(from, to, link.span.into());
        flow.label = Some(link.name.clone());
        flow.initiator = Initiator::From;
        flow.data = match (link.sent.is_empty(), link.received.is_empty()) {
            (false, false) => DataDirection::Both,
            (false, true) => DataDirection::Out,
            (true, false) => DataDirection::In,
            (true, true) => DataDirection::Unknown,
        };
        flow.tags.clone_from(&link.tags);
        if let Some(description) = &link.description {
            flow.properties.insert("description".to_owned(), description.clone());
        }
        self.protection(link, &mut flow);
        if let Some(word) = self.word("authentication", link.authentication.as_ref(), AUTHENTICATION) {
            flow.facts.add(Fact::stated(FactKey::Authentication, FactValue::word(word.0), word.1.into()));
        }
        if link.authentication.as_ref().is_some_and(|(word, _)| word == "two-factor") {
            flow.properties.insert("second factor".to_owned(), "yes".to_owned());
        }
        if let Some((usage, span)) = link.usage.as_ref().filter(|(usage, _)| usage == "devops") {
            flow.facts.add(Fact::because(
                FactKey::Purpose,
                FactValue::word("management"),
                Origin::Derived,
                Some((*span).into()),
                format!("its usage is \"{usage}\""),
            ));
        }
        if flow.facts.word(FactKey::Purpose).is_some() {
            flow.phase = Phase::Administration;
        }
        for (key, flag) in [("IP-filtered", link.ip_filtered), ("read-only", link.readonly)] {
            flow.properties.extend(flag.map(|flag| (key.to_owned(), yes_no(flag).to_owned())));
        }
        if let Some((word, _)) = &link.authorization {
            flow.properties.insert("authorization".to_owned(), word.clone());
        }
        let carried = link.sent.iter().chain(&link.received);
        let classes = carried.filter_map(|(id, span)| Some((class_of(data.get(id.as_str())?)?, *span, id)));
        if let Some((class, span, id)) =
            classes.reduce(|best, next| if rank(next.0) > rank(best.0) { next } else { best })
        {
            flow.facts.add(Fact::because(
                FactKey::DataClass,
                FactValue::word(class),
                Origin::Derived,
                Some(span.into()),
                format!("it carries the data asset \"{id}\""),
            ));
        }
        flow
    }

    /// What the protocol's word and a VPN say of protection in transit.
    fn protection(&mut self, link: &CommunicationLink, flow: &mut Flow) {
        let mut add = |value: &str, span: Span, why: String| {
            let place = Some(span.into());
            flow.facts.add(Fact::because(
                FactKey::Encrypted,
                FactValue::word(value),
                Origin::Derived,
                place,
                why,
            ));
        };
        if let Some((true, span)) = link.vpn {
            add("yes", span, "the link runs through a VPN".to_owned());
        }
        let Some((word, span)) = &link.protocol else { return };
        let meaning = PROTOCOLS.iter().find(|(known, _)| known == word).map(|(_, meaning)| *meaning);
        let Some(meaning) = meaning else {
            let known: Vec<&str> = PROTOCOLS.iter().map(|(word, _)| *word).collect();
            self.check("protocol", word, &known, *span);
            flow.technologies.push(Technology::written(word.clone()));
            return;
        };
        match meaning.encrypted {
            Some(true) => {
                add("yes", *span, format!("\"{word}\" is an encrypted protocol in Threagile's vocabulary"))
            }
            Some(false) if !matches!(link.vpn, Some((true, _))) => {
                add(
                    "no",
                    *span,
                    format!("\"{word}\" is a protocol without encryption in Threagile's vocabulary"),
                );
            }
            Some(false) | None => {}
        }
        match meaning.id {
            Some(id) => flow.protocols.push(Protocol {
                id: id.to_owned(),
                written: spoken(word),
                origin: Origin::Stated,
            }),
            None if word != "unknown-protocol" => {
                flow.technologies.push(Technology::written(word.replace('-', " ")));
            }
            None => {}
        }
    }

    fn data(&mut self, model: &ThreagileModel, assets: &Assets<'_>, flows: &[(usize, &CommunicationLink)]) {
        let names = |list: &[Text], id: &str| list.iter().any(|(named, _)| named == id);
        for asset in &model.data_assets {
            let kept_by = model.technical_assets.iter().filter(|holder| names(&holder.stored, &asset.id));
            let carriers = flows
                .iter()
                .filter(|(_, link)| names(&link.sent, &asset.id) || names(&link.received, &asset.id));
            let draft = DataDraft {
                name: asset.name.clone(),
                facts: self.data_facts(asset),
                kept_by: kept_by.filter_map(|holder| assets.get(holder.id.as_str()).copied()).collect(),
                carried_by: carriers.map(|(at, _)| *at).collect(),
                place: asset.span.into(),
            };
            self.fragment.data_assets.push(draft);
        }
        let known: BTreeSet<&str> = model.data_assets.iter().map(|asset| asset.id.as_str()).collect();
        for asset in &model.technical_assets {
            let of_links = asset.links.iter().flat_map(|link| link.sent.iter().chain(&link.received));
            for (id, span) in asset.stored.iter().chain(&asset.processed).chain(of_links) {
                if !known.contains(id.as_str()) {
                    self.unknown_id("data asset", id, *span, known.iter().copied());
                }
            }
        }
    }

    fn data_facts(&mut self, asset: &DataAsset) -> Facts {
        let mut facts = Facts::default();
        if let Some((word, span)) =
            self.word("confidentiality", asset.rating.confidentiality.as_ref(), CONFIDENTIALITY)
        {
            facts.add(Fact::stated(FactKey::DataClass, FactValue::word(word), span.into()));
        }
        if let Some((word, span)) =
            self.word("availability", asset.rating.availability.as_ref(), AVAILABILITY)
        {
            facts.add(Fact::stated(FactKey::Criticality, FactValue::word(word), span.into()));
        }
        if let Some((owner, span)) = &asset.owner {
            facts.add(Fact::stated(FactKey::Owner, FactValue::Text(owner.clone()), (*span).into()));
        }
        facts
    }

    /// The data-flow view, and one of the shared runtimes when there are any.
    fn sheets(&mut self, model: &ThreagileModel, assets: &Assets<'_>) {
        let start = Span { end: 0, ..Span::default() };
        let mut sheet = Sheet::new(start.into());
        sheet.title = model.title.clone();
        sheet.kind = Some(ViewKind::DataFlow);
        sheet.nodes = self
            .fragment
            .drafts
            .iter()
            .enumerate()
            .map(|(at, draft)| SheetNode {
                draft: LocalId(at),
                parent: draft.parent,
                bounds: None,
                look: None,
            })
            .collect();
        sheet.flows = (0..self.fragment.flows.len()).collect();
        if let Some((text, span)) = &model.overview {
            sheet.notes.push(SheetNote {
                draft: None,
                flow: None,
                text: text.clone(),
                bounds: None,
                look: None,
                place: (*span).into(),
            });
        }
        self.fragment.sheets.push(sheet);
        if !model.shared_runtimes.is_empty() {
            let sheet = self.runtimes(&model.shared_runtimes, assets);
            self.fragment.sheets.push(sheet);
        }
    }

    /// Runtimes nest assets in a view of their own: the canonical parent is the trust boundary.
    fn runtimes(&mut self, runtimes: &[SharedRuntime], assets: &Assets<'_>) -> Sheet {
        let mut sheet = Sheet::new(runtimes.first().map_or_else(Span::default, |first| first.span).into());
        sheet.title = Some("Shared runtimes".to_owned());
        sheet.kind = Some(ViewKind::Deployment);
        let mut shown = BTreeSet::new();
        for runtime in runtimes {
            let mut draft = Draft::new(ElementKind::Host, &runtime.name, runtime.span.into());
            draft.explicit_id = Some(runtime.id.clone());
            draft.description.clone_from(&runtime.description);
            draft.tags.clone_from(&runtime.tags);
            draft.stereotypes.push("shared runtime".to_owned());
            let host = self.add(draft);
            sheet.nodes.push(SheetNode { draft: host, parent: None, bounds: None, look: None });
            for (id, span) in &runtime.running {
                match assets.get(id.as_str()) {
                    Some(asset) if shown.insert(*asset) => {
                        sheet.nodes.push(SheetNode {
                            draft: *asset,
                            parent: Some(host),
                            bounds: None,
                            look: None,
                        });
                    }
                    Some(_) => {
                        let message = format!("the asset `{id}` runs on two runtimes; the first counts");
                        self.told.push(Diagnostic::warning("threagile/runs-twice", message, *span));
                    }
                    None => self.unknown_id("technical asset", id, *span, assets.keys().copied()),
                }
            }
        }
        let drawn = |id: &LocalId| shown.contains(id);
        let flows = self.fragment.flows.iter().enumerate();
        sheet.flows =
            flows.filter(|(_, flow)| drawn(&flow.from) && drawn(&flow.to)).map(|(at, _)| at).collect();
        sheet
    }

    fn add(&mut self, draft: Draft) -> LocalId {
        self.fragment.drafts.push(draft);
        LocalId(self.fragment.drafts.len() - 1)
    }

    /// What a word of a closed vocabulary means for us; unknown ones are told.
    fn word(
        &mut self,
        key: &str,
        written: Option<&Text>,
        vocabulary: &[(&'static str, &'static str)],
    ) -> Option<(&'static str, Span)> {
        let (word, span) = written?;
        let found = vocabulary.iter().find(|(known, _)| known == word);
        if found.is_none() {
            let known: Vec<&str> = vocabulary.iter().map(|(word, _)| *word).collect();
            self.check(key, word, &known, *span);
        }
        found.map(|(_, ours)| (*ours, *span))
    }

    fn check(&mut self, key: &str, word: &str, known: &[&str], span: Span) {
        if !known.contains(&word) {
            let mut told = unknown_word(WORD, &format!("`{key}` is not"), word, known, span);
            told.severity = crate::diagnostic::Severity::Warning;
            self.told.push(told);
        }
    }

    fn unknown_id<'k>(&mut self, what: &str, id: &str, span: Span, known: impl Iterator<Item = &'k str>) {
        let mut told = Diagnostic::error(ID, format!("no {what} has the id `{id}`"), span);
        if let Some(left) = self.suggestions.checked_sub(1) {
            self.suggestions = left;
            told.help = did_you_mean(id, known).map(|near| format!("did you mean `{near}`?"));
        }
        self.told.push(told);
    }
}

fn data_by_id(assets: &[DataAsset]) -> Data<'_> {
    assets.iter().map(|asset| (asset.id.as_str(), asset)).collect()
}

fn class_of(asset: &DataAsset) -> Option<&'static str> {
    let (word, _) = asset.rating.confidentiality.as_ref()?;
    CONFIDENTIALITY.iter().find(|(known, _)| known == word).map(|(_, class)| *class)
}

fn rank(class: &str) -> usize {
    CONFIDENTIALITY.iter().position(|(_, known)| *known == class).unwrap_or_default()
}

/// A protocol's word as people write it: `jdbc-encrypted` is "JDBC (encrypted)".
fn spoken(word: &str) -> String {
    let (base, encrypted) = word.strip_suffix("-encrypted").map_or((word, ""), |base| (base, " (encrypted)"));
    let name = match base {
        "reverse-proxy-web-protocol" => "web protocol behind a reverse proxy".to_owned(),
        "ssh-tunnel" => "SSH tunnel".to_owned(),
        "sql-access-protocol" => "SQL".to_owned(),
        base if base.contains('-') => base.replace('-', " "),
        base => base.to_uppercase(),
    };
    format!("{name}{encrypted}")
}

const fn yes_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
