//! The check of templates: names of the guide's templates that are mutated are found before a page is rendered.
//! `SEED=7 NAMES=500 cargo test -p sitegen-tests --test checked -- --nocapture` tries others and prints the shares.

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::Place;
use sitegen_render::{Build, TypeShare};
use sitegen_tests::{Random, Site};

/// The mutated names, unless `NAMES` says otherwise, and the share of them that must be found.
const NAMES: u64 = 200;
const FOUND: f64 = 0.9;

/// The share of expressions whose types must be known, in percent.
const KNOWN: usize = 97;

/// The words of Tera's language, which are no names of a site.
const KEYWORDS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "in",
    "not",
    "and",
    "or",
    "is",
    "set",
    "set_global",
    "endset",
    "block",
    "endblock",
    "extends",
    "include",
    "filter",
    "endfilter",
    "component",
    "endcomponent",
    "true",
    "false",
    "none",
    "raw",
    "endraw",
    "break",
    "continue",
    "loop",
    "string",
    "array",
    "map",
    "number",
    "bool",
    "integer",
    "super",
];

/// A name in a tag of a template.
struct NameInTag {
    path: String,
    start: usize,
    end: usize,
}

/// Lists the names in the tags of a site's templates, without those in quotation marks and those of blocks.
fn names_in_tags(site: &Site) -> Vec<NameInTag> {
    let mut names = Vec::new();
    for path in site.files.keys().filter(|path| path.contains("/templates/")) {
        let text = String::from_utf8_lossy(site.bytes(path)).into_owned();
        let mut from = 0;
        while let Some(start) = text[from..].find("{{").into_iter().chain(text[from..].find("{%")).min() {
            let start = from + start;
            let end = text[start..].find(['}']).map_or(text.len(), |at| start + at);
            let tag = &text[start..end];
            let is_of_blocks = ["block", "endblock", "extends", "include", "endcomponent"]
                .iter()
                .any(|word| tag.trim_start_matches(['{', '%', '-', ' ']).starts_with(word));
            if !is_of_blocks {
                names.extend(words(tag).map(|range| NameInTag {
                    path: path.clone(),
                    start: start + range.start,
                    end: start + range.end,
                }));
            }
            from = end;
        }
    }
    names
}

/// Lists the names of a tag, outside of quotation marks.
fn words(tag: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < tag.len() {
            let rest = &tag[at..];
            let c = rest.chars().next()?;
            if c == '"' {
                at += rest[1..].find('"').map_or(rest.len(), |end| end + 2);
            } else if is_name(c) {
                let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                at += length;
                let is_word = c.is_ascii_alphabetic() && length > 2 && !KEYWORDS.contains(&&rest[..length]);
                if is_word {
                    return Some(at - length..at);
                }
            } else {
                at += c.len_utf8();
            }
        }
        None
    })
}

/// Changes a name as a hand that slips does: a letter is left out, doubled, or comes too early.
fn slipped(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<_> = name.chars().collect();
    let at = random.below(letters.len() - 1);
    match random.below(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ if letters[at] == letters[at + 1] => drop(letters.remove(at)),
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Returns the site of the guide, and its build.
fn guide() -> (Site, Build) {
    let site = Site::of(".", "themes/guide");
    let build = sitegen_render::build(&site.inputs(), &Build::default());
    assert!(build.diagnostics.is_empty(), "the guide is right: {:#?}", build.diagnostics);
    (site, build)
}

#[test]
fn most_expressions_have_known_types() {
    let (_, build) = guide();
    let TypeShare { all, known, begins } = sitegen_render::type_share(&build);
    println!("{known} of {all} expressions have known types; unknown begins at");
    for place in begins {
        println!("{}:{}..{}", place.path, place.start, place.end);
    }
    assert!(known * 100 >= all * KNOWN, "{known} of {all}");
}

#[test]
fn mutated_names_are_found_before_a_page_is_rendered() {
    let (site, build) = guide();
    let names = names_in_tags(&site);
    let mut random = Random::new(number("SEED").unwrap_or(1));
    let count = number("NAMES").unwrap_or(NAMES);
    let mutations: Vec<_> = (0..count)
        .map(|_| {
            let name = random.one(&names);
            let text = String::from_utf8_lossy(site.bytes(&name.path)).into_owned();
            let slipped = slipped(&text[name.start..name.end], &mut random);
            (name, slipped)
        })
        .collect();
    let missed: Vec<_> = mutations
        .par_iter()
        .filter_map(|(name, slipped)| {
            let text = String::from_utf8_lossy(site.bytes(&name.path)).into_owned();
            let mut mutated = site.clone();
            let changed = format!("{}{slipped}{}", &text[..name.start], &text[name.end..]);
            mutated.files.insert(name.path.clone(), File::Loaded(changed.into_bytes().into()));
            let found = sitegen_render::build(&mutated.inputs(), &build).diagnostics;
            let is_there =
                |place: &Place| name.path.ends_with(&*place.path) || place.path.ends_with(&name.path);
            let is_found = found.iter().any(|problem| problem.place.as_ref().is_some_and(is_there));
            let line = text[..name.start].matches('\n').count() + 1;
            (!is_found).then(|| format!("{}:{line}: {} → {slipped}", name.path, &text[name.start..name.end]))
        })
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "there are some hundreds")]
    let found = 1.0 - missed.len() as f64 / count as f64;
    println!(
        "{:.1} % of {count} mutated names are found; these are not:\n{}",
        found * 100.0,
        missed.join("\n")
    );
    assert!(found >= FOUND, "{found}");
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}
