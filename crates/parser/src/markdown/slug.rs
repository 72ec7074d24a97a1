//! Turns text into a form that can stand in a URL.

use std::borrow::Cow;

use crate::name::{self, is_invisible};

/// Makes a slug of a text: lower-case letters and digits of any script and `_`, everything else a single
/// hyphen.
///
/// The slug is in Unicode's form C, however the text is written. Invisible characters are left out.
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let composed = name::composed(text);
    for character in composed.chars().flat_map(lower).filter(|c| !is_invisible(*c)) {
        if is_kept(character) {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    match name::composed(&slug) {
        Cow::Borrowed(_) => slug,
        Cow::Owned(composed) => composed,
    }
}

/// Lowers the case of a character. `İ` becomes `i`, because its dot is no mark of its own.
fn lower(character: char) -> impl Iterator<Item = char> {
    let mut lower = character.to_lowercase();
    let (first, dot) = (lower.next(), lower.next().filter(|_| character != 'İ'));
    first.into_iter().chain(dot).chain(lower)
}

fn is_kept(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_mark(character)
}

/// Returns true for marks that belong to a letter but are not alphabetic: accents, tone marks, and the nuktas
/// and viramas of the Indic blocks, which have the same place in each block.
fn is_mark(character: char) -> bool {
    match character {
        '\u{300}'..='\u{36f}' | '\u{e47}'..='\u{e4e}' | '\u{1037}'..='\u{103a}' | '\u{3099}' | '\u{309a}' => {
            true
        }
        '\u{900}'..='\u{dff}' => matches!(u32::from(character) % 0x80, 0x3c | 0x4d),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn slugs_keep_letters_of_every_script() {
        for (text, slug) in [
            ("What's *new* in C++ 20?", "what-s-new-in-c-20"),
            ("  Ünïcode – ÉTÉ ", "ünïcode-été"),
            ("e\u{301}te\u{301}", "été"),
            ("İstanbul", "istanbul"),
            ("Stra\u{ad}ße", "straße"),
            ("हिन्दी भाषा", "हिन्दी-भाषा"),
            ("日本語のSQL", "日本語のsql"),
            ("snake_case/path", "snake_case-path"),
            ("👍 !?", ""),
        ] {
            assert_eq!(slugify(text), slug);
        }
    }
}
