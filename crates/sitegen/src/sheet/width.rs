//! How wide text is on a terminal, as far as a table needs to know.

use std::borrow::Cow;

use annotate_snippets::normalize_untrusted_str;

/// Text in one line, without what would command a terminal.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let plain =
        text.bytes().all(|byte| !byte.is_ascii_control()) && (text.is_ascii() || !text.contains(is_odd));
    if plain { text.into() } else { normalize_untrusted_str(&text.replace('\n', "␊")).into() }
}

/// Whether a character could change how others are shown.
fn is_odd(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(columns).sum() }
}

/// East Asian characters and emoji take two columns, marks on others none.
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

/// As much of a text as so many columns hold, with a sign that there is more.
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
