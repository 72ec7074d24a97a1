//! Style sheets among the assets: what they refer to has a hash in its name, and is there.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use sitegen_model::{Inputs, Model, Target, is_external, is_style_sheet};
use sitegen_parser::{Among, Diagnostics, Place, Source};

use crate::errors;

/// The style sheets whose references are not as their authors wrote them, by the paths of their files.
pub(crate) type Styles = HashMap<Arc<str>, Arc<str>>;

/// Puts the URLs of assets and files into the style sheets that refer to them.
pub(crate) fn link(inputs: &Inputs, model: &Model) -> (Styles, Diagnostics) {
    let mut styles = Styles::new();
    let mut diagnostics = Diagnostics::new();
    for route in model.routes.iter() {
        let Target::Asset { name, path, .. } = &route.target else { continue };
        let source = inputs.file(path).filter(|_| is_style_sheet(name)).map(|file| file.source(path));
        if let Some(Ok(source)) = source {
            let references = references(&source.text);
            if !references.is_empty() {
                let style = rewrite(&source, name, &references, model, &mut diagnostics);
                styles.insert(Arc::clone(path), style.into());
            }
        }
    }
    (styles, diagnostics)
}

fn rewrite(
    source: &Source,
    name: &str,
    references: &[Range<usize>],
    model: &Model,
    diagnostics: &mut Diagnostics,
) -> String {
    let mut style = String::with_capacity(source.text.len());
    let mut end = 0;
    for span in references {
        let to = &source.text[span.clone()];
        style.push_str(&source.text[end..span.start]);
        match resolve(to, name, model) {
            Ok(url) => style.push_str(&url),
            Err((among, path)) => {
                let place = Place::new(&source.path, span);
                diagnostics.push(errors::broken_link(to, among, &path, Some(place)));
            }
        }
        end = span.end;
    }
    style.push_str(&source.text[end..]);
    style
}

/// The URL that a reference in the style sheet `name` stands for.
///
/// # Errors
///
/// It leads nowhere: what it names, and among what.
fn resolve(to: &str, name: &str, model: &Model) -> Result<String, (Among, String)> {
    if to.is_empty() || to.starts_with('#') || is_external(to) {
        return Ok(to.to_owned());
    }
    let (path, suffix) = to.split_at(to.find(['?', '#']).unwrap_or(to.len()));
    let unreadable = || (Among::Names, to.to_owned());
    let decoded = sitegen_model::decode(path).ok_or_else(unreadable)?;
    let route = if decoded.starts_with('/') {
        model.routes.by_url(&decoded).ok_or_else(|| (Among::Urls, decoded.into_owned()))?
    } else {
        let asset = sitegen_model::join(name, &decoded).ok_or_else(unreadable)?;
        model.routes.asset(&asset).ok_or((Among::Assets, asset))?
    };
    Ok(format!("{}{suffix}", model.config.base_url.href(&route.url)))
}

/// The references of a style sheet: what stands in each `url(…)` and behind each `@import`.
fn references(css: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < css.len() {
        let rest = &css.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            at += memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2);
        } else if starts_with(rest, b"url(") {
            let span = value(css, at + 4, b')');
            at = span.end;
            found.push(span);
        } else if starts_with(rest, b"@import") {
            let start = skip_space(css, at + 7);
            let quoted = css[start..].starts_with(['"', '\'']);
            found.extend(quoted.then(|| value(css, start, b';')));
            at = start;
        } else {
            at += 1;
        }
    }
    found
}

fn starts_with(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn skip_space(css: &str, at: usize) -> usize {
    at + css[at..].len() - css[at..].trim_start().len()
}

/// What stands in quotation marks from `at` on, or up to `end` without them.
fn value(css: &str, at: usize, end: u8) -> Range<usize> {
    let start = skip_space(css, at);
    let rest = &css[start..];
    let (start, end) = match rest.bytes().next() {
        Some(quote @ (b'"' | b'\'')) => (start + 1, quote),
        _ => (start, end),
    };
    let inner = &css[start..];
    let length = memchr::memchr(end, inner.as_bytes()).unwrap_or(inner.len());
    start..start + inner[..length].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn references_are_found_where_they_stand() {
        let css =
            "/* url(no) */ @import \"a.css\"; @IMPORT url( b.css ); x { src: URL('ü c.woff2') , url() }";
        let found: Vec<_> = references(css).into_iter().map(|span| &css[span]).collect();
        assert_eq!(found, ["a.css", "b.css", "ü c.woff2", ""]);
        for end in (0..css.len()).filter(|end| css.is_char_boundary(*end)) {
            references(&css[..end]);
        }
    }
}
