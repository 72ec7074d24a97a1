//! The writer of HTML, which takes one event of Markdown after another.

mod table;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use sitegen_model::{RawHtml, RecordId};
use sitegen_parser::{
    Alignment, Attributes, Block, Call, Diagnostics, Event, ImageSize, Info, Markdown, Place, Span, Spanned,
    Tag,
};

use super::attributes::{push_attributes, push_tag};
use super::footnote::FootnoteSection;
use super::{Anchor, Codes, Elsewhere, Html, Renderer, elements, raw};
use crate::ground::bounded::MAX_BYTES;
use crate::ground::escape::push_escaped;
use crate::text::errors;
use crate::text::math::MathStyle;

/// The state of a writer between events.
pub(super) struct Writer<'a> {
    pub renderer: &'a Renderer,
    pub markdown: &'a Markdown,
    pub path: &'a Arc<str>,
    pub record: Option<RecordId>,
    pub anchors: Vec<Anchor>,
    pub elsewhere: Vec<Elsewhere>,
    pub named: Vec<RecordId>,
    pub coloured: &'a Codes,
    pub codes: Codes,
    /// Suggestions for the languages that are not known.
    pub meant: BTreeMap<String, Option<String>>,
    pub diagnostics: Diagnostics,
    /// The texts that are being written: the HTML itself at the bottom, and on it each piece that is needed
    /// apart.
    out: Vec<String>,
    open: Vec<OpenTag<'a>>,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    /// The attributes that the author gives the next element.
    pub given: Option<&'a Attributes>,
    pub footnotes: FootnoteSection<'a>,
    seen_html: bool,
    /// The number of open images.
    pub images: usize,
    /// True if an image was shown.
    pub seen_image: bool,
}

/// An open element, with the data that its end needs.
pub(super) enum OpenTag<'a> {
    /// A block of code, with the spans of the block and of its text.
    Code {
        info: &'a Info,
        span: Span,
        text: Option<Span>,
    },
    Link {
        record: Option<RecordId>,
        start: usize,
        linked: bool,
        /// True if something in it is not shown, which was reported.
        lacks_part: bool,
        /// True if an attribute describes the link.
        is_labelled: bool,
        span: Span,
    },
    Image {
        src: Option<String>,
        title: &'a str,
        size: Option<ImageSize>,
        given: Option<&'a Attributes>,
    },
    Component {
        call: &'a Call,
        title: Option<String>,
        /// The number of calls in it so far.
        inner: usize,
    },
    Title,
    Footnote(&'a str),
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        renderer: &'a Renderer,
        markdown: &'a Markdown,
        path: &'a Arc<str>,
        name: &str,
        record: Option<RecordId>,
        coloured: &'a Codes,
    ) -> Self {
        Self {
            renderer,
            markdown,
            path,
            record,
            anchors: Vec::new(),
            elsewhere: Vec::new(),
            named: Vec::new(),
            coloured,
            codes: Codes::new(),
            meant: BTreeMap::new(),
            diagnostics: Diagnostics::new(),
            out: vec![String::new()],
            open: Vec::new(),
            alignments: Vec::new(),
            column: 0,
            in_head: false,
            given: None,
            footnotes: FootnoteSection::new(markdown, name),
            seen_html: false,
            images: 0,
            seen_image: false,
        }
    }

    pub(super) fn finish(mut self) -> Html {
        let mut html = self.out.remove(0);
        html.push_str(&self.footnotes.section(&self.renderer.model.words));
        let toc = super::toc(self.markdown);
        let Self { anchors, elsewhere, named, codes, diagnostics, .. } = self;
        Html { html, toc, anchors, elsewhere, named, codes, diagnostics }
    }

    pub(super) fn place(&self, span: &Span) -> Place {
        Place::new(self.path, span)
    }

    pub(super) fn html(&mut self) -> &mut String {
        self.out.last_mut().expect("the text itself is never taken off")
    }

    /// Returns true if more was written than a page can hold, because components, lists of contents and code
    /// can make much of little.
    pub(super) fn is_full(&self) -> bool {
        self.out.iter().map(String::len).sum::<usize>() > MAX_BYTES
    }

    /// Drops everything that was written.
    pub(super) fn abandon(&mut self) {
        self.out = vec![String::new()];
        self.open.clear();
    }

    /// Writes apart until [`Self::take_apart`].
    pub(super) fn set_apart(&mut self, open: OpenTag<'a>) {
        self.open.push(open);
        self.out.push(String::new());
    }

    pub(super) fn take_apart(&mut self) -> (Option<OpenTag<'a>>, String) {
        let html = if self.out.len() > 1 { self.out.pop() } else { None };
        (self.open.pop(), html.unwrap_or_default())
    }

    /// Returns the call that encloses the current position, and the number of the next call in it, from 1.
    pub(super) fn enclosing(&mut self) -> Option<(&'a Call, usize)> {
        self.open.iter_mut().rev().find_map(|open| match open {
            OpenTag::Component { call, inner, .. } => {
                *inner += 1;
                Some((*call, *inner))
            }
            _ => None,
        })
    }

    pub(super) fn push_open(&mut self, open: OpenTag<'a>) {
        self.open.push(open);
    }

    pub(super) fn last_open(&mut self) -> Option<&mut OpenTag<'a>> {
        self.open.last_mut()
    }

    pub(super) fn pop_open(&mut self) -> Option<OpenTag<'a>> {
        self.open.pop()
    }

    fn text(&mut self, text: &str, span: &Span) {
        if let Some(OpenTag::Code { text: code, .. }) = self.open.last_mut() {
            code.get_or_insert_with(|| span.clone()).end = span.end;
            self.html().push_str(text);
        } else {
            push_escaped(self.html(), text);
        }
    }

    /// Writes an event within an image to the image's text for readers who do not see it.
    fn alternative_text(&mut self, event: &Event) {
        match event {
            Event::Start(Tag::Image { .. }) => self.images += 1,
            Event::End(Block::Image) => {
                self.images -= 1;
                if self.images == 0 {
                    self.end_image();
                }
            }
            Event::Text(text) | Event::Code(text) => self.html().push_str(text),
            Event::InlineMath(formula) | Event::DisplayMath(formula) => self.html().push_str(&formula.value),
            Event::SoftBreak | Event::HardBreak => self.html().push(' '),
            _ => {}
        }
    }

    pub(super) fn event(&mut self, event: &'a Spanned<Event>) {
        if self.images > 0 {
            return self.alternative_text(&event.value);
        }
        match &event.value {
            Event::Attributes(given) => self.given = Some(given),
            Event::Start(tag) => self.start(tag, &event.span),
            Event::End(block) => self.end(*block),
            Event::Text(text) => self.text(text, &event.span),
            Event::Code(code) => {
                self.tag("code", "");
                push_escaped(self.html(), code);
                self.html().push_str("</code>");
            }
            Event::InlineMath(formula) => self.formula(formula, MathStyle::Inline),
            Event::DisplayMath(formula) => self.formula(formula, MathStyle::Display),
            Event::Html(html) => self.raw_html(html, &event.span),
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::SoftBreak => self.html().push('\n'),
            Event::HardBreak => self.html().push_str("<br>\n"),
            Event::Rule => self.html().push_str("<hr>\n"),
            Event::TaskMarker(done) => {
                let checked = if *done { " checked" } else { "" };
                let label = if *done { "done" } else { "to do" };
                let _ = write!(
                    self.html(),
                    "<input type=\"checkbox\" disabled aria-label=\"{label}\"{checked}> "
                );
            }
            Event::Component(call) => self.component(call, None, None),
            Event::Contents => self.contents(),
            Event::Include(include) => {
                let place = self.place(&include.path.span);
                self.diagnostics.push(errors::misplaced_include(place));
                self.text(&include.written, &event.span);
            }
        }
    }

    fn start(&mut self, tag: &'a Tag, span: &Span) {
        match tag {
            Tag::Paragraph => self.tag("p", ""),
            Tag::Heading { level, id } => self.heading(*level, id),
            Tag::BlockQuote => {
                self.tag("blockquote", "");
                self.html().push('\n');
            }
            Tag::CodeBlock(info) => {
                self.set_apart(OpenTag::Code { info, span: span.clone(), text: None });
            }
            Tag::List { start } => self.list(*start),
            Tag::Item => self.tag("li", ""),
            Tag::FootnoteDefinition(label) => self.set_apart(OpenTag::Footnote(label)),
            Tag::DefinitionList => {
                self.tag("dl", "");
                self.html().push('\n');
            }
            Tag::DefinitionTerm => self.tag("dt", ""),
            Tag::DefinitionText => self.tag("dd", ""),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => {
                self.column = 0;
                self.html().push_str("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.tag("em", ""),
            Tag::Strong => self.tag("strong", ""),
            Tag::Strikethrough => self.tag("del", ""),
            Tag::Mark => self.tag("mark", ""),
            Tag::Subscript => self.tag("sub", ""),
            Tag::Superscript => self.tag("sup", ""),
            Tag::Abbreviation(meaning) => self.abbreviation(meaning),
            Tag::Link { to, title } => self.link(to, title, span),
            Tag::Image { to, title } => self.image(to, title, span),
            Tag::Component(call) => self.set_apart(OpenTag::Component { call, title: None, inner: 0 }),
            Tag::Title => self.set_apart(OpenTag::Title),
        }
    }

    fn end(&mut self, block: Block) {
        let tag = match block {
            Block::CodeBlock => return self.end_code(),
            Block::FootnoteDefinition => return self.end_footnote(),
            Block::Link => return self.end_link(),
            Block::Component => return self.end_component(),
            Block::Title => return self.end_title(),
            Block::TableCell => return self.end_table_cell(),
            Block::Heading(level) => {
                let _ = writeln!(self.html(), "</h{level}>");
                return;
            }
            Block::TableHead => {
                self.in_head = false;
                "</tr>\n</thead>\n<tbody>\n"
            }
            Block::Paragraph => "</p>\n",
            Block::BlockQuote => "</blockquote>\n",
            Block::OrderedList => "</ol>\n",
            Block::BulletList => "</ul>\n",
            Block::Item => "</li>\n",
            Block::DefinitionList => "</dl>\n",
            Block::DefinitionTerm => "</dt>\n",
            Block::DefinitionText => "</dd>\n",
            Block::Table => "</tbody>\n</table></div>\n",
            Block::TableRow => "</tr>\n",
            Block::Emphasis => "</em>",
            Block::Strong => "</strong>",
            Block::Strikethrough => "</del>",
            Block::Mark => "</mark>",
            Block::Subscript => "</sub>",
            Block::Superscript => "</sup>",
            Block::Abbreviation => "</abbr>",
            Block::Image => "",
        };
        self.html().push_str(tag);
    }

    /// Writes an element's tag, with a class of ours and the attributes that the author gives.
    fn tag(&mut self, name: &str, class: &str) {
        let given = self.given.take();
        push_tag(self.html(), name, class, given);
        self.html().push('>');
    }

    fn list(&mut self, start: Option<u64>) {
        let own_start = super::attributes::given(self.given, "start").is_some();
        match start {
            None => self.tag("ul", ""),
            Some(first) if first != 1 && !own_start => {
                let given = self.given.take();
                let _ = write!(self.html(), "<ol start=\"{first}\"");
                push_attributes(self.html(), "", given);
                self.html().push('>');
            }
            Some(_) => self.tag("ol", ""),
        }
        self.html().push('\n');
    }

    fn heading(&mut self, level: u8, id: &str) {
        let _ = write!(self.html(), "<h{level} id=\"");
        push_escaped(self.html(), id);
        self.html().push('"');
        let given = self.given.take();
        push_attributes(self.html(), "", given);
        self.html().push('>');
    }

    fn raw_html(&mut self, html: &str, span: &Span) {
        if self.renderer.model.config.markdown.raw_html == RawHtml::Allow {
            self.unknown_elements(html, span);
            return self.html().push_str(html);
        }
        match raw::first_markup(html) {
            None => raw::push_text(self.html(), html),
            Some(markup) => {
                // The span is not exact within a quote, because the HTML lacks the quote's marks.
                let is_exact = span.len() == html.len();
                let start = span.start + if is_exact { markup.start } else { 0 };
                // A comment without an end was reported before.
                if !html[markup.clone()].starts_with("<!--") {
                    self.html_as_text(&(start..span.end.min(start + markup.len())));
                }
                push_escaped(self.html(), &raw::without_comments(html));
            }
        }
    }

    /// Reports unknown elements, because browsers show nothing of them.
    fn unknown_elements(&mut self, html: &str, span: &Span) {
        for (name, tag) in elements::unknown(html) {
            let is_exact = span.len() == html.len();
            let tag = if is_exact { span.start + tag.start..span.start + tag.end } else { span.clone() };
            let place = self.place(&tag);
            self.diagnostics.push(errors::unknown_element(name, place));
        }
    }

    /// Reports once that HTML is shown as text. A component's tag that cannot be read is reported as such.
    fn html_as_text(&mut self, span: &Span) {
        let is_component = self.html().ends_with("{{") || self.html().trim_end().ends_with("{%");
        if !self.seen_html && !is_component {
            self.seen_html = true;
            let place = self.place(span);
            self.diagnostics.push(errors::raw_html(place));
        }
    }
}
