//! A page, rendered by its template and checked.

pub(crate) mod card;
pub(crate) mod check;
pub(crate) mod context;
pub(crate) mod destination;
mod errors;
pub(crate) mod findings;
pub(crate) mod listen;
pub(crate) mod marked;
mod mention;
pub(crate) mod output;

use std::sync::Arc;

use sitegen_model::{Route, Target};
use sitegen_parser::{Diagnostic, XmlFault};
use tera::{Context, Tera};

pub(crate) use self::context::context;
use self::findings::{AffectedPages, Findings, PagePart};
use self::output::{Output, Rendered};
use crate::build::Build;
use crate::ground::bounded::{Bounded, is_full};
use crate::ground::budget::{PAGE_STEPS, StepBudgets};
use crate::ground::xml::{self, is_xml};
use crate::templates::ErrorContext;

/// Renders a template with a context, and fails if the output is too large, or takes too many steps.
pub(crate) fn bounded(
    tera: &Tera,
    budgets: &StepBudgets,
    template: &str,
    context: &Context,
) -> tera::TeraResult<String> {
    let mut text = Bounded::default();
    budgets.render(PAGE_STEPS, || tera.render_to(template, context, &mut text))?;
    Ok(text.into_text())
}

/// Renders a page by templates that can query the site, and checks its links.
pub(crate) fn render(build: &Build, route: &Route, tera: &Tera) -> Rendered {
    let mut findings = Findings::default();
    let text = text(build, route, tera, &mut findings).unwrap_or_else(|error| {
        let problem = problem(build, route, &error, &template(build, route));
        findings.problems.extend(problem.map(|problem| (problem, AffectedPages::one(&route.url))));
        findings.unrendered += 1;
        String::new()
    });
    if !is_certain(build, route) {
        findings = Findings { unrendered: findings.unrendered, ..Findings::default() };
    } else if route.is_html() {
        // Only HTML is checked, because other formats write links in ways of their own.
        findings.pages += 1;
        check::check_links(build, route, &text, &mut findings);
    } else if is_xml(&route.url) && findings.unrendered == 0 {
        check_xml(build, route, &text, &mut findings);
    }
    Rendered { output: Output::Bytes(text.into_bytes()), findings }
}

/// Checks that a page of XML is well-formed.
fn check_xml(build: &Build, route: &Route, xml: &str, findings: &mut Findings) {
    if let Some(fault) = XmlFault::find(xml) {
        findings.fault(route, template(build, route), PagePart::Xml(fault.reason));
    }
}

/// Returns true if a page is known to be part of the site. If data is missing, a page with a condition is
/// not, because nobody knows whether the condition holds.
fn is_certain(build: &Build, route: &Route) -> bool {
    match &route.target {
        Target::Page { family, .. } => {
            build.model.is_whole() || build.model.schema[*family].publish_if.is_none()
        }
        _ => true,
    }
}

/// Renders a page's template with its data, and makes the text fit to be published.
pub(crate) fn text(
    build: &Build,
    route: &Route,
    tera: &Tera,
    findings: &mut Findings,
) -> tera::TeraResult<String> {
    let (template, context) = (template(build, route), context(build, route));
    let text = listen::hear(build, route, tera, findings, |tera| {
        bounded(tera, &build.budgets, &template, &context)
    })?;
    Ok(published(build, route, text))
}

/// Makes the text of a page fit to be published.
fn published(build: &Build, route: &Route, text: String) -> String {
    match () {
        () if is_xml(&route.url) => xml::published(&text),
        () if route.is_html() => mention::settled(text, &build.model.config.base_url.href(&route.url)),
        () => text,
    }
}

/// Reports why a page cannot be rendered; nothing if its template is missing, because that is reported
/// before.
pub(crate) fn problem(
    build: &Build,
    route: &Route,
    error: &tera::Error,
    template: &str,
) -> Option<Diagnostic> {
    match error.kind() {
        tera::ErrorKind::TemplateNotFound(_) => None,
        _ if is_full(error) => {
            let place = marked::overflow(build, route, template);
            Some(errors::page_too_large(place.or_else(|| build.sources.file(template))))
        }
        _ => Some(build.sources.diagnose(error, ErrorContext::Page { template })),
    }
}

/// Returns the name of the template of a page or a card.
pub(crate) fn template(build: &Build, route: &Route) -> Arc<str> {
    match &route.target {
        Target::Page { family, .. } => Arc::clone(&build.model.schema[*family].template),
        _ => card::template(build, route).unwrap_or_default(),
    }
}
