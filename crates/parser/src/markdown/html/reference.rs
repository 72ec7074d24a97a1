//! Resolves HTML's character references, as browsers do.

use std::borrow::Cow;

use markup5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The surroundings of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// Between tags.
    Text,
    /// In an attribute, where `&copy=1` is no reference but part of a URL.
    Attribute,
}

/// Resolves the character references of a text.
pub fn unescape(text: &str, within: Within) -> Cow<'_, str> {
    let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
    let mut resolved = String::with_capacity(text.len());
    resolved.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(start) = rest.find('&') {
        resolved.push_str(&rest[..start]);
        let reference = &rest[start + 1..];
        let found = match reference.strip_prefix('#') {
            Some(number) => numeric(number, &mut resolved).map(|length| length + 1),
            None => named(reference, within, &mut resolved),
        };
        if found.is_none() {
            resolved.push('&');
        }
        rest = &reference[found.unwrap_or(0)..];
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Resolves the name behind `&`, and returns its length.
fn named(text: &str, within: Within, resolved: &mut String) -> Option<usize> {
    let letters = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let has_end = text[letters..].starts_with(';');
    if let Some(characters) = lookup(&text[..letters + usize::from(has_end)]) {
        let is_name = has_end || within == Within::Text || !text[letters..].starts_with('=');
        return is_name.then(|| push(characters, letters + usize::from(has_end), resolved));
    }
    // Old references need no semicolon, so the beginning of the word can be one.
    let mut lengths = (2..letters).rev().filter(|_| within == Within::Text);
    let (length, characters) = lengths.find_map(|length| Some((length, lookup(&text[..length])?)))?;
    Some(push(characters, length, resolved))
}

/// Returns the characters of a name. The library's table also holds beginnings of names, which stand for
/// nothing.
fn lookup(name: &str) -> Option<(u32, u32)> {
    NAMED_ENTITIES.get(name).copied().filter(|(first, _)| *first != 0)
}

fn push((first, second): (u32, u32), length: usize, resolved: &mut String) -> usize {
    resolved.extend([first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32));
    length
}

/// Resolves the number behind `&#`, and returns its length.
fn numeric(text: &str, resolved: &mut String) -> Option<usize> {
    let (start, radix) = if text.starts_with(['x', 'X']) { (1, 16) } else { (0, 10) };
    let digits = text[start..].bytes().take_while(|byte| char::from(*byte).is_digit(radix)).count();
    let end = start + digits;
    if digits == 0 {
        return None;
    }
    let code = u32::from_str_radix(&text[start..end], radix).unwrap_or(u32::MAX);
    let replaced = code.checked_sub(0x80).and_then(|index| *C1_REPLACEMENTS.get(index as usize)?);
    let character = replaced.or_else(|| char::from_u32(code).filter(|c| *c != '\0'));
    resolved.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    Some(end + usize::from(text[end..].starts_with(';')))
}

#[cfg(test)]
mod tests {
    use super::{Within, unescape};

    #[test]
    fn references_are_resolved_as_browsers_do() {
        for (text, resolved) in [
            ("java&Tab;script&colon;&#97;&#x6C;&#X65;rt", "java\tscript:alert"),
            ("a &amp; b &ampc; &nosuch; &; &#; &#x; &", "a & b &c; &nosuch; &; &#; &#x; &"),
            ("&#0;&#xD800;&#99999999999;&#128;", "\u{fffd}\u{fffd}\u{fffd}€"),
            ("&NotEqualTilde;", "≂̸"),
            ("&amp;lt; AT&T; a & b", "&lt; AT&T; a & b"),
        ] {
            assert_eq!(unescape(text, Within::Text), resolved);
        }
    }

    #[test]
    fn parameters_of_urls_are_no_references() {
        assert_eq!(unescape("?a=1&copy=2&amp;b=3&lt", Within::Attribute), "?a=1&copy=2&b=3<");
        assert_eq!(unescape("?a&notit=2", Within::Attribute), "?a&notit=2");
        assert_eq!(unescape("&copy=2", Within::Text), "©=2");
    }
}
