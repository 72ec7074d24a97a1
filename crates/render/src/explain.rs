//! What made a page: its templates, what they asked for, and where it leads.

use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_model::Route;
use sitegen_parser::{Event, Markdown, Place, Tag};

use crate::build::Build;
use crate::library::asked::{Asked, Question};
use crate::page::listen::listening;
use crate::page::{self, destination};
use crate::templates::Used;
use crate::text::markdown_of;

/// What made a page.
#[derive(Debug, Default)]
pub struct Explanation {
    /// Its templates, its own first.
    pub templates: Vec<Used>,
    /// What the templates asked for, each question once, in the order in which it was asked first.
    pub questions: Vec<Question>,
    /// The `template` fields that were evaluated on it, likewise.
    pub evaluated: Vec<Place>,
    /// The paths of the routes that it links to, sorted.
    pub links: BTreeSet<Arc<str>>,
}

/// What made a page. The page is rendered once for that; a route that is no page has nothing to explain.
pub fn explain(build: &Build, route: &Route) -> Explanation {
    let mut explanation = Explanation::default();
    let mut called = components_of_record(build, route);
    for asked in listen(build, route, &mut explanation) {
        match asked {
            Asked::Question(question) if !explanation.questions.contains(&question) => {
                explanation.questions.push(question);
            }
            Asked::Question(_) | Asked::Warning(_) | Asked::Text(_) => {}
            Asked::Evaluation(name) => {
                let place = build.sources.file(&name).filter(|place| !explanation.evaluated.contains(place));
                explanation.evaluated.extend(place);
                called.extend(build.sources.calls(&name));
            }
        }
    }
    explanation.templates = build.sources.used(&page::template(build, route), &called);
    explanation
}

/// Renders a page by templates that tell what they ask, and gives all that was told.
fn listen(build: &Build, route: &Route, explanation: &mut Explanation) -> Vec<Asked> {
    let (tera, prose, heard) = listening(build);
    let output = page::render(build, route, &tera).output;
    explanation.links = destination::links(build, route, &output);
    // The HTML of the record's own Markdown was made before; what its components ask is heard by making it again.
    if let (Some(prose), Some(id)) = (prose, build.model.record_of(route)) {
        let record = &build.model.records[id];
        for piece in markdown_of(record) {
            prose.renderer.render(piece, &record.source.path, &record.slug, Some(id));
        }
    }
    heard.try_iter().collect()
}

/// The components that the Markdown of a page's record calls.
fn components_of_record<'b>(build: &'b Build, route: &Route) -> Vec<&'b str> {
    let record = build.model.record_of(route).map(|id| &build.model.records[id]);
    let pieces = record.map(|record| markdown_of(record)).unwrap_or_default();
    pieces.into_iter().flat_map(|piece| calls(piece)).collect()
}

fn calls(markdown: &Markdown) -> impl Iterator<Item = &str> {
    markdown.events.iter().filter_map(|event| match &event.value {
        Event::Start(Tag::Component(call)) | Event::Component(call) => Some(call.name.value.as_str()),
        _ => None,
    })
}
