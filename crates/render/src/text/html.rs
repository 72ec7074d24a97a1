//! Markdown as HTML: links resolved, code highlighted, components rendered.

mod abbreviation;
mod alert;
mod attributes;
mod code;
mod component;
mod contents;
mod elements;
mod footnote;
mod formula;
mod link;
mod raw;
mod writer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_model::{Id, Model, RecordId};
use sitegen_parser::{
    Diagnostics, Event, Info, Markdown, Place, Source, Spanned, Spelling, Tag, component_name,
};
use tera::{Map, Tera, Value};

use crate::ground::budget::StepBudgets;
use crate::templates::Sources;
use crate::text::errors;
use crate::text::highlight::Highlighter;
use crate::value::Values;

pub(crate) use self::alert::is_built_in;

use self::writer::Writer;

/// A renderer of Markdown, with everything that the HTML depends on besides the Markdown itself.
#[derive(Clone)]
pub(crate) struct Renderer {
    pub model: Arc<Model>,
    /// The templates with the components that Markdown may call.
    pub tera: Arc<Tera>,
    pub budgets: Arc<StepBudgets>,
    pub sources: Arc<Sources>,
    /// The values that components receive for records.
    pub values: Arc<Values>,
    pub highlighter: Arc<Highlighter>,
}

/// A piece of Markdown, rendered.
pub(crate) struct Html {
    pub html: String,
    pub toc: Value,
    pub anchors: Vec<Anchor>,
    /// The links that the site does not check.
    pub elsewhere: Vec<Elsewhere>,
    /// The records whose titles links have taken.
    pub named: Vec<RecordId>,
    /// The code and the formulas in it.
    pub codes: Codes,
    pub diagnostics: Diagnostics,
}

/// Highlighted code and rendered formulas by the ids of their sources. They are kept, because making them
/// takes most of the time of a text with code.
pub(crate) type Codes = BTreeMap<Id, Arc<str>>;

/// A place on a page that a link in Markdown leads to. It is checked once the page is rendered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Anchor {
    /// The path of the page.
    pub url: Arc<str>,
    /// The fragment as it is written.
    pub fragment: String,
    /// The place of the link.
    pub place: Place,
}

/// A link that leads nowhere and that the site says not to check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// The number of the exception in the configuration.
    pub exception: usize,
    /// The link as it is on the page.
    pub href: String,
}

impl Renderer {
    /// Renders a piece of a file. `name` must be unique if the piece has footnotes; `record` is the one whose
    /// text it is.
    pub(crate) fn render(
        &self,
        markdown: &Markdown,
        path: &Arc<str>,
        name: &str,
        record: Option<RecordId>,
    ) -> Html {
        self.render_again(markdown, path, name, record, &Codes::new())
    }

    /// Parses and renders a text, and returns its problems. `of` is the record whose text it is, if it is
    /// one's.
    pub(crate) fn read(
        &self,
        source: &Source,
        value: &Spanned<&str>,
        of: Option<RecordId>,
    ) -> (String, Diagnostics) {
        let syntax = &self.model.config.markdown.syntax;
        let (markdown, mut problems) = Markdown::parse_value(source, value, syntax);
        let mentions = of.map(|of| self.model.mentions(of, &markdown)).unwrap_or_default();
        let rendered =
            self.render(&mentions.link(&markdown), &source.path, &Id::of(value.value).digits(), None);
        problems.extend(rendered.diagnostics);
        let links = &self.model.config.links;
        (rendered.html, problems.into_iter().map(|problem| links.weighed_in_markdown(problem)).collect())
    }

    /// Renders a piece with the code that was highlighted before.
    pub(crate) fn render_again(
        &self,
        markdown: &Markdown,
        path: &Arc<str>,
        name: &str,
        record: Option<RecordId>,
        coloured: &Codes,
    ) -> Html {
        let mut writer = Writer::new(self, markdown, path, name, record, coloured);
        for event in &markdown.events {
            writer.event(event);
            if writer.is_full() {
                let place = writer.place(&event.span);
                writer.diagnostics.push(errors::page_too_large(Some(place)));
                writer.abandon();
                break;
            }
        }
        writer.finish()
    }
}

fn toc(markdown: &Markdown) -> Value {
    let heading = |heading: &sitegen_parser::Heading| {
        let mut map = Map::new();
        map.insert("level".into(), heading.level.into());
        map.insert("id".into(), heading.id.as_str().into());
        map.insert("title".into(), heading.text.as_str().into());
        Value::from(map)
    };
    markdown.headings.iter().map(heading).collect::<Vec<_>>().into()
}

/// Returns the names of the components that templates declare.
pub(crate) fn declared_components(tera: &Tera) -> BTreeSet<&str> {
    tera.get_component_names().collect()
}

/// Returns the component that shows code: that of the first word after its language, else that of the
/// language.
pub(crate) fn component_of_code(info: &Info, exists: impl Fn(&str) -> bool) -> Option<String> {
    let component = |word: &str| Some(format!("{COMPONENT_OF_CODE}{word}")).filter(|name| exists(name));
    let word = info.words.first().and_then(|word| component(&word.value));
    word.or_else(|| component(&info.language.as_ref()?.value.to_ascii_lowercase()))
}

/// Returns the component that a part of a text calls, if it calls one.
pub(crate) fn called_component(event: &Event, exists: &dyn Fn(&str) -> bool) -> Option<String> {
    match event {
        Event::Start(Tag::Component(call)) | Event::Component(call) => match &call.name.value {
            shortcode if call.spelling == Spelling::Shortcode => Some(component_name(shortcode)),
            name if exists(name) => Some(name.clone()),
            _ => alert::kin(call).map(|(kin, _)| kin.name.value),
        },
        Event::Start(Tag::CodeBlock(info)) => component_of_code(info, exists),
        _ => None,
    }
}

/// The prefix of the names of components that show code, before the word or the language.
const COMPONENT_OF_CODE: &str = "code_";
