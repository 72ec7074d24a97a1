//! Templates as texts and as programs. The reader of templates beside Tera's own: both take the same texts, those of
//! the themes and of the suite, and seeded mutations of them. The checker: names of the guide's templates that are
//! mutated are found before a page is rendered. `SEED=7 MUTATIONS=1000 NAMES=500 cargo test -p sitegen-tests --test
//! templates -- --nocapture`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::Place;
use sitegen_render::Build;
use sitegen_tests::fuzz::below;
use sitegen_tests::{Random, Site, SuiteCase};
use tera::{ErrorKind, Tera};

/// The mutations of each text, unless `MUTATIONS` says otherwise.
const MUTATIONS: u64 = 24;

/// Words and signs that mean something in a template.
const WORDS: &[&str] = &[
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "{{-",
    "-}}",
    "{%-",
    "-%}",
    "{#-",
    "-#}",
    " ",
    "\n",
    "\t",
    "\u{b}",
    "é",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "<",
    ">",
    "</",
    "/>",
    "/",
    "//",
    "*",
    "**",
    "%",
    "+",
    "-",
    "~",
    "|",
    "=",
    "==",
    "!=",
    "<=",
    ">=",
    "?.",
    "?[",
    ".",
    "...",
    "..",
    ",",
    ":",
    "!",
    "@",
    "&",
    "\\",
    "\"",
    "'",
    "`",
    "\"a\"",
    "'\\n'",
    "'\\x'",
    "0",
    "1",
    "1.",
    "1.5",
    "9223372036854775807",
    "9223372036854775808",
    "a",
    "b.c",
    "loop",
    "loop.index",
    "loop.x",
    "self",
    "super()",
    "true",
    "False",
    "none",
    "null",
    "not",
    "not in",
    "in",
    "is",
    "is not",
    "and",
    "or",
    "if",
    "else",
    "elif",
    "endif",
    "for",
    "endfor",
    "for a in b",
    "for a, b in c",
    "set",
    "set_global",
    "set a = 1",
    "endset",
    "block",
    "block a",
    "endblock",
    "endblock a",
    "extends",
    "extends \"a\"",
    "include",
    "include \"a\"",
    "filter",
    "filter upper",
    "endfilter",
    "component",
    "component a()",
    "component a(b: string = \"c\", @d, ...e) { \"f\": 1 }",
    "endcomponent",
    "endcomponent a",
    "raw",
    "endraw",
    "break",
    "continue",
    "body",
    "a(b=1)",
    "a | b(c=d)",
    "[a for b in c if d]",
    "[1, ...a]",
    "{\"a\": 1, ...b}",
    "a if b else c",
    "a[1:2:3]",
    "a[::-1]",
    "<a b=\"c\" d={e} f {...g} />",
    "<a.b>",
    "</a.b>",
    "{% if a %}",
    "{% endif %}",
    "{% for a in b %}",
    "{% endfor %}",
    "{% block a %}",
    "{% endblock %}",
    "{% raw %}",
    "{% endraw %}",
    "{% set a %}",
    "{% endset %}",
    "{% <a> %}",
    "{% </a> %}",
    "{% component a() %}",
    "{% endcomponent %}",
    "{% extends \"a\" %}",
    "{{ a }}",
    "-1",
    "(a)",
    "a.b.c[d][\"e\"]",
    "a is b",
    "a ~ -b",
];

/// Returns Tera's fault in the syntax of a text, if it finds one.
fn fault_of_tera(text: &str) -> Option<String> {
    match Tera::new().add_raw_template("a", text) {
        Err(error) => match error.kind() {
            ErrorKind::SyntaxError(report) => Some(report.message().to_owned()),
            _ => None,
        },
        Ok(()) => None,
    }
}

/// Says how the two readers differ over a text, if they do.
fn difference(text: &str) -> Option<String> {
    let path: Arc<str> = "a".into();
    let Ok(ours) = catch_unwind(AssertUnwindSafe(|| sitegen_render::template_faults(&path, text))) else {
        return Some(format!("the reader panics over:\n{text}"));
    };
    let theirs = fault_of_tera(text);
    let first = ours.iter().next();
    match (first, &theirs) {
        (None, None) | (Some(_), Some(_)) => None,
        (Some(fault), None) => {
            Some(format!("only we refuse: {} at {:?}\n{text}", fault.message, fault.place))
        }
        (None, Some(theirs)) => Some(format!("only Tera refuses: {theirs}\n{text}")),
    }
}

/// Collects the templates of the themes and of the suite's cases, and fragments.
fn texts() -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = below(&tests.join("suite"), &[".txt"]);
    let cases = cases.iter().map(|path| SuiteCase::read(path).expect("the case can be read"));
    let sections = cases.flat_map(|case| case.sections);
    let written = sections.filter(|section| section.text.contains("{{") || section.text.contains("{%"));
    let mut texts: Vec<_> = written.map(|section| section.text).collect();
    for path in below(&tests.join("../themes"), &[".html", ".svg", ".xml", ".txt", ".md", ".json"]) {
        if path.to_string_lossy().contains("/templates/") {
            texts.push(std::fs::read_to_string(path).expect("the template can be read"));
        }
    }
    texts.extend(WORDS.iter().map(|word| format!("{{{{ {word} }}}}")));
    texts.extend(WORDS.iter().map(|word| format!("{{% {word} %}}")));
    texts
}

/// Changes a text here and there: words of templates are put in, moved and taken out.
fn mutated(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let at = boundary(&text, near_tag(&text, random));
        let end = boundary(&text, (at + random.below(12)).min(text.len()));
        match random.below(4) {
            0 => text.replace_range(at..end, ""),
            1 => text.replace_range(at..end, random.one::<&str>(WORDS)),
            2 => {
                let part = text[at..end].to_owned();
                let to = boundary(&text, near_tag(&text, random));
                text.insert_str(to, &part);
            }
            _ => text.insert_str(at, random.one::<&str>(WORDS)),
        }
    }
    text
}

/// Chooses an offset within or near a tag.
fn near_tag(text: &str, random: &mut Random) -> usize {
    let from = random.below(text.len() + 1);
    let tag = text.as_bytes()[from..].iter().position(|byte| *byte == b'{').map_or(from, |at| from + at);
    (tag + random.below(40)).min(text.len())
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn both_readers_take_the_same_texts() {
    let (seed, mutations) = (number("SEED").unwrap_or(1), number("MUTATIONS").unwrap_or(MUTATIONS));
    let differences = texts().into_par_iter().enumerate().flat_map_iter(|(index, text)| {
        let mut random = Random::new(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ index as u64);
        let mutations: Vec<_> = (0..mutations).map(|_| mutated(&text, &mut random)).collect();
        std::iter::once(text).chain(mutations).filter_map(|text| difference(&text))
    });
    let mut differences: Vec<_> = differences.collect();
    differences.sort_by_key(String::len);
    let shown: Vec<_> = differences.iter().take(10).map(String::as_str).collect();
    assert!(differences.is_empty(), "{} differences:\n\n{}", differences.len(), shown.join("\n\n---\n"));
}

/// The mutated names, unless `NAMES` says otherwise, and the share of them that must be found.
const NAMES: u64 = 200;
const FOUND: f64 = 0.9;

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

#[test]
fn mutated_names_are_found_before_a_page_is_rendered() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut site = Site::default();
    for (from, to) in [("site.toml", "site.toml"), ("content", "content"), ("themes/guide", "theme")] {
        site.copy(&root.join(from), to);
    }
    let build = sitegen_render::build(&site.inputs(), &Build::default());
    assert!(build.diagnostics.is_empty(), "the guide is right: {:#?}", build.diagnostics);
    let share = sitegen_render::type_share(&build);
    println!("{} of {} expressions have known types", share.known, share.all);
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
