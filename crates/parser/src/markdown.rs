//! Markdown as a flat list of events: no tree, so that no nesting can exhaust the stack.

mod abbreviation;
mod admonition;
mod alert;
mod attributes;
mod autolink;
mod colon;
mod component;
mod delimiter;
mod element;
mod emoji;
mod footnote;
mod heading;
mod html;
mod include;
mod info;
pub(crate) mod link;
mod mask;
mod money;
pub(crate) mod nearmiss;
mod opening;
mod read;
mod reference;
mod shortcode;
mod slug;
mod stand_in;
mod syntax;
mod tab;
mod text;
mod typography;
mod write;

pub use self::heading::id as heading_id;
pub use self::html::{HtmlPart, RAW_ELEMENTS, Within, end_tag, html_parts, unescape};
pub use self::include::{From as IncludeFrom, Include, Missing, Part, Taken, included};
pub use self::info::{Info, Lines, Mark, Origin as CodeOrigin};
pub use self::link::is_odd_scheme;
pub use self::shortcode::component_name;
pub use self::slug::slugify;
pub use self::syntax::{Extension, Quotes, Syntax};

use crate::excerpt::Excerpt;
use crate::{Diagnostics, Source, Span, Spanned, Value};

/// A piece of Markdown: a record's body, or the text of a `markdown` field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markdown {
    /// What the text consists of, in order. Every [`Event::Start`] has its [`Event::End`].
    pub events: Vec<Spanned<Event>>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// The labels of the footnotes, in the order of their numbers.
    pub footnotes: Vec<String>,
}

/// A heading of a piece of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique within the piece: the author's `{#id}`, or made from the text.
    pub id: String,
    /// The text without markup.
    pub text: String,
}

/// A step through the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What the author gives the element that begins next, or the code within a line that comes next.
    Attributes(Attributes),
    /// A block or a span of text begins.
    Start(Tag),
    /// The one begun last ends. Carries what it was.
    End(Block),
    /// Text.
    Text(String),
    /// Code within a line.
    Code(String),
    /// A formula within a line, in LaTeX, without its dollars. It stands at its span letter for letter if both are of one length.
    InlineMath(Spanned<String>),
    /// A formula that is set apart, likewise.
    DisplayMath(Spanned<String>),
    /// HTML as the author wrote it.
    Html(String),
    /// A reference to the footnote of this label, which is as labels are compared.
    FootnoteReference(String),
    /// A line ending within a paragraph.
    SoftBreak,
    /// A forced line break.
    HardBreak,
    /// A thematic break.
    Rule,
    /// The box of a task, ticked or not.
    TaskMarker(bool),
    /// A component without a body.
    Component(Call),
    /// A list of the piece's headings: `[TOC]`.
    Contents,
    /// A part of a file, within a block of code.
    Include(Box<Include>),
}

/// Attributes that the author gives an element in braces: `{#id .class key="value"}`. It can have all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Unique within the piece. A heading has its own.
    pub id: Option<String>,
    /// As they were written.
    pub classes: Vec<String>,
    /// Names in lower case, each once, and values.
    pub others: Vec<(String, String)>,
}

/// What begins.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names are Markdown's")]
pub enum Tag {
    Paragraph,
    Heading {
        level: u8,
        id: String,
    },
    BlockQuote,
    /// What follows the fence.
    CodeBlock(Box<Info>),
    List {
        start: Option<u64>,
    },
    Item,
    FootnoteDefinition(String),
    DefinitionList,
    DefinitionTerm,
    DefinitionText,
    Table(Vec<Alignment>),
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Mark,
    Subscript,
    Superscript,
    /// What it stands for.
    Abbreviation(String),
    /// `to` as the author wrote it, a wiki link in its brackets: `[[page#heading]]`. Its span is the event's.
    Link {
        to: String,
        title: String,
    },
    Image {
        to: String,
        title: String,
    },
    /// A component with a body.
    Component(Call),
    /// The title of the component that began last, if a directive or an alert gives it one. No body comes before it.
    Title,
}

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are Markdown's")]
pub enum Block {
    Paragraph,
    Heading(u8),
    BlockQuote,
    CodeBlock,
    OrderedList,
    BulletList,
    Item,
    FootnoteDefinition,
    DefinitionList,
    DefinitionTerm,
    DefinitionText,
    Table,
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Mark,
    Subscript,
    Superscript,
    Abbreviation,
    Link,
    Image,
    Component,
    Title,
}

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Alignment {
    None,
    Left,
    Center,
    Right,
}

/// A component called from Markdown.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// How it is called.
    pub spelling: Spelling,
    /// The component's name.
    pub name: Spanned<String>,
    /// Its arguments, in order; no name twice, but for the empty one of a shortcode's.
    pub arguments: Vec<Argument>,
}

/// The ways to call a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As templates do: `{{<card of="@companies/amazon" />}}`, or with a body between `{% <note kind="tip"> %}` and
    /// `{% </note> %}`, each tag alone on its line.
    Tag,
    /// Between the lines `:::note[Title]{kind=tip}` and `:::`. All arguments are text, of whatever type that stands for.
    Directive,
    /// As a block quote that begins with `[!NOTE] Title`. One that can be folded has the argument `fold`.
    Alert,
    /// As Hugo calls a shortcode, between `{{<` and `>}}` or `{{%` and `%}}`: the name is the shortcode's, and arguments
    /// can have none.
    Shortcode,
}

/// `name="text"`, `name={3}`, `name={true}`, or `name` alone for true.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The argument's name.
    pub name: Spanned<String>,
    /// [`Value::String`], [`Value::Int`], [`Value::Float`] or [`Value::Bool`].
    pub value: Spanned<Value>,
}

impl Markdown {
    /// Reads the part `span` of a file as Markdown; spans are those of the file.
    pub fn parse(source: &Source, span: Span, syntax: &Syntax) -> (Self, Diagnostics) {
        read::read(&Excerpt::new(source, span), syntax)
    }

    /// Reads a string value as Markdown. Where the string stands in the file letter for letter, spans are exact;
    /// where escapes intervene, every span is that of the value.
    pub fn parse_value(source: &Source, value: &Spanned<&str>, syntax: &Syntax) -> (Self, Diagnostics) {
        read::read(&Excerpt::value(source, value), syntax)
    }

    /// The text without markup, at most one space between words. Code and the descriptions of images belong to it.
    pub fn plain_text(&self) -> String {
        text::plain(&self.events)
    }
}
