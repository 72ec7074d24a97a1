//! From the Markdown library's events to ours.

mod html;
mod text;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::iter::Peekable;
use std::vec;

use pulldown_cmark::{BrokenLink, CowStr, Event as Step, LinkType, Options, Parser, Tag as Element, TagEnd};

use super::footnote::{self, Footnotes};
use super::heading::{self, Draft};
use super::link::{self, Kind};
use super::mask::{self, Placed};
use super::write::Writer;
use super::{Event, Markdown, Syntax, Tag, element, reference, tab};
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, composed, errors};

/// What is always Markdown here: GitHub's, definition lists and attributes of headings.
const ALWAYS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// The library's options for a site's syntax.
pub(super) fn options(syntax: &Syntax) -> Options {
    if syntax.math { ALWAYS | Options::ENABLE_MATH } else { ALWAYS }
}

/// Reads a text.
pub(super) fn read(excerpt: &Excerpt<'_>, syntax: &Syntax) -> (Markdown, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let options = options(syntax);
    let spaced = tab::as_spaces(excerpt.text);
    let tags = mask::find(excerpt, &spaced, options, &mut diagnostics);
    let hidden = mask::hide(&spaced, &tags);
    let mut broken = Vec::new();
    let mut report = |link: BrokenLink<'_>| {
        broken.push((link.link_type, link.span, link.reference.to_string()));
        None
    };
    let parser = Parser::new_with_broken_link_callback(&hidden, options, Some(&mut report));
    let mut steps = parser.into_offset_iter();
    let mut reader = Reader::new(excerpt, tags, diagnostics);
    while let Some((step, range)) = steps.next() {
        let definition = match &step {
            Step::Start(Element::Link { id, .. } | Element::Image { id, .. }) if !id.is_empty() => {
                steps.reference_definitions().get(id).map(|definition| definition.span.clone())
            }
            _ => None,
        };
        reader.read(step, range, definition.as_ref());
    }
    drop(steps);
    for (kind, span, label) in broken {
        reader.broken_link(kind, &span, &label);
    }
    reader.finish()
}

struct Reader<'e> {
    excerpt: &'e Excerpt<'e>,
    writer: Writer<'e>,
    /// Text that is not written yet, since more of it may follow.
    text: String,
    text_range: Span,
    headings: Vec<Draft>,
    /// The footnotes defined so far, by their keys.
    footnotes: BTreeMap<String, Span>,
    /// The tags not met yet.
    tags: Peekable<vec::IntoIter<Placed>>,
    /// Where the links and definitions without a destination begin.
    unfinished: BTreeSet<usize>,
    /// Whether an `<a>` that the author wrote is open.
    is_in_anchor: bool,
}

impl<'e> Reader<'e> {
    fn new(excerpt: &'e Excerpt<'e>, tags: Vec<Placed>, diagnostics: Diagnostics) -> Self {
        Self {
            excerpt,
            writer: Writer::new(excerpt, diagnostics),
            text: String::new(),
            text_range: 0..0,
            headings: Vec::new(),
            footnotes: BTreeMap::new(),
            tags: tags.into_iter().peekable(),
            unfinished: BTreeSet::new(),
            is_in_anchor: false,
        }
    }

    fn read(&mut self, step: Step<'_>, range: Span, definition: Option<&Span>) {
        match &step {
            Step::Text(text) => return self.text(text, range),
            Step::Html(html) | Step::InlineHtml(html) => return self.html(html, &range),
            _ => self.flush(),
        }
        match step {
            Step::Start(element) => self.start(element, range, definition),
            Step::End(end) => self.end(end, &range),
            Step::Code(code) => self.writer.push(Event::Code(code.into_string()), &range),
            Step::FootnoteReference(label) => {
                self.writer.push(Event::FootnoteReference(footnote::key(&label)), &range);
            }
            Step::SoftBreak => self.writer.push(Event::SoftBreak, &range),
            Step::HardBreak => self.writer.push(self.line_break(&range), &range),
            Step::Rule => self.writer.push(Event::Rule, &range),
            Step::TaskListMarker(ticked) => self.writer.push(Event::TaskMarker(ticked), &range),
            // Read above, or not enabled.
            Step::Text(_)
            | Step::Html(_)
            | Step::InlineHtml(_)
            | Step::InlineMath(_)
            | Step::DisplayMath(_) => {}
        }
    }

    /// Spaces at the end of a line break it; tabs, which the library takes for them, do not.
    fn line_break(&self, range: &Span) -> Event {
        let written = self.excerpt.text[range.clone()].trim_end_matches(['\n', '\r']);
        if written.ends_with('\t') || written.ends_with("\t ") { Event::SoftBreak } else { Event::HardBreak }
    }

    fn start(&mut self, element: Element<'_>, range: Span, definition: Option<&Span>) {
        match element {
            Element::Heading { level, id, classes, attrs } => {
                if let Some((name, _)) = attrs.first() {
                    let place = self.excerpt.place(&range);
                    self.writer.diagnostics.push(errors::ignored_attribute(place, name));
                }
                self.heading(level as u8, id.as_deref(), &classes, &range);
            }
            Element::Link { link_type, dest_url, title, .. } => {
                let (to, span) = self.destination(&dest_url, &range, definition, Kind::Link);
                let to = if link_type == LinkType::Email { format!("mailto:{to}") } else { to };
                self.writer.start(Tag::Link { to, title: title.into_string() }, &span);
            }
            Element::Image { dest_url, title, .. } => {
                let (to, span) = self.destination(&dest_url, &range, definition, Kind::Image);
                self.writer.start(Tag::Image { to, title: title.into_string() }, &span);
            }
            Element::HtmlBlock => self.html_block(&range),
            Element::FootnoteDefinition(label) => {
                let key = self.define_footnote(&label, &range);
                self.writer.start(Tag::FootnoteDefinition(key), &range);
            }
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
        self.is_in_anchor &= element::is_within_line(end);
        if matches!(end, TagEnd::Heading(_))
            && self.writer.has_room()
            && let Some(heading) = self.headings.last_mut()
        {
            heading.text = super::text::plain(&self.writer.events[heading.event..]);
        }
    }

    fn heading(&mut self, level: u8, id: Option<&str>, classes: &[CowStr<'_>], range: &Span) {
        if self.writer.has_room() {
            let id = id.map(|id| (composed(id).into_owned(), self.id_span(id, range)));
            let event = self.writer.events.len();
            self.headings.push(Draft { event, level, id, text: String::new() });
        }
        let classes = classes.iter().map(ToString::to_string).collect();
        self.writer.start(Tag::Heading { level, id: String::new(), classes }, range);
    }

    fn id_span(&self, id: &str, heading: &Span) -> Span {
        let found = self.excerpt.text[heading.clone()].rfind(&format!("#{id}"));
        found.map_or_else(|| heading.clone(), |at| heading.start + at..heading.start + at + 1 + id.len())
    }

    /// Where a link leads and where its author says so; nowhere if it must not lead there.
    fn destination(
        &mut self,
        to: &str,
        range: &Span,
        definition: Option<&Span>,
        kind: Kind,
    ) -> (String, Span) {
        if !self.writer.has_room() {
            return (String::new(), range.clone());
        }
        let source = definition.unwrap_or(range);
        let span = link::destination(self.excerpt.text, source, to).unwrap_or_else(|| range.clone());
        if link::is_missing(to) {
            if self.unfinished.insert(source.start) {
                self.writer.diagnostics.push(errors::empty_link(self.excerpt.place(source), kind));
            }
            return (String::new(), span);
        }
        if kind.forbids(to) {
            self.writer.diagnostics.push(errors::forbidden_link(self.excerpt.place(&span), to));
            return (String::new(), span);
        }
        (to.to_owned(), span)
    }

    fn define_footnote(&mut self, label: &str, range: &Span) -> String {
        let key = footnote::key(label);
        let span = reference::definition(self.excerpt.text, range);
        match self.footnotes.entry(key.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(span);
            }
            Entry::Occupied(first) => {
                let (place, first) = (self.excerpt.place(&span), self.excerpt.place(first.get()));
                self.writer.diagnostics.push(errors::duplicate_footnote(place, label, first));
            }
        }
        key
    }

    /// Leaves out the footnotes that nothing refers to; their labels are told.
    fn unused_footnotes(&mut self, footnotes: &Footnotes) {
        let shown: BTreeSet<&String> = footnotes.shown.iter().collect();
        for (_, span) in self.footnotes.iter().filter(|(key, _)| !shown.contains(key)) {
            let written = &self.excerpt.text[span.clone()];
            self.writer.diagnostics.push(errors::unused_footnote(self.excerpt.place(span), written));
        }
        self.headings.retain(|heading| !footnotes.unused.iter().any(|note| note.contains(&heading.event)));
    }

    fn broken_link(&mut self, kind: LinkType, span: &Span, label: &str) {
        let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed);
        if is_reference && reference::is_meant(self.excerpt.text, span, label) {
            let place = self.excerpt.place(span);
            self.writer.diagnostics.push(errors::undefined_reference(
                place,
                label,
                reference::severity(label),
            ));
        }
    }

    fn finish(mut self) -> (Markdown, Diagnostics) {
        self.flush();
        while let Some(placed) = self.tags.next() {
            self.misplaced(&placed);
        }
        let footnotes = Footnotes::of(&self.writer.events);
        self.unused_footnotes(&footnotes);
        let (events, mut diagnostics) = self.writer.finish();
        let mut markdown = Markdown { events, headings: Vec::new(), footnotes: footnotes.shown };
        heading::identify(&mut markdown, self.headings, self.excerpt, &mut diagnostics);
        footnote::remove(&mut markdown.events, &footnotes.unused);
        (markdown, diagnostics)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Event, Markdown, Source, Syntax, Tag};

    const TRICKY: &str = include_str!("read/tricky.md");

    fn read(text: &str) -> (Markdown, Vec<(&'static str, String)>) {
        let source = Source { path: "x.md".into(), text: text.into() };
        let (markdown, diagnostics) = Markdown::parse(&source, 0..text.len(), &Syntax::default());
        for event in &markdown.events {
            assert!(text.get(event.span.clone()).is_some(), "{event:?}");
        }
        let place =
            |place: Option<crate::Place>| place.map_or(String::new(), |at| text[at.start..at.end].to_owned());
        (markdown, diagnostics.into_iter().map(|problem| (problem.code, place(problem.place))).collect())
    }

    /// How deeply the events nest; panics if they do not balance.
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
        ] {
            let (markdown, problems) = read(&text);
            assert_eq!(problems.iter().filter(|(code, _)| *code == "too-deep").count(), usize::from(is_deep));
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
            ("{% <a> %}", ("unclosed-component", "{% <a> %}")),
            ("{% </a> %}", ("unclosed-component", "{% </a> %}")),
            ("{% <a> %}\n{% <b> %}\n{% </a> %}", ("unclosed-component", "{% <b> %}")),
            ("x {% <a> %}", ("invalid-component", "{% <a> %}")),
            ("[x](/{{<a/>}})", ("invalid-component", "{{<a/>}}")),
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
