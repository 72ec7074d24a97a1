//! Which pages are of HTML, by their paths, and where their files are.

use std::borrow::Cow;

use crate::ground::Reserved;
use crate::schema::{Part, Pattern};

/// With what the paths of files begin that go with a page of HTML: `/a/` for its folder, `/a.` for `/a.html` and `/a`. None of
/// what is no page of HTML.
pub(super) fn html_stem(url: &str) -> Option<Cow<'_, str>> {
    if is_bare(url) {
        return Some(format!("{url}.").into());
    }
    html_file(url).or_else(|| url.ends_with('/').then_some(url)).map(Cow::Borrowed)
}

/// The path of a file of HTML up to its ending.
pub(super) fn html_file(url: &str) -> Option<&str> {
    let stem = ["html", "htm"].iter().find_map(|ending| url.strip_suffix(ending));
    stem.filter(|stem| stem.ends_with('.'))
}

/// Whether a page has no ending, and is one of HTML nevertheless: hosts find `/a` in `a.html`.
pub(super) fn is_bare(url: &str) -> bool {
    let name = url.rsplit('/').next().unwrap_or_default();
    !name.is_empty() && !has_ending(name) && Reserved::of(url).is_none()
}

/// Whether a page by a template of HTML would be sent as something else, by an ending that a value put there and not its author, who may
/// well mean what the pattern says itself: `/feed.xml`.
pub(super) fn has_odd_ending(url: &str, pattern: &Pattern, template: &str) -> bool {
    if html_stem(url).is_some() || html_file(template).is_none() {
        return false;
    }
    // What the pattern says of the last part of the path.
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

/// Whether a name says of what type a file is. The last part of a version says nothing: `v2.0`, `1.2-beta`.
fn has_ending(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_plain = ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_plain && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
}
