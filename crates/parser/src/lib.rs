//! Reads one file of a site: its text, its front matter, its Markdown and its data, each with byte spans.
//!
//! A parser sees one file alone: no other file, no disk and no HTML. It never fails, because mistakes become
//! a [`Diagnostic`] beside everything that could be read.

mod name;
mod source;
mod excerpt;
mod cause;
mod diagnostic;
mod table;
mod toml;
mod yaml;
mod json;
mod date;
mod url;
mod markdown;
mod document;
mod data;
mod image;
mod asset;
mod active;
mod xml;
mod errors;

pub use crate::active::{Active, MAX_DRAWING};
pub use crate::asset::{Import, Reference, ReferenceForm, has_references, references};
pub use crate::cause::{Among, Cause};
pub use crate::data::{Cell, ColumnRef, Data, Datum, Encoding, ForeignFormat, Format, Layout, Row};
pub use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, RelatedPlace, Severity};
pub use crate::document::{Document, FrontMatter};
pub use crate::errors::{forbidden_link, ignored_shortcode, unknown_scheme};
pub use crate::image::{IMAGE_HEAD, ImageSize};
pub use crate::markdown::{
    Alignment, Argument, Attributes, Block, Call, CodeOrigin, Event, Extension, Heading, HtmlPart, Include,
    IncludeFrom, Info, LineMark, Markdown, MarkedLines, Quotes, RAW_ELEMENTS, Selection, SelectionError,
    Snippet, Spelling, Syntax, Tag, Within, component_name, end_tag, heading_id, html_parts, included,
    is_odd_scheme, slugify, unescape,
};
pub use crate::name::{bare, caseless, composed, loose};
pub use crate::source::{Source, Span, Spanned};
pub use crate::table::{Date, Datetime, Entry, Table, WrittenValue};
pub use crate::url::{UrlUse, is_forbidden, is_known_scheme, scheme};
pub use crate::xml::XmlFault;
