//! Reads one file of a site: its text, its TOML, its Markdown and its data, each with byte spans.
//!
//! A parser sees one file alone. It knows no other file, no disk and no HTML, and it never fails: what it cannot read
//! becomes a [`Diagnostic`] beside whatever could be read.

mod source;
mod excerpt;
mod cause;
mod diagnostic;
mod toml;
mod date;
mod markdown;
mod document;
mod data;
mod image;
mod errors;

pub use crate::cause::{Among, Cause};
pub use crate::data::{Cell, Data, Datum, Encoding, Form, Format, Row};
pub use crate::diagnostic::{Diagnostic, Diagnostics, Note, Place, Severity};
pub use crate::document::{Document, FrontMatter};
pub use crate::image::{IMAGE_HEAD, ImageSize};
pub use crate::markdown::{
    Alert, Alignment, Argument, Block, Call, Event, Heading, HtmlPart, Markdown, Syntax, Tag, html_parts,
    slugify,
};
pub use crate::source::{Source, Span, Spanned};
pub use crate::toml::{Date, Datetime, Entry, Table, Value};
