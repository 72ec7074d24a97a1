//! Style sheets and scripts among the assets: what they refer to has a hash in its name, and is there.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::{Inputs, Model, Referred};
use sitegen_parser::{Among, Diagnostic, Diagnostics, Form, Place, Reference, Source};

use crate::errors;

/// The assets whose references are not as their authors wrote them, by the paths of their files.
pub(crate) type Linked = HashMap<Arc<str>, Arc<str>>;

/// Puts the URLs of assets and files into the assets that refer to them.
pub(crate) fn link(inputs: &Inputs, model: &Model) -> (Linked, Diagnostics) {
    let mut linked = Linked::new();
    let mut diagnostics = Diagnostics::new();
    for (name, path, references) in model.routes.referring() {
        if let Some(Ok(source)) = inputs.file(path).map(|file| file.source(path)) {
            let text = rewrite(&source, name, references, model, &mut diagnostics);
            if text != *source.text {
                linked.insert(Arc::clone(path), text.into());
            }
        }
    }
    (linked, diagnostics)
}

fn rewrite(
    source: &Source,
    name: &str,
    references: &[Reference],
    model: &Model,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut text = String::with_capacity(source.text.len());
    let mut end = 0;
    for reference in references {
        match model.refer(name, reference) {
            Referred::Away => {}
            Referred::Route(route, suffix) => {
                text.push_str(&source.text[end..reference.span.start]);
                text.push_str(&literal(&format!("{}{suffix}", model.config.base_url.href(&route.url))));
                end = reference.span.end;
            }
            Referred::Nowhere(among, name) => {
                let place = Place::new(&source.path, &reference.span);
                diagnostics.push(broken(reference, among, &name, place));
            }
        }
    }
    text.push_str(&source.text[end..]);
    text
}

fn broken(reference: &Reference, among: Among, name: &str, place: Place) -> Diagnostic {
    match reference.form {
        Form::SourceMap => errors::missing_source_map(&reference.to, place),
        Form::Url | Form::Module => errors::broken_link(&reference.to, among, name, Some(place)),
    }
}

/// A URL without what would end it, with or without quotation marks around it.
fn literal(url: &str) -> String {
    url.replace('\'', "%27").replace('"', "%22").replace('(', "%28").replace(')', "%29")
}
