//! The functions and filters that templates have besides Tera's own.

mod ask;
mod format;
mod prose;

use std::sync::Arc;

use sitegen_model::Model;
use tera::Tera;

use crate::html::Renderer;
use crate::relation::Relations;
use crate::templates::Sources;

/// What functions and filters answer from.
#[derive(Default)]
pub(crate) struct Library {
    pub model: Arc<Model>,
    pub relations: Arc<Relations>,
    /// What reads Markdown; none while Markdown itself is being rendered.
    pub prose: Option<Prose>,
}

/// What reads Markdown that templates bring.
pub(crate) struct Prose {
    pub renderer: Renderer,
    /// Holds the records' `template` fields.
    pub values: Arc<Tera>,
    pub sources: Arc<Sources>,
}

/// Makes the names known, so that templates can be compiled.
pub(crate) fn declare(tera: &mut Tera) {
    register(tera, &Arc::new(Library::default()));
}

/// Lets functions and filters answer from a library, also those of templates that are compiled already.
pub(crate) fn register(tera: &mut Tera, library: &Arc<Library>) {
    ask::register(tera, library);
    prose::register(tera, library);
    format::register(tera, library);
}
