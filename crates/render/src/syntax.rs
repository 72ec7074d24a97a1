//! The language of templates, Tera's: from text to a tree with the bytes at which everything stands.
//!
//! This folder knows nothing of sites. It takes what Tera takes and nothing else, which `tests/templates.rs` holds
//! against Tera itself; but it goes on after a fault, so that all faults of a template are found at once.

mod tree;
mod words;
mod errors;
mod lexeme;
mod cursor;
mod parse;
mod statement;
mod expression;
mod collection;
mod component;
mod walk;

use std::sync::Arc;

use sitegen_parser::{Diagnostics, Place, Span};

pub(crate) use self::tree::*;
pub(crate) use self::walk::{TreePart, TreeWalk};

/// Returns the place of a part of a template's text.
pub(crate) type Locate<'a> = &'a dyn Fn(Span) -> Place;

/// Reads a template. Any text gives a tree; if nothing is reported, Tera takes the text, too.
pub(crate) fn parse(text: &str, locate: Locate) -> (TemplateTree, Diagnostics) {
    parse::parse(text, locate)
}

/// Returns what is wrong with the syntax of a template whose file has a path.
pub fn faults(path: &Arc<str>, text: &str) -> Diagnostics {
    parse(text, &|span| Place::new(path, &span)).1
}
