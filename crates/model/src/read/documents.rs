//! The content files of a site, each read alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, Document, Place, Source, Spanned, Syntax, slugify};

use super::include::wanted;
use super::{Content, File, Files, Inputs, include};
use crate::ground::Id;

/// The files that stand for the folder that they are in, the first that is there.
pub const INDEXES: [&str; 7] = [
    "index.md",
    "index.markdown",
    "_index.md",
    "_index.markdown",
    "README.md",
    "README.markdown",
    "readme.md",
];

/// The content files that hold records, by path.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    files: BTreeMap<Arc<str>, Arc<Reading>>,
    /// What their Markdown, and that of their fields, can hold.
    pub(crate) syntax: Syntax,
    /// Where they are.
    folders: Content,
}

/// A content file that could be read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found<'a> {
    /// The id of the file, its path and the syntax of its Markdown.
    pub id: Id,
    /// The name by which it counts among the content.
    pub name: &'a ContentName,
    /// Its first line.
    pub start: &'a Place,
    /// Whether it says what its slug is, or when it is published.
    pub has_keys: bool,
    /// What it holds.
    pub document: &'a Document,
}

/// The name by which a file counts among the content.
#[derive(Debug)]
pub(crate) struct ContentName {
    /// Its path below the content.
    pub name: Arc<str>,
    /// The same without its ending, each part made fit for URLs.
    pub slugs: Box<str>,
}

/// A file and what reading it gave. Reading depends on the file and the syntax alone, so equal files are read once.
#[derive(Debug)]
struct Reading {
    file: File,
    /// The id of the file, its path and the syntax of its Markdown.
    id: Id,
    name: ContentName,
    /// Its first line.
    start: Place,
    /// Whether it says what its slug is, or when it is published.
    has_keys: bool,
    document: Option<Document>,
    diagnostics: Diagnostics,
    /// The files that its text may include, and what they were.
    included: Vec<(String, Option<File>)>,
}

impl Documents {
    /// Reads every content file that `previous` did not.
    pub fn read(inputs: &Inputs, syntax: &Syntax, previous: &Self) -> Self {
        let is_one = |name: &str| holds_records(name) && !inputs.folders.publishes(name);
        let files = inputs.content().filter(|(name, _, _)| is_one(name));
        // Both are sorted, so that going through them side by side is looking paths up.
        let is_known = previous.syntax == *syntax && previous.folders == inputs.folders;
        let known = is_known.then_some(&previous.files);
        let mut known = known.into_iter().flatten().peekable();
        let files: Vec<_> = files
            .map(|(name, path, file)| {
                while known.next_if(|(other, _)| *other < path).is_some() {}
                (name, path, file, known.next_if(|(other, _)| *other == path).map(|(_, reading)| reading))
            })
            .collect();
        let readings = files.into_par_iter().map(|(name, path, file, known)| {
            let reading = match known {
                Some(reading) if reading.file.is_same(file) && reading.sees_same(&inputs.included) => {
                    Arc::clone(reading)
                }
                _ => Arc::new(Reading::read(&name, path, file, syntax, &inputs.included)),
            };
            (Arc::clone(path), reading)
        });
        Self { files: readings.collect(), syntax: syntax.clone(), folders: inputs.folders.clone() }
    }

    /// The files that could be read, in order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Found<'_>> {
        self.files.values().filter_map(|reading| {
            let Reading { id, name, start, has_keys, document, .. } = &**reading;
            Some(Found { id: *id, name, start, has_keys: *has_keys, document: document.as_ref()? })
        })
    }

    /// The paths of all files, also of those that could not be read, and the names by which they count.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        self.files.iter().map(|(path, reading)| (path, &*reading.name.name))
    }

    /// The path of the folder that content is in which is no mount, with a slash at its end.
    pub(crate) fn root(&self) -> String {
        self.folders.path_of_new("")
    }

    /// A file that could be read, by its path.
    pub(crate) fn get(&self, path: &str) -> Option<&Document> {
        self.files.get(path)?.document.as_ref()
    }

    /// Whether there is a file, by its path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The names of the files of which some could not be read, so that records may be missing for that reason.
    pub(crate) fn partial(&self) -> impl Iterator<Item = &str> {
        let partial = |reading: &Reading| !reading.document.as_ref().is_some_and(|document| document.whole);
        let files = self.files.values().filter(move |reading| partial(reading));
        files.map(|reading| &*reading.name.name)
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
    fn read(name: &str, path: &Arc<str>, file: &File, syntax: &Syntax, files: &Files) -> Self {
        let (mut document, mut diagnostics) = match file.source(path) {
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
        let mut included = Vec::new();
        if let Some(Document { source, body: Some(body), .. }) = &mut document {
            let seen = |path: String| (files.get(path.as_str()).cloned(), path);
            included =
                wanted(path, &source.text).into_iter().map(seen).map(|(file, path)| (path, file)).collect();
            include::fill(body, source, files, &mut diagnostics);
        }
        let start = document.as_ref().map(|document| first_line(&document.source));
        let has = |key| document.as_ref().is_some_and(|document| document.fields.get(key).is_some());
        Self {
            file: file.clone(),
            id: Id::of(&(path, file, syntax, &included)),
            name: ContentName::of(name),
            start: start.unwrap_or_else(|| Place::file(path)),
            has_keys: has("slug") || has("draft") || has("publish_on"),
            document,
            diagnostics,
            included,
        }
    }

    /// Whether all that its text includes is as it was. What was not there is looked for anew, among what is there now.
    fn sees_same(&self, files: &Files) -> bool {
        self.included.iter().all(|(path, before)| {
            before.as_ref().zip(files.get(path.as_str())).is_some_and(|(before, now)| before.is_same(now))
        })
    }
}

impl ContentName {
    fn of(name: &str) -> Self {
        let slugs = stem(name).split('/').map(slugify).collect::<Vec<_>>().join("/");
        Self { name: name.into(), slugs: slugs.into() }
    }
}

/// The slug that a file's name gives, its folders aside.
pub(crate) fn name(path: &str) -> String {
    slugify(stem(path).rsplit('/').next().unwrap_or_default())
}

/// A file's name without its ending.
pub(crate) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') => stem,
        _ => name,
    }
}

fn first_line(source: &Source) -> Place {
    let length = source.text.lines().next().map_or(0, str::len);
    Place::new(&source.path, &(0..length))
}

/// Whether a file of the content is a record's or several records', by its name, rather than one to publish as it is. Texts
/// can stand beside datasets.
pub(crate) fn holds_records(name: &str) -> bool {
    is_markdown(name) || is_record(name) && !is_dataset(name)
}

/// Whether a file has the ending of a record.
pub fn is_record(name: &str) -> bool {
    extension(name).is_some_and(|extension| extension == "toml" || MARKDOWN.contains(&extension))
}

/// The endings of texts, most of which hold records for other generators.
const TEXTS: [&str; 24] = [
    "mdown", "mkdown", "mkdn", "mkd", "mdwn", "mdtxt", "mdtext", "mdx", "mdc", "mdoc", "markdoc", "qmd",
    "rmd", "svx", "rst", "adoc", "asciidoc", "textile", "org", "njk", "liquid", "hbs", "ejs", "pug",
];

/// The endings of data that are records for other generators, and downloads beside a record.
const DATA: [&str; 5] = ["yaml", "yml", "json", "json5", "ipynb"];

/// Whether a name among the content is that of no record but of what its author may take for one: another generator's, or
/// one under a name that is not quite right. Data that belongs to a record is a file like any other.
pub(crate) fn is_like_a_record(name: &str, belongs: impl FnOnce() -> bool) -> bool {
    let Some(extension) = extension(name).map(str::to_ascii_lowercase) else { return false };
    let stem = name.len().checked_sub(extension.len() + 1).map_or("", |end| &name[..end]);
    let inner = self::extension(stem).map(str::to_ascii_lowercase);
    let is_markdown = |extension: &str| MARKDOWN.contains(&extension) || TEXTS.contains(&extension);
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
    let behind = ["md", "markdown", "toml"].iter().find_map(|ending| extension.strip_prefix(ending));
    behind.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

/// Whether an ending is that of data that may be a record elsewhere.
pub(crate) fn is_data(extension: &str) -> bool {
    DATA.contains(&extension)
}

/// Whether a name among the content is in the folder that is set aside for datasets.
pub(crate) fn is_dataset(name: &str) -> bool {
    name.starts_with("data/")
}

/// The endings of Markdown.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// Whether a file is Markdown by its name.
pub(crate) fn is_markdown(name: &str) -> bool {
    extension(name).is_some_and(|extension| MARKDOWN.contains(&extension))
}

/// The ending of a file that is like a record's, with the one before it if that is what makes it so.
pub(crate) fn endings(path: &str) -> &str {
    let ending = extension(path).unwrap_or_default();
    let inner = extension(stem(path)).filter(|inner| is_record_like(inner));
    inner.map_or(ending, |inner| &path[path.len() - inner.len() - ending.len() - 1..])
}

/// Whether an ending is that of a record, here or elsewhere.
fn is_record_like(ending: &str) -> bool {
    ending == "toml" || MARKDOWN.contains(&ending) || TEXTS.contains(&ending)
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}
