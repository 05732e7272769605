//! The templates of the page's parts.

use askama::Template;

use crate::document::{Block, Entry, Figure, Inline, Mark, Prose, Table, Target};

/// What the blocks need from the page: the pictures, by view.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pictures<'a>(pub(super) &'a [Picture]);

/// The picture of one view.
#[derive(Debug)]
pub(super) struct Picture {
    /// The view's id.
    pub(super) view: String,
    /// The view's title.
    pub(super) title: String,
    /// The `svg` element; empty when the view was not drawn.
    pub(super) markup: String,
    /// Width and height in px; `None` when the view was not drawn.
    pub(super) size: Option<(f64, f64)>,
}

#[derive(Template)]
#[template(path = "page/runs.html")]
pub(super) struct Runs<'a> {
    runs: &'a [Inline],
}

impl<'a> Runs<'a> {
    pub(super) fn of(prose: &'a Prose) -> Self {
        Self { runs: &prose.0 }
    }

    /// Only these addresses become links; `javascript:` and the like stay text.
    fn is_web(&self, url: &str) -> bool {
        url.starts_with("https://") || url.starts_with("http://")
    }
}

#[derive(Template)]
#[template(path = "page/mark.html")]
pub(super) struct MarkLink<'a> {
    pub(super) mark: &'a Mark,
    pub(super) worded: bool,
}

#[derive(Template)]
#[template(path = "page/table.html")]
pub(super) struct TablePart<'a> {
    pub(super) table: &'a Table,
}

impl TablePart<'_> {
    fn runs<'b>(&self, prose: &'b Prose) -> Runs<'b> {
        Runs::of(prose)
    }

    fn numeric(&self, at: &usize) -> bool {
        self.table.columns.get(*at).is_some_and(|column| column.numeric)
    }
}

#[derive(Template)]
#[template(path = "page/entries.html")]
pub(super) struct Entries<'a> {
    entries: &'a [Entry],
}

impl Entries<'_> {
    fn runs<'b>(&self, prose: &'b Prose) -> Runs<'b> {
        Runs::of(prose)
    }
}

#[derive(Template)]
#[template(path = "page/figure.html")]
pub(super) struct FigurePart<'a> {
    figure: &'a Figure,
    number: usize,
    title: &'a str,
    picture: &'a str,
    landscape: bool,
    pictures: Pictures<'a>,
}

impl<'a> FigurePart<'a> {
    fn runs<'b>(&self, prose: &'b Prose) -> Runs<'b> {
        Runs::of(prose)
    }

    fn mark<'b>(&self, mark: &'b Mark) -> MarkLink<'b> {
        MarkLink { mark, worded: false }
    }

    fn blocks(&self, blocks: &'a [Block]) -> Blocks<'a> {
        Blocks { blocks, deep: true, pictures: self.pictures }
    }
}

/// Blocks below a heading; `deep` when that heading is of the third level.
#[derive(Template)]
#[template(path = "page/blocks.html")]
pub(super) struct Blocks<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) deep: bool,
    pub(super) pictures: Pictures<'a>,
}

impl<'a> Blocks<'a> {
    fn runs<'b>(&self, prose: &'b Prose) -> Runs<'b> {
        Runs::of(prose)
    }

    fn table<'b>(&self, table: &'b Table) -> TablePart<'b> {
        TablePart { table }
    }

    fn entries<'b>(&self, entries: &'b [Entry]) -> Entries<'b> {
        Entries { entries }
    }

    fn inner(&self, blocks: &'a [Block]) -> Blocks<'a> {
        Blocks { blocks, deep: self.deep, pictures: self.pictures }
    }

    fn heading(&self) -> &'static str {
        if self.deep { "h4" } else { "h3" }
    }

    fn figure(&self, figure: &'a Figure) -> FigurePart<'a> {
        let found = self.pictures.0.iter().enumerate().find(|(_, known)| known.view == figure.view.as_str());
        let (number, picture) = found.map_or((0, None), |(at, picture)| (at + 1, Some(picture)));
        let wide = picture.and_then(|picture| picture.size);
        FigurePart {
            figure,
            number,
            title: picture.map_or("", |picture| picture.title.as_str()),
            picture: picture.map_or("", |picture| picture.markup.as_str()),
            landscape: wide.is_some_and(|(width, height)| width > 760.0 && width > height * 1.25),
            pictures: self.pictures,
        }
    }
}
