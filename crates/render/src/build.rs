//! The whole program: from what was read to what can be rendered.

use std::sync::Arc;

use sitegen_model::{Documents, Inputs, Model, Route};
use sitegen_parser::Diagnostics;

use crate::Findings;

/// A site of which any route can be rendered. It holds no rendered page.
#[derive(Debug, Default)]
pub struct Build {
    /// The site.
    pub model: Model,
    /// What is wrong with it, as far as that is known before its pages are rendered.
    pub diagnostics: Diagnostics,
    documents: Documents,
}

/// A route, rendered.
#[derive(Debug)]
pub struct Rendered {
    /// What to write.
    pub output: Output,
    /// What was found on the way: what is wrong, and what other pages must have for this one to be right.
    pub findings: Findings,
}

/// What to write for a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of one of the inputs, by its path.
    Input(Arc<str>),
}

/// Makes a site from what was read.
///
/// A pure function: `previous` only saves work, and an empty one gives the same.
pub fn build(inputs: &Inputs, previous: &Build) -> Build {
    let documents = Documents::read(inputs, &previous.documents);
    let (model, diagnostics) = Model::build(inputs, &documents);
    Build { model, diagnostics: diagnostics.sorted(), documents }
}

impl Build {
    /// Renders one of the site's routes.
    pub fn render(&self, route: &Route) -> Rendered {
        let _ = route;
        todo!()
    }

    /// All that is wrong with the site, from the findings of all its routes. Sorted, each problem once.
    pub fn conclude(&self, findings: Findings) -> Diagnostics {
        let _ = findings;
        todo!()
    }
}
