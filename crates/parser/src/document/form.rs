//! Tells front matter in its various forms from prose.

/// Keys that some generator's front matter has, and prose rarely begins with.
const KEYS: [&str; 24] = [
    "aliases",
    "author",
    "authors",
    "categories",
    "category",
    "date",
    "description",
    "draft",
    "id",
    "layout",
    "name",
    "permalink",
    "publish_on",
    "published",
    "redirect_from",
    "slug",
    "status",
    "summary",
    "tags",
    "template",
    "title",
    "updated",
    "url",
    "weight",
];

/// Returns true if a text between thematic breaks is keys and values in YAML, or empty, because other
/// generators begin files without front matter that way.
pub(super) fn is_yaml(text: &str) -> bool {
    text.trim().is_empty()
        || first(text).is_some_and(is_yaml_key)
        || is_json(text.trim_start())
        || is_flow(text.trim_start())
        || text.lines().any(begins_with_known_key)
        || has_explicit_key(text)
}

/// Returns true if a text begins with a table in braces that has a known key.
fn is_flow(text: &str) -> bool {
    text.starts_with('{') && text.split(['{', ',', '\n']).any(begins_with_known_key)
}

/// Returns true if a text has a key on a line of its own, and its value below: `? key` and `: value`.
fn has_explicit_key(text: &str) -> bool {
    let begins = |line: &str, mark| {
        line.trim_start()
            .strip_prefix(mark)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
    };
    let mut lines = text.lines();
    lines.any(|line| begins(line, '?')) && lines.any(|line| begins(line, ':'))
}

/// Returns true if a line begins with one word, or a text in quotation marks, and a colon that ends a key.
fn is_yaml_key(line: &str) -> bool {
    let quoted = |mark| line.strip_prefix(mark).and_then(|rest: &str| rest.split_once(mark));
    let (key, rest) = match quoted('"').or_else(|| quoted('\'')) {
        Some((_, rest)) => ("quoted", rest.trim_start()),
        None => line.find(':').map_or((line, ""), |colon| line.split_at(colon)),
    };
    let key = key.trim_end();
    let value = rest.strip_prefix(':');
    value.is_some_and(|value| {
        is_key(key) && (value.is_empty() || value.starts_with([' ', '\t']) || is_known(key))
    })
}

/// Returns true if a text begins as TOML does: with a key and a value, or a table's name.
pub(super) fn is_toml(text: &str) -> bool {
    first(text).is_some_and(|line| {
        let name = line.trim_start_matches('[').trim_end_matches(']');
        let is_table = line.starts_with('[') && line.ends_with(']') && is_key(name);
        is_table || toml_key(line).is_some()
    })
}

/// Returns true if the text of a code block begins with a known key, which a table's name may precede.
pub(super) fn is_fenced(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    let first = lines.next().unwrap_or_default();
    let key = if first.starts_with('[') { lines.next().unwrap_or_default() } else { first };
    begins_with_known_key(key) || toml_key(key).is_some_and(is_known)
}

/// Returns true if a text begins with an object in JSON.
pub(super) fn is_json(text: &str) -> bool {
    let Some(inside) = text.strip_prefix('{').map(str::trim_start) else { return false };
    let quoted = inside.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    quoted.is_some_and(|(key, rest)| is_key(key) && rest.trim_start().starts_with(':'))
        || begins_with_known_key(inside)
}

/// Returns true if the first line is a known key with a value in TOML, or declares a draft in YAML, or if the
/// first two lines are known keys in YAML.
pub(super) fn is_bare(text: &str) -> bool {
    let mut lines = text.lines();
    let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    toml_key(first).is_some_and(is_known)
        || is_switch(first)
        || begins_with_known_key(first) && begins_with_known_key(second)
}

/// Returns true if a text between or below marks begins with a known key in any form.
pub(super) fn is_meant(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    begins_with_known_key(text) || toml_key(first).is_some_and(is_known) || is_json(text)
}

/// Splits a line of marks into its mark and a word or comment behind it. All dashes count as `-`.
pub(super) fn marks(line: &str) -> Option<(char, &str)> {
    let dash = |c| if matches!(c, '–' | '—') { '-' } else { c };
    let mark = line.chars().next().map(dash).filter(|mark| "-;=*_".contains(*mark))?;
    let rest = line.trim_start_matches(|c| dash(c) == mark);
    let marks = &line[..line.len() - rest.len()];
    let word = rest.trim();
    // Editors that improve typography turn two or three short dashes into a long one, so length is measured
    // in bytes.
    let is_long = marks.len() >= 3;
    let is_word = word.starts_with('#') || word.chars().all(char::is_alphanumeric);
    (is_long && is_word).then_some((mark, word))
}

/// Returns true if a line of YAML declares that the file is, or is not, a draft.
fn is_switch(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        let key = key.to_ascii_lowercase();
        ["draft", "published"].contains(&&*key) && ["true", "false"].contains(&value.trim())
    })
}

/// Returns true if a text begins with a known key of YAML, which may be indented or in quotation marks.
pub(super) fn begins_with_known_key(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(key, _)| is_known(key.trim_matches([' ', '\t']).trim_matches(['"', '\''])))
}

/// Finds the first line that is neither blank nor a comment.
fn first(text: &str) -> Option<&str> {
    text.lines().map(str::trim_end).find(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

fn toml_key(line: &str) -> Option<&str> {
    let (key, value) = line.split_once('=')?;
    let key = key.trim();
    let is_value = |value: &str| {
        let is_start = |c: char| matches!(c, '"' | '\'' | '[' | '{' | '+' | '-') || c.is_ascii_digit();
        value.starts_with(is_start) || ["true", "false"].contains(&value)
    };
    (is_key(key.trim_matches('"')) && is_value(value.trim())).then_some(key)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

fn is_known(key: &str) -> bool {
    KEYS.contains(&key.to_ascii_lowercase().as_str())
}
