//! What made a page: its templates, what they asked for, and where it leads.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use sitegen_model::Route;
use sitegen_parser::{Event, Markdown, Place, Tag};
use tera::Tera;

use crate::build::{Build, inform};
use crate::library::asked::{Asked, Question};
use crate::library::{Library, Prose};
use crate::templates::Used;
use crate::text::html::Renderer;
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

impl Build {
    /// What made a page. The page is rendered once for that; a route that is no page has nothing to explain.
    pub fn explain(&self, route: &Route) -> Explanation {
        let mut explanation = Explanation::default();
        let mut called = self.components_of_record(route);
        for asked in self.listen(route, &mut explanation) {
            match asked {
                Asked::Question(question) if !explanation.questions.contains(&question) => {
                    explanation.questions.push(question);
                }
                Asked::Question(_) | Asked::Warning(_) | Asked::Text(_) => {}
                Asked::Evaluation(name) => {
                    let place =
                        self.sources.file(&name).filter(|place| !explanation.evaluated.contains(place));
                    explanation.evaluated.extend(place);
                    called.extend(self.sources.calls(&name));
                }
            }
        }
        explanation.templates = self.sources.used(&self.template(route), &called);
        explanation
    }

    /// Renders a page by templates that tell what they ask, and gives all that was told.
    fn listen(&self, route: &Route, explanation: &mut Explanation) -> Vec<Asked> {
        let (tera, prose, heard) = self.listening();
        let output = self.page(route, &tera).output;
        explanation.links = self.links(route, &output);
        // The HTML of the record's own Markdown was made before; what its components ask is heard by making it again.
        if let (Some(prose), Some(id)) = (prose, self.model.record_of(route)) {
            let record = &self.model.records[id];
            for piece in markdown_of(record) {
                prose.renderer.render(piece, &record.source.path, &record.slug, Some(id));
            }
        }
        heard.try_iter().collect()
    }

    /// Templates that tell what they ask, what reads Markdown for them, and what hears it.
    pub(crate) fn listening(&self) -> (Tera, Option<Prose>, Receiver<Asked>) {
        let (asked, heard) = channel();
        let library = |prose| Library {
            asked: Some(asked.clone()),
            ..Library::of(&self.model, &self.shown.relations, (&self.listing, &self.fonts), prose)
        };
        let prose = self.prose.clone().map(|Prose { renderer, fields }| {
            let tera = Arc::new(inform((*renderer.tera).clone(), library(None)));
            Prose { renderer: Renderer { tera, ..renderer }, fields }
        });
        (inform(self.tera.clone(), library(prose.clone())), prose, heard)
    }

    /// The components that the Markdown of a page's record calls.
    fn components_of_record(&self, route: &Route) -> Vec<&str> {
        let record = self.model.record_of(route).map(|id| &self.model.records[id]);
        let pieces = record.map(|record| markdown_of(record)).unwrap_or_default();
        pieces.into_iter().flat_map(|piece| calls(piece)).collect()
    }
}

fn calls(markdown: &Markdown) -> impl Iterator<Item = &str> {
    markdown.events.iter().filter_map(|event| match &event.value {
        Event::Start(Tag::Component(call)) | Event::Component(call) => Some(call.name.value.as_str()),
        _ => None,
    })
}
