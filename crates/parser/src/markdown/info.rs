//! Reads the info string of a fenced code block: its language, its title, and marks of its lines.
//!
//! Generators write the same few things in many ways, and the usual ways are understood.

mod braces;
mod item;
mod meaning;

use self::meaning::{Meaning, meaning};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, Spanned, errors};

/// The info string of a code block, which its author writes after the fence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Info {
    /// The language's name, as written.
    pub language: Option<Spanned<String>>,
    /// Words that are no attributes: classes, the names of components, their titles. `"a b"` is one word.
    pub words: Vec<Spanned<String>>,
    /// The title of the code: `title="a.py"`.
    pub title: Option<String>,
    /// The number of the first line, if lines are numbered.
    pub first_number: Option<usize>,
    /// Marked lines: `{1,3-5}`, `ins={2}`, `del={3}`.
    pub lines: Vec<MarkedLines>,
    /// The names of attributes that have no meaning here.
    pub unknown: Vec<Spanned<String>>,
    /// The block's id: `{#id .python}`.
    pub id: Option<CodeId>,
    /// The file that the code is taken from: `include="../main.rs"`.
    pub include: Option<Spanned<String>>,
    /// The lines to take from the file: `lines="3-10"`.
    pub wanted_lines: Option<Spanned<String>>,
    /// The region to take from the file: `region="setup"`.
    pub region: Option<Spanned<String>>,
    /// The origin of the code, once a file was included.
    pub origin: Option<CodeOrigin>,
}

/// The file and the lines that code was taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOrigin {
    /// The file's path from the site's folder.
    pub path: String,
    /// The first line.
    pub first: usize,
    /// The last line.
    pub last: usize,
}

/// The id of a block of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeId {
    /// The id itself.
    pub name: String,
    /// Its place in the part of the file that was read as Markdown.
    pub(super) span: Span,
}

/// Neighboring lines of code that have the same mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedLines {
    /// The mark.
    pub mark: LineMark,
    /// The first line, at least 1.
    pub first: usize,
    /// The last line, not before the first. It may lie behind the end of the code.
    pub last: usize,
    /// The place in the file at which they are marked.
    pub span: Span,
}

/// A mark that a line of code can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineMark {
    /// Readers should look at it.
    Marked,
    /// It is new.
    Inserted,
    /// It was removed.
    Deleted,
}

impl Info {
    /// The names of attributes, as the documentation writes them.
    pub const NAMES: [&'static str; 9] =
        ["title", "hl_lines", "ins", "del", "linenos", "linenostart", "include", "lines", "region"];

    /// Returns true if lines are numbered or marked.
    pub fn is_about_lines(&self) -> bool {
        self.first_number.is_some() || !self.lines.is_empty()
    }
}

/// Reads the info string of the block at a range of a text.
pub(super) fn read(excerpt: &Excerpt<'_>, block: &Span, info: &str, diagnostics: &mut Diagnostics) -> Info {
    let written = written(excerpt.text, block);
    // If the author escaped something, the places within the info string are not known.
    let start = (excerpt.text[written.clone()] == *info).then_some(written.start);
    let mut parser =
        InfoStringParser { excerpt, text: info, start, written, info: Info::default(), diagnostics };
    parser.read();
    parser.info
}

/// Finds the info string of the block at a range.
fn written(text: &str, block: &Span) -> Span {
    let line = text[block.clone()].split(['\n', '\r']).next().unwrap_or_default();
    let fence = line.trim_start();
    let rest = fence.trim_start_matches(fence.chars().next().unwrap_or_default());
    let info = rest.trim();
    let start = block.start + line.len() - rest.trim_start().len();
    start..start + info.len()
}

struct InfoStringParser<'r> {
    excerpt: &'r Excerpt<'r>,
    /// The info string.
    text: &'r str,
    /// The beginning of the info string in the file, if it stands there letter by letter.
    start: Option<usize>,
    /// The bytes of the info string as the author wrote it.
    written: Span,
    info: Info,
    diagnostics: &'r mut Diagnostics,
}

impl InfoStringParser<'_> {
    fn read(&mut self) {
        let mut items = item::split(self.text, 0..self.text.len()).into_iter();
        let Some(first) = items.next() else { return };
        if self.text[first.clone()].starts_with('{') {
            self.first_braces(first);
        } else if is_list(&self.text[first.clone()]) {
            return self.refuse_list(first.start);
        } else {
            self.language(first);
        }
        for item in items {
            if is_list(&self.text[item.clone()]) {
                return self.refuse_list(item.start);
            }
            self.item(item);
        }
    }

    fn refuse_list(&mut self, start: usize) {
        self.refuse(
            &(start..self.text.len()),
            "brackets hold what the code is called, such as `[a.js]`, and no list",
        );
    }

    /// Reads the first word: `js`, also as `.js` or `language-js`, or with more behind a colon.
    fn language(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        if let Some((name, number)) = item::numbered(text).filter(|(name, _)| meaning(name).is_none()) {
            self.info.first_number = Some(number);
            return self.name(span.start..span.start + name.len());
        }
        let (name, rest) = text.split_once(':').filter(|(name, _)| !name.is_empty()).unwrap_or((text, ""));
        if item::attribute(name).is_some() {
            return self.word(span);
        }
        self.name(span.start..span.start + name.len());
        if !rest.is_empty() {
            self.after_colon(span.end - rest.len()..span.end);
        }
    }

    /// Takes the name of the language.
    fn name(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        let name = ["language-", "lang-", "."].iter().find_map(|start| text.strip_prefix(start));
        let name = name.filter(|name| !name.is_empty()).unwrap_or(text);
        self.info.language = Some(self.spanned(name.replace('"', ""), &(span.end - name.len()..span.end)));
    }

    /// Reads `:line-numbers`, `:line-numbers=2`, or a title.
    fn after_colon(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        let name = text.split('=').next().unwrap_or_default();
        if meaning(name).is_some() {
            self.word(span);
        } else {
            self.info.title = Some(text.to_owned());
        }
    }

    fn item(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        match text.chars().next() {
            Some('{') => self.braces(span),
            Some('[') if text.ends_with(']') => self.info.title = Some(text[1..text.len() - 1].to_owned()),
            Some(':') if text.len() > 1 => self.after_colon(span.start + 1..span.end),
            _ => self.word(span),
        }
    }

    /// Reads an attribute or a word.
    fn word(&mut self, span: Span) {
        let text = &self.text[span.clone()];
        if let Some((name, value)) = item::attribute(text) {
            let value = span.end - value.len()..span.end;
            self.attribute(&(span.start..span.start + name.len()), Some(value));
        } else if matches!(meaning(text), Some(Meaning::Numbers | Meaning::NoNumbers)) {
            self.attribute(&span, None);
        } else if let (true, Some(last)) = (item::is_lines(text), self.info.lines.last()) {
            // Zola writes `hl_lines=1 3-5`, so these lines belong to the attribute before.
            let mark = last.mark;
            self.lines(mark, span);
        } else {
            let word = self.spanned(text.replace('"', ""), &span);
            self.info.words.push(word);
        }
    }

    fn attribute(&mut self, name: &Span, value: Option<Span>) {
        let Some(meaning) = meaning(&self.text[name.clone()]) else {
            let unknown = self.spanned(self.text[name.clone()].to_owned(), name);
            return self.info.unknown.push(unknown);
        };
        let value = value.map(|value| item::bare(self.text, value));
        let text = value.clone().map_or("", |value| &self.text[value]);
        match (meaning, value) {
            (Meaning::Title, _) => self.info.title = Some(text.to_owned()).filter(|title| !title.is_empty()),
            (Meaning::Lines(mark), value) => self.lines(mark, value.unwrap_or(name.end..name.end)),
            (Meaning::Include | Meaning::WantedLines | Meaning::Region, value) => {
                let value = value.unwrap_or(name.end..name.end);
                let given = Some(self.spanned(text.to_owned(), &value));
                match meaning {
                    Meaning::Include => self.info.include = given,
                    Meaning::Region => self.info.region = given,
                    _ => self.info.wanted_lines = given,
                }
            }
            (Meaning::NoNumbers, _) => self.info.first_number = None,
            (Meaning::Numbers, value) => match text {
                "false" | "0" => self.info.first_number = None,
                "" | "true" | "table" | "inline" => {
                    self.info.first_number.get_or_insert(1);
                }
                number => self.first_number(number, value.unwrap_or_default()),
            },
            (Meaning::First, value) => self.first_number(text, value.unwrap_or_default()),
        }
    }

    fn first_number(&mut self, number: &str, span: Span) {
        match number.parse() {
            Ok(first) => self.info.first_number = Some(first),
            Err(_) => self.refuse(&span, "a line's number is wanted here"),
        }
    }

    fn lines(&mut self, mark: LineMark, span: Span) {
        let mut found = 0;
        for part in item::parts(self.text, span.clone()) {
            found += 1;
            match item::range(&self.text[part.clone()]) {
                Some((first, last)) => {
                    let span = self.span(&part);
                    self.info.lines.push(MarkedLines { mark, first, last, span });
                }
                None => self.refuse(&part, "this is no line and no range of lines"),
            }
        }
        if found == 0 {
            self.refuse(&span, "no lines are named here");
        }
    }

    fn refuse(&mut self, span: &Span, why: &str) {
        let place = self.excerpt.place(&self.local(span));
        self.diagnostics.push(errors::invalid_code_attribute(place, why));
    }

    fn span(&self, span: &Span) -> Span {
        self.excerpt.span(&self.local(span))
    }

    /// Translates a range of the info string to the text.
    fn local(&self, span: &Span) -> Span {
        self.start.map_or_else(|| self.written.clone(), |start| start + span.start..start + span.end)
    }

    fn spanned(&self, text: String, span: &Span) -> Spanned<String> {
        Spanned { value: text, span: self.span(span) }
    }
}

/// Returns true if an item in brackets is a list, as some sites' own tools read it, and no title such as
/// `[a.js]`.
fn is_list(item: &str) -> bool {
    item.strip_prefix('[').is_some_and(|inner| inner.contains(['[', '"', ',']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn read_text(info: &str) -> (Info, Vec<String>) {
        let text = format!("```{info}\n```");
        let source = Source { path: "x.md".into(), text: text.as_str().into() };
        let mut diagnostics = Diagnostics::new();
        let info =
            read(&Excerpt::new(&source, 0..text.len()), &(0..text.len()), info.trim(), &mut diagnostics);
        let place = |place: Option<crate::Place>| place.map(|at| text[at.start..at.end].to_owned());
        (info, diagnostics.into_iter().filter_map(|problem| place(problem.place)).collect())
    }

    /// Writes an info string in short: language, words, title, the first number and lines.
    fn short(info: &str) -> String {
        let (info, problems) = read_text(info);
        let mut parts: Vec<_> = info.language.iter().map(|name| name.value.clone()).collect();
        parts.extend(info.words.iter().map(|word| format!("w:{}", word.value)));
        parts.extend(info.title.iter().map(|title| format!("t:{title}")));
        parts.extend(info.first_number.map(|first| format!("n:{first}")));
        let sign = |mark| match mark {
            LineMark::Marked => "",
            LineMark::Inserted => "+",
            LineMark::Deleted => "-",
        };
        parts.extend(
            info.lines.iter().map(|lines| format!("{}{}-{}", sign(lines.mark), lines.first, lines.last)),
        );
        parts.extend(info.id.iter().map(|id| format!("#{}", id.name)));
        parts.extend(info.unknown.iter().map(|name| format!("?{}", name.value)));
        parts.extend(problems.iter().map(|place| format!("!{place}")));
        parts.join(" ")
    }

    #[test]
    fn each_generator_has_its_own_way() {
        for (info, expected) in [
            ("rust,ignore, no_run", "rust w:ignore w:no_run"),
            (r#"sql wrong "a b"  c"#, "sql w:wrong w:a b w:c"),
            ("js title=\"src/a b.js\" {1,3-5} showLineNumbers", "js t:src/a b.js n:1 1-1 3-5"),
            ("js{1, 3}", "js 1-1 3-3"),
            ("ts{1}:line-numbers=7 [a.ts]", "ts t:a.ts n:7 1-1"),
            ("ts:line-numbers {1}", "ts n:1 1-1"),
            ("js:app.js", "js t:app.js"),
            (".js", "js"),
            (".", "."),
            ("language-js {1}", "js 1-1"),
            ("rust=", "rust n:1"),
            ("rust=101", "rust n:101"),
            ("{.python .numberLines startFrom=\"10\"}", "python n:10"),
            ("{.python .number-lines #x}", "python n:1 #x"),
            ("{#id .py}", "py #id"),
            ("{#id .numberLines .py .wide}", "py w:wide n:1 #id"),
            ("{#id linenos=true}", "n:1 #id"),
            ("py {#id .wide}", "py w:wide #id"),
            ("py file=\"a.py\"", "py t:a.py"),
            ("py name=\"a.py\" showLineNumbers", "py t:a.py n:1"),
            ("{linenos=true,hl_lines=[1,\"3-4\"],linenostart=5}", "n:5 1-1 3-4"),
            ("{r}", "r"),
            ("{r, echo=FALSE}", "r"),
            ("go {linenos=table,hl_lines=[8,\"15-17\"],linenostart=199}", "go n:199 8-8 15-17"),
            ("rust,linenos,hl_lines=1 3-5,linenostart=20", "rust n:20 1-1 3-5"),
            ("py title=a.py linenums=\"1\" hl_lines=\"2 3\"", "py t:a.py n:1 2-2 3-3"),
            ("diff ins={2} del='3-4'", "diff +2-2 -3-4"),
            ("title=\"x\"", "t:x"),
            ("{2}", "2-2"),
            ("js linenos=false", "js"),
            ("js titel=a", "js ?titel"),
            ("[[1, 6, x]]", "![[1, 6, x]]"),
            ("js hl_lines=1-b {5-2} linenos=x {3", "js !1-b !5-2 !x !{3"),
        ] {
            assert_eq!(short(info), expected, "{info}");
        }
    }

    #[test]
    fn no_info_is_too_broken() {
        let info = "{.a #b x='y\" {1,9-} [t] \"q:é={[,=\\";
        for (end, _) in info.char_indices() {
            read_text(&info[..end]);
            read_text(&info[end..]);
        }
    }
}
