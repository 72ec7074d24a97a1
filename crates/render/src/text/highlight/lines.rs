//! Highlighted code, split into lines that are each well-formed.

/// The most elements that may go on over the end of a line, because each is repeated on every line.
const MAX_OPEN: usize = 100;
/// The most bytes of all repeated tags.
const MAX_REPEATED: usize = 4_000_000;

/// Splits code that consists of text and `span` elements into lines. Elements open at the end of a line are
/// closed there and opened again on the next one. There is no result if too much is open for that.
pub(crate) fn split(html: &str) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut line = String::new();
    let mut rest = html;
    let mut repeated = 0;
    while let Some(at) = rest.find(['<', '\n']) {
        line.push_str(&rest[..at]);
        let length = if rest[at..].starts_with('\n') { 1 } else { rest[at..].find('>')? + 1 };
        let token = &rest[at..at + length];
        rest = &rest[at + length..];
        if token == "\n" {
            for tag in open.iter().rev() {
                close(&mut line, tag);
            }
            let again = open.concat();
            repeated += again.len();
            lines.push(std::mem::replace(&mut line, again));
        } else if token.starts_with("</") {
            close(&mut line, open.pop()?);
        } else {
            line.push_str(token);
            open.push(token);
        }
        if open.len() > MAX_OPEN || repeated > MAX_REPEATED {
            return None;
        }
    }
    line.push_str(rest);
    lines.extend(Some(line).filter(|line| !line.is_empty()));
    Some(lines)
}

/// Ends the element of a tag, or takes the tag back if there is nothing in it.
fn close(line: &mut String, tag: &str) {
    if line.ends_with(tag) {
        line.truncate(line.len() - tag.len());
    } else {
        line.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn what_is_open_goes_on_in_the_next_line() {
        let html = "<span a>x <span b>1\n\n2</span></span>\n<span c>3\n</span>";
        let lines =
            ["<span a>x <span b>1</span></span>", "", "<span a><span b>2</span></span>", "<span c>3</span>"];
        assert_eq!(split(html).as_deref(), Some(&lines.map(str::to_owned)[..]));
        assert_eq!(split("a\n"), Some(vec!["a".to_owned()]));
        assert_eq!(split(&"<span>\n".repeat(101)), None);
    }
}
