//! The words of the guide, and of the parts of themes that it takes: templates use every key in `words/` and
//! no others. A build would find only the keys that are missing on a page that it makes.

use std::collections::BTreeSet;

use regex_lite::Regex;

use crate::project::{SourceFile, files, manifest, none};

/// A call of `t` in a template.
struct WordCall {
    /// The template's path.
    path: String,
    /// The key, or its beginning.
    key: String,
    /// True if a value of the page completes the key, as in `t(key="kind." ~ round.kind)`.
    open: bool,
}

impl WordCall {
    /// Returns true if the call says, or may say, the words under a key.
    fn says(&self, key: &str) -> bool {
        if self.open { key.starts_with(&self.key) } else { key == self.key }
    }
}

/// The tags that Tera evaluates.
const TAG: &str = r"(?s)(\{%.*?%\}|\{\{.*?\}\})";

fn expression(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the expression is a constant")
}

/// Returns the text that the group of an expression matches, at each of its places in a text.
fn each(pattern: &str, text: &str) -> Vec<String> {
    expression(pattern).captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// Replaces the matches of an expression by ends of lines.
fn without(pattern: &str, text: &str) -> String {
    expression(pattern).replace_all(text, "\n").into_owned()
}

fn templates() -> Vec<SourceFile> {
    let parts = files("themes/sitegen").into_iter().filter(|file| file.path.contains("/templates/"));
    files("themes/guide/templates").into_iter().chain(parts).collect()
}

fn calls(template: &SourceFile) -> Vec<WordCall> {
    let call = expression(r#"\bt\(key="([^"]*)"( ~)?"#);
    let found = call.captures_iter(&template.text).map(|found| WordCall {
        path: template.path.clone(),
        key: found[1].to_owned(),
        open: found.get(2).is_some(),
    });
    found.collect()
}

/// Collects the keys of all words of the guide and of parts of themes.
fn own_keys() -> BTreeSet<String> {
    let parts = files("themes/sitegen").into_iter().map(|file| file.path);
    let parts = parts.filter(|path| path.contains("/words/"));
    let guide = ["themes/guide/words/en.toml", EXERCISES].map(str::to_owned);
    parts.chain(guide).flat_map(|path| keys(&path)).collect()
}

/// The words that go with a template to other themes.
const EXERCISES: &str = "themes/guide/words/exercise.en.toml";

/// Collects the keys of a file of words, such as `loop.title`.
fn keys(path: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    add_keys("", &manifest(path), &mut found);
    found
}

fn add_keys(above: &str, table: &toml::Table, found: &mut BTreeSet<String>) {
    for (name, value) in table {
        let key = format!("{above}{name}");
        match value.as_table().filter(|inner| !are_forms(inner)) {
            Some(inner) => add_keys(&format!("{key}."), inner, found),
            None => {
                found.insert(key);
            }
        }
    }
}

/// Returns true if a table holds the forms of one message, one for each category of counts.
fn are_forms(table: &toml::Table) -> bool {
    let categories = ["zero", "one", "two", "few", "many", "other"];
    table.keys().all(|name| categories.contains(&name.as_str()))
}

/// Returns the keys of the titles, descriptions and groups of the theme's pages.
fn of_pages() -> BTreeSet<String> {
    let theme = manifest("themes/guide/theme.toml");
    let families = theme.get("pages").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    families
        .flat_map(|name| ["title", "description", "group"].map(|key| format!("pages.{name}.{key}")))
        .collect()
}

/// Finds words that a template seems to have itself: text between tags, attributes that are shown or read
/// out, and those texts in expressions that begin like a sentence or have two words.
fn own_words(template: &SourceFile) -> Vec<String> {
    let text = without(r"(?s)\{#.*?#\}", &template.text);
    let html = without(r"(?s)<script.*?</script>|<style.*?</style>", &without(TAG, &text));
    let mut said = each(r#"\b(?:aria-label|alt|title|placeholder|data-[a-z]+)="([^"]*)""#, &html);
    // A component may make attributes alone, which are in the tag of its caller.
    let text_alone = without(r#"<[^>]*>|&[a-z]+;|\b(?:aria|data)-[a-z]+="[^"]*""#, &html);
    said.extend(text_alone.lines().map(str::to_owned));
    let letters = expression("[A-Za-z]{2}");
    // Files for scripts are not for readers.
    let read = !template.path.ends_with(".json");
    said.retain(|text| read && letters.is_match(text));

    // The vocabulary of schema.org is not for readers.
    if !template.path.ends_with("/graph.html") {
        let named = without(r#"\bfont="[^"]*""#, &text);
        let mut literals: Vec<_> =
            each(TAG, &named).iter().flat_map(|tag| each(r#""([^"]*)""#, tag)).collect();
        let words = expression("^[A-Z][a-z]|[A-Za-z]{2} [A-Za-z]");
        literals.retain(|text| words.is_match(text));
        said.extend(literals);
    }
    said.iter().map(|text| format!("{}: {}", template.path, text.trim())).collect()
}

#[test]
fn templates_have_no_words_of_their_own() {
    let mut found: Vec<_> = templates().iter().flat_map(own_words).collect();
    // The directives of robots.txt and llms.txt have a meaning of their own.
    found.retain(|found| !found.contains("/robots.txt: ") && !found.ends_with("/llms.txt: ## Optional"));
    none("words that belong in words/", &found);
}

#[test]
fn all_words_are_said() {
    let calls: Vec<_> = templates().iter().flat_map(calls).collect();
    let mut elsewhere = of_pages();
    elsewhere.extend(keys("crates/model/src/read/words/en.toml"));
    let words = own_keys().into_iter();
    let unsaid = words.filter(|key| !elsewhere.contains(key) && !calls.iter().any(|call| call.says(key)));
    none("words that nothing says", &unsaid.collect::<Vec<_>>());
}

#[test]
fn all_that_is_said_is_in_the_words() {
    let mut words = own_keys();
    words.extend(keys("crates/model/src/read/words/en.toml"));
    let calls = templates().into_iter().flat_map(|template| calls(&template));
    let unknown = calls.filter(|call| !words.iter().any(|key| call.says(key)));
    let unknown: Vec<_> = unknown.map(|call| format!("{}: {}", call.path, call.key)).collect();
    none("there are no such words", &unknown);
}

#[test]
fn what_is_said_can_be_read() {
    let call = expression(r"\bt\(");
    let hidden = templates()
        .into_iter()
        .filter(|template| call.find_iter(&template.text).count() != calls(template).len());
    none(
        "calls of t that do not begin with key=\"…\"",
        &hidden.map(|template| template.path).collect::<Vec<_>>(),
    );
}

/// Other themes have the template and these words, and no others of the guide's.
#[test]
fn what_exercises_say_is_in_a_file_of_its_own() {
    let template = templates().into_iter().find(|template| template.path.ends_with("/exercise.html"));
    let calls = calls(&template.expect("the guide has exercises"));
    let said: BTreeSet<_> = calls.into_iter().map(|call| call.key).collect();
    assert_eq!(said, keys(EXERCISES));
}
