//! Reads HTML, in which the tags of components are hidden.

use super::EventConverter;
use crate::markdown::mask::Placed;
use crate::markdown::{Event, Spelling, component, element, html};
use crate::{Span, errors};

impl EventConverter<'_> {
    /// Begins a block of HTML. If it begins with a comment without an end, it goes on to the end of the text.
    pub(super) fn html_block(&mut self, range: &Span) {
        self.writer.begin_html();
        let text = self.excerpt.written(range);
        if !text.contains("<!--") {
            return;
        }
        if let Some(start) = html::unclosed_comment(text) {
            let length = text[start..].find(['\n', '\r']).unwrap_or(text.len() - start);
            let place = self.excerpt.place(&(range.start + start..range.start + start + length));
            let problem =
                if start == 0 { errors::unclosed_comment(place) } else { errors::cut_comment(place) };
            self.writer.diagnostics.push(problem);
        } else if text.starts_with("<!--")
            && let Some(markdown) = html::markdown(text)
        {
            let place = self.excerpt.place(&(range.start + markdown.start..range.start + markdown.end));
            self.writer.diagnostics.push(errors::beside_comment(place));
        }
    }

    /// Writes HTML, and the tags of components that are hidden in it.
    pub(super) fn html(&mut self, html: &str, range: &Span) {
        // Behind the marks of a quote, HTML is shorter than its range, and no tag is hidden in it.
        if html.len() != range.len() {
            self.plain_html(html, range);
        } else if self.hides_tag(range) {
            self.uncover(range);
        } else {
            self.plain_html(&self.excerpt.text[range.clone()], range);
        }
    }

    /// Writes the tags of components that are hidden in HTML, and the HTML between them.
    fn uncover(&mut self, range: &Span) {
        let mut at = range.start;
        while let Some(placed) = self.next_tag(range) {
            if placed.span.start < at {
                self.uncover_brace(&placed.span);
            } else {
                self.html_beside_tag(&(at..placed.span.start));
            }
            at = placed.span.end;
            self.component(placed);
        }
        self.html_beside_tag(&(at..range.end));
    }

    /// Takes back the brace before the mask of a tag within a line, because it was read as text.
    fn uncover_brace(&mut self, tag: &Span) {
        if self.text.pop().is_some() {
            self.text_range.end = tag.start;
        }
    }

    /// Returns true if a tag is hidden in this range.
    pub(super) fn hides_tag(&mut self, html: &Span) -> bool {
        while let Some(placed) = self.tags.next_if(|placed| placed.span.end <= html.start) {
            self.misplaced(&placed);
        }
        self.tags.peek().is_some_and(|placed| placed.span.end <= html.end)
    }

    /// Takes the tag that is hidden in this HTML, if there is one.
    pub(super) fn next_tag(&mut self, html: &Span) -> Option<Placed> {
        self.tags.next_if(|placed| placed.span.end <= html.end)
    }

    /// Reports a tag that the library took for part of something else.
    pub(super) fn misplaced(&mut self, placed: &Placed) {
        let place = self.excerpt.place(&placed.span);
        self.writer.diagnostics.push(match &placed.tag {
            component::CallTag::Whole(call) | component::CallTag::Open(call)
                if call.spelling == Spelling::Shortcode =>
            {
                errors::ignored_shortcode(place, &call.name.value)
            }
            component::CallTag::Fence(_) => errors::misplaced_directive(place),
            _ => errors::misplaced_component(place),
        });
    }

    pub(super) fn component(&mut self, placed: Placed) {
        self.flush();
        match placed.tag {
            component::CallTag::Whole(call) => self.writer.push(Event::Component(call), &placed.span),
            component::CallTag::Open(call) => self.writer.start_component(call, &placed.span),
            component::CallTag::Close(name) => self.writer.end_component(&name, &placed.span),
            component::CallTag::Fence(fence) => self.fence(fence, &placed.span),
        }
    }

    /// Writes the HTML beside a tag, unless it is only white space, which belongs to the tag.
    fn html_beside_tag(&mut self, range: &Span) {
        let html = &self.excerpt.text[range.clone()];
        if !html.trim().is_empty() {
            self.plain_html(html, range);
        }
    }

    fn plain_html(&mut self, html: &str, range: &Span) {
        self.flush();
        self.is_in_anchor = element::is_in_anchor(html).unwrap_or(self.is_in_anchor);
        self.writer.push(Event::Html(html.to_owned()), range);
    }
}
