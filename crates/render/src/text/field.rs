//! `template` fields: Markdown that is rendered once, with holes that each page fills with its data.

mod mask;

use std::collections::{BTreeSet, HashMap};

use sitegen_model::{By, Id, Kept, Model, RecordId};
use sitegen_parser::{Diagnostic, Diagnostics, Event, Markdown, Spanned};
use tera::Tera;

use crate::templates::Templates;
use crate::templates::fields::{TemplateField, template_name, templates_of};
use crate::text::html::{Renderer, declared_components};
use crate::text::is_of_site;

use self::mask::{mask, unmask};

/// Every `template` field of a site.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// The templates, with the fields among them.
    pub tera: Tera,
    /// The fields by the names under which Tera knows them.
    named: HashMap<String, PreparedField>,
}

/// A field as it is evaluated.
#[derive(Debug)]
pub(crate) struct PreparedField {
    /// The variables of the page that it uses.
    pub variables: Vec<String>,
    pub phase: RenderPhase,
    /// The record whose text it is.
    pub record: RecordId,
}

/// The time at which a field's Markdown is rendered.
#[derive(Debug)]
pub(crate) enum RenderPhase {
    /// Once, before there is a page: its template is HTML, with expressions only in text.
    Before,
    /// On each page, because expressions and statements can change the meaning of the Markdown. Holds the
    /// problems that were found before, for their places.
    After(Vec<Diagnostic>),
}

impl Fields {
    /// Prepares the fields, unless they and the targets of links are the same as before.
    pub(crate) fn kept(
        model: &Model,
        writer: &Renderer,
        templates: &Kept<Templates>,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let titles = Id::of_all(model.records.iter().map(|(_, record)| record.name));
        let known = Id::of(&(model.links, titles, model.vocabulary.id));
        let seen = (templates.by(), By(known, (model, writer)));
        Kept::or_make(Some(previous), seen, |(By(_, templates), By(_, (model, writer)))| {
            Self::prepare(model, writer, templates)
        })
    }

    /// Renders the fields to templates of HTML where that can be done before there is a page, and reports
    /// their warnings.
    fn prepare(model: &Model, writer: &Renderer, templates: &Templates) -> (Self, Diagnostics) {
        let mut tera = templates.tera.clone();
        let fields = templates_of(model);
        let declared = declared_components(&writer.tera);
        let known: Vec<_> = fields
            .iter()
            .map(|field| (template_name(field.place), field))
            .filter(|(name, _)| tera.get_template_variables(name).is_ok())
            .map(|(name, field)| {
                (name, field.record, Prerendered::of(*field, writer, &declared).unwrap_or_default())
            })
            .collect();
        let html = known
            .iter()
            .filter_map(|(name, _, prerendered)| Some((name.as_str(), prerendered.html.as_deref()?)));
        let mut with_html = tera.clone();
        // Expressions that are sound in one template are so in another.
        let all = with_html.add_raw_templates(templates.sources.lowered(html)).is_ok();
        if all {
            tera = with_html;
        }
        let mut diagnostics = Diagnostics::new();
        let mut named = HashMap::new();
        for (name, record, prerendered) in known {
            let Ok(variables) = tera.get_template_variables(&name) else { continue };
            let mut variables: Vec<_> = variables.into_iter().map(str::to_owned).collect();
            variables.sort_unstable();
            let phase = if all && prerendered.html.is_some() {
                diagnostics.extend(prerendered.found);
                RenderPhase::Before
            } else {
                RenderPhase::After(prerendered.found)
            };
            named.insert(name, PreparedField { variables, phase, record });
        }
        (Self { tera, named }, diagnostics)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&PreparedField> {
        self.named.get(name)
    }
}

/// The result of rendering a field before there is a page.
#[derive(Debug, Default)]
struct Prerendered {
    /// A template of HTML; none if its tags stand elsewhere than in text, or if something is wrong.
    html: Option<String>,
    /// The problems that do not depend on a page.
    found: Vec<Diagnostic>,
}

impl Prerendered {
    /// Renders a field. `declared` are the components that templates declare.
    fn of(
        TemplateField { record, text, place, source, .. }: TemplateField,
        renderer: &Renderer,
        declared: &BTreeSet<&str>,
    ) -> Option<Self> {
        let literal = source.literal(&Spanned { value: &**text, span: place.start..place.end });
        let masked = mask(literal.clone().map_or(text, |span| &source.text[span]), &place.path)?;
        let (markdown, mut found) = masked.read(&place.path, &renderer.model.config.markdown.syntax);
        let mut html = None;
        // A field with components is rendered on each page, because components can depend on it.
        if !markdown.events.iter().any(|event| is_of_site(&event.value, declared)) {
            let mentions = renderer.model.mentions(record, &markdown);
            let rendered = renderer.render(&mentions.link(&markdown), &place.path, "", None);
            found.extend(rendered.diagnostics);
            let is_sound = is_plain(&markdown) && !found.has_errors();
            html = if is_sound { unmask(&rendered.html, &masked.tags) } else { None };
        }
        let shown = |problem| masked.show(problem, place, literal.as_ref().map(|span| span.start));
        Some(Self { html, found: found.into_iter().map(shown).collect() })
    }
}

/// Returns true if nothing in a piece takes a name from its text, as a heading or a footnote does.
fn is_plain(markdown: &Markdown) -> bool {
    let is_special = |event: &Event| {
        matches!(event, Event::Contents | Event::FootnoteReference(_) | Event::Html(_) | Event::Rule)
    };
    markdown.headings.is_empty() && !markdown.events.iter().any(|event| is_special(&event.value))
}
