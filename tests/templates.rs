//! The reader of templates beside Tera's own: both take the same texts, those of the themes and of the suite, and
//! seeded mutations of them: `SEED=7 MUTATIONS=1000 cargo test -p sitegen-tests --test templates`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use sitegen_tests::fuzz::below;
use sitegen_tests::{Random, SuiteCase};
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
