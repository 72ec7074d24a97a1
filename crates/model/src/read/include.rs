//! Includes files as blocks of code in texts.

use std::sync::Arc;

use sitegen_parser::{
    CodeOrigin, Diagnostic, Diagnostics, Event, Include, IncludeFrom, Info, Markdown, Place, Selection,
    SelectionError, Source, Span, Spanned, Tag, included,
};

use super::{File, Files, Stray, errors};
use crate::ground::{suggest, url};

/// Lists the files that a text may include, by their paths from the site's folder.
pub fn wanted(path: &str, text: &str) -> Vec<String> {
    let paths = included(text).into_iter().filter_map(|(written, from)| resolve(path, written, from));
    paths.filter(|path| !is_hidden(path)).collect()
}

/// Resolves the path of an included file from the site's folder; none if it leads out of the folder.
fn resolve(text: &str, written: &str, from: IncludeFrom) -> Option<String> {
    let base = if from == IncludeFrom::Site || written.starts_with('/') { "" } else { text };
    url::join(base, written).filter(|path| !path.is_empty())
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|name| name.starts_with('.'))
}

/// Replaces each include in Markdown by the text of its file. `files` are keyed by paths from the site's
/// folder.
pub(crate) fn fill(
    markdown: &mut Arc<Markdown>,
    source: &Source,
    files: &Files,
    diagnostics: &mut Diagnostics,
) {
    let has_some = markdown.events.iter().any(|event| matches!(event.value, Event::Include(_)));
    if !has_some {
        return;
    }
    let markdown = Arc::make_mut(markdown);
    // The start of the block of code that is being read.
    let mut block = None;
    for index in 0..markdown.events.len() {
        let Spanned { value, span } = &markdown.events[index];
        match value {
            Event::Start(Tag::CodeBlock(_)) => block = Some(index),
            Event::Include(include) => {
                let include = include.clone();
                let (text, origin) = match take(&include, source, files) {
                    Ok(taken) => taken,
                    Err(problem) => {
                        diagnostics.push(problem);
                        (include.written.clone(), None)
                    }
                };
                let span = span.clone();
                markdown.events[index] = Spanned { value: Event::Text(text), span };
                // An include among lines of other code does not decide the language and title of the block.
                let start = block
                    .filter(|_| include.written.is_empty())
                    .map(|block| &mut markdown.events[block].value);
                if let (Some(Event::Start(Tag::CodeBlock(info))), Some(origin)) = (start, origin) {
                    describe(info, origin, &include.path.span);
                }
            }
            Event::Text(text) if is_beside(markdown, block, index) && !text.trim().is_empty() => {
                diagnostics.push(errors::code_beside_include(Place::new(&source.path, span)));
                markdown.events[index].value = Event::Text(String::new());
            }
            _ => {}
        }
    }
}

/// Returns true if a text stands in a block of code whose contents are a file.
fn is_beside(markdown: &Markdown, block: Option<usize>, index: usize) -> bool {
    let Some(block) = block.filter(|block| index > block + 1) else { return false };
    let is_open = !markdown.events[block..index].iter().any(|event| matches!(event.value, Event::End(_)));
    is_open
        && matches!(&markdown.events[block].value, Event::Start(Tag::CodeBlock(info)) if info.include.is_some())
}

/// Gives a block of code the language, title and origin of its file, where the author gave none.
fn describe(info: &mut Info, origin: CodeOrigin, span: &Span) {
    let name = origin.path.rsplit('/').next().unwrap_or_default();
    if info.language.is_none()
        && let Some((_, ending)) = name.rsplit_once('.')
    {
        info.language = Some(Spanned { value: ending.to_lowercase(), span: span.clone() });
    }
    if info.title.is_none() {
        info.title = Some(name.to_owned());
    }
    info.origin = Some(origin);
}

/// Takes the text of an include from its file, with its origin.
fn take(
    include: &Include,
    source: &Source,
    files: &Files,
) -> Result<(String, Option<CodeOrigin>), Diagnostic> {
    let Include { path, from, part, .. } = include;
    let place = Place::new(&source.path, &path.span);
    let Some(resolved) = resolve(&source.path, &path.value, *from) else {
        return Err(errors::include_outside(&path.value, place));
    };
    if is_hidden(&resolved) {
        return Err(errors::unreadable_include(&path.value, "it is hidden", place));
    }
    let bytes = match files.get(resolved.as_str()) {
        Some(File::Loaded(bytes)) => bytes,
        Some(File::Unreadable(why)) => return Err(errors::unreadable_include(&path.value, why, place)),
        Some(File::Stray(Stray::Hidden)) => {
            return Err(errors::unreadable_include(&path.value, "it is hidden", place));
        }
        Some(File::Stray(_)) => return Err(errors::include_outside(&path.value, place)),
        Some(File::Stored { .. } | File::Doubled) | None => {
            let nearest = suggest::nearest(
                &resolved,
                files.keys().map(|name| &**name).filter(|name| *name != resolved),
            );
            let meant = nearest.map(|nearest| written(source, &path.value, nearest, *from));
            return Err(errors::missing_include(&path.value, meant.as_deref(), place));
        }
    };
    let text = std::str::from_utf8(bytes)
        .map_err(|_| errors::unreadable_include(&path.value, "it is not UTF-8", place))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let of_part = Place::new(&source.path, &part.span);
    if let Selection::Invalid(lines) = &part.value {
        return Err(errors::invalid_lines(lines, of_part));
    }
    let taken = part.value.take(text).map_err(|missing| match missing {
        SelectionError::Lines(count) => errors::missing_lines(&resolved, count, of_part),
        SelectionError::Region(names) => {
            let wanted = if let Selection::Region(name) = &part.value { name } else { "" };
            let nearest = suggest::nearest(wanted, names.iter().map(String::as_str)).map(str::to_owned);
            errors::missing_region(&resolved, wanted, &names, nearest.as_deref(), of_part)
        }
    })?;
    Ok((taken.text, Some(CodeOrigin { path: resolved, first: taken.first, last: taken.last })))
}

/// Returns a file's path in the form in which the author wrote the wrong one.
fn written(source: &Source, written: &str, path: &str, from: IncludeFrom) -> String {
    if from == IncludeFrom::Site {
        return path.to_owned();
    }
    if written.starts_with('/') {
        return format!("/{path}");
    }
    suggest::relative(&source.path, path)
}
