//! Links and images.

use std::fmt::Write;
use std::sync::Arc;

use sitegen_model::{Link, RecordId, Route, Target, anchor, names};
use sitegen_parser::{Attributes, ImageSize, Span};

use super::attributes::{given, push_attributes};
use super::raw::{self, VisibleContent};
use super::writer::{OpenTag, Writer};
use super::{Anchor, Elsewhere};
use crate::ground::escape::push_escaped;
use crate::text::errors;

/// The target of a link.
#[derive(Default)]
struct Resolved {
    /// The URL as it stands in HTML; none for a broken link, which is reported.
    href: Option<String>,
    /// The record that it names.
    record: Option<RecordId>,
    /// The path of the route that it leads to.
    url: Option<Arc<str>>,
}

impl<'a> Writer<'a> {
    pub(super) fn link(&mut self, to: &str, title: &str, span: &Span) {
        let Resolved { href, record, .. } = self.resolve(to, span);
        let given = self.given.take();
        if let Some(href) = &href {
            self.html().push_str("<a href=\"");
            push_escaped(self.html(), href);
            self.html().push('"');
            self.title(title, given);
            push_attributes(self.html(), "", given);
            self.html().push('>');
        }
        let start = self.html().len();
        let is_labelled = !title.is_empty()
            || ["aria-label", "title"].iter().any(|name| super::attributes::given(given, name).is_some());
        let (linked, span) = (href.is_some(), span.clone());
        self.push_open(OpenTag::Link { record, start, linked, lacks_part: false, is_labelled, span });
    }

    /// Writes the title of a link, unless the author gives another as an attribute.
    fn title(&mut self, title: &str, attributes: Option<&Attributes>) {
        if !title.is_empty() && given(attributes, "title").is_none() {
            self.html().push_str(" title=\"");
            push_escaped(self.html(), title);
            self.html().push('"');
        }
    }

    pub(super) fn end_link(&mut self) {
        let Some(OpenTag::Link { record, start, linked, lacks_part, is_labelled, span }) = self.pop_open()
        else {
            return;
        };
        let shown = raw::shown(self.html().get(start..).unwrap_or_default());
        match record {
            _ if shown == VisibleContent::Text => {}
            _ if shown == VisibleContent::Image && linked && !is_labelled => {
                let place = self.place(&span);
                self.diagnostics.push(errors::undescribed_link(place));
            }
            _ if shown == VisibleContent::Image => {}
            Some(record) => {
                self.html().truncate(start);
                self.named.push(record);
                let title = Arc::clone(&self.renderer.model.records[record].title);
                push_escaped(self.html(), &title);
            }
            None if linked && !lacks_part => {
                let place = self.place(&span);
                self.diagnostics.push(errors::empty_link_text(place));
            }
            None => {}
        }
        if linked {
            self.html().push_str("</a>");
        }
    }

    /// Resolves a link.
    fn resolve(&mut self, to: &str, span: &Span) -> Resolved {
        let model = &self.renderer.model;
        match model.resolve(to, &self.place(span)) {
            Ok(Link::External) => Resolved { href: Some(sitegen_model::external(to)), ..Resolved::default() },
            Ok(Link::Here { fragment, .. }) if self.is_top(self.record, &fragment) => {
                Resolved { href: Some("#".to_owned()), ..Resolved::default() }
            }
            Ok(Link::Here { fragment, href }) => {
                self.expect_here(&fragment, span);
                Resolved { href: Some(href), ..Resolved::default() }
            }
            Ok(Link::Route { url, record, mut suffix }) => {
                let top = suffix.split_once('#').filter(|(_, fragment)| self.is_top(record, fragment));
                if let Some((query, _)) = top {
                    suffix = query.into();
                }
                self.expect(&url, &suffix, span);
                let href = model.href(to, &url, &suffix);
                Resolved { href: Some(href), record, url: Some(url) }
            }
            Ok(Link::Elsewhere { exception, href }) => {
                self.elsewhere.push(Elsewhere { exception, href: href.clone() });
                Resolved { href: Some(href), ..Resolved::default() }
            }
            Ok(Link::Nowhere) => Resolved::default(),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                Resolved::default()
            }
        }
    }

    /// Returns true if a fragment means the heading that is a record's title, which is the top of its page.
    fn is_top(&self, record: Option<RecordId>, fragment: &str) -> bool {
        let top = record.and_then(|record| self.renderer.model.records[record].top.as_ref());
        top.is_some_and(|top| anchor(fragment).is_some_and(|anchor| names(anchor, |id| id == top)))
    }

    fn expect_here(&mut self, fragment: &str, span: &Span) {
        let headings = &self.markdown.headings;
        let is_own = |anchor| names(anchor, |id| headings.iter().any(|heading| heading.id == id));
        let page = self.record.and_then(|record| self.renderer.model.routes.of_record(record));
        if let Some(page) = page.filter(|_| !anchor(fragment).is_some_and(is_own)) {
            self.expect(&page.url, &format!("#{fragment}"), span);
        }
    }

    fn expect(&mut self, url: &Arc<str>, suffix: &str, span: &Span) {
        let fragment = suffix.split_once('#').and_then(|(_, fragment)| anchor(fragment));
        if let Some(anchor) = fragment {
            let (fragment, place) = (anchor.to_owned(), self.place(span));
            self.anchors.push(Anchor { url: Arc::clone(url), fragment, place });
        }
    }

    pub(super) fn image(&mut self, to: &str, title: &'a str, span: &Span) {
        let Resolved { href: src, url, .. } = self.resolve(to, span);
        let file = url.and_then(|url| self.renderer.model.routes.by_url(&url));
        let size = file.and_then(Route::image_size);
        if let Some(Target::File { path, .. } | Target::Asset { path, .. }) = file.map(|file| &file.target)
            && size.is_none()
        {
            self.diagnostics.push(errors::unknown_image_size(path, self.place(span)));
        }
        let given = self.given.take();
        self.set_apart(OpenTag::Image { src, title, size, given });
        self.images = 1;
    }

    pub(super) fn end_image(&mut self) {
        let (Some(OpenTag::Image { src, title, size, given: attributes }), alt) = self.take_apart() else {
            return;
        };
        let Some(src) = src else {
            // The text of a broken image stands in its place.
            push_escaped(self.html(), &alt);
            if let Some(OpenTag::Link { lacks_part, .. }) = self.last_open() {
                *lacks_part = true;
            }
            return;
        };
        let first = !std::mem::replace(&mut self.seen_image, true);
        let html = self.html();
        html.push_str("<img src=\"");
        push_escaped(html, &src);
        html.push_str("\" alt=\"");
        push_escaped(html, &alt);
        html.push('"');
        if let Some(size) = size {
            push_size(html, size, given(attributes, "width"), given(attributes, "height"));
        }
        // The first image is not lazy, because it is probably in sight at once and must not wait for the
        // page's layout.
        let is_lazy = !first && given(attributes, "loading").is_none();
        html.push_str(if is_lazy { " loading=\"lazy\"" } else { "" });
        html.push_str(if given(attributes, "decoding").is_none() { " decoding=\"async\"" } else { "" });
        self.title(title, attributes);
        push_attributes(self.html(), "", attributes);
        self.html().push('>');
    }
}

/// Writes the size of an image as far as the author does not say it: all of it, or the other side in
/// proportion to one in pixels.
fn push_size(html: &mut String, size: ImageSize, width: Option<&str>, height: Option<&str>) {
    let pixels = |text: &str| text.parse::<u64>().ok();
    let scaled = |given: u64, side: u32, own: u32| {
        (given * u64::from(side) + u64::from(own) / 2) / u64::from(own.max(1))
    };
    match (width, height) {
        (None, None) => {
            let _ = write!(html, " width=\"{}\" height=\"{}\"", size.width, size.height);
        }
        (Some(width), None) => {
            if let Some(width) = pixels(width).filter(|width| *width < 100_000) {
                let _ = write!(html, " height=\"{}\"", scaled(width, size.height, size.width));
            }
        }
        (None, Some(height)) => {
            if let Some(height) = pixels(height).filter(|height| *height < 100_000) {
                let _ = write!(html, " width=\"{}\"", scaled(height, size.width, size.height));
            }
        }
        (Some(_), Some(_)) => {}
    }
}
