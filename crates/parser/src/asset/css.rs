//! Finds the references in style sheets: the URLs of `url(…)`, `src(…)`, `image-set(…)` and `@import`.

use super::{Reference, ReferenceForm};
use crate::Span;

/// Functions whose strings are URLs.
const TAKE_URLS: [&str; 5] = ["url", "src", "image", "image-set", "-webkit-image-set"];

/// Finds the references of a style sheet.
pub(super) fn references(css: &str) -> Vec<Reference> {
    let mut scanner = UrlScanner::at(css, 0);
    while scanner.step() {}
    scanner.found
}

/// A statement `@import`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// The bytes of the statement, with the semicolon at its end.
    pub span: Span,
    /// The name of the layer that takes the rules; empty for a layer without a name.
    pub layer: Option<String>,
    /// The features that a browser has to support.
    pub supports: Option<String>,
    /// The media to which the rules apply; empty for all.
    pub media: String,
}

impl Import {
    /// Reads the statement around a reference of the form [`ReferenceForm::Import`]; none if the statement
    /// does not end.
    pub fn read(css: &str, reference: &Reference) -> Option<Self> {
        let start = css[..reference.span.start].rfind('@')?;
        // A quotation mark, a parenthesis, or both end the URL.
        let conditions = css[reference.span.end..].trim_start_matches(['"', '\'']);
        let is_call = css[start..reference.span.start].contains('(');
        let conditions = conditions.trim_start().strip_prefix(')').filter(|_| is_call).unwrap_or(conditions);
        let from = css.len() - conditions.len();
        let mut scanner = UrlScanner::at(css, from);
        while !css[scanner.at..].starts_with(';') {
            if css[scanner.at..].starts_with(['{', '}']) || !scanner.step() {
                return None;
            }
        }
        let mut rest = css[from..scanner.at].trim();
        let layer = match call(rest, "layer") {
            Some((name, after)) => {
                rest = after;
                Some(name.to_owned())
            }
            None => word(rest, "layer").map(|after| {
                rest = after;
                String::new()
            }),
        };
        let supports = call(rest, "supports").map(|(condition, after)| {
            rest = after;
            condition.to_owned()
        });
        Some(Self { span: start..scanner.at + 1, layer, supports, media: rest.to_owned() })
    }
}

/// Splits a text that begins with a call of a function into the arguments and the rest.
fn call<'a>(text: &'a str, name: &str) -> Option<(&'a str, &'a str)> {
    let is_name = text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let inner = text.get(name.len()..).filter(|_| is_name)?.strip_prefix('(')?;
    let mut depth = 1_usize;
    let end = inner.char_indices().find_map(|(at, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(at)
    })?;
    Some((inner[..end].trim(), inner[end + 1..].trim_start()))
}

/// Returns the rest of a text that begins with a word.
fn word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let is_word = text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let rest = text.get(word.len()..).filter(|_| is_word)?;
    let ends = |c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '(');
    rest.chars().next().is_none_or(ends).then(|| rest.trim_start())
}

struct UrlScanner<'a> {
    css: &'a str,
    at: usize,
    /// For each open function and parenthesis: true if its strings are URLs.
    open: Vec<bool>,
    /// True after `@import`, whose URL can be a string.
    is_import: bool,
    /// True after the first block, because browsers ignore an `@import` there.
    has_rules: bool,
    found: Vec<Reference>,
}

impl<'a> UrlScanner<'a> {
    fn at(css: &'a str, at: usize) -> Self {
        Self { css, at, open: Vec::new(), is_import: false, has_rules: false, found: Vec::new() }
    }

    /// Reads the next token; returns false at the end.
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
            // A block or a semicolon closes all parentheses, as browsers recover from mistakes.
            '{' | '}' | ';' => {
                self.open.clear();
                self.has_rules |= c == '{';
            }
            '\\' => self.at += self.css[self.at + 1..].chars().next().map_or(0, char::len_utf8),
            _ => {}
        }
        self.is_import &= c.is_whitespace();
    }

    fn string(&mut self, quote: char) {
        let start = self.at + 1;
        let end = self.end(start, |c| c == quote || c == '\n');
        let is_import = std::mem::take(&mut self.is_import);
        if is_import || self.open.last() == Some(&true) {
            self.push(start, end, is_import);
        }
        self.at = (end + 1).min(self.css.len());
    }

    fn name(&mut self) {
        let start = self.at;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let mut chars = self.css[start..].char_indices().skip(1);
        self.at = chars.find(|(_, c)| !is_part(*c)).map_or(self.css.len(), |(at, _)| start + at);
        let name = &self.css[start..self.at];
        let is_imported = std::mem::replace(&mut self.is_import, name.eq_ignore_ascii_case("@import"));
        if self.css[self.at..].starts_with('(') {
            self.at += 1;
            self.function(start, is_imported);
        }
    }

    /// Reads the beginning of a function whose parenthesis was just read.
    fn function(&mut self, start: usize, is_import: bool) {
        let name = &self.css[start..self.at - 1];
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        let inner = self.css[self.at..].trim_start();
        if is("url") && !inner.starts_with(['"', '\'']) {
            let start = self.css.len() - inner.len();
            let end = self.end(start, |c| c == ')');
            self.push(start, start + self.css[start..end].trim_end().len(), is_import);
            self.at = (end + 1).min(self.css.len());
        } else {
            self.is_import = is_import && is("url");
            self.open.push(TAKE_URLS.into_iter().any(is));
        }
    }

    /// Finds the first character that fits and is not escaped, or the end of the text.
    fn end(&self, start: usize, fits: impl Fn(char) -> bool) -> usize {
        let mut is_escaped = false;
        let found = self.css[start..].char_indices().find(|(_, c)| {
            let found = !is_escaped && fits(*c);
            is_escaped = !is_escaped && *c == '\\';
            found
        });
        found.map_or(self.css.len(), |(at, _)| start + at)
    }

    fn push(&mut self, start: usize, end: usize, is_import: bool) {
        if start < end {
            let to = unescape(&self.css[start..end]);
            let form = if is_import && !self.has_rules { ReferenceForm::Import } else { ReferenceForm::Url };
            self.found.push(Reference { span: start..end, to, form });
        }
    }
}

/// Resolves the escapes of a text.
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
            // A line that ends with a backslash goes on, so the line ending is no character of the string.
            resolved.extend(chars.next().filter(|c| *c != '\n'));
            rest = chars.as_str();
        }
    }
    resolved + rest
}

#[cfg(test)]
mod tests {
    use super::{Import, ReferenceForm, references};

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
    fn imports_are_read_with_their_conditions() {
        let import = |css: &str| {
            let found = references(css).into_iter().find(|found| found.form == ReferenceForm::Import)?;
            let Import { span, layer, supports, media } = Import::read(css, &found)?;
            Some((css[span].to_owned(), layer, supports, media))
        };
        let read = |css: &str| import(css).map(|(_, layer, supports, media)| (layer, supports, media));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("@import 'a.css';"), Some((None, None, String::new())));
        assert_eq!(read("@import url(a.css) layer;"), Some((some(""), None, String::new())));
        assert_eq!(
            read(
                "/* a */ @import url( \"a.css\" ) layer(x.y) supports((a: b) and (c: d)) screen and (width > 1px);"
            ),
            Some((some("x.y"), some("(a: b) and (c: d)"), "screen and (width > 1px)".into()))
        );
        assert_eq!(read("@import 'a.css' layered;"), Some((None, None, "layered".into())));
        assert_eq!(import("b; @import 'a.css' print ; c").unwrap().0, "@import 'a.css' print ;");
        // Browsers ignore an `@import` after a rule; a statement without an end is none.
        assert_eq!(read("p {} @import 'a.css';"), None);
        assert_eq!(read("@import 'a.css' print"), None);
        assert_eq!(read("@import 'a.css' p {}"), None);
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
