//! What is written is read again, and is the same.

use planroom::assemble::{Assembled, assemble};
use planroom::model::{Fact, Facts, Model, Origin};
use planroom::readers::model_file::ModelFile;
use planroom::readers::reader::Reader;
use planroom::source::Source;
use planroom::writers::json;

use super::{NoFiles, read};

/// Reads the JSON form of a model, with nothing to complain about.
fn again(assembled: &Assembled) -> Assembled {
    let text = json::model(&assembled.model, &assembled.sources);
    let reading = ModelFile.read(&Source::new("model.json", text), &NoFiles);
    assert_eq!(reading.diagnostics, []);
    assert_eq!(reading.loss.unknown, []);
    assemble(vec![reading])
}

/// The model without what is computed anew or differs by nature: places, derived and inferred facts,
/// zones, merges and conflicts.
fn essence(mut model: Model) -> Model {
    fn authored(facts: &mut Facts) {
        let mut stated: Vec<Fact> =
            facts.iter().filter(|fact| fact.origin >= Origin::Stated).cloned().collect();
        stated.sort_by_key(|fact| (fact.key, std::cmp::Reverse(fact.origin)));
        let mut kept = Facts::default();
        stated.into_iter().for_each(|fact| kept.add(Fact { place: None, ..fact }));
        *facts = kept;
    }
    authored(&mut model.facts);
    for element in model.elements.values_mut() {
        authored(&mut element.facts);
        element.origins.clear();
        element.also_in.sort();
    }
    for relation in model.relations.values_mut() {
        authored(&mut relation.facts);
        relation.origins.clear();
        relation.protocols.retain(|protocol| protocol.origin >= Origin::Stated);
        relation.ports.retain(|port| port.origin >= Origin::Stated);
    }
    for asset in &mut model.data_assets {
        authored(&mut asset.facts);
        asset.origins.clear();
    }
    model.identities.iter_mut().for_each(|identity| identity.origins.clear());
    for view in &mut model.views {
        view.source = planroom::source::Place::default();
        view.notes.iter_mut().for_each(|note| note.place = view.source);
    }
    Model { zones: Vec::new(), merges: Vec::new(), conflicts: Vec::new(), ..model }
}

#[test]
fn a_model_file_comes_back_as_it_was() {
    let first = assemble(vec![read("full.yaml", include_str!("full.yaml"))]);
    let second = again(&first);
    assert_eq!(essence(first.model), essence(second.model.clone()));
    let third = again(&second);
    assert_eq!(json::model(&second.model, &second.sources), json::model(&third.model, &third.sources));
}

/// Reads a drawing of the samples and infers.
fn judged(readings: Vec<planroom::readers::reader::Reading>) -> Assembled {
    let mut assembled = assemble(readings);
    let diagnostics = planroom::infer::infer(&mut assembled.model, planroom::catalog::Catalog::builtin());
    assembled.diagnostics.extend(diagnostics);
    assembled
}

#[test]
fn drawings_come_back_from_the_model_that_they_became() {
    let draw = |path: &str, text: &str| {
        let source = Source::new(path, text);
        planroom::readers::plantuml::PlantUml.read(&source, &NoFiles)
    };
    let projects = [
        vec![
            draw("container.puml", include_str!("../../../samples/web-shop/container.puml")),
            draw("context.puml", include_str!("../../../samples/web-shop/context.puml")),
            draw("deployment.puml", include_str!("../../../samples/web-shop/deployment.puml")),
        ],
        vec![draw("l.puml", include_str!("../../../samples/large-distributed/large-distributed.puml"))],
        vec![draw("s.puml", include_str!("../../../samples/scaled-down-iw/scaled-down-iw.puml"))],
    ];
    for project in projects {
        let first = judged(project);
        let (elements, relations) = (first.model.elements.len(), first.model.relations.len());
        assert!(elements > 10 && relations > 2, "{elements} {relations}");
        let text = json::model(&first.model, &first.sources);
        let reading = ModelFile.read(&Source::new("model.json", text), &NoFiles);
        assert_eq!(reading.diagnostics, []);
        let second = judged(vec![reading]);
        assert_eq!(essence(first.model), essence(second.model));
    }
}

#[test]
fn what_is_derived_is_written_and_not_read() {
    let mut assembled = assemble(vec![read("full.yaml", include_str!("full.yaml"))]);
    let element = assembled.model.elements.values_mut().next().unwrap();
    let word = planroom::model::FactValue::word("yes");
    element.facts.add(Fact::because(
        planroom::model::FactKey::Stateful,
        word,
        Origin::Inferred,
        None,
        "it keeps data",
    ));
    let text = json::model(&assembled.model, &assembled.sources);
    assert!(text.contains("it keeps data"));
    let second = again(&assembled);
    assert!(!json::model(&second.model, &second.sources).contains("it keeps data"));
}

#[test]
fn a_minified_form_is_read_as_well() {
    let first = assemble(vec![read("full.yaml", include_str!("full.yaml"))]);
    let pretty = json::model(&first.model, &first.sources);
    let value: serde_json::Value = serde_json::from_str(&pretty).unwrap();
    let one_line = serde_json::to_string(&value).unwrap();
    let reading = ModelFile.read(&Source::new("model.json", one_line), &NoFiles);
    assert_eq!(reading.diagnostics, []);
    assert_eq!(essence(assemble(vec![reading]).model), essence(first.model));
}
