//! Translates the patterns of fields for JSON Schema, whose regular expressions are those of JavaScript.

/// Returns a pattern of JavaScript that matches the same texts; none if the pattern has something that
/// JavaScript lacks, or reads in another way.
pub(super) fn shared(pattern: &str) -> Option<String> {
    let mut translated = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '\\' => escape(rest, false)?,
            '[' => class(rest)?,
            // JavaScript ends a line at other signs, too, which a dot does not match there.
            '.' => {
                translated.push_str(r"[^\n]");
                rest = &rest[1..];
                continue;
            }
            '(' if rest.starts_with("(?") && !rest.starts_with("(?:") => return None,
            '(' if rest.starts_with("(?:") => "(?:".len(),
            '^' | '$' if rest[1..].starts_with(['*', '+', '?', '{']) => return None,
            '{' => repetition(rest)?,
            '}' | ']' => return None,
            other => other.len_utf8(),
        };
        translated.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Some(translated)
}

/// The signs that a backslash makes plain in both languages.
const PLAIN: &str = r"^$\.*+?()[]{}|/";

/// Returns the length of an escape at the start of a text, which may be within a class.
fn escape(text: &str, in_class: bool) -> Option<usize> {
    let sign = text[1..].chars().next()?;
    let is_shared = "dDwW".contains(sign) || PLAIN.contains(sign) || in_class && sign == '-';
    is_shared.then_some(2)
}

/// Returns the length of a class at the start of a text.
fn class(text: &str) -> Option<usize> {
    let mut at = if text.starts_with("[^") { 2 } else { 1 };
    let first = at;
    loop {
        let rest = &text[at..];
        let is_set_operation = ["&&", "--", "~~"].iter().any(|operation| rest.starts_with(operation));
        match rest.chars().next()? {
            ']' if at > first => return Some(at + 1),
            ']' | '[' => return None,
            _ if is_set_operation => return None,
            '\\' => {
                at += escape(rest, true)?;
                let is_set = rest[1..].starts_with(['d', 'D', 'w', 'W']);
                if is_set && text[at..].starts_with('-') && !text[at..].starts_with("-]") {
                    return None;
                }
            }
            other => at += other.len_utf8(),
        }
    }
}

/// Returns the length of a count such as `{2,3}` at the start of a text.
fn repetition(text: &str) -> Option<usize> {
    let end = text.find('}')?;
    let is_count = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_shared = match text[1..end].split_once(',') {
        Some((least, most)) => is_count(least) && (most.is_empty() || is_count(most)),
        None => is_count(&text[1..end]),
    };
    is_shared.then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn patterns_are_the_same_in_javascript() {
        for pattern in
            [r"^(?:[a-z0-9-]+)$", r"^(?:\d{4}(?:-\d{2})?)$", r"^(?:a{2,}|[^\]\-/]*?)$", "^(?:ü[\\w-])$"]
        {
            assert_eq!(shared(pattern).as_deref(), Some(pattern));
        }
        assert_eq!(shared("a.b").as_deref(), Some(r"a[^\n]b"));
    }

    #[test]
    fn what_javascript_reads_otherwise_is_left_out() {
        for pattern in [
            "(?i)a",
            r"\bа",
            r"\s",
            "[[:alpha:]]",
            "[a&&b]",
            "[]a]",
            r"[\w-.]",
            "(?P<n>a)",
            r"\x41",
            "a{,2}",
            "a}",
            "^*",
            r"\-",
        ] {
            assert_eq!(shared(pattern), None, "{pattern}");
        }
    }
}
