//! The width of text on a terminal, as exact as a table needs it.

use std::borrow::Cow;

use annotate_snippets::normalize_untrusted_str;

/// Puts text on one line and makes it harmless, because it could contain commands for the terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let plain =
        text.bytes().all(|byte| !byte.is_ascii_control()) && (text.is_ascii() || !text.contains(is_odd));
    if plain { text.into() } else { normalize_untrusted_str(&text.replace('\n', "␊")).into() }
}

/// Returns true if a character could change how others are shown.
fn is_odd(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the number of columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() }
}

/// Returns the number of columns of a character: two for East Asian ones and emoji, none for combining marks.
fn columns(character: char) -> usize {
    match character {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// Cuts a text to a number of columns, and ends it with `…` if it was longer.
pub(super) fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if width(text) <= most {
        return text.into();
    }
    let mut left = most.saturating_sub(1);
    let fits = |character: &char| {
        let fits = columns(*character) <= left;
        left = left.saturating_sub(columns(*character));
        fits
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push('…');
    short.into()
}
