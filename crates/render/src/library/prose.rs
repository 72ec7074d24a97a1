//! Filters for prose: Markdown, `template` fields, and HTML as plain text.

use std::sync::Arc;

use sitegen_model::RecordId;
use sitegen_parser::{Diagnostic, Place, Severity, Source, Spanned, slugify};
use tera::{Kwargs, State, TeraResult, Value};

use super::argument::optional;
use super::registry::Registry;
use super::{Library, Prose};
use crate::ground::bounded::{Bounded, is_full};
use crate::ground::budget::FIELD_STEPS;
use crate::ground::escape::escape_markdown;
use crate::ground::scan;
use crate::library::asked::RenderEvent;
use crate::library::errors::{self, Unheard};
use crate::templates::ErrorContext;
use crate::text::field::RenderPhase;
use crate::types::{Gives, Signature, SignatureArgument, Wants};

const INLINE: SignatureArgument = SignatureArgument::optional("inline", Wants::BOOL);
const MARKDOWN: Signature = Signature::filter("markdown", Wants::TEXT, &[INLINE], Gives::Html);
const EVALUATE: Signature = Signature::filter("evaluate", Wants::Field, &[INLINE], Gives::Html);

const PLAIN: Signature = Signature::filter("plain", Wants::TEXT, &[], Gives::Text).for_fields();
const SLUGIFY: Signature = Signature::filter("slugify", Wants::TEXT, &[], Gives::Text).for_fields();
const ESCAPE_MARKDOWN: Signature = Signature::filter("escape_markdown", Wants::TEXT, &[], Gives::Text);

pub(super) fn register(registry: &mut Registry, library: &Arc<Library>) {
    let of = Arc::clone(library);
    registry.filter(&MARKDOWN, move |text: &str, args: Kwargs, _: &State| of.markdown(text, &args));
    let of = Arc::clone(library);
    registry.filter(&EVALUATE, move |field: Value, args: Kwargs, state: &State| {
        of.evaluate(&field, &args, state)
    });
    registry.filter(&PLAIN, |html: &str, _: Kwargs, _: &State| scan::plain_text(html));
    registry.filter(&ESCAPE_MARKDOWN, |text: &str, _: Kwargs, _: &State| escape_markdown(text));
    registry.filter(&SLUGIFY, |text: &str, _: Kwargs, _: &State| slugify(text));
}

impl Library {
    fn prose(&self) -> TeraResult<&Prose> {
        self.prose.as_ref().ok_or_else(|| {
            tera::Error::message("a component that Markdown calls cannot read Markdown itself; use its body")
        })
    }

    /// Renders a text as HTML. An error is reported at the filter; the places of warnings are found once all
    /// pages are rendered.
    fn markdown(&self, text: &str, args: &Kwargs) -> TeraResult<Value> {
        let (html, problems) = self.read(text, &Place::file(&"".into()), None)?;
        if let Some(error) = first_error(&problems) {
            return Err(errors::carry(&Diagnostic { place: None, ..error.clone() }));
        }
        if !problems.is_empty() {
            self.warn(Unheard::Text, || vec![RenderEvent::Text(text.to_owned())])?;
        }
        as_html(&html, args)
    }

    /// Renders Markdown as HTML, with its problems at `place`. `of` is the record whose text it is, if it is
    /// one's.
    fn read(&self, text: &str, place: &Place, of: Option<RecordId>) -> TeraResult<(String, Vec<Diagnostic>)> {
        let source = Source { path: Arc::clone(&place.path), text: "".into() };
        let value = Spanned { value: text, span: place.start..place.end };
        let (html, problems) = self.prose()?.renderer.read(&source, &value, of);
        Ok((html, problems.into_iter().collect()))
    }

    /// Reports warnings to the listener. Without one, the page fails, and is then rendered again with a
    /// listener.
    fn warn(&self, unheard: Unheard, asked: impl FnOnce() -> Vec<RenderEvent>) -> TeraResult<()> {
        if self.asked.is_none() {
            return Err(errors::unheard(unheard));
        }
        self.tell(asked);
        Ok(())
    }

    /// Evaluates a `template` field with the page's data, as HTML.
    fn evaluate(&self, field: &Value, args: &Kwargs, state: &State) -> TeraResult<Value> {
        let name = field.as_map().and_then(|map| map.get(&tera::value::Key::Str("template")));
        let Some(name) = name.and_then(Value::as_str) else {
            return Err(tera::Error::message("only a field of type template can be evaluated"));
        };
        let Prose { renderer, fields } = self.prose()?;
        self.tell(|| vec![RenderEvent::Evaluation(name.to_owned())]);
        // A field that is not among these has an error, which is reported where the field stands.
        let Some(field) = fields.get(name) else { return Ok(Value::safe_string("")) };
        let mut context = super::field::context();
        for variable in &field.variables {
            if let Some(value) = state.get::<Value>(variable)? {
                context.insert_value(variable.clone(), value);
            }
        }
        let place = renderer.sources.file(name);
        let mut text = Bounded::default();
        let rendered =
            self.budgets.render(FIELD_STEPS, || renderer.tera.render_to(name, &context, &mut text));
        rendered.map_err(|error| {
            errors::carry(&if is_full(&error) {
                errors::page_too_large(place.clone())
            } else {
                renderer.sources.diagnose(&error, ErrorContext::Page { template: name })
            })
        })?;
        let text = text.into_text();
        match &field.phase {
            // A condition can leave a paragraph empty, which is removed.
            RenderPhase::Before => as_html(&text.replace("<p></p>", ""), args),
            RenderPhase::After(known) => {
                let place = place.unwrap_or_else(|| Place::file(&"".into()));
                let (html, problems) = self.read(&text, &place, Some(field.record))?;
                let links = &renderer.model.config.links;
                let known: Vec<_> =
                    known.iter().map(|known| links.weighed_in_markdown(known.clone())).collect();
                let problems = placed(problems, &known);
                if let Some(error) = first_error(&problems) {
                    return Err(errors::carry(error));
                }
                if !problems.is_empty() {
                    self.warn(Unheard::Field, || problems.into_iter().map(RenderEvent::Warning).collect())?;
                }
                as_html(&html, args)
            }
        }
    }
}

fn first_error(problems: &[Diagnostic]) -> Option<&Diagnostic> {
    problems.iter().find(|problem| problem.severity == Severity::Error)
}

/// Places the problems of a field on a page where they were found before there was a page, if they were.
fn placed(problems: Vec<Diagnostic>, known: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut left: Vec<&Diagnostic> = known.iter().collect();
    let place = |problem: Diagnostic| {
        let is_same = |known: &&Diagnostic| (known.code, &known.message) == (problem.code, &problem.message);
        let found = left.iter().position(is_same).map(|found| left.remove(found));
        // A loop can repeat a problem, which keeps its place.
        found.or_else(|| known.iter().rfind(is_same)).cloned().unwrap_or(problem)
    };
    problems.into_iter().map(place).collect()
}

/// Returns HTML as templates see it, without the paragraph around it if they want it in a line.
fn as_html(html: &str, args: &Kwargs) -> TeraResult<Value> {
    let html = html.trim_end();
    let inline = optional::<bool>(args, "inline")?.unwrap_or(false);
    Ok(Value::safe_string(if inline { without_paragraph(html) } else { html }))
}

/// Returns the content of the paragraph, if there is just one.
fn without_paragraph(html: &str) -> &str {
    let inner = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).unwrap_or(html)
}
