//! The Markdown of all records, each piece made HTML once.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::{Model, Record, Value as Known};
use sitegen_parser::{Diagnostics, Markdown, Place};
use tera::Value;

use crate::html::{Anchor, Renderer};

/// A piece of Markdown as templates see it.
#[derive(Debug)]
pub(crate) struct Text {
    /// Safe HTML.
    pub html: Value,
    /// Its headings: `level`, `id`, `title`.
    pub toc: Value,
}

/// Every piece of Markdown, as HTML. None of them, before there is HTML.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// By the address of the piece, which its record keeps alive.
    by_address: HashMap<usize, Text>,
    /// The places on pages that links in Markdown lead to.
    pub anchors: Vec<Anchor>,
}

impl Texts {
    pub(crate) fn render(model: &Model, renderer: &Renderer) -> (Self, Diagnostics) {
        let records: Vec<_> = model.records.iter().collect();
        let rendered: Vec<_> = records
            .into_par_iter()
            .flat_map_iter(|(id, record)| {
                let pieces = markdown_of(record).into_iter().enumerate();
                pieces.map(move |(index, piece)| {
                    let prefix =
                        if index == 0 { record.slug.to_string() } else { format!("{}-{index}", record.slug) };
                    let rendered = renderer.render(piece, &record.source.path, &prefix, Some(id));
                    (address(piece), rendered)
                })
            })
            .collect();
        let mut texts = Self::default();
        let mut diagnostics = Diagnostics::new();
        for (address, rendered) in rendered {
            texts.anchors.extend(rendered.anchors);
            diagnostics.extend(rendered.diagnostics);
            let text = Text { html: Value::safe_string(&rendered.html), toc: rendered.toc };
            texts.by_address.insert(address, text);
        }
        (texts, diagnostics)
    }

    pub(crate) fn get(&self, markdown: &Arc<Markdown>) -> Option<&Text> {
        self.by_address.get(&address(markdown))
    }
}

fn address(markdown: &Arc<Markdown>) -> usize {
    Arc::as_ptr(markdown).addr()
}

/// The body first, if there is one, then the fields in their order.
pub(crate) fn markdown_of(record: &Record) -> Vec<&Arc<Markdown>> {
    let mut found: Vec<_> = record.body.iter().collect();
    let mut left: Vec<_> = record.values.iter().rev().collect();
    while let Some(value) = left.pop() {
        match value {
            Known::Markdown(markdown) => found.push(markdown),
            Known::List(values) | Known::Table(values) => left.extend(values.iter().rev()),
            _ => {}
        }
    }
    found
}

/// The `template` fields of all records, with where they stand.
pub(crate) fn templates_of(model: &Model) -> Vec<(&Arc<str>, &Place)> {
    let mut found = Vec::new();
    for (_, record) in model.records.iter() {
        let mut left: Vec<_> = record.values.iter().collect();
        while let Some(value) = left.pop() {
            match value {
                Known::Template(text, place) => found.push((text, place)),
                Known::List(values) | Known::Table(values) => left.extend(values),
                _ => {}
            }
        }
    }
    found
}

/// The name under which Tera knows a `template` field: its place. It ends as names of escaped templates do.
pub(crate) fn template_name(place: &Place) -> String {
    format!("{}:{}-{}.html", place.path, place.start, place.end)
}
