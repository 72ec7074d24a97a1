//! The content files of a site, each read alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, Document, Place, Source, Spanned, Syntax, slugify};

use crate::inputs::{File, Inputs};
use crate::kept::Id;

/// The content files that hold records, by path.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    files: BTreeMap<Arc<str>, Arc<Reading>>,
    /// What their Markdown, and that of their fields, can hold.
    pub(crate) syntax: Syntax,
}

/// A content file that could be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The id of the file, its path and the syntax of its Markdown.
    pub id: Id,
    /// The slugs that its path gives.
    pub slugs: &'a FileSlugs,
    /// Its first line.
    pub start: &'a Place,
    /// Whether it says what its slug is, or when it is published.
    pub has_keys: bool,
    /// What it holds.
    pub document: &'a Document,
}

/// The slugs that a path gives to a record that has a file of its own.
#[derive(Debug)]
pub(crate) struct FileSlugs {
    /// From the file's name.
    pub name: Arc<str>,
    /// From the path below the collection's folder.
    pub path: Arc<str>,
}

/// A file and what reading it gave. Reading depends on the file and the syntax alone, so equal files are read once.
#[derive(Debug)]
struct Reading {
    file: File,
    /// The id of the file, its path and the syntax of its Markdown.
    id: Id,
    slugs: FileSlugs,
    /// Its first line.
    start: Place,
    /// Whether it says what its slug is, or when it is published.
    has_keys: bool,
    document: Option<Document>,
    diagnostics: Diagnostics,
}

impl Documents {
    /// Reads every content file that `previous` did not.
    pub fn read(inputs: &Inputs, syntax: &Syntax, previous: &Self) -> Self {
        let files = inputs.content().filter(|(name, _, _)| holds_records(name));
        // Both are sorted, so that going through them side by side is looking paths up.
        let known = (previous.syntax == *syntax).then_some(&previous.files);
        let mut known = known.into_iter().flatten().peekable();
        let files: Vec<_> = files
            .map(|(_, path, file)| {
                while known.next_if(|(other, _)| *other < path).is_some() {}
                (path, file, known.next_if(|(other, _)| *other == path).map(|(_, reading)| reading))
            })
            .collect();
        let readings = files.into_par_iter().map(|(path, file, known)| {
            let reading = match known {
                Some(reading) if reading.file.is_same(file) => Arc::clone(reading),
                _ => Arc::new(Reading::read(path, file, syntax)),
            };
            (Arc::clone(path), reading)
        });
        Self { files: readings.collect(), syntax: syntax.clone() }
    }

    /// The files that could be read, in order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Found<'_>> {
        self.files.values().filter_map(|reading| {
            let Reading { id, slugs, start, has_keys, document, .. } = &**reading;
            Some(Found { id: *id, slugs, start, has_keys: *has_keys, document: document.as_ref()? })
        })
    }

    /// The paths of all files, also of those that could not be read.
    pub fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.files.keys()
    }

    /// The paths of the files of which some could not be read, so that records may be missing for that reason.
    pub(crate) fn partial(&self) -> impl Iterator<Item = &Arc<str>> {
        let partial = |reading: &Reading| !reading.document.as_ref().is_some_and(|document| document.whole);
        self.files.iter().filter(move |(_, reading)| partial(reading)).map(|(path, _)| path)
    }

    /// The texts in the TOML of all files, with the files, in the order in which they were written.
    pub fn texts(&self) -> impl Iterator<Item = (&Source, Spanned<&str>)> {
        let documents = self.files.values().filter_map(|reading| reading.document.as_ref());
        documents
            .flat_map(|document| document.fields.texts().into_iter().map(|text| (&document.source, text)))
    }

    /// What is wrong with single files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &sitegen_parser::Diagnostic> {
        self.files.values().flat_map(|reading| &reading.diagnostics)
    }
}

impl Reading {
    fn read(path: &Arc<str>, file: &File, syntax: &Syntax) -> Self {
        let (document, diagnostics) = match file.source(path) {
            Ok(source) => {
                let (document, diagnostics) = if is_markdown(path) {
                    Document::markdown(&source, syntax)
                } else {
                    Document::toml(&source)
                };
                (Some(document), diagnostics)
            }
            Err(diagnostic) => (None, Diagnostics::from_iter([diagnostic])),
        };
        let start = document.as_ref().map(|document| first_line(&document.source));
        let has = |key| document.as_ref().is_some_and(|document| document.fields.get(key).is_some());
        Self {
            file: file.clone(),
            id: Id::of(&(path, file, syntax)),
            slugs: FileSlugs::of(path),
            start: start.unwrap_or_else(|| Place::file(path)),
            has_keys: has("slug") || has("draft") || has("publish_on"),
            document,
            diagnostics,
        }
    }
}

impl FileSlugs {
    /// A folder's `index.md` or `_index.md` stands for the folder; that of the collection's own folder is `index`.
    fn of(path: &str) -> Self {
        let mut names: Vec<_> = stem(path).split('/').skip(1).collect();
        if names.len() > 1 && names.last().is_some_and(|name| matches!(*name, "index" | "_index")) {
            names.pop();
        } else if names == ["_index"] {
            names = vec!["index"];
        }
        let names: Vec<_> = names.into_iter().map(slugify).collect();
        Self { name: names.last().map_or("", String::as_str).into(), path: names.join("/").into() }
    }
}

/// The slug that a file's name gives, its folders aside.
pub(crate) fn name(path: &str) -> String {
    slugify(stem(path).rsplit('/').next().unwrap_or_default())
}

/// A content file's path below `content/`, without its extension.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.strip_prefix("content/").unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn first_line(source: &Source) -> Place {
    let length = source.text.lines().next().map_or(0, str::len);
    Place::new(&source.path, &(0..length))
}

/// Whether a path below `content/` is a record's or several records', rather than a file to publish as it is.
pub(crate) fn holds_records(name: &str) -> bool {
    !is_dataset(name) && (is_markdown(name) || extension(name) == Some("toml"))
}

/// The endings of texts, most of which hold records for other generators.
const TEXTS: [&str; 25] = [
    "markdown", "mdown", "mkdown", "mkdn", "mkd", "mdwn", "mdtxt", "mdtext", "mdx", "mdc", "mdoc", "markdoc",
    "qmd", "rmd", "svx", "rst", "adoc", "asciidoc", "textile", "org", "njk", "liquid", "hbs", "ejs", "pug",
];

/// The endings of data that are records for other generators, and downloads beside a record.
const DATA: [&str; 5] = ["yaml", "yml", "json", "json5", "ipynb"];

/// Whether a path below `content/` is that of no record but of what its author may take for one: another generator's, or
/// one under a name that is not quite right. Data that belongs to a record is a file like any other.
pub(crate) fn is_like_a_record(name: &str, belongs: impl FnOnce() -> bool) -> bool {
    let Some(extension) = extension(name).map(str::to_ascii_lowercase) else { return false };
    let stem = name.len().checked_sub(extension.len() + 1).map_or("", |end| &name[..end]);
    let inner = self::extension(stem).map(str::to_ascii_lowercase);
    let is_markdown = |extension: &str| extension == "md" || TEXTS.contains(&extension);
    match inner.as_deref() {
        // Whatever stands behind it was put there to set the text aside, or to make something else of it.
        Some(inner) if is_markdown(inner) => true,
        Some("toml") if ["txt", "bak", "old", "orig", "tmp", "tera", "draft"].contains(&&*extension) => true,
        _ if extension == "toml" || is_markdown(&extension) || is_marked(&extension) => true,
        _ => is_data(&extension) && !belongs(),
    }
}

/// Whether an ending is that of a record and signs behind it, as in `a.md_` or `a.md copy`.
fn is_marked(extension: &str) -> bool {
    let behind = ["md", "toml"].iter().find_map(|ending| extension.strip_prefix(ending));
    behind.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

/// Whether an ending is that of data that may be a record elsewhere.
pub(crate) fn is_data(extension: &str) -> bool {
    DATA.contains(&extension)
}

/// Whether a path below `content/` belongs to the datasets.
pub(crate) fn is_dataset(name: &str) -> bool {
    name.starts_with("data/")
}

fn is_markdown(name: &str) -> bool {
    extension(name) == Some("md")
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}
