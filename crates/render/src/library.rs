//! The functions and filters that templates have besides Tera's own.
//!
//! They are registered twice: first over an empty library, because templates are compiled before there is a
//! site, and then over the site. Cloning compiled templates is cheap.

mod argument;
mod ask;
pub(crate) mod asked;
mod pages;
mod format;
mod chart;
mod date;
mod duration;
mod image;
mod lines;
mod prose;
mod word;
mod sort;
mod text;
mod range;
mod errors;
mod field;

use std::sync::Arc;
use std::sync::mpsc::Sender;

use sitegen_model::{Kept, Model};
use tera::Tera;

use crate::ground::fonts::Fonts;
use crate::library::asked::RenderEvent;
use crate::templates::Callable;
use crate::text::field::Fields;
use crate::text::html::Renderer;
use crate::value::listing::Listing;
use crate::value::relation::RelationViews;

/// The functions and filters of this library, as the compiler of templates needs them.
pub(crate) const CALLABLE: Callable = Callable { declare, functions: &FUNCTIONS, filters: &FILTERS };

/// The functions that templates have.
const FUNCTIONS: [&str; 16] = [
    "asset",
    "axis",
    "bins",
    "cells",
    "count_pages",
    "image",
    "link",
    "pages",
    "points",
    "range",
    "referenced_by",
    "row",
    "rows",
    "sources",
    "t",
    "throw",
];

/// The filters that templates have.
const FILTERS: [&str; 48] = [
    "abs",
    "absolute_url",
    "capitalize",
    "date",
    "default",
    "duration",
    "escape",
    "escape_markdown",
    "evaluate",
    "figure",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "json",
    "keys",
    "last",
    "length",
    "letter",
    "lines",
    "lower",
    "markdown",
    "minutes",
    "money",
    "nth",
    "number",
    "pairs",
    "percent",
    "place",
    "plain",
    "plural",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "slugify",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "truncate",
    "unique",
    "upper",
];

/// The data from which functions and filters answer.
#[derive(Default)]
pub(crate) struct Library {
    pub model: Arc<Model>,
    pub relations: Arc<RelationViews>,
    pub listing: Kept<Listing>,
    pub fonts: Kept<Fonts>,
    /// The renderer of Markdown for the filters; none for the components that Markdown itself calls.
    pub prose: Option<Prose>,
    /// The listener to what templates ask; none unless a page is explained or has warnings.
    pub asked: Option<Sender<RenderEvent>>,
}

/// The renderer of Markdown for pages, and the records' `template` fields that are evaluated there.
#[derive(Clone)]
pub(crate) struct Prose {
    /// Its templates are those of the fields, besides the theme's.
    pub renderer: Renderer,
    pub fields: Kept<Fields>,
}

impl Library {
    pub(crate) fn of(
        model: &Arc<Model>,
        relations: &Arc<RelationViews>,
        (listing, fonts): (&Kept<Listing>, &Kept<Fonts>),
        prose: Option<Prose>,
    ) -> Self {
        let (model, relations) = (Arc::clone(model), Arc::clone(relations));
        Self { model, relations, listing: listing.clone(), fonts: fonts.clone(), prose, asked: None }
    }

    /// Reports what a template asks to the listener, if there is one.
    fn tell(&self, asked: impl FnOnce() -> Vec<RenderEvent>) {
        let Some(listener) = &self.asked else { return };
        for asked in asked() {
            // The listener lives until the page is rendered, so nothing is lost.
            let _unheard = listener.send(asked);
        }
    }
}

/// Makes the names known, because templates with unknown names cannot be compiled.
fn declare(tera: &mut Tera) {
    register(tera, &Arc::new(Library::default()));
}

/// Makes functions and filters answer from a library, also those of templates that are compiled already.
pub(crate) fn register(tera: &mut Tera, library: &Arc<Library>) {
    ask::register(tera, library);
    pages::register(tera, library);
    prose::register(tera, library);
    format::register(tera, library);
    chart::register(tera, library);
    word::register(tera, library);
    sort::register(tera, library);
    image::register(tera, library);
    lines::register(tera, library);
    text::register(tera);
    range::register(tera);
}
