//! What style sheets refer to: the URLs of `url(…)`, `src(…)`, `image-set(…)` and `@import`.

use super::{Form, Reference};

/// Functions in which a string is a URL.
const TAKE_URLS: [&str; 5] = ["url", "src", "image", "image-set", "-webkit-image-set"];

/// The references of a style sheet.
pub(super) fn references(css: &str) -> Vec<Reference> {
    let mut reader = Reader { css, at: 0, open: Vec::new(), is_import: false, found: Vec::new() };
    while reader.step() {}
    reader.found
}

struct Reader<'a> {
    css: &'a str,
    at: usize,
    /// For each function and parenthesis that is open, whether a string in it is a URL.
    open: Vec<bool>,
    /// Whether a string that comes now is what `@import` names.
    is_import: bool,
    found: Vec<Reference>,
}

impl Reader<'_> {
    /// Reads what comes next; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.css[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        match c {
            '/' if rest.starts_with("/*") => {
                self.at += rest[2..].find("*/").map_or(rest.len(), |end| end + 4);
            }
            '"' | '\'' => self.string(c),
            '@' | '-' | '_' => self.name(),
            _ if c.is_alphanumeric() => self.name(),
            _ => {
                self.sign(c);
                self.at += c.len_utf8();
            }
        }
        true
    }

    fn sign(&mut self, c: char) {
        match c {
            '(' => self.open.push(false),
            ')' => _ = self.open.pop(),
            // Whatever was left open ends here.
            '{' | '}' | ';' => self.open.clear(),
            '\\' => self.at += self.css[self.at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        self.is_import &= c.is_whitespace();
    }

    fn string(&mut self, quote: char) {
        let start = self.at + 1;
        let end = self.end(start, |c| c == quote || c == '\n');
        if std::mem::take(&mut self.is_import) || self.open.last() == Some(&true) {
            self.push(start, end);
        }
        self.at = (end + 1).min(self.css.len());
    }

    fn name(&mut self) {
        let start = self.at;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let mut chars = self.css[start..].char_indices().skip(1);
        self.at = chars.find(|(_, c)| !is_part(*c)).map_or(self.css.len(), |(at, _)| start + at);
        let name = &self.css[start..self.at];
        self.is_import = name.eq_ignore_ascii_case("@import");
        if self.css[self.at..].starts_with('(') {
            self.at += 1;
            self.function(start);
        }
    }

    /// Reads the beginning of a function, from after its parenthesis.
    fn function(&mut self, start: usize) {
        let name = &self.css[start..self.at - 1];
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let inner = self.css[self.at..].trim_start();
        if is("url") && !inner.starts_with(['"', '\'']) {
            let start = self.css.len() - inner.len();
            let end = self.end(start, |c| c == ')');
            self.push(start, start + self.css[start..end].trim_end().len());
            self.at = (end + 1).min(self.css.len());
        } else {
            self.open.push(TAKE_URLS.into_iter().any(is));
        }
    }

    /// The place of the first character that fits and is not escaped, or the end of the text.
    fn end(&self, start: usize, fits: impl Fn(char) -> bool) -> usize {
        let mut is_escaped = false;
        let found = self.css[start..].char_indices().find(|(_, c)| {
            let found = !is_escaped && fits(*c);
            is_escaped = !is_escaped && *c == '\\';
            found
        });
        found.map_or(self.css.len(), |(at, _)| start + at)
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            let to = unescape(&self.css[start..end]);
            self.found.push(Reference { span: start..end, to, form: Form::Url });
        }
    }
}

/// A text with its escapes resolved.
fn unescape(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        resolved.push_str(before);
        let digits = escape.bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let mut chars = escape[digits..].chars();
        if digits > 0 {
            let code = u32::from_str_radix(&escape[..digits], 16).ok().and_then(char::from_u32);
            resolved.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            let after = chars.as_str();
            rest = after.strip_prefix(|c: char| c.is_ascii_whitespace()).unwrap_or(after);
        } else {
            // The end of a line that goes on is no character of the string.
            resolved.extend(chars.next().filter(|c| *c != '\n'));
            rest = chars.as_str();
        }
    }
    resolved + rest
}

#[cfg(test)]
mod tests {
    use super::references;

    fn found(css: &str) -> Vec<String> {
        references(css).into_iter().map(|reference| reference.to).collect()
    }

    #[test]
    fn references_are_found_where_they_stand() {
        let css = "/* url(no) */ @import \"a.css\" layer(x); @IMPORT url( b.css ); x { src: URL('ü c.woff2') , url() }";
        assert_eq!(found(css), ["a.css", "b.css", "ü c.woff2"]);
        for end in (0..css.len()).filter(|end| css.is_char_boundary(*end)) {
            references(&css[..end]);
        }
    }

    #[test]
    fn strings_are_urls_only_where_they_are_meant_as_such() {
        for (css, urls) in [
            ("a { b: image-set('a.png' type('image/png') 1x, url(b.png) 2x) }", &["a.png", "b.png"][..]),
            ("a { b: -webkit-image-set(url(\"a.png\") 1x); c: src('d.png') }", &["a.png", "d.png"]),
            ("a { content: 'url(no.png)'; b: my-url(no) format('woff2') local('No') }", &[]),
            (
                "a { b: url(a\\29 \\(.png) url('c\\'d.png') url(data:x;y,z) }",
                &["a)(.png", "c'd.png", "data:x;y,z"],
            ),
            ("@import 'a.css'; @charset 'no'; @media (b: url(c.png)) {}", &["a.css", "c.png"]),
            ("a { b: url(c.png", &["c.png"]),
        ] {
            assert_eq!(found(css), urls, "{css}");
        }
    }
}
