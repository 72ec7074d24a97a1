//! The file of the headings that templates make, with their ids.
//!
//! Only a rendered page knows which headings its template makes. So some pages of each family are rendered
//! when the file is asked for, and a browser leads to a heading only once it has seen it, or if all pages
//! were looked at.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde_json::{Value, json};
use sitegen_model::{Route, words};

use crate::ground::scan::{after_end_tag, plain_text, scan};

use super::text::{TextPosition, pieces};
use super::{FindablePage, family_of};

/// The most pages of a family that are looked at, because looking at all of them would render the site twice.
const SAMPLE: usize = 16;

/// A heading that pages of a family share: it has the same id, and words that may differ.
#[derive(Debug, Default)]
struct SharedHeading {
    /// The numbers of the pages that have it.
    pages: Vec<usize>,
    /// The words that all of these pages have in it.
    words: Vec<String>,
}

/// The headings of each family by their ids.
type Headings = BTreeMap<String, SharedHeading>;

/// Writes the file: for each family, the ids and words of the headings of the pages that are looked at.
/// `version` is that of the titles, `html` renders a page.
pub(super) fn write(
    entries: &[FindablePage],
    version: &Value,
    html: impl Fn(&Route) -> String + Sync,
) -> Value {
    let families = entries.chunk_by(|a, b| family_of(a.route) == family_of(b.route));
    let families: Vec<_> = families.map(|entries| of_family(entries, &html)).collect();
    json!({ "version": version, "families": families })
}

fn of_family(entries: &[FindablePage], html: &(impl Fn(&Route) -> String + Sync)) -> Value {
    let sample = sample(entries.len());
    let pages = sample.par_iter().map(|number| (*number, on_page(entries[*number].route, html)));
    let mut headings = Headings::new();
    for (number, found) in pages.collect::<Vec<_>>() {
        for (id, words) in found {
            headings.entry(id).or_default().add(number, words);
        }
    }
    // A heading that only one of many pages has is its record's own, whose words are known.
    headings
        .retain(|_, heading| !heading.words.is_empty() && (heading.pages.len() > 1 || entries.len() == 1));
    let headings: Vec<_> =
        headings.into_iter().map(|(id, heading)| heading.written(&id, sample.len())).collect();
    let mut family = json!({ "headings": headings });
    if sample.len() < entries.len() {
        family["sampled"] = 1.into();
    }
    family
}

/// Chooses the pages of a family that are looked at: the first, the last and some at equal distances between.
fn sample(count: usize) -> Vec<usize> {
    if count <= SAMPLE {
        return (0..count).collect();
    }
    (0..SAMPLE).map(|nth| nth * (count - 1) / (SAMPLE - 1)).collect()
}

impl SharedHeading {
    fn add(&mut self, page: usize, words: Vec<String>) {
        if self.pages.is_empty() {
            self.words = words;
        } else {
            self.words.retain(|word| words.contains(word));
        }
        self.pages.push(page);
    }

    /// Returns the id and the words, and the steps from page to page unless all pages that were looked at
    /// have the heading.
    fn written(&self, id: &str, looked_at: usize) -> Value {
        let text = self.words.join(" ");
        if self.pages.len() == looked_at {
            return json!([id, text]);
        }
        let mut before = 0;
        let steps = self.pages.iter().map(|page| page - std::mem::replace(&mut before, *page));
        json!([id, text, steps.collect::<Vec<_>>()])
    }
}

/// Finds the ids and words of a page's headings.
fn on_page(route: &Route, html: impl Fn(&Route) -> String) -> BTreeMap<String, Vec<String>> {
    if route.is_html() { headings(&html(route)) } else { BTreeMap::new() }
}

fn headings(html: &str) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let pieces = content(html).into_iter().flat_map(pieces);
    for html in pieces.filter(|(position, _)| *position == TextPosition::Heading).map(|(_, html)| html) {
        let tag = html.split_inclusive('>').next().unwrap_or_default();
        // The first-level heading is left out, because it is the title.
        if tag.starts_with("<h1") {
            continue;
        }
        if let Some(id) = scan(tag).ids.into_iter().next() {
            let mut own = Vec::new();
            words(&plain_text(html), |word| own.push(word.to_owned()));
            found.entry(id.into_owned()).or_insert(own);
        }
    }
    found
}

/// Lists the pieces of a page's main part, or of all of it, that are not navigation.
fn content(html: &str) -> Vec<&str> {
    let main = html.find("<main").map_or(html, |start| &html[start..]);
    let main = main.find("</main").map_or(main, |end| &main[..end]);
    let pieces = main.split("<nav").enumerate();
    pieces.map(|(nth, piece)| if nth == 0 { piece } else { after_end_tag(piece, "nav") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sample_is_even() {
        assert_eq!(sample(3), [0, 1, 2]);
        assert_eq!(sample(SAMPLE), (0..SAMPLE).collect::<Vec<_>>());
        assert_eq!(sample(151), (0..SAMPLE).map(|nth| 10 * nth).collect::<Vec<_>>());
    }

    #[test]
    fn headings_of_the_main_part_have_ids() {
        let html = "<h2 id=\"no\">No</h2><main><h1 id=t>T</h1><nav><h2 id=\"no\">No</h2></nav>\
            <h2 id=\"pay\">Pay &amp; <em>bonus</em></h2><h3>None</h3></main><h2 id=\"no\">No</h2>";
        let expected = [("pay".to_owned(), vec!["pay".to_owned(), "bonus".to_owned()])];
        assert_eq!(headings(html), BTreeMap::from(expected));
    }
}
