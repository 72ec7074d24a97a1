//! The explanation of a page: its templates, their questions to the site, the fields that they read, and its
//! links.

use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_model::{Route, Target};
use sitegen_parser::Place;

use crate::build::Build;
use crate::check::{self, FieldRead, PageParts, TypeShare};
use crate::library::asked::{Question, RenderEvent};
use crate::page::listen::listening;
use crate::page::{self, destination};
use crate::templates::Used;
use crate::text::{called_components, markdown_of};

/// The explanation of a page: what it was made from, and where it links.
#[derive(Debug, Default)]
pub struct Explanation {
    /// The templates it is made by, that of its family first.
    pub templates: Vec<Used>,
    /// The questions that its templates asked, each once, in the order in which they were first asked.
    pub questions: Vec<Question>,
    /// The places of the `template` fields that were evaluated on it, each once, in the same order.
    pub evaluated: Vec<Place>,
    /// The fields that expressions of its templates read, on branches that this page does not take, too.
    pub reads: BTreeSet<FieldRead>,
    /// The paths of the routes that it links to, sorted.
    pub links: BTreeSet<Arc<str>>,
}

/// Explains a page, which is rendered once for that. The explanation of any other route is empty.
pub fn explain(build: &Build, route: &Route) -> Explanation {
    let mut explanation = Explanation::default();
    let of_record = components_of_record(build, route);
    let of_record: Vec<_> = of_record.iter().map(String::as_str).collect();
    let (mut called, mut evaluated) = (of_record.clone(), Vec::new());
    for asked in listen(build, route, &mut explanation) {
        match asked {
            RenderEvent::Question(question) if !explanation.questions.contains(&question) => {
                explanation.questions.push(question);
            }
            RenderEvent::Question(_) | RenderEvent::Warning(_) | RenderEvent::Text(_) => {}
            RenderEvent::Evaluation(name) => {
                let place = build.sources.file(&name).filter(|place| !explanation.evaluated.contains(place));
                explanation.evaluated.extend(place);
                called.extend(build.sources.calls(&name));
                evaluated.push(name);
            }
        }
    }
    let template = page::template(build, route);
    explanation.templates = build.sources.used(&template, &called);
    if let Target::Page { family, .. } = route.target {
        let parts = PageParts { family, template: &template, evaluated: &evaluated, called: &of_record };
        explanation.reads = check::field_reads(&build.model, &build.sources, &parts);
    }
    explanation
}

/// Renders a page, and returns everything that its templates reported.
fn listen(build: &Build, route: &Route, explanation: &mut Explanation) -> Vec<RenderEvent> {
    let (tera, prose, heard) = listening(build);
    let output = page::render(build, route, &tera).output;
    explanation.links = destination::links(build, route, &output);
    // The record's Markdown was rendered before, so it is rendered again to hear what its components ask.
    if let (Some(prose), Some(id)) = (prose, build.model.record_of(route)) {
        let record = &build.model.records[id];
        for piece in markdown_of(record) {
            prose.renderer.render(piece, &record.source.path, &record.slug, Some(id));
        }
    }
    heard.try_iter().collect()
}

/// Lists the components that the Markdown of a page's record calls.
fn components_of_record(build: &Build, route: &Route) -> Vec<String> {
    let record = build.model.record_of(route).map(|id| &build.model.records[id]);
    let pieces = record.map(|record| markdown_of(record)).unwrap_or_default();
    let tera = &build.compiled.templates.tera;
    pieces.into_iter().flat_map(|piece| called_components(piece, tera)).collect()
}

/// Returns the share of expressions in a site's templates whose types are known.
pub fn type_share(build: &Build) -> TypeShare {
    build.checked.share(&build.sources)
}
