//! The functions and filters that templates have besides Tera's own.
//!
//! They are registered twice: as names, so that templates compile before there is a site, and then as closures over the site. Cloning compiled
//! templates is cheap.

mod argument;
mod ask;
pub(crate) mod asked;
mod pages;
mod format;
mod chart;
mod date;
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
use crate::library::asked::Asked;
use crate::templates::Callable;
use crate::text::field::Fields;
use crate::text::html::Renderer;
use crate::value::listing::Listing;
use crate::value::relation::Relations;

/// What templates can call of this library.
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
const FILTERS: [&str; 47] = [
    "abs",
    "absolute_url",
    "capitalize",
    "date",
    "default",
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

/// What functions and filters answer from.
#[derive(Default)]
pub(crate) struct Library {
    pub model: Arc<Model>,
    pub relations: Arc<Relations>,
    pub listing: Kept<Listing>,
    pub fonts: Kept<Fonts>,
    /// What reads the prose that templates give it; none where Markdown itself is rendered.
    pub prose: Option<Prose>,
    /// Who wants to hear what templates ask; none but where a page is explained.
    pub asked: Option<Sender<Asked>>,
}

/// What reads Markdown on pages and evaluates the records' `template` fields there.
#[derive(Clone)]
pub(crate) struct Prose {
    /// Its templates are those of the fields, besides the theme's.
    pub renderer: Renderer,
    pub fields: Kept<Fields>,
}

impl Library {
    pub(crate) fn of(
        model: &Arc<Model>,
        relations: &Arc<Relations>,
        (listing, fonts): (&Kept<Listing>, &Kept<Fonts>),
        prose: Option<Prose>,
    ) -> Self {
        let (model, relations) = (Arc::clone(model), Arc::clone(relations));
        Self { model, relations, listing: listing.clone(), fonts: fonts.clone(), prose, asked: None }
    }

    /// Tells whoever listens what a template asks.
    fn tell(&self, asked: impl FnOnce() -> Vec<Asked>) {
        let Some(listener) = &self.asked else { return };
        for asked in asked() {
            // Whoever explains a page listens until it is rendered.
            let _unheard = listener.send(asked);
        }
    }
}

/// Makes the names known, so that templates can be compiled.
fn declare(tera: &mut Tera) {
    register(tera, &Arc::new(Library::default()));
}

/// Lets functions and filters answer from a library, also those of templates that are compiled already.
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
