//! The paths of HTML pages, and the files in which they are stored.

use std::borrow::Cow;

use crate::ground::Reserved;
use crate::schema::{Part, Pattern};

/// Returns the start of the paths of files that belong to an HTML page: `/a/` for a folder, `/a.` for
/// `/a.html` and for `/a`. None if the page is not HTML.
pub(super) fn html_stem(url: &str) -> Option<Cow<'_, str>> {
    if is_bare(url) {
        return Some(format!("{url}.").into());
    }
    html_file(url).or_else(|| url.ends_with('/').then_some(url)).map(Cow::Borrowed)
}

/// Returns the path of an HTML file without its ending, but with the dot.
pub(super) fn html_file(url: &str) -> Option<&str> {
    let stem = ["html", "htm"].iter().find_map(|ending| url.strip_suffix(ending));
    stem.filter(|stem| stem.ends_with('.'))
}

/// Returns true if a page's path has no ending but is HTML: hosts serve `a.html` at `/a`.
pub(super) fn is_bare(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or_default();
    !name.is_empty() && !has_ending(name) && Reserved::of(url).is_none()
}

/// Returns true if an HTML page would be served as another type because a value put an ending into its path.
/// An ending in the pattern itself, as in `/feed.xml`, is the author's intention.
pub(super) fn has_odd_ending(url: &str, pattern: &Pattern, template: &str) -> bool {
    if html_stem(url).is_some() || html_file(template).is_none() {
        return false;
    }
    // The texts of the pattern from its end, where the last part of the path is.
    let said = pattern.parts.iter().rev().map(|part| match part {
        Part::Text(text) => text.as_str(),
        Part::Column { .. } => "",
    });
    for text in said {
        let name = text.rsplit_once('/');
        if name.map_or(text, |(_, name)| name).contains('.') {
            return false;
        }
        if name.is_some() {
            break;
        }
    }
    true
}

/// Returns true if a name has an ending that tells the type of a file. The end of a version such as `v2.0` or
/// `1.2-beta` is none.
fn has_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_plain = ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
}
