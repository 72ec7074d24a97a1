//! Fuzz targets that build a site with one text by a stranger.

use std::sync::Arc;

use sitegen_model::File;
use sitegen_parser::{Diagnostics, UrlUse, is_forbidden};

use crate::dom::{Element, elements, is_active};
use crate::outcome::on_threads;
use crate::{BuildOutcome, Site};

const SITE: &str = "title = \"Site\"\nbase_url = \"https://example.com\"\n";

const THEME: &str = "[collections.notes]\nsingular = \"note\"\n[collections.notes.fields]\ntitle = \"string?\"\n\
     about = \"template?\"\nshort = \"markdown?\"\nnext = \"@notes?\"\n\n\
     [pages.note]\nfrom = \"notes\"\npath = \"/{note.slug}/\"\ntemplate = \"note.html\"\ntwin = true\n";

const NOTE: &str = "<!doctype html><title>{{ page.title }}</title><main><h1>{{ page.title }}</h1>{{ note.short }}{{ note.body }}</main>\n";

const OTHER: &str = "+++\ntitle = \"B\"\n+++\nText with a [link](b.md).\n";

/// Makes a site of two pages, with some files replaced.
fn site(files: &[(&str, &str)]) -> Site {
    let own = [
        ("site.toml", SITE),
        ("theme/theme.toml", THEME),
        ("theme/templates/note.html", NOTE),
        ("content/notes/b.md", OTHER),
    ];
    let file = |(path, text): &(&str, &str)| ((*path).to_owned(), File::Loaded(text.as_bytes().into()));
    Site { files: own.iter().chain(files).map(file).collect(), ..Site::default() }
}

/// Builds the site as the program would.
fn built(site: &Site) -> BuildOutcome {
    let outcome = on_threads(1, || BuildOutcome::of(site));
    places_hold(&outcome.diagnostics, |path| outcome.texts.get(path).cloned());
    outcome
}

/// Checks that diagnostics point at text that exists.
pub(super) fn places_hold(found: &Diagnostics, text: impl Fn(&str) -> Option<Arc<str>>) {
    for found in found {
        let places = found.related.iter().map(|note| &note.place).chain(&found.place);
        for place in places {
            let Some(text) = text(&place.path) else { continue };
            let is_there = !is_cut(&text, place.start, place.end);
            assert!(is_there, "{}: no text at {}..{} of {}", found.code, place.start, place.end, place.path);
        }
    }
}

/// Returns true if a range is outside of a text or cuts a character.
pub(super) fn is_cut(text: &str, start: usize, end: usize) -> bool {
    text.get(start..end).is_none()
}

/// Checks that nothing in a stranger's Markdown file runs in a reader's browser.
pub(super) fn markdown(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for math in ["", "[markdown]\nmath = true\n"] {
        let site = site(&[("content/notes/a.md", &text), ("site.toml", &format!("{SITE}{math}"))]);
        nothing_runs(&built(&site));
    }
}

/// Checks the scan of HTML that an author lets through, and its conversion to a twin.
pub(super) fn html(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let allowed = format!("{SITE}[markdown]\nraw_html = \"allow\"\n");
    built(&site(&[("content/notes/a.md", &text), ("site.toml", &allowed)]));
    // A value that the template calls safe reaches the page whole.
    let title = format!("+++\ntitle = '''{}'''\n+++\n", text.replace("'''", ""));
    let template = NOTE.replace("<h1>{{ page.title }}", "<h1>{{ page.title | safe }}");
    built(&site(&[("content/notes/a.md", &title), ("theme/templates/note.html", &template)]));
    // A text is escaped, so nothing of it runs.
    nothing_runs(&built(&site(&[("content/notes/a.md", &title)])));
}

/// A query, and a condition on pages.
pub(super) fn sql(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let rows = "company,role,total\nb,x,1\nb,y,2.5\n";
    let theme = format!(
        "{THEME}\n[datasets.offers]\nfields = {{ company = \"@notes\", role = \"string\", total = \"float\" }}\n[queries.q]\n\n\
         [pages.q]\nfrom = \"q\"\npath = \"/q/\"\ntemplate = \"note.html\"\n"
    );
    let files = [
        ("theme/theme.toml", theme.as_str()),
        ("theme/queries/q.sql", &text),
        ("content/data/offers.csv", rows),
    ];
    built(&site(&files));
    let theme = format!("{THEME}index_if = '''{}'''\n", text.replace("'''", ""));
    built(&site(&[("theme/theme.toml", &theme)]));
}

/// A template of a page, and one in a field.
pub(super) fn template(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    built(&site(&[("theme/templates/note.html", &text)]));
    let note = format!("+++\nabout = '''{}'''\n+++\n", text.replace("'''", ""));
    let template = format!("{NOTE}{{{{ note.about | evaluate }}}}");
    built(&site(&[("content/notes/a.md", &note), ("theme/templates/note.html", &template)]));
}

/// A file of words.
pub(super) fn words(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let template = format!("{NOTE}{{{{ word(key=\"a\") }}}}{{{{ word(key=\"notes\", n=2) }}}}");
    let site = site(&[
        ("site.toml", &format!("{SITE}language = \"de\"\n")),
        ("theme/words/en.toml", &text),
        ("words/de.toml", &text),
        ("theme/templates/note.html", &template),
    ]);
    built(&site);
}

/// Checks that no page has a script, as a browser reads it, or anything else that runs.
fn nothing_runs(outcome: &BuildOutcome) {
    let pages = outcome.files.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in pages {
        if let Some(found) = what_runs(bytes) {
            panic!("{path} has {found}:\n{}", String::from_utf8_lossy(bytes));
        }
    }
}

/// Finds the first part of a page that would run in a reader's browser.
pub fn what_runs(page: &[u8]) -> Option<String> {
    elements(page).iter().find_map(runs)
}

/// Finds a part of an element that runs, or loads something that could.
fn runs(element: &Element) -> Option<String> {
    let Element { name, attributes, .. } = element;
    if ["script", "iframe", "object", "embed", "base", "form", "style"].contains(&name.as_str()) {
        return Some(format!("<{name}>"));
    }
    let is_link = |name: &str| {
        ["href", "src", "action", "formaction", "data", "xlink:href", "to", "from"].contains(&name)
    };
    let usage = if name == "img" { UrlUse::Show } else { UrlUse::Follow };
    let found = attributes
        .iter()
        .find(|(key, value)| is_active(key) || is_link(key.as_str()) && is_forbidden(value, usage));
    found.map(|(key, value)| format!("<{name} {key}={value:?}>"))
}
