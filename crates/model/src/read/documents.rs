//! Parses the content files that hold records, each by itself and in parallel.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_parser::{Diagnostics, Document, Place, Source, Spanned, Syntax, slugify};

use super::include::wanted;
use super::{Content, File, Files, Inputs, include};
use crate::ground::Id;

/// The names of index files, which stand for their folder; the first that exists counts.
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
    files: BTreeMap<Arc<str>, Arc<ParsedFile>>,
    /// The syntax of their Markdown, also in fields.
    pub(crate) syntax: Syntax,
    /// The folders of the content.
    folders: Content,
}

/// A content file that could be parsed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ContentDocument<'a> {
    /// The id of the file, its path and the syntax of its Markdown.
    pub id: Id,
    /// The file's name in the content.
    pub name: &'a ContentName,
    /// The file's first line.
    pub start: &'a Place,
    /// True if the file sets `slug`, `draft` or `publish_on`.
    pub has_keys: bool,
    /// The parsed file.
    pub document: &'a Document,
}

/// The name of a file in the content.
#[derive(Debug)]
pub(crate) struct ContentName {
    /// The path below the content.
    pub name: Arc<str>,
    /// The path without its ending, each part as a slug.
    pub slugs: Box<str>,
}

/// A parsed file. It depends on the file, its includes and the syntax alone, so an unchanged file is not
/// parsed again.
#[derive(Debug)]
struct ParsedFile {
    file: File,
    /// The id of the file, its path and the syntax of its Markdown.
    id: Id,
    name: ContentName,
    /// The file's first line.
    start: Place,
    /// True if the file sets `slug`, `draft` or `publish_on`.
    has_keys: bool,
    document: Option<Document>,
    diagnostics: Diagnostics,
    /// The files that the text may include, as they were when it was parsed.
    included: Vec<(String, Option<File>)>,
}

impl Documents {
    /// Parses the content files that changed since `previous`.
    pub fn read(inputs: &Inputs, syntax: &Syntax, previous: &Self) -> Self {
        let is_one = |name: &str| holds_records(name) && !inputs.folders.publishes(name);
        let files = inputs.content().filter(|(name, _, _)| is_one(name));
        // Both lists are sorted by path, so one pass over them finds the previous result of each file.
        let is_known = previous.syntax == *syntax && previous.folders == inputs.folders;
        let known = is_known.then_some(&previous.files);
        let mut known = known.into_iter().flatten().peekable();
        let files: Vec<_> = files
            .map(|(name, path, file)| {
                while known.next_if(|(other, _)| *other < path).is_some() {}
                (name, path, file, known.next_if(|(other, _)| *other == path).map(|(_, parsed)| parsed))
            })
            .collect();
        let parsed_files = files.into_par_iter().map(|(name, path, file, known)| {
            let parsed = match known {
                Some(parsed) if parsed.file.is_same(file) && parsed.sees_same(&inputs.included) => {
                    Arc::clone(parsed)
                }
                _ => Arc::new(ParsedFile::read(&name, path, file, syntax, &inputs.included)),
            };
            (Arc::clone(path), parsed)
        });
        Self { files: parsed_files.collect(), syntax: syntax.clone(), folders: inputs.folders.clone() }
    }

    /// Lists the files that could be parsed, in order of their paths.
    pub(crate) fn iter(&self) -> impl Iterator<Item = ContentDocument<'_>> {
        self.files.values().filter_map(|parsed| {
            let ParsedFile { id, name, start, has_keys, document, .. } = &**parsed;
            Some(ContentDocument { id: *id, name, start, has_keys: *has_keys, document: document.as_ref()? })
        })
    }

    /// Lists the paths and names of all files, also of those that could not be parsed.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&Arc<str>, &str)> {
        self.files.iter().map(|(path, parsed)| (path, &*parsed.name.name))
    }

    /// Returns the path of the content's folder that is not a mount, with a slash at its end.
    pub(crate) fn root(&self) -> String {
        self.folders.path_of_new("")
    }

    /// Finds a parsed file by its path.
    pub(crate) fn get(&self, path: &str) -> Option<&Document> {
        self.files.get(path)?.document.as_ref()
    }

    /// Returns true if there is a file with this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Lists the names of files that could not be parsed completely, because records may be missing for that
    /// reason.
    pub(crate) fn partial(&self) -> impl Iterator<Item = &str> {
        let partial = |parsed: &ParsedFile| !parsed.document.as_ref().is_some_and(|document| document.whole);
        let files = self.files.values().filter(move |parsed| partial(parsed));
        files.map(|parsed| &*parsed.name.name)
    }

    /// Lists the texts in the TOML of all files, in the order in which they were written.
    pub fn texts(&self) -> impl Iterator<Item = (&Source, Spanned<&str>)> {
        let documents = self.files.values().filter_map(|parsed| parsed.document.as_ref());
        documents
            .flat_map(|document| document.fields.texts().into_iter().map(|text| (&document.source, text)))
    }

    /// Lists the problems of single files.
    pub fn diagnostics(&self) -> impl Iterator<Item = &sitegen_parser::Diagnostic> {
        self.files.values().flat_map(|parsed| &parsed.diagnostics)
    }
}

impl ParsedFile {
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

    /// Returns true if all included files are unchanged. A file that was missing is looked for again, because
    /// its message suggests files that exist now.
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

/// Returns the slug of a file's name without its folders.
pub(crate) fn name(path: &str) -> String {
    slugify(stem(path).rsplit('/').next().unwrap_or_default())
}

/// Returns a file's name without its ending.
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

/// Returns true if a file of the content holds records, by its name. Markdown may also stand beside datasets.
pub(crate) fn holds_records(name: &str) -> bool {
    !is_hidden(name) && (is_markdown(name) || is_record(name) && !is_dataset(name))
}

/// Returns true if a file is hidden, by its name.
pub(crate) fn is_hidden(name: &str) -> bool {
    name.rsplit('/').next().is_some_and(|name| name.starts_with('.'))
}

/// Returns true if a name has the ending of a record.
pub fn is_record(name: &str) -> bool {
    extension(name).is_some_and(|extension| extension == "toml" || MARKDOWN.contains(&extension))
}

/// The endings of text formats that often hold records in other generators.
const TEXTS: [&str; 24] = [
    "mdown", "mkdown", "mkdn", "mkd", "mdwn", "mdtxt", "mdtext", "mdx", "mdc", "mdoc", "markdoc", "qmd",
    "rmd", "svx", "rst", "adoc", "asciidoc", "textile", "org", "njk", "liquid", "hbs", "ejs", "pug",
];

/// The endings of data formats that hold records in other generators, and are downloads beside a record here.
const DATA: [&str; 5] = ["yaml", "yml", "json", "json5", "ipynb"];

/// Returns true if a file is not a record but its author may think so: it is another generator's, or its
/// ending is almost right. Data that belongs to a record is a file like any other.
pub(crate) fn is_like_a_record(name: &str, belongs: impl FnOnce() -> bool) -> bool {
    let Some(extension) = extension(name).map(str::to_ascii_lowercase) else { return false };
    let stem = name.len().checked_sub(extension.len() + 1).map_or("", |end| &name[..end]);
    let inner = self::extension(stem).map(str::to_ascii_lowercase);
    let is_markdown = |extension: &str| MARKDOWN.contains(&extension) || TEXTS.contains(&extension);
    match inner.as_deref() {
        // A second ending after a record's was added to set the text aside or to make something else of it.
        Some(inner) if is_markdown(inner) => true,
        Some("toml") if ["txt", "bak", "old", "orig", "tmp", "tera", "draft"].contains(&&*extension) => true,
        _ if extension == "toml" || is_markdown(&extension) || is_marked(&extension) => true,
        _ => is_data(&extension) && !belongs(),
    }
}

/// Returns true if an ending is a record's followed by signs, as in `a.md_` or `a.md copy`.
fn is_marked(extension: &str) -> bool {
    let behind = ["md", "markdown", "toml"].iter().find_map(|ending| extension.strip_prefix(ending));
    behind.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
}

/// Returns true if an ending is one of data that may be records in other generators.
pub(crate) fn is_data(extension: &str) -> bool {
    DATA.contains(&extension)
}

/// Returns true if a name of the content is in the folder for datasets.
pub(crate) fn is_dataset(name: &str) -> bool {
    name.starts_with("data/")
}

/// The endings of Markdown files.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// Returns true if a name is that of a Markdown file.
pub(crate) fn is_markdown(name: &str) -> bool {
    extension(name).is_some_and(|extension| MARKDOWN.contains(&extension))
}

/// Returns the ending of a file that resembles a record, with the ending before if that one is a record's.
pub(crate) fn endings(path: &str) -> &str {
    let ending = extension(path).unwrap_or_default();
    let inner = extension(stem(path)).filter(|inner| is_record_like(inner));
    inner.map_or(ending, |inner| &path[path.len() - inner.len() - ending.len() - 1..])
}

/// Returns true if an ending is that of a record, here or in other generators.
fn is_record_like(ending: &str) -> bool {
    ending == "toml" || MARKDOWN.contains(&ending) || TEXTS.contains(&ending)
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}
