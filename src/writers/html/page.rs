//! The page of one packet.

use askama::Template;

use super::parts::{Blocks, MarkLink, Picture, Pictures, Runs, TablePart};
use super::{policy, style};
use crate::document::{Block, Document, Mark, Prose, Table};
use crate::scene::Scene;
use crate::writers::svg;
use crate::writers::writer::Packet;

#[derive(Template)]
#[template(path = "page/page.html")]
struct Page<'a> {
    document: &'a Document,
    policy: String,
    style: &'a str,
    own_style: &'a str,
    script: &'a str,
    pictures: Pictures<'a>,
}

impl<'a> Page<'a> {
    fn runs<'b>(&self, prose: &'b Prose) -> Runs<'b> {
        Runs::of(prose)
    }

    fn mark<'b>(&self, mark: &'b Mark, worded: bool) -> MarkLink<'b> {
        MarkLink { mark, worded }
    }

    fn table<'b>(&self, table: &'b Table) -> TablePart<'b> {
        TablePart { table }
    }

    fn blocks(&self, blocks: &'a [Block], deep: bool) -> Blocks<'a> {
        Blocks { blocks, deep, pictures: self.pictures }
    }
}

/// The whole page.
pub(super) fn page(packet: &Packet) -> String {
    let pictures: Vec<Picture> = packet.scenes.iter().map(|scene| picture(scene, &packet.document)).collect();
    let widths: Vec<Option<f64>> =
        pictures.iter().map(|picture| picture.size.map(|(width, _)| width)).collect();
    let own = style::own_style(&packet.document.running_head, &widths);
    let page = Page {
        document: &packet.document,
        policy: policy::policy(Some(style::script_hash()), &[&style::style().hash, &own.hash]),
        style: &style::style().text,
        own_style: &own.text,
        script: style::SCRIPT,
        pictures: Pictures(&pictures),
    };
    page.render().expect("templates print values that cannot fail to print")
}

fn picture(scene: &Scene, document: &Document) -> Picture {
    let drawn = !(scene.shapes.is_empty() && scene.groups.is_empty());
    let id = document.figure(&scene.view).map_or("", |figure| figure.anchor.as_str());
    Picture {
        view: scene.view.as_str().to_owned(),
        title: scene.title.clone(),
        markup: if drawn { svg::draw(scene, svg::Setting::Page { id }) } else { String::new() },
        size: drawn.then_some((scene.size.width, scene.size.height)),
    }
}
