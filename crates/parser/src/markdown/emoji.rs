//! Emoji by their names on GitHub.

use std::borrow::Cow;

/// The text with the characters that its names of emoji stand for: `:smile:` or `:+1:`.
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

/// The name that a text begins with, as long as it is with its colons, and what it stands for.
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
