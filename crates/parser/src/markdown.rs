//! Reads Markdown as a flat list of events. There is no tree, because deep nesting could exhaust the stack.

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
mod unended;
mod write;

pub use self::heading::id as heading_id;
pub use self::html::{HtmlPart, RAW_ELEMENTS, Within, end_tag, html_parts, unescape};
pub use self::include::{Include, IncludeFrom, Selection, SelectionError, Snippet, included};
pub use self::info::{CodeOrigin, Info, LineMark, MarkedLines};
pub use self::link::is_odd_scheme;
pub use self::shortcode::component_name;
pub use self::slug::slugify;
pub use self::syntax::{Extension, Quotes, Syntax};

use crate::excerpt::Excerpt;
use crate::{Diagnostics, Place, Source, Span, Spanned, WrittenValue};

/// A piece of Markdown: a record's body, or the text of a `markdown` field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Markdown {
    /// The events of the text, in order. Every [`Event::Start`] has its [`Event::End`].
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
    /// Unique within the piece: the author's `{#id}`, or made of the text.
    pub id: String,
    /// The text without markup.
    pub text: String,
}

/// An event: something that begins, ends or stands in the text.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The author's attributes of the element that begins next, or of the code within a line that comes next.
    Attributes(Attributes),
    /// A block or a span of text begins.
    Start(Tag),
    /// The block or span that began last ends. Carries its kind.
    End(Block),
    /// Text.
    Text(String),
    /// Code within a line.
    Code(String),
    /// A formula within a line, in LaTeX, without its dollars. If the text and its span have the same length,
    /// the text stands there letter by letter.
    InlineMath(Spanned<String>),
    /// A formula that is set apart from the text around it, likewise.
    DisplayMath(Spanned<String>),
    /// HTML as the author wrote it.
    Html(String),
    /// A reference to a footnote, by the key of its label.
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
    /// An id, unique within the piece. Headings have theirs in [`Tag::Heading`] instead.
    pub id: Option<String>,
    /// Classes, as the author wrote them.
    pub classes: Vec<String>,
    /// Names in lower case, each once, and values.
    pub others: Vec<(String, String)>,
}

/// A block or span that begins.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names are Markdown's")]
pub enum Tag {
    Paragraph,
    Heading {
        level: u8,
        id: String,
    },
    BlockQuote,
    /// The block's info string, which follows the fence.
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
    /// An abbreviation and the text that it stands for.
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
    /// The title of the component that began last, if a directive or an alert has one. The component's body
    /// follows it.
    Title,
}

/// The kind of a block or span that ends.
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

/// The alignment of a table's column.
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
    /// The way in which the author calls the component.
    pub spelling: Spelling,
    /// The component's name.
    pub name: Spanned<String>,
    /// Its arguments, in order. Names are unique, but for the empty names in a shortcode.
    pub arguments: Vec<Argument>,
}

/// The ways to call a component.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As templates do: `{{<card of="@companies/amazon" />}}`, or with a body between `{% <note kind="tip"> %}` and
    /// `{% </note> %}`, each tag alone on its line.
    Tag,
    /// Between the lines `:::note[Title]{kind=tip}` and `:::`. All arguments are text, even if they stand for
    /// another type.
    Directive,
    /// As a block quote that begins with `[!NOTE] Title`. One that can be folded has the argument `fold`.
    Alert,
    /// As Hugo calls a shortcode, between `{{<` and `>}}` or `{{%` and `%}}`: the name is the shortcode's,
    /// and arguments need no names.
    Shortcode,
}

/// `name="text"`, `name={3}`, `name={true}`, or `name` alone for true.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// The argument's name.
    pub name: Spanned<String>,
    /// [`WrittenValue::String`], [`WrittenValue::Int`], [`WrittenValue::Float`] or [`WrittenValue::Bool`].
    pub value: Spanned<WrittenValue>,
}

impl Markdown {
    /// Reads the part `span` of a file as Markdown; spans are those of the file.
    pub fn parse(source: &Source, span: Span, syntax: &Syntax) -> (Self, Diagnostics) {
        read::read(&Excerpt::new(source, span), syntax)
    }

    /// Reads a string value as Markdown. If the string stands in the file letter by letter, spans are exact;
    /// if escapes intervene, every span is that of the value.
    pub fn parse_value(source: &Source, value: &Spanned<&str>, syntax: &Syntax) -> (Self, Diagnostics) {
        read::read(&Excerpt::value(source, value), syntax)
    }

    /// Reads a string value as Markdown of which only the place is known, because its file is not at hand; every span is
    /// that of the value.
    pub fn parse_at(place: &Place, text: &str, syntax: &Syntax) -> (Self, Diagnostics) {
        read::read(&Excerpt::at(place, text), syntax)
    }

    /// Returns the text without markup, with at most one space between words. Code and the descriptions of
    /// images belong to it.
    pub fn plain_text(&self) -> String {
        text::plain(&self.events)
    }
}
