//! SQL without its layout and comments, to tell whether an edit changes what a query asks.

/// Puts one space for each stretch of space and comments, and none at the ends. Two texts with the same
/// result ask the same.
pub(crate) fn meaning(sql: &str) -> String {
    let mut said = String::with_capacity(sql.len());
    let mut left = sql;
    while let Some(first) = left.chars().next() {
        let length = silent(left);
        if length > 0 {
            if !said.is_empty() && !said.ends_with(' ') {
                said.push(' ');
            }
            left = &left[length..];
            continue;
        }
        let length = quoted(left).unwrap_or(first.len_utf8());
        said.push_str(&left[..length]);
        left = &left[length..];
    }
    said.truncate(said.trim_end_matches(' ').len());
    said
}

/// Returns the length of the space or comment at the start of a text; zero if there is none.
fn silent(text: &str) -> usize {
    // SQLite takes exactly these five characters for space.
    let space = text.len() - text.trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).len();
    match text {
        _ if space > 0 => space,
        _ if text.starts_with("--") => text.find('\n').unwrap_or(text.len()),
        _ if text.starts_with("/*") => text[2..].find("*/").map_or(text.len(), |end| end + 4),
        _ => 0,
    }
}

/// Returns the length of the quoted text or name at the start of a text. A doubled quote counts as the end of
/// one and the start of the next, which makes no difference here.
fn quoted(text: &str) -> Option<usize> {
    let close = match text.as_bytes()[0] {
        b'[' => ']',
        quote @ (b'\'' | b'"' | b'`') => char::from(quote),
        _ => return None,
    };
    Some(text[1..].find(close).map_or(text.len(), |end| end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_layout_nor_comments_say_anything() {
        let said = "select a , b from c where d = 'x'";
        assert_eq!(meaning(said), said);
        assert_eq!(meaning("\n-- what\nselect a\t/* of\n*/, b\nfrom c\n\nwhere d = 'x' -- end"), said);
        assert_eq!(meaning("/* never closed"), "");
    }

    #[test]
    fn what_is_quoted_is_as_it_is() {
        for text in ["'a  -- b'", "\"a  /* b\"", "`a\n\nb`", "[a  b]", "'it''s  so'", "'never  closed"] {
            assert_eq!(meaning(text), text);
        }
    }
}
