//! Tests keys that do not hold free text with a hostile one: the record has an error, or nothing runs on its
//! page.

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::Severity;
use sitegen_tests::{BuildOutcome, Site};

use super::content::Accepted;
use super::output;
use super::payload::PAYLOADS;

/// Keys that accept some texts, as they are written in a record: § stands for the text.
pub(crate) const SOME: [(&str, &str); 5] = [
    ("shown", "shown = §"),
    ("asked", "asked = §"),
    ("slug", "slug = §"),
    ("redirect", "redirect_from = [§]"),
    ("rooted", "redirect_from = [\"/was/§\"]"),
];

/// Keys that accept no text that could run a program.
const NONE: [&str; 15] = [
    "§ = §",
    "url = §",
    "updated = §",
    "draft = §",
    "publish_on = §",
    "kind = §",
    "kinds = [§]",
    "count = §",
    "share = §",
    "day = §",
    "flag = §",
    "other = §",
    "others = [§]",
    "part = §",
    "link = §",
];

const THEME: &str = r#"
[collections.notes]
singular = "note"
[collections.notes.fields]
title = "string"
updated = "date?"
kind = "enum(one, two)?"
kinds = "[enum(one, two)]?"
count = "int?"
share = "float?"
day = "date?"
flag = "bool?"
other = "@notes?"
others = "[@notes]?"
part = { type = "table?", fields = { name = "string" } }
link = "url?"
asked = "template?"
shown = "markdown?"

[pages.note]
from = "notes"
path = "/{note.slug}/"
template = "note.html"
"#;

const TEMPLATE: &str =
    "<!doctype html><title>{{ page.title }}</title><a href=\"{{ page.url }}\">{{ note.slug }}</a>
{{ note.shown or \"\" }}{% if note.asked %}{{ note.asked | evaluate }}{% endif %}
";

const RECORD: &str = "content/notes/a.md";

/// Writes a text in TOML, which reads JSON's strings.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Writes the line of a record with a text in the place of §.
pub(crate) fn line(written: &str, payload: &str) -> String {
    written.replace("\"/was/§\"", &quoted(&format!("/was/{payload}"))).replace('§', &quoted(payload))
}

/// Builds a site of one record; none if the record has an error.
fn outcome(line: &str) -> Option<BuildOutcome> {
    let mut site = Site::read(&[]).expect("nothing is said that could be wrong");
    let record = format!("+++\ntitle = \"x\"\n{line}\n+++\n");
    for (path, text) in
        [("theme/theme.toml", THEME), ("theme/templates/note.html", TEMPLATE), (RECORD, &record)]
    {
        site.files.insert(path.to_owned(), File::Loaded(text.as_bytes().into()));
    }
    let outcome = BuildOutcome::of(&site);
    let at_record = outcome.diagnostics.iter().any(|found| {
        found.severity == Severity::Error && found.place.as_ref().is_some_and(|place| &*place.path == RECORD)
    });
    assert_eq!(at_record, outcome.diagnostics.has_errors(), "{line}: {:?}", outcome.diagnostics);
    (!at_record).then_some(outcome)
}

/// Finds the texts that some keys accept, by the key's name and the number of the text.
pub(crate) fn accepted() -> Accepted {
    let all = SOME.into_par_iter().flat_map_iter(|key| (0..PAYLOADS.len()).map(move |number| (key, number)));
    let taken = all.filter_map(|((name, written), number)| {
        let line = line(written, PAYLOADS[number]);
        let files = outcome(&line)?.files;
        assert!(!files.is_empty(), "{line}: no error and no page");
        for (path, bytes) in files {
            let wrong = output::wrong_with(&path, &bytes, &|_| false);
            assert!(!bytes.is_empty() && wrong.is_empty(), "{line}: {path} is empty or would run {wrong:?}");
        }
        Some((name, number))
    });
    taken.collect()
}

#[test]
fn what_no_text_fits_is_an_error_at_its_record() {
    let lines = NONE.into_par_iter().flat_map_iter(|written| PAYLOADS.map(|payload| line(written, payload)));
    let taken: Vec<_> = lines.filter(|line| outcome(line).is_some()).collect();
    assert!(taken.is_empty(), "{taken:?}");
}
