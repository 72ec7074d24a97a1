//! Checks links to places of their own pages, in files whose headings are linked by GitHub's ids.

use regex_lite::Regex;
use sitegen_tests::{decoded, prose};

use crate::classes::Classes;
use crate::texts::MarkdownFile;

/// Follows each link to a place of its own page, and lists those that lead nowhere.
pub(crate) fn follow(texts: &[MarkdownFile]) -> Classes {
    let bodies: Vec<_> = texts.iter().map(|text| text.body.as_str()).collect();
    let (links, ids) = (pattern(r#"href="\#([^"]+)""#), pattern(r#"\s(?:id|name)=["']?([^"'\s>]+)"#));
    let mut classes = Classes::default();
    for (text, shown) in texts.iter().zip(prose::show(&bodies, &[])) {
        let places: Vec<_> = ids.captures_iter(&shown.html).map(|id| id[1].to_owned()).collect();
        for link in links.captures_iter(&shown.html) {
            let place = decoded(&link[1]);
            let kind = match () {
                () if places.contains(&place) => "leads somewhere",
                () if places.iter().any(|id| id.eq_ignore_ascii_case(&place)) => "differs by case",
                () => "leads nowhere",
            };
            classes.add(kind, &text.path, &place);
        }
    }
    classes
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the expression is a constant")
}
