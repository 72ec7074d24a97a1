//! Finds words that a text has and its page lacks.

use std::collections::HashMap;

use sitegen_tests::{LinkScope, normal};

/// Returns the lines of a text of which a word is missing on the page.
pub(crate) fn lost(markdown: &str, html: &str) -> Vec<String> {
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let page = normal(html, LinkScope::All).concat();
    for word in words(&page) {
        *shown.entry(word).or_default() += 1;
    }
    let mut lost = Vec::new();
    for line in markdown.lines().filter(|line| !is_definition(line)) {
        let text = without_marks(line);
        for word in words(&text) {
            match shown.get_mut(word) {
                Some(count) if *count > 0 => *count -= 1,
                _ => {
                    lost.push(format!("{word}: {line}"));
                    break;
                }
            }
        }
    }
    lost
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns true if a line defines the target of links that name it.
fn is_definition(line: &str) -> bool {
    line.trim_start_matches([' ', '>', '-']).strip_prefix('[').is_some_and(|line| line.contains("]:"))
}

/// Removes the number of a line, the targets of its links, which may lead nowhere, entities, and tags,
/// because the comparison does not keep these whole.
fn without_marks(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t', '>']);
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let line = if digits.starts_with(['.', ')']) { digits } else { line };
    let brackets = [("](", ")"), ("][", "]"), ("<", ">"), ("&", ";")];
    brackets.into_iter().fold(line.to_owned(), |line, (opening, closing)| without(opening, closing, &line))
}

/// Removes the text between two signs from a line.
fn without(opening: &str, closing: &str, line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, inner)) = rest.split_once(opening) {
        text.push_str(before);
        text.push(' ');
        rest = match inner.split_once(closing) {
            Some((name, after))
                if opening != "&" || name.chars().all(|c| c.is_alphanumeric() || c == '#') =>
            {
                after
            }
            _ => inner,
        };
    }
    text + rest
}
