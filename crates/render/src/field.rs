//! `template` fields: Markdown that is read once, with holes for what each page puts in.

use std::collections::HashMap;
use std::sync::Arc;

use sitegen_model::{Id, Kept, Model};
use sitegen_parser::{Diagnostics, Event, Markdown, Place, Source, Spanned, Tag};
use tera::Tera;

use crate::html::Renderer;
use crate::templates::Templates;
use crate::texts;

/// Every `template` field of a site.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    /// With the fields as templates.
    pub tera: Tera,
    /// The fields by the names under which Tera knows them.
    named: HashMap<String, Field>,
}

/// How a field is evaluated.
#[derive(Debug)]
pub(crate) struct Field {
    /// What it needs of the page.
    pub variables: Vec<String>,
    pub reading: Reading,
}

/// When a field's Markdown is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// Once: its template is of HTML, with expressions where they stand in text.
    Before,
    /// On each page: what expressions and statements give can change what the Markdown means.
    After,
}

impl Fields {
    /// The fields, read anew only if they or where links lead are not as they were.
    pub(crate) fn kept(
        model: &Model,
        writer: &Renderer,
        templates: &Kept<Templates>,
        previous: &Kept<Self>,
    ) -> Kept<Self> {
        let titles = Id::of_all(model.records.iter().map(|(_, record)| record.name));
        let from = Id::of(&(templates.from, model.links, titles));
        let prepare = || (Self::prepare(model, writer, templates.tera.clone()), Diagnostics::new());
        Kept::or_make(Some(previous), from, prepare)
    }

    /// Makes templates of HTML of the fields where that can be done before there is a page.
    fn prepare(model: &Model, writer: &Renderer, mut tera: Tera) -> Self {
        let fields = texts::templates_of(model);
        let named = fields.iter().map(|(text, place)| (texts::template_name(place), *text, *place));
        let known: Vec<_> = named.filter(|(name, ..)| tera.get_template_variables(name).is_ok()).collect();
        let html: HashMap<_, _> = known
            .iter()
            .filter_map(|(name, text, place)| Some((name.as_str(), html(text, place, writer)?)))
            .collect();
        let mut with_html = tera.clone();
        // Expressions that are sound in one template are so in another.
        let all = with_html.add_raw_templates(html.iter().map(|(name, html)| (*name, html.as_str()))).is_ok();
        if all {
            tera = with_html;
        }
        let field = |name: &String| {
            let variables = tera.get_template_variables(name).ok()?;
            let mut variables: Vec<_> = variables.into_iter().map(str::to_owned).collect();
            variables.sort_unstable();
            let before = all && html.contains_key(name.as_str());
            Some(Field { variables, reading: if before { Reading::Before } else { Reading::After } })
        };
        let named = known.iter().filter_map(|(name, ..)| Some((name.clone(), field(name)?))).collect();
        Self { tera, named }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Field> {
        self.named.get(name)
    }
}

/// A field as a template of HTML; none if its tags stand elsewhere than in text, or if something is wrong.
fn html(text: &str, place: &Place, renderer: &Renderer) -> Option<String> {
    let (masked, tags) = mask(text)?;
    let source = Source { path: Arc::clone(&place.path), text: "".into() };
    let value = Spanned { value: masked.as_str(), span: place.start..place.end };
    let (markdown, found) = Markdown::parse_value(&source, &value, &renderer.model.config.markdown.syntax);
    if !found.is_empty() || !is_plain(&markdown) {
        return None;
    }
    let rendered = renderer.render(&markdown, &source.path, "", None);
    if rendered.diagnostics.is_empty() { unmask(&rendered.html, &tags) } else { None }
}

/// Whether nothing in it takes a name from its text or is made by a template.
fn is_plain(markdown: &Markdown) -> bool {
    let is_special = |event: &Event| {
        matches!(
            event,
            Event::Component(_)
                | Event::Start(Tag::Component(_))
                | Event::Contents
                | Event::FootnoteReference(_)
                | Event::Html(_)
                | Event::Rule
        )
    };
    markdown.headings.is_empty() && !markdown.events.iter().any(|event| is_special(&event.value))
}

/// What stands for the first tag of a template; the next characters stand for the others. Nobody writes them.
const FIRST: char = '\u{e000}';
const LAST: char = '\u{f8ff}';

/// A text with a character in the place of each expression and statement.
fn mask(text: &str) -> Option<(String, Vec<&str>)> {
    let mut masked = String::with_capacity(text.len());
    let mut tags = Vec::new();
    let mut rest = text;
    if text.contains(|c| (FIRST..=LAST).contains(&c)) || text.contains("{#") {
        return None;
    }
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let end = start + end_of_tag(&rest[start..])?;
        masked.push_str(&rest[..start]);
        masked.push(stand_in(tags.len())?);
        tags.push(&rest[start..end]);
        rest = &rest[end..];
    }
    masked.push_str(rest);
    Some((masked, tags))
}

fn stand_in(index: usize) -> Option<char> {
    let stand_in = char::from_u32(u32::from(FIRST) + u32::try_from(index).ok()?)?;
    (stand_in <= LAST).then_some(stand_in)
}

/// How long an expression or a statement is with its braces. Braces within its strings are text.
fn end_of_tag(text: &str) -> Option<usize> {
    let end = if text.starts_with("{{") { "}}" } else { "%}" };
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None if text[at..].starts_with(end) => return Some(at + end.len()),
            _ => {}
        }
    }
    None
}

/// HTML with a template's tags in their places; none if one is within a tag of HTML, or if what a condition decides
/// about is more than text in a line.
fn unmask(html: &str, tags: &[&str]) -> Option<String> {
    let mut template = String::with_capacity(html.len());
    let mut conditions = Vec::new();
    let mut blocks = 0;
    let mut rest = html;
    while let Some(at) = rest.find(|c| matches!(c, '<' | '{' | FIRST..=LAST)) {
        template.push_str(&rest[..at]);
        rest = &rest[at..];
        let c = rest.chars().next()?;
        let length = match c {
            '<' => rest.find('>')? + 1,
            c => c.len_utf8(),
        };
        match c {
            '<' if rest[..length].contains(|c| (FIRST..=LAST).contains(&c)) => return None,
            '<' => {
                blocks += usize::from(!is_inline(&rest[..length]));
                template.push_str(&rest[..length]);
            }
            // Tera would take two of them for an expression.
            '{' => template.push_str("&#123;"),
            _ => {
                let tag = tags.get((u32::from(c) - u32::from(FIRST)) as usize)?;
                stays_in_line(tag, &mut conditions, blocks).then(|| template.push_str(tag))?;
            }
        }
        rest = &rest[length..];
    }
    template.push_str(rest);
    conditions.is_empty().then_some(template)
}

/// Whether a tag of a template is an expression, or part of a condition that began in the same block.
fn stays_in_line(tag: &str, conditions: &mut Vec<usize>, block: usize) -> bool {
    let Some(statement) = tag.strip_prefix("{%") else { return true };
    match statement.trim_start_matches('-').split_whitespace().next() {
        Some("if") => {
            conditions.push(block);
            true
        }
        Some("elif" | "else") => conditions.last() == Some(&block),
        Some("endif") => conditions.pop() == Some(block),
        _ => false,
    }
}

fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["a", "abbr", "br", "code", "del", "em", "img", "s", "span", "strong", "sub", "sup"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_masked_whole() {
        let text = "a {{ x | replace(from=\"}}\", to='{{') }}b{% if y %}{{y}}{% endif %}";
        let (masked, tags) = mask(text).expect("the tags have ends");
        assert_eq!(masked, "a \u{e000}b\u{e001}\u{e002}\u{e003}");
        assert_eq!(tags[0], "{{ x | replace(from=\"}}\", to='{{') }}");
        assert_eq!(mask("{{ x"), None);
    }

    #[test]
    fn tags_return_to_text_and_not_to_tags_of_html() {
        assert_eq!(unmask("<p>{ \u{e000}</p>", &["{{ x }}"]).as_deref(), Some("<p>&#123; {{ x }}</p>"));
        assert_eq!(unmask("<a href=\"\u{e000}\">x</a>", &["{{ x }}"]), None);
    }

    #[test]
    fn conditions_decide_about_text_in_a_line() {
        let tags = ["{% if x %}", "{% endif %}"];
        assert!(unmask("<p>a \u{e000}<em>b</em>\u{e001}</p>", &tags).is_some());
        assert!(unmask("<p>a \u{e000}</p><p>\u{e001}</p>", &tags).is_none());
    }
}
