//! `[links]` of `site.toml`: which links are checked, and how strictly.

use std::collections::BTreeSet;

use percent_encoding::utf8_percent_encode;
use sitegen_parser::{Code, Diagnostic, Diagnostics, Place, Severity, is_known_scheme, scheme};

use super::Lowered;
use crate::ground::url::{self, whole_objection};
use crate::ground::{Glob, Id};
use crate::read::{Layers, errors};

/// The codes of problems that a site may take for warnings: what a link lacks, and nothing that could harm a reader.
const LOWERED: [Code; 7] = [
    Code::BrokenAnchor,
    Code::BrokenLink,
    Code::DuplicateUrl,
    Code::EmptyLink,
    Code::ForbiddenLink,
    Code::NoPage,
    Code::UndefinedLinkReference,
];

/// Which links are checked, and how strictly.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinksConfig {
    /// Schemes, in small letters, that links may have besides those that they may have on any site.
    pub schemes: BTreeSet<String>,
    /// Whether links in Markdown may differ in case from the files and pages that they mean.
    pub ignore_case: bool,
    /// Which links may lead nowhere, in the order in which they count.
    pub exceptions: Vec<Exception>,
    /// The codes of problems that are warnings here.
    warn: Lowered,
}

/// Links that may lead nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    kind: ExceptionKind,
    /// What the author says of them.
    text: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum ExceptionKind {
    /// Those that a pattern means are not checked.
    Ignored(Glob),
    /// What begins so is served by others.
    External,
    /// What relative links mean beside the site's folder is at this address.
    Outside,
}

impl LinksConfig {
    /// Reads it. `base` is the path of the site at its host.
    pub(super) fn read(layers: &mut Layers, base: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut links = layers.section("links", "[links]", diagnostics);
        let schemes = links.strings("schemes", diagnostics);
        let schemes =
            schemes.into_iter().map(|(scheme, _)| scheme.trim_end_matches(':').to_lowercase()).collect();
        let mut exceptions = Vec::new();
        for (text, place) in links.strings("ignore", diagnostics) {
            match Glob::parse(&text) {
                Ok(glob) => exceptions.push(Exception { kind: ExceptionKind::Ignored(glob), text, place }),
                Err(reason) => diagnostics.push(errors::invalid_link_pattern(&text, reason, place)),
            }
        }
        for (text, place) in links.strings("external", diagnostics) {
            match text.as_str() {
                "" => diagnostics.push(errors::invalid_link_pattern(&text, "it is empty", place)),
                "/" if base.is_empty() => {
                    let reason = "all of its host is the site's, by its base_url";
                    diagnostics.push(errors::invalid_link_pattern(&text, reason, place));
                }
                _ => exceptions.push(Exception { kind: ExceptionKind::External, text, place }),
            }
        }
        if let Some((text, place)) = links.string("outside", diagnostics) {
            let is_folder = host_and_path(text).is_some() && !text.contains(['?', '#']);
            match whole_objection(text).or((!is_folder).then_some("it is not that of a folder")) {
                Some(objection) => {
                    diagnostics.push(errors::invalid_url("\"outside\"", text, objection, place));
                }
                None => {
                    let text = text.trim_end_matches('/').to_owned();
                    exceptions.push(Exception { kind: ExceptionKind::Outside, text, place });
                }
            }
        }
        let ignore_case = links.bool("ignore_case", diagnostics).unwrap_or(false);
        let warn = Lowered::read(&mut links, &LOWERED, diagnostics);
        links.finish(diagnostics);
        Self { schemes, ignore_case, exceptions, warn }
    }

    /// Whether links may have the scheme of a URL, which is none that runs programs.
    pub fn allows_scheme(&self, url: &str) -> bool {
        is_known_scheme(url) || scheme(url).is_some_and(|scheme| self.schemes.contains(&*scheme))
    }

    /// Whether a link that leads nowhere keeps the site from being published, whichever it is.
    pub fn is_strict(&self) -> bool {
        self.exceptions.is_empty() && self.warn.is_empty()
    }

    /// The number of the exception that lets a link lead nowhere, and the path at the host by which it is one if what is written is none.
    /// `paths` are those that it may mean at the site's host, where the site has the path `base`.
    pub(crate) fn exception<'p>(
        &self,
        written: &str,
        paths: &'p [String],
        base: &str,
    ) -> Option<(usize, Option<&'p str>)> {
        let by = |exception: &Exception| {
            if exception.covers(written, base) {
                return Some(None);
            }
            paths.iter().find(|path| exception.covers(path, base)).map(|path| Some(path.as_str()))
        };
        let mut exceptions = self.exceptions.iter().enumerate();
        exceptions.find_map(|(number, exception)| Some((number, by(exception)?)))
    }

    /// Where a relative link leads that means a file beside the site's folder, and the number of the exception that says so. `file` is
    /// the one in which it stands.
    pub(crate) fn outside(&self, file: &str, path: &str) -> Option<(usize, String)> {
        let is_outside = |exception: &Exception| exception.kind == ExceptionKind::Outside;
        let number = self.exceptions.iter().position(is_outside)?;
        let (host, root) = host_and_path(&self.exceptions[number].text)?;
        let path = url::join(&format!("{root}/{file}"), path)?;
        Some((number, format!("{host}/{}", utf8_percent_encode(&path, url::PATH))))
    }

    /// A problem, as severe as the site takes it wherever it is.
    #[must_use]
    pub fn weighed(&self, problem: Diagnostic) -> Diagnostic {
        match problem.code {
            // A site can lower the first for redirects alone, and the second for Markdown alone, where the link becomes text.
            Code::DuplicateUrl | Code::ForbiddenLink => problem,
            _ => self.warn.weighed(problem),
        }
    }

    /// A problem of Markdown, as severe as the site takes it there.
    #[must_use]
    pub fn weighed_in_markdown(&self, problem: Diagnostic) -> Diagnostic {
        match problem.code {
            Code::ForbiddenLink => self.excused(problem, "the text is published without it"),
            _ => self.weighed(problem),
        }
    }

    /// A redirect that is left out, as severe as the site takes it; `outcome` says what counts then.
    pub(crate) fn weighed_of_redirect(&self, problem: Diagnostic, outcome: &str) -> Diagnostic {
        match problem.code {
            Code::DuplicateUrl => self.excused(problem, outcome),
            _ => problem,
        }
    }

    /// A problem that the site may take for a warning here, though not everywhere; and what becomes of it then.
    fn excused(&self, problem: Diagnostic, outcome: &str) -> Diagnostic {
        if !self.warn.has(problem.code) {
            return problem;
        }
        Diagnostic { severity: Severity::Warning, ..problem }.note(outcome)
    }

    /// The id of what decides where links lead.
    pub(crate) fn id(&self) -> Id {
        let exceptions = self.exceptions.iter();
        let kind =
            |exception: &Exception| (exception.is_external(), exception.kind == ExceptionKind::Outside);
        let said = exceptions.map(|exception| (kind(exception), exception.text.as_str()));
        Id::of(&(&self.schemes, self.ignore_case, said.collect::<Vec<_>>()))
    }
}

impl Exception {
    fn covers(&self, path: &str, base: &str) -> bool {
        let inner = within(path, base);
        match &self.kind {
            ExceptionKind::Ignored(glob) => {
                glob.matches(path) || inner.is_some_and(|inner| glob.matches(inner))
            }
            // What is below the path of the site is others' only if the author says so of a part of it.
            ExceptionKind::Outside => false,
            ExceptionKind::External => {
                path.starts_with(&self.text) && (inner.is_none() || within(&self.text, base).is_some())
            }
        }
    }

    /// Whether others serve what the links lead to.
    pub fn is_external(&self) -> bool {
        !matches!(self.kind, ExceptionKind::Ignored(_))
    }

    /// That no link is one of these.
    pub fn unused(&self) -> Diagnostic {
        let message = match self.kind {
            ExceptionKind::Ignored(_) => format!("no link that leads nowhere matches \"{}\"", self.text),
            ExceptionKind::External => format!("no link that leads nowhere begins with \"{}\"", self.text),
            ExceptionKind::Outside => "no link leads out of the site's folder".to_owned(),
        };
        errors::unused_exception(message, self.place.clone())
    }
}

/// The rest of a path at the site's host below that of the site, from its slash on.
fn within<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    path.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'))
}

/// A whole URL as its scheme and host, and its path without the slashes around it.
fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some((&url[..end], url[end..].trim_matches('/')))
}
