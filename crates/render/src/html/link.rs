//! Links and images.

use std::fmt::Write;
use std::sync::Arc;

use sitegen_model::{Link, RecordId};
use sitegen_parser::Span;

use super::Anchor;
use super::writer::{Open, Writer};
use crate::highlight::push_escaped;

impl<'a> Writer<'a> {
    pub(super) fn link(&mut self, to: &str, title: &str, span: &Span) {
        let (href, record) = self.resolve(to, span);
        if let Some(href) = &href {
            self.html().push_str("<a href=\"");
            push_escaped(self.html(), href);
            self.html().push('"');
            self.title(title);
            self.html().push('>');
        }
        let start = self.html().len();
        let open = Open::Link { record, start, linked: href.is_some() };
        self.push_open(open);
    }

    fn title(&mut self, title: &str) {
        if !title.is_empty() {
            self.html().push_str(" title=\"");
            push_escaped(self.html(), title);
            self.html().push('"');
        }
    }

    pub(super) fn end_link(&mut self) {
        let Some(Open::Link { record, start, linked }) = self.pop_open() else { return };
        if let Some(record) = record
            && self.html().len() == start
        {
            self.named.push(record);
            let title = Arc::clone(&self.renderer.model.records[record].title);
            push_escaped(self.html(), &title);
        }
        if linked {
            self.html().push_str("</a>");
        }
    }

    /// Where a link goes, as it stands in HTML, and the record that it names. Nothing for a broken link,
    /// which is reported.
    fn resolve(&mut self, to: &str, span: &Span) -> (Option<String>, Option<RecordId>) {
        let model = &self.renderer.model;
        match model.resolve(to, &self.place(span)) {
            Ok(Link::External) => (Some(to.to_owned()), None),
            Ok(Link::Here { fragment }) => {
                self.expect_here(&fragment, span);
                (Some(to.to_owned()), None)
            }
            Ok(Link::Route { url, record, suffix }) => {
                self.expect(&url, &suffix, span);
                (Some(format!("{}{suffix}", model.config.base_url.href(&url))), record)
            }
            Ok(Link::Nowhere) => (None, None),
            Err(diagnostic) => {
                self.diagnostics.push(diagnostic);
                (None, None)
            }
        }
    }

    fn expect_here(&mut self, fragment: &str, span: &Span) {
        let own = self.markdown.headings.iter().any(|heading| heading.id == fragment);
        let page = self.record.and_then(|record| self.renderer.model.routes.of_record(record));
        if let Some(page) = page.filter(|_| !own) {
            self.expect(&page.url, &format!("#{fragment}"), span);
        }
    }

    fn expect(&mut self, url: &Arc<str>, suffix: &str, span: &Span) {
        let Some((_, fragment)) = suffix.split_once('#') else { return };
        let fragment = sitegen_model::decode(fragment).unwrap_or_default().into_owned();
        if !fragment.is_empty() {
            let place = self.place(span);
            self.anchors.push(Anchor { url: Arc::clone(url), fragment, place });
        }
    }

    pub(super) fn image(&mut self, to: &str, title: &'a str, span: &Span) {
        let (src, _) = self.resolve(to, span);
        self.set_apart(Open::Image { src, title });
        self.images = 1;
    }

    pub(super) fn end_image(&mut self) {
        let (Some(Open::Image { src, title }), alt) = self.take_apart() else { return };
        let Some(src) = src else { return };
        let html = self.html();
        html.push_str("<img src=\"");
        push_escaped(html, &src);
        html.push_str("\" alt=\"");
        push_escaped(html, &alt);
        let _ = write!(html, "\" loading=\"lazy\"");
        self.title(title);
        self.html().push('>');
    }
}
