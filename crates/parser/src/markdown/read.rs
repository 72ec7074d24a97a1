//! Converts the Markdown library's events to ours.

mod attributes;
mod code;
mod directive;
mod footnotes;
mod heading;
mod html;
mod link;
mod quote;
mod table;
mod text;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::iter::Peekable;
use std::vec;

use pulldown_cmark::{BrokenLink, Event as Step, LinkType, Options, Parser, Tag as Element, TagEnd};

use super::abbreviation::{self, Abbreviations};
use super::admonition;
use super::delimiter::{self, Delimiter};
use super::footnote::{self, Footnotes};
use super::heading::{self as headings, PendingHeading};
use super::link::LinkElement;
use super::mask::{self, Placed};
use super::shortcode::{self, Rewritten};
use super::typography::Typed;
use super::write::EventWriter;
use super::{Attributes, Event, Extension, Markdown, Syntax, Tag, component, element, money, tab};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span};

/// The parts of Markdown that every site has: GitHub's, and definition lists.
const ALWAYS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Returns the library's options for a site's syntax.
pub(super) fn options(syntax: &Syntax) -> Options {
    let mut options = ALWAYS;
    options.set(Options::ENABLE_MATH, syntax.has(Extension::Math));
    options.set(Options::ENABLE_WIKILINKS, syntax.has(Extension::WikiLinks));
    options.set(Options::ENABLE_SMART_PUNCTUATION, syntax.quotes.is_some());
    options
}

/// Reads a text, after blocks of `MkDocs` and shortcodes are rewritten.
pub(super) fn read(excerpt: &Excerpt<'_>, syntax: &Syntax) -> (Markdown, Diagnostics) {
    let options = options(syntax);
    let patched = admonition::rewrite(excerpt, options, syntax);
    let excerpt = &patched.as_ref().map_or_else(|| excerpt.clone(), |patched| patched.excerpt(excerpt));
    match shortcode::rewrite(excerpt, options, syntax) {
        Some(Rewritten { text, tags, diagnostics }) => {
            read_text(&text.excerpt(excerpt), options, syntax, &tags, diagnostics)
        }
        None => read_text(excerpt, options, syntax, &BTreeMap::new(), Diagnostics::new()),
    }
}

fn read_text(
    excerpt: &Excerpt<'_>,
    options: Options,
    syntax: &Syntax,
    shortcodes: &BTreeMap<usize, component::CallTag>,
    mut diagnostics: Diagnostics,
) -> (Markdown, Diagnostics) {
    let spaced = tab::as_spaces(excerpt.text);
    let (defined, abbreviations) = abbreviation::take(&spaced, options, syntax);
    let amounts = money::hide(&defined, options);
    let tags = mask::find(excerpt, &amounts.text, options, shortcodes, &mut diagnostics);
    let hidden = mask::hide(&amounts.text, &tags);
    let delimiters = delimiter::find(&hidden.text, options, syntax);
    let text = delimiter::hide(&hidden.text, &delimiters);
    let mut broken = Vec::new();
    let mut report = |link: BrokenLink<'_>| {
        broken.push((link.link_type, link.span, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&text, options, Some(&mut report));
    let mut steps = parser.into_offset_iter();
    let mut converter = EventConverter::new(excerpt, syntax, tags, diagnostics);
    converter.delimiters = delimiters.into();
    converter.abbreviations = abbreviations;
    while let Some((step, range)) = steps.next() {
        let definition = match &step {
            Step::Start(Element::Link { id, .. } | Element::Image { id, .. }) if !id.is_empty() => {
                steps.reference_definitions().get(id).map(|definition| definition.span.clone())
            }
            _ => None,
        };
        let step = amounts.show(hidden.show(step, &range), &range);
        converter.read(step, range, definition.as_ref());
    }
    drop(steps);
    for (kind, span, label) in broken {
        converter.broken_link(kind, &span, &amounts.show_text(&label));
    }
    converter.finish()
}

struct EventConverter<'e> {
    excerpt: &'e Excerpt<'e>,
    syntax: &'e Syntax,
    options: Options,
    writer: EventWriter<'e>,
    /// Text that is not written yet, because more may follow.
    text: String,
    text_range: Span,
    /// The offsets, in that text and in the file, at which its parts begin.
    pieces: Vec<(usize, usize)>,
    /// The quotation marks and other signs in that text that are not shown as they are written.
    typed: Typed,
    /// The signs around marked, lowered and raised text that were not reached yet.
    delimiters: VecDeque<Delimiter>,
    abbreviations: Abbreviations,
    /// The end of an element within a line that has just ended, and the event that began the element.
    behind: Option<(usize, usize)>,
    /// The author's attributes, by the events that begin their elements.
    attributes: BTreeMap<usize, Attributes>,
    /// The ids in `attributes`. Headings have theirs in `headings`.
    ids: Vec<(String, Span)>,
    /// The number of columns of the table that is being read.
    columns: usize,
    /// True while a table row is read that is a list of attributes.
    skips_row: bool,
    headings: Vec<PendingHeading>,
    /// The footnotes defined so far, by their keys.
    footnotes: BTreeMap<String, Span>,
    /// The tags that were not reached yet.
    tags: Peekable<vec::IntoIter<Placed>>,
    /// The offsets of links and definitions without a destination.
    unfinished: BTreeSet<usize>,
    /// A block quote that has begun, before anything in it.
    quote: Option<Span>,
    /// The line of an alert's marker, while it is read.
    line: Option<quote::MarkerLine>,
    /// True while a paragraph is read that stands for a list of contents.
    in_contents: bool,
    /// True while an `<a>` that the author wrote is open.
    is_in_anchor: bool,
    /// The number of lines of `$$` so far that enclose no formula.
    edges: usize,
}

impl<'e> EventConverter<'e> {
    fn new(
        excerpt: &'e Excerpt<'e>,
        syntax: &'e Syntax,
        tags: Vec<Placed>,
        diagnostics: Diagnostics,
    ) -> Self {
        Self {
            excerpt,
            syntax,
            options: options(syntax),
            writer: EventWriter::new(excerpt, diagnostics),
            text: String::new(),
            text_range: 0..0,
            pieces: Vec::new(),
            typed: Typed::default(),
            delimiters: VecDeque::new(),
            abbreviations: Abbreviations::default(),
            behind: None,
            attributes: BTreeMap::new(),
            ids: Vec::new(),
            columns: 0,
            skips_row: false,
            headings: Vec::new(),
            footnotes: BTreeMap::new(),
            tags: tags.into_iter().peekable(),
            unfinished: BTreeSet::new(),
            quote: None,
            line: None,
            in_contents: false,
            is_in_anchor: false,
            edges: 0,
        }
    }

    fn read(&mut self, step: Step<'_>, range: Span, definition: Option<&Span>) {
        if self.skips_row || self.is_list_row(&step, &range) {
            self.skips_row = !matches!(step, Step::End(TagEnd::TableRow));
            return;
        }
        if self.in_contents {
            self.in_contents = !matches!(step, Step::End(TagEnd::Paragraph));
            return;
        }
        if self.first_in_quote(&step, &range) || self.in_marker_line(&step, &range) {
            return;
        }
        match &step {
            Step::Text(text) => return self.text(text, range),
            Step::Html(html) | Step::InlineHtml(html) => return self.html(html, &range),
            _ if self.list_before(&step, &range) => return,
            _ => self.flush(),
        }
        match step {
            Step::Start(element) => self.start(element, range, definition),
            Step::End(end) => self.end(end, &range),
            Step::Code(code) => {
                self.writer.push(Event::Code(code.into_string()), &range);
                let code = self.writer.events.len().saturating_sub(1);
                self.behind = self.writer.has_room().then_some((range.end, code));
            }
            Step::FootnoteReference(label) => {
                self.writer.push(Event::FootnoteReference(footnote::key(&label)), &range);
            }
            Step::SoftBreak => self.writer.push(Event::SoftBreak, &range),
            Step::HardBreak => self.writer.push(self.line_break(&range), &range),
            Step::Rule => self.rule(&range),
            Step::TaskListMarker(ticked) => self.writer.push(Event::TaskMarker(ticked), &range),
            Step::InlineMath(formula) => self.formula(formula, &range, 1),
            Step::DisplayMath(formula) => self.formula(formula, &range, 2),
            // These are handled above.
            Step::Text(_) | Step::Html(_) | Step::InlineHtml(_) => {}
        }
    }

    fn start(&mut self, element: Element<'_>, range: Span, definition: Option<&Span>) {
        match element {
            Element::Heading { level, .. } => self.heading(level as u8, &range),
            Element::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. } => {
                let (to, title) = (format!("[[{}]]", dest_url.trim()), String::new());
                self.writer.start(Tag::Link { to, title }, &range);
            }
            Element::Link { link_type, dest_url, title, .. } => {
                let (to, span) = self.destination(&dest_url, &range, definition, LinkElement::Link);
                let to = if link_type == LinkType::Email { format!("mailto:{to}") } else { to };
                self.writer.start(Tag::Link { to, title: title.into_string() }, &span);
            }
            Element::Image { dest_url, title, .. } => {
                let (to, span) = self.destination(&dest_url, &range, definition, LinkElement::Image);
                self.writer.start(Tag::Image { to, title: title.into_string() }, &span);
            }
            Element::Paragraph => self.paragraph(&range),
            Element::BlockQuote(kind) => self.block_quote(kind.is_some(), range),
            Element::HtmlBlock => self.html_block(&range),
            Element::Table(columns) => {
                self.columns = columns.len();
                if let Some(tag) = element::tag(Element::Table(columns)) {
                    self.writer.start(tag, &range);
                }
            }
            Element::TableRow => {
                self.lost_cells(&range);
                self.writer.start(Tag::TableRow, &range);
            }
            Element::FootnoteDefinition(label) => {
                let key = self.define_footnote(&label, &range);
                self.writer.start(Tag::FootnoteDefinition(key), &range);
            }
            Element::CodeBlock(kind) => self.code_block(&kind, &range),
            other => {
                if let Some(tag) = element::tag(other) {
                    self.writer.start(tag, &range);
                }
            }
        }
    }

    fn end(&mut self, end: TagEnd, range: &Span) {
        if !element::is_written(end) {
            return;
        }
        self.writer.end(range);
        if element::is_within_line(end) && self.writer.has_room() {
            self.behind = Some((range.end, self.writer.closed()));
        }
        self.is_in_anchor &= element::is_within_line(end);
        if matches!(end, TagEnd::Heading(_)) {
            self.end_heading();
        }
    }

    fn finish(mut self) -> (Markdown, Diagnostics) {
        self.flush();
        while let Some(placed) = self.tags.next() {
            self.misplaced(&placed);
        }
        let footnotes = Footnotes::of(&self.writer.events);
        self.unused_footnotes(&footnotes);
        self.empty_contents();
        let (events, mut diagnostics) = self.writer.finish();
        let mut markdown = Markdown { events, headings: Vec::new(), footnotes: Vec::new() };
        headings::identify(&mut markdown, self.headings, &self.ids, self.excerpt, &mut diagnostics);
        markdown.events = footnotes::assembled(markdown.events, &footnotes, self.attributes);
        markdown.footnotes = footnotes.shown;
        (markdown, diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Code, Event, Markdown, Source, Syntax, Tag};

    const TRICKY: &str = include_str!("read/tricky.md");

    fn read(text: &str) -> (Markdown, Vec<(Code, String)>) {
        let source = Source { path: "x.md".into(), text: text.into() };
        let (markdown, diagnostics) = Markdown::parse(&source, 0..text.len(), &Syntax::default());
        for event in &markdown.events {
            assert!(text.get(event.span.clone()).is_some(), "{event:?}");
        }
        let place =
            |place: Option<crate::Place>| place.map_or(String::new(), |at| text[at.start..at.end].to_owned());
        (markdown, diagnostics.into_iter().map(|problem| (problem.code, place(problem.place))).collect())
    }

    /// Returns how deeply the events nest; panics if they do not balance.
    fn depth(markdown: &Markdown) -> usize {
        let (mut open, mut depth) = (Vec::<Block>::new(), 0);
        for event in &markdown.events {
            match &event.value {
                Event::Start(tag) => open.push(tag.block()),
                Event::End(block) => assert_eq!(open.pop(), Some(*block)),
                _ => {}
            }
            depth = depth.max(open.len());
        }
        assert!(open.is_empty(), "{open:?}");
        depth
    }

    #[test]
    fn events_balance_wherever_a_text_ends() {
        for text in [TRICKY.to_owned(), TRICKY.replace('\n', "\r\n")] {
            for (end, _) in text.char_indices() {
                depth(&read(&text[..end]).0);
                depth(&read(&text[end..]).0);
            }
        }
    }

    #[test]
    fn deep_nesting_is_cut_with_one_problem() {
        for (text, is_deep) in [
            ("> ".repeat(100_000), true),
            ("* ".repeat(100_000) + "a", true),
            ("*a **a ".repeat(50_000), false),
            ("[".repeat(100_000), false),
            ("![".repeat(50_000) + &"](a)".repeat(50_000), true),
            ("{% <a> %}\n".repeat(150) + &"{% </a> %}\n".repeat(150), true),
            (":::a\n".repeat(150) + &":::\n".repeat(150), true),
            ("> ".repeat(150) + "[!a] b", true),
            (":::a[".repeat(20_000) + &"]".repeat(20_000) + "\n:::", false),
        ] {
            let (markdown, problems) = read(&text);
            assert_eq!(problems.iter().any(|(code, _)| *code == Code::TooDeep), is_deep);
            assert!(problems.len() <= 1 && depth(&markdown) <= 100, "{}", &text[..20]);
        }
    }

    #[test]
    fn components_stand_in_lines_and_between_them() {
        let (markdown, problems) =
            read("- a\n{% <note> %}\n\nb {{<card a=\"|`<\" />}} c\n\n{{<x/>}}\n{% </note> %}");
        assert_eq!((problems, depth(&markdown)), (vec![], 2));
        let names: Vec<&str> = markdown
            .events
            .iter()
            .filter_map(|event| match &event.value {
                Event::Start(Tag::Component(call)) | Event::Component(call) => Some(&*call.name.value),
                Event::Text(text) => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(names, ["a", "note", "b ", "card", " c", "x"]);
    }

    #[test]
    fn tags_that_do_not_match_are_told_once() {
        for (text, problem) in [
            ("{% <a> %}", (Code::UnclosedComponent, "{% <a> %}")),
            ("{% </a> %}", (Code::UnclosedComponent, "{% </a> %}")),
            ("{% <a> %}\n{% <b> %}\n{% </a> %}", (Code::UnclosedComponent, "{% <b> %}")),
            ("x {% <a> %}", (Code::InvalidComponent, "{% <a> %}")),
            ("[x](/{{<a/>}})", (Code::InvalidComponent, "{{<a/>}}")),
            (":::a\n{% <b> %}\n:::", (Code::UnclosedComponent, "{% <b> %}")),
            ("{% <b> %}\n:::a\n{% </b> %}\n:::", (Code::UnclosedComponent, ":::a")),
            ("- :::a\n\nx\n:::", (Code::UnclosedComponent, ":::a")),
            (":::a [{{<b/>}}](/)\n:::", (Code::InvalidComponent, "{{<b/>}}")),
            ("x\n    :::", (Code::InvalidComponent, ":::")),
            ("<div title='\n:::a\n'>", (Code::UnclosedComponent, ":::a")),
        ] {
            let (markdown, problems) = read(text);
            assert_eq!(problems, [(problem.0, problem.1.to_owned())]);
            depth(&markdown);
        }
        for text in
            ["`{{<a/>}}`", "```\n{% <a> %}\n```", "1. ```\n   x\n   ```\n2. `{% <`", "<!--\n{% <a> %}\n-->"]
        {
            assert_eq!(read(text).1, [], "{text}");
        }
    }
}
