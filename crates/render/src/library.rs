//! The functions and filters that templates have, and what each takes and gives.
//!
//! They are registered twice: first over an empty library, because templates are compiled before there is a
//! site, and then over the site. Cloning compiled templates is cheap.

mod registry;
mod builtin;
mod argument;
mod ask;
pub(crate) mod asked;
mod pages;
mod format;
mod json;
mod chart;
mod date;
mod duration;
mod image;
mod lines;
mod meter;
mod prose;
mod word;
mod sort;
mod text;
mod range;
pub(crate) mod errors;
mod field;

use std::sync::Arc;
use std::sync::mpsc::Sender;

use sitegen_model::{Kept, Model};
use tera::Tera;

use crate::ground::budget::StepBudgets;
use crate::ground::fonts::Fonts;
use crate::library::asked::RenderEvent;
use crate::library::registry::Registry;
use crate::text::field::Fields;
use crate::text::html::Renderer;
use crate::types::Signatures;
use crate::value::listing::Listing;
use crate::value::relation::RelationViews;

/// The data from which functions and filters answer.
#[derive(Default)]
pub(crate) struct Library {
    pub model: Arc<Model>,
    pub relations: Arc<RelationViews>,
    pub listing: Kept<Listing>,
    pub fonts: Kept<Fonts>,
    /// The renderer of Markdown for the filters; none for the components that Markdown itself calls.
    pub prose: Option<Prose>,
    /// The steps that are left to the renders that go on.
    pub budgets: Arc<StepBudgets>,
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
        budgets: &Arc<StepBudgets>,
        prose: Option<Prose>,
    ) -> Self {
        let (model, relations, budgets) = (Arc::clone(model), Arc::clone(relations), Arc::clone(budgets));
        Self { model, relations, listing: listing.clone(), fonts: fonts.clone(), prose, budgets, asked: None }
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

/// Makes the names known, because templates with unknown names cannot be compiled, and returns their signatures.
pub(crate) fn declare(tera: &mut Tera) -> Signatures {
    register(tera, &Arc::new(Library::default()))
}

/// Makes functions and filters answer from a library, also those of templates that are compiled already.
pub(crate) fn register(tera: &mut Tera, library: &Arc<Library>) -> Signatures {
    let mut registry = Registry::new(tera);
    builtin::register(&mut registry);
    ask::register(&mut registry, library);
    pages::register(&mut registry, library);
    prose::register(&mut registry, library);
    format::register(&mut registry, library);
    json::register(&mut registry, library);
    chart::register(&mut registry, library);
    word::register(&mut registry, library);
    sort::register(&mut registry, library);
    image::register(&mut registry, library);
    lines::register(&mut registry, library);
    text::register(&mut registry);
    range::register(&mut registry, library);
    meter::register(&mut registry, library);
    registry.into_signatures()
}
