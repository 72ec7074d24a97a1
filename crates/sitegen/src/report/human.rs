//! Diagnostics for people, formatted as rustc does.

use std::ops::Range;

use annotate_snippets::{
    Annotation, AnnotationKind, Group as Report, Level, Origin, Padding, Renderer, Snippet,
    normalize_untrusted_str,
};
use sitegen_parser::{Diagnostic, Place, RelatedPlace, Severity};

use super::Closing;
use super::group::Group;
use super::text::{IndexedText, Texts};
use crate::console::Palette;
use crate::errors::Failure;

/// The number of bytes of a line that may come before an excerpt. Longer lines are not shown.
const LEAD: usize = 16 << 10;

/// The number of bytes of a line to show after the beginning of an excerpt.
const TAIL: usize = 1 << 10;

/// The number of bytes that an excerpt with several annotations may span.
const REACH: usize = 4 << 10;

/// Formats the first diagnostic of a group with excerpts, the places of the others, and a blank line.
pub(super) fn render(group: &Group, texts: &Texts, palette: Palette) -> String {
    let diagnostic = group.first;
    let more = group.more(texts);
    let excerpts = excerpts(diagnostic, texts);
    let shows_text = excerpts.iter().any(|excerpt| !excerpt.marks.is_empty());
    let mut report =
        Report::with_title(title(diagnostic.severity, &diagnostic.message).id(diagnostic.code.name()));
    let mut after_text = false;
    for excerpt in &excerpts {
        if after_text && excerpt.marks.is_empty() {
            report = report.element(Padding);
        }
        report = excerpt.add_to(report);
        after_text = !excerpt.marks.is_empty();
    }
    let notes = [(Level::NOTE, &diagnostic.note), (Level::NOTE, &more), (Level::HELP, &diagnostic.help)];
    let notes =
        notes.into_iter().filter_map(|(level, text)| Some(level.message(normalize_lines(text.as_ref()?))));
    let notes: Vec<_> = notes.collect();
    if !notes.is_empty() && !excerpts.is_empty() && !after_text {
        report = report.element(Padding);
    }
    let rendered = renderer(palette).render(&[report.elements(notes)]);
    let rendered = if shows_text { rendered } else { with_margin(&rendered) };
    format!("{rendered}\n\n")
}

/// Formats the line after all diagnostics.
pub(super) fn closing(closing: &Closing, palette: Palette) -> String {
    let title = title(closing.severity, &closing.message);
    format!("{}\n", renderer(palette).render(&[Report::with_title(title)]))
}

/// Formats the reason why a command was not carried out, with advice.
pub(super) fn failure(failure: &Failure, palette: Palette) -> String {
    let help = failure.help.as_deref().map(|help| Level::HELP.message(normalize_lines(help)));
    let report = Report::with_title(title(Severity::Error, &failure.message)).elements(help);
    format!("{}\n", with_margin(&renderer(palette).render(&[report])))
}

/// Adds the margin that rustc gives to reports without text. The library's margin is as wide as the line
/// numbers, of which there are none here.
fn with_margin(rendered: &str) -> String {
    rendered.replace('\n', "\n ")
}

/// Formats a remark on all diagnostics.
pub(super) fn remark(text: &str, palette: Palette) -> String {
    renderer(palette).render(&[Report::with_title(Level::NOTE.primary_title(text))])
}

fn renderer(palette: Palette) -> Renderer {
    match palette {
        Palette::Plain => Renderer::plain(),
        Palette::Colored => Renderer::styled(),
    }
}

fn title(severity: Severity, message: &str) -> annotate_snippets::Title<'_> {
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    level.primary_title(message)
}

/// Makes text of the site's authors harmless, because it could contain commands for the terminal.
fn normalize_lines(text: &str) -> String {
    text.lines().map(normalize_untrusted_str).collect::<Vec<_>>().join("\n")
}

/// A part of a file, with annotations.
struct AnnotatedExcerpt<'a> {
    place: &'a Place,
    texts: &'a Texts,
    /// The annotations; empty if there is no text to show.
    marks: Vec<Highlight<'a>>,
}

#[derive(Clone)]
struct Highlight<'a> {
    kind: AnnotationKind,
    span: Range<usize>,
    label: Option<&'a str>,
}

fn excerpts<'a>(diagnostic: &'a Diagnostic, texts: &'a Texts) -> Vec<AnnotatedExcerpt<'a>> {
    let primary =
        diagnostic.place.iter().map(|place| (AnnotationKind::Primary, place, diagnostic.label.as_deref()));
    let related = diagnostic
        .related
        .iter()
        .map(|RelatedPlace { place, label }| (AnnotationKind::Context, place, Some(label.as_str())));
    let mut excerpts: Vec<AnnotatedExcerpt> = Vec::new();
    for (kind, place, label) in primary.chain(related) {
        let text = texts.at(place);
        let mark = text.and_then(|text| shown(text, place)).map(|span| Highlight { kind, span, label });
        let near = excerpts.iter_mut().zip(&mark).find(|(excerpt, mark)| excerpt.reaches(place, mark));
        match near {
            Some((excerpt, mark)) => excerpt.marks.push(mark.clone()),
            None => excerpts.push(AnnotatedExcerpt { place, texts, marks: mark.into_iter().collect() }),
        }
    }
    excerpts
}

/// Returns the bytes of a place to underline, which end with its first line. Returns none if they are too far
/// into the line to be shown.
fn shown(text: &IndexedText, place: &Place) -> Option<Range<usize>> {
    let span = text.span(place);
    let line = text.line_span(text.line(span.start));
    let end = span.end.min(line.end).min(text.floor(span.start + TAIL)).max(span.start);
    (span.start - line.start <= LEAD).then_some(span.start..end)
}

impl<'a> AnnotatedExcerpt<'a> {
    fn reaches(&self, place: &Place, mark: &Highlight) -> bool {
        let near = |other: &Highlight| other.span.start.abs_diff(mark.span.start) < REACH;
        self.place.path == place.path && !self.marks.is_empty() && self.marks.iter().all(near)
    }

    fn add_to(&'a self, report: Report<'a>) -> Report<'a> {
        match self.texts.at(self.place).filter(|_| !self.marks.is_empty()) {
            Some(text) => report.element(self.snippet(text)),
            None => report.element(self.origin()),
        }
    }

    fn origin(&self) -> Origin<'a> {
        let origin = Origin::path(&*self.place.path);
        match self.texts.position(self.place) {
            Some(position) => origin.line(position.line).char_column(position.column),
            None => origin,
        }
    }

    fn snippet(&self, text: &'a IndexedText) -> Snippet<'a, Annotation<'a>> {
        let starts = self.marks.iter().map(|mark| mark.span.start);
        let first = text.line(starts.clone().min().unwrap_or_default());
        let last = starts.max().unwrap_or_default();
        let start = text.line_span(first).start;
        let end = text.line_span(text.line(last)).end.min(text.floor(last + 2 * TAIL));
        let annotations = self
            .marks
            .iter()
            .map(|mark| mark.kind.span(mark.span.start - start..mark.span.end - start).label(mark.label));
        Snippet::source(text.slice(start..end))
            .line_start(first + 1)
            .path(&*self.place.path)
            .annotations(annotations)
    }
}

#[cfg(test)]
mod tests {
    use sitegen_parser::Code;

    use super::*;

    fn rendered(text: &str, first: &Diagnostic) -> String {
        let group = Group { first, others: Vec::new() };
        let texts = Texts::of(group.places(), &|path| (path == "content/x.md").then(|| text.into()));
        render(&group, &texts, Palette::Plain)
    }

    fn at(path: &str, start: usize, end: usize) -> Place {
        Place { path: path.into(), start, end }
    }

    #[test]
    fn excerpts_look_like_rustc_s() {
        let text = "+++\r\ncompany = \"amazn\"\r\n+++\r\n";
        let diagnostic = Diagnostic::error(Code::UnknownReference, "no company is called \"amazn\"")
            .at(at("content/x.md", 15, 22))
            .label("this")
            .related(at("content/x.md", 5, 12), "for this field")
            .related(at("themes/guide/theme.toml", 1, 2), "no text")
            .help("did you mean \"amazon\"?");
        let expected = "\
error[unknown-reference]: no company is called \"amazn\"
 --> content/x.md:2:11
  |
2 | company = \"amazn\"
  | -------   ^^^^^^^ this
  | |
  | for this field
  |
 ::: themes/guide/theme.toml
  |
  = help: did you mean \"amazon\"?

";
        assert_eq!(rendered(text, &diagnostic), expected);
    }

    #[test]
    fn files_as_a_whole_have_no_excerpt() {
        let diagnostic =
            Diagnostic::error(Code::MissingField, "x lacks \"name\"").at(at("content/x.md", 0, 0)).help("a");
        let expected = "error[missing-field]: x lacks \"name\"\n --> content/x.md\n  |\n  = help: a\n\n";
        assert_eq!(rendered("text", &diagnostic), expected);
    }

    #[test]
    fn long_lines_are_cut() {
        let text = format!("{} [a](@b/c) {}", "word ".repeat(1000), "word ".repeat(2_000_000));
        let near =
            rendered(&text, &Diagnostic::error(Code::BrokenLink, "near").at(at("content/x.md", 5001, 5011)));
        assert!(
            near.contains("content/x.md:1:5002") && near.contains("^^^^^^^^^^") && near.len() < 1000,
            "{near}"
        );
        let far = rendered(
            &text,
            &Diagnostic::error(Code::BrokenLink, "far").at(at("content/x.md", 9_000_000, 9_000_004)),
        );
        assert_eq!(far, "error[broken-link]: far\n --> content/x.md:1:9000001\n\n");
    }
}
