//! Replaces the names that GitHub gives emoji.

use std::borrow::Cow;

/// Replaces names of emoji, such as `:smile:` or `:+1:`, by the emoji themselves.
pub(super) fn show(text: &str) -> Cow<'_, str> {
    let mut shown = Cow::Borrowed("");
    let mut end = 0;
    for (colon, _) in text.match_indices(':') {
        let before = text[..colon].chars().next_back();
        let is_apart = before.is_none_or(|c| !c.is_alphanumeric());
        if colon >= end
            && is_apart
            && let Some((length, emoji)) = named(&text[colon..])
        {
            shown.to_mut().push_str(&text[end..colon]);
            shown.to_mut().push_str(emoji);
            end = colon + length;
        }
    }
    if end == 0 {
        return text.into();
    }
    shown.to_mut().push_str(&text[end..]);
    shown
}

/// Reads the name of an emoji at the beginning of a text: returns its length, with both colons, and the
/// emoji.
pub(super) fn named(text: &str) -> Option<(usize, &'static str)> {
    let rest = text.strip_prefix(':')?;
    let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-')))?;
    let name = rest[..length].to_ascii_lowercase();
    let is_closed = rest[length..].starts_with(':') && length > 0;
    let emoji = emojis::get_by_shortcode(&name).filter(|_| is_closed)?;
    Some((length + 2, emoji.as_str()))
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn names_stand_apart() {
        for (text, shown) in [
            (":smile: a :+1:", "😄 a 👍"),
            (":tada::tada:!", "🎉🎉!"),
            ("(:Rocket:)", "(🚀)"),
            ("10:100:20 a:smile: :nobody: : :: :smile", "10:100:20 a:smile: :nobody: : :: :smile"),
        ] {
            assert_eq!(show(text), shown);
        }
    }
}
