//! Syntax to model: the statements of one diagram become drafts, flows and a sheet of the fragment.
//!
//! The only folder that knows both. 1. Each statement is lowered into a `Builder`. 2. When the diagram is complete,
//! kinds are decided and the drafts are put in an order in which parents stand first.

mod convention;
mod keyword;
mod plain;
mod removal;

use std::collections::BTreeMap;

use super::account::{Account, Fate};
use super::label;
use super::library::{C4, Libraries};
use super::parser::Parsed;
use super::syntax::{Call, Statement};
use crate::diagnostic::Diagnostic;
use crate::model::{Direction, ViewKind};
use crate::readers::c4::Macros;
use crate::readers::sketch::{Builder, DEEPEST, Frame, Gathered};
use crate::source::Place;
use removal::Removals;

/// Lowers the statements of one diagram.
pub(super) fn diagram(
    gathered: &mut Gathered,
    parsed: &[Parsed],
    frame: &Frame,
    libraries: Libraries,
    account: &mut Account,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut page = Page::new(libraries);
    let mut pages = 0;
    for one in parsed {
        let fate = match &one.statement {
            None => Fate::Unknown,
            Some(Statement::Page(title)) => {
                if page.builder.nodes.is_empty() {
                    page.builder.title = title.as_deref().map(label::one_line);
                } else {
                    let full = std::mem::replace(&mut page, Page::new(libraries));
                    page.builder.title = title.as_deref().map(label::one_line);
                    pages += 1;
                    finish(gathered, full, frame, diagnostics);
                }
                Fate::Visual
            }
            Some(statement) => page.statement(statement, one.place),
        };
        if let Some(Statement::Call(Call { name, tail: Some(tail), .. })) = &one.statement
            && fate == Fate::Understood
        {
            let message = format!("what follows `{name}(...)` is not understood: {tail}");
            diagnostics.push(Diagnostic::note("plantuml/tail", message, one.place.span).help(
                "behind a call stand `[[link]]`, `$tag`, `#color`, `<<stereotype>>`, `as name` and `{`",
            ));
        }
        for owner in &one.owners {
            account.mark(Some(*owner), fate);
        }
    }
    if pages == 0 || !page.builder.nodes.is_empty() {
        finish(gathered, page, frame, diagnostics);
    }
}

fn finish(gathered: &mut Gathered, page: Page, frame: &Frame, diagnostics: &mut Vec<Diagnostic>) {
    let Page { mut builder, c4, view, removals, .. } = page;
    tell(&builder, frame, diagnostics);
    diagnostics.extend(removals.apply(&mut builder));
    gathered.finish(builder, &c4.tags, view, frame);
}

fn tell(builder: &Builder, frame: &Frame, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(place) = builder.too_deep {
        let message =
            format!("groups are nested deeper than {}; the deeper ones are not kept as groups", DEEPEST);
        diagnostics.push(Diagnostic::warning("plantuml/too-deep", message, place.span));
    }
    diagnostics.extend(builder.told_left_out("plantuml/too-many-links"));
    if builder.is_open() {
        let message = "a group is opened and never closed";
        diagnostics.push(
            Diagnostic::warning("plantuml/unclosed-group", message, frame.place.span).help("close it with }"),
        );
    }
}

/// One page of a diagram.
struct Page {
    builder: Builder,
    c4: Macros,
    /// What the library says that the diagram shows.
    view: Option<ViewKind>,
    /// What is taken out of the drawing.
    removals: Removals,
    /// Types of ArchiMate by the sprites that show them.
    sprites: BTreeMap<String, String>,
    /// Classes stand beside other elements.
    mixing: bool,
}

impl Page {
    fn new(libraries: Libraries) -> Self {
        let view = libraries.c4.and_then(|file| match file {
            C4::Context => Some(ViewKind::Context),
            C4::Container => Some(ViewKind::Container),
            C4::Component => Some(ViewKind::Component),
            C4::Deployment => Some(ViewKind::Deployment),
            C4::Dynamic => Some(ViewKind::Dynamic),
            C4::Base | C4::Sequence => None,
        });
        Self {
            builder: Builder::default(),
            c4: Macros::new(&label::MARKUP, view == Some(ViewKind::Dynamic)),
            view,
            removals: Removals::default(),
            sprites: BTreeMap::new(),
            mixing: false,
        }
    }

    fn statement(&mut self, statement: &Statement, place: Place) -> Fate {
        if !matches!(statement, Statement::Open) {
            self.builder.opens_next = None;
        }
        match statement {
            Statement::Element(element) => self.element(element, place),
            Statement::Link(link) => self.link(link, place),
            Statement::Call(call) => self.call(call, place),
            Statement::Note(note) => self.note(note, place),
            Statement::Close => {
                self.builder.leave();
                Fate::Understood
            }
            Statement::Open => {
                match self.builder.opens_next.take() {
                    Some(node) => self.builder.enter(node, place),
                    None => self.builder.enter_visual(),
                }
                Fate::Understood
            }
            Statement::Together => {
                self.builder.enter_visual();
                Fate::Visual
            }
            Statement::Title(title) => {
                let inside = title.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                let title = label::one_line(inside.unwrap_or(title));
                self.builder.title = Some(title).filter(|title| !title.is_empty());
                Fate::Understood
            }
            Statement::Prose(text) => {
                self.builder.note(None, None, label::prose(text), place);
                Fate::Understood
            }
            Statement::Direction(right) => {
                self.builder.direction = Some(if *right { Direction::Right } else { Direction::Down });
                Fate::Understood
            }
            Statement::Removal(removal) => {
                if self.removals.add(removal, place) {
                    Fate::Understood
                } else {
                    Fate::Unknown
                }
            }
            Statement::Sprite { name, shows } => {
                self.sprites.insert(name.clone(), shows.clone());
                Fate::Understood
            }
            // `together { A }` names what is known.
            Statement::Bare(name) if self.builder.is_visual() && self.builder.find(name).is_some() => {
                Fate::Visual
            }
            Statement::Bare(_) => Fate::Unknown,
            Statement::Mixing => {
                self.mixing = true;
                Fate::Visual
            }
            Statement::Page(_) | Statement::Visual => Fate::Visual,
        }
    }

    /// Lowers the call of a macro of any library.
    fn call(&mut self, call: &Call, place: Place) -> Fate {
        let known = self.c4.call(&mut self.builder, call, place);
        known.unwrap_or_else(|| convention::call(self, call, place))
    }
}
