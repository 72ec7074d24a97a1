//! A whole site, known: what is declared, what is recorded, and where everything is.

use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_parser::Diagnostics;

use crate::documents::Documents;
use crate::{Config, Inputs, Records, Routes, Schema};

/// A whole site, known, before anything of it is rendered.
#[derive(Debug, Default)]
pub struct Model {
    /// What the site is called and where it is published.
    pub config: Config,
    /// What is declared.
    pub schema: Schema,
    /// What is recorded.
    pub records: Records,
    /// Where everything is.
    pub routes: Routes,
    /// Whether the declarations hold together and every record has its place, so that what is missing is really missing.
    pub sound: bool,
    /// Content files that hold records of which some could not be taken in, which is reported.
    pub(crate) unread: BTreeSet<Arc<str>>,
}

impl Model {
    /// Makes a site known from what was read.
    pub fn build(inputs: &Inputs, documents: &Documents) -> (Self, Diagnostics) {
        let mut diagnostics: Diagnostics =
            inputs.problems().chain(documents.diagnostics().cloned()).collect();
        let (config, found) = Config::read(inputs);
        diagnostics.extend(found);
        let (schema, declared) = Schema::read(inputs, &config);
        let (records, recorded) = Records::check(&schema, documents, inputs);
        let (routes, planned) = Routes::plan(inputs, &config, &schema, &records);
        // What declarations that do not hold together make of records is no news.
        let sound = !declared.has_errors() && !planned.has_errors();
        if !declared.has_errors() {
            diagnostics.extend(recorded);
            diagnostics.extend(planned);
        }
        diagnostics.extend(declared);
        let unread = documents.paths().filter(|path| records.by_file(path).is_empty()).cloned().collect();
        (Self { config, schema, records, routes, sound, unread }, diagnostics)
    }
}
