//! What templates tell while a page is rendered: what they ask, and what the Markdown warns of that they read.
//!
//! A filter of Tera's can answer or fail, and nothing else. So the first warning fails the page, which is then rendered
//! once more by templates that tell what they read. A page without warnings pays nothing for that.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use sitegen_model::Route;
use tera::{Tera, TeraResult};

use super::findings::{Findings, Pages, Warned};
use super::template;
use crate::build::{Build, inform};
use crate::ground::errors::{Unheard, unheard_of};
use crate::library::asked::Asked;
use crate::library::{Library, Prose};
use crate::text::html::Renderer;

/// Renders by templates, and finds what the Markdown warns of that they read.
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
        let pages = Pages::one(&route.url);
        match asked {
            Asked::Warning(problem) => {
                findings.problems.insert(problem, pages);
            }
            Asked::Text(text) if texts.insert(text.clone()) => {
                let warned = Warned { text, template: Arc::clone(&template), filter: filter.take() };
                findings.warned.insert(warned, pages);
            }
            Asked::Text(_) | Asked::Question(_) | Asked::Evaluation(_) => {}
        }
    }
    rendered
}

/// Templates that tell what they ask, what reads Markdown for them, and what hears it.
pub(crate) fn listening(build: &Build) -> (Tera, Option<Prose>, Receiver<Asked>) {
    let (asked, heard) = channel();
    let library = |prose| Library {
        asked: Some(asked.clone()),
        ..Library::of(
            &build.model,
            &build.seen_by_pages.relations,
            (&build.listing, &build.compiled.fonts),
            prose,
        )
    };
    let prose = build.prose.clone().map(|Prose { renderer, fields }| {
        let tera = Arc::new(inform((*renderer.tera).clone(), library(None)));
        Prose { renderer: Renderer { tera, ..renderer }, fields }
    });
    (inform(build.tera.clone(), library(prose.clone())), prose, heard)
}
