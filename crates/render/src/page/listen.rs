//! Listening to templates while a page is rendered: to their questions, and to warnings about the Markdown
//! that they read.
//!
//! A filter of Tera can answer or fail, and nothing else. So the first warning fails the page, which is then
//! rendered again by templates that report to a listener. A page without warnings costs nothing more.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use sitegen_model::Route;
use tera::{Tera, TeraResult};

use super::findings::{AffectedPages, Findings, Warned};
use super::template;
use crate::build::{Build, inform};
use crate::ground::errors::{Unheard, unheard_of};
use crate::library::asked::RenderEvent;
use crate::library::{Library, Prose};
use crate::text::html::Renderer;

/// Renders by templates, and collects the warnings about the Markdown that they read.
pub(crate) fn hear(
    build: &Build,
    route: &Route,
    tera: &Tera,
    findings: &mut Findings,
    render: impl Fn(&Tera) -> TeraResult<String>,
) -> TeraResult<String> {
    let rendered = render(tera);
    let Some((unheard, error)) = rendered.as_ref().err().and_then(|error| Some((unheard_of(error)?, error)))
    else {
        return rendered;
    };
    let mut filter = build.sources.raised(error).filter(|_| unheard == Unheard::Text);
    let template = template(build, route);
    let (tera, _prose, heard) = listening(build);
    let rendered = render(&tera);
    let mut texts = HashSet::new();
    for asked in heard.try_iter() {
        let pages = AffectedPages::one(&route.url);
        match asked {
            RenderEvent::Warning(problem) => {
                findings.problems.insert(problem, pages);
            }
            RenderEvent::Text(text) if texts.insert(text.clone()) => {
                let warned = Warned { text, template: Arc::clone(&template), filter: filter.take() };
                findings.warned.insert(warned, pages);
            }
            RenderEvent::Text(_) | RenderEvent::Question(_) | RenderEvent::Evaluation(_) => {}
        }
    }
    rendered
}

/// Makes templates that report what they ask, the renderer of Markdown that they use, and the receiver of the
/// reports.
pub(crate) fn listening(build: &Build) -> (Tera, Option<Prose>, Receiver<RenderEvent>) {
    let (asked, heard) = channel();
    let library = |prose| Library {
        asked: Some(asked.clone()),
        ..Library::of(
            &build.model,
            &build.seen_by_pages.relations,
            (&build.listing, &build.compiled.fonts),
            &build.budgets,
            prose,
        )
    };
    let prose = build.prose.clone().map(|Prose { renderer, fields }| {
        let tera = Arc::new(inform((*renderer.tera).clone(), library(None)));
        Prose { renderer: Renderer { tera, ..renderer }, fields }
    });
    (inform(build.tera.clone(), library(prose.clone())), prose, heard)
}
