//! Reads `[links]` of `site.toml`: which links are checked, and how strictly.

use std::collections::BTreeSet;

use percent_encoding::utf8_percent_encode;
use sitegen_parser::{Code, Diagnostic, Diagnostics, Place, Severity, is_known_scheme, scheme};

use super::Lowered;
use crate::ground::url::{self, whole_objection};
use crate::ground::{Glob, Id};
use crate::read::{KeyForm, Layers, ValueForm, errors};

/// The codes of problems that a site may lower to warnings: none of them can harm a reader.
const LOWERED: [Code; 7] = [
    Code::BrokenAnchor,
    Code::BrokenLink,
    Code::DuplicateUrl,
    Code::EmptyLink,
    Code::ForbiddenLink,
    Code::NoPage,
    Code::UndefinedLinkReference,
];

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::{Bool, Text, Texts};
    vec![
        KeyForm::new("schemes", Texts, "Schemes that links may have besides the usual ones."),
        KeyForm::new("ignore", Texts, "Patterns of links that are not checked."),
        KeyForm::new("external", Texts, "Prefixes of paths that another program serves."),
        KeyForm::new("outside", Text, "The URL of the folder to which links that leave the site's lead."),
        KeyForm::new("ignore_case", Bool, "If true, links in Markdown may differ in case from files."),
        Lowered::key(&LOWERED),
    ]
}

/// The strictness of checks of links.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinksConfig {
    /// Schemes, in lower case, that links may have besides those that are always allowed.
    pub schemes: BTreeSet<String>,
    /// True if links in Markdown may differ in case from the paths of the files and pages that they lead to.
    pub ignore_case: bool,
    /// The links that may be broken; the first exception that covers a link counts.
    pub exceptions: Vec<Exception>,
    /// The problems that are warnings on this site.
    warn: Lowered,
}

/// An exception for links that may lead nowhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    kind: ExceptionKind,
    /// The pattern, prefix or address, as the author writes it.
    text: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum ExceptionKind {
    /// Links that match a pattern are not checked.
    Ignored(Glob),
    /// Links with this prefix are served by another program.
    External,
    /// Relative links that leave the site's folder are resolved against this address.
    Outside,
}

impl LinksConfig {
    /// Reads the section. `base` is the path of the site at its host.
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

    /// Returns true if links may have the scheme of a URL. Schemes that run programs are never allowed.
    pub fn allows_scheme(&self, url: &str) -> bool {
        is_known_scheme(url) || scheme(url).is_some_and(|scheme| self.schemes.contains(&*scheme))
    }

    /// Returns true if every broken link is an error, because no exception or warning is declared.
    pub fn is_strict(&self) -> bool {
        self.exceptions.is_empty() && self.warn.is_empty()
    }

    /// Finds the exception that lets a link be broken: its number, and the path at the host that it covers if
    /// it does not cover the link as written. `paths` are the paths at the host that the link may mean, and
    /// `base` is the site's path there.
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

    /// Resolves a relative link that leaves the site's folder, if an exception gives that folder an address;
    /// returns the exception's number, too. `file` is the file with the link.
    pub(crate) fn outside(&self, file: &str, path: &str) -> Option<(usize, String)> {
        let is_outside = |exception: &Exception| exception.kind == ExceptionKind::Outside;
        let number = self.exceptions.iter().position(is_outside)?;
        let (host, root) = host_and_path(&self.exceptions[number].text)?;
        let path = url::join(&format!("{root}/{file}"), path)?;
        Some((number, format!("{host}/{}", utf8_percent_encode(&path, url::PATH))))
    }

    /// Returns a problem with the severity that the site gives it everywhere.
    #[must_use]
    pub fn weighed(&self, problem: Diagnostic) -> Diagnostic {
        match problem.code {
            // A site lowers the first for redirects alone, and the second for Markdown alone, where the link
            // becomes text.
            Code::DuplicateUrl | Code::ForbiddenLink => problem,
            _ => self.warn.weighed(problem),
        }
    }

    /// Returns a problem of Markdown with the severity that the site gives it there.
    #[must_use]
    pub fn weighed_in_markdown(&self, problem: Diagnostic) -> Diagnostic {
        match problem.code {
            Code::ForbiddenLink => self.excused(problem, "the text is published without it"),
            _ => self.weighed(problem),
        }
    }

    /// Returns the problem of a redirect that is left out with the site's severity; `outcome` says what
    /// counts instead.
    pub(crate) fn weighed_of_redirect(&self, problem: Diagnostic, outcome: &str) -> Diagnostic {
        match problem.code {
            Code::DuplicateUrl => self.excused(problem, outcome),
            _ => problem,
        }
    }

    /// Lowers a problem to a warning that tells the outcome, if the site lowers its code.
    fn excused(&self, problem: Diagnostic, outcome: &str) -> Diagnostic {
        if !self.warn.has(problem.code) {
            return problem;
        }
        Diagnostic { severity: Severity::Warning, ..problem }.note(outcome)
    }

    /// Hashes all that decides where links lead.
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
            // Only `outside` resolves relative links out of the folder, so this exception covers no link by
            // its path.
            ExceptionKind::Outside => false,
            // A prefix above the site's path would cover the whole site, so it counts only elsewhere.
            ExceptionKind::External => {
                path.starts_with(&self.text) && (inner.is_none() || within(&self.text, base).is_some())
            }
        }
    }

    /// Returns true if another program serves the targets of the links.
    pub fn is_external(&self) -> bool {
        !matches!(self.kind, ExceptionKind::Ignored(_))
    }

    /// Warns that no link needs the exception.
    pub fn unused(&self) -> Diagnostic {
        let message = match self.kind {
            ExceptionKind::Ignored(_) => format!("no link that leads nowhere matches \"{}\"", self.text),
            ExceptionKind::External => format!("no link that leads nowhere begins with \"{}\"", self.text),
            ExceptionKind::Outside => "no link leads out of the site's folder".to_owned(),
        };
        errors::unused_exception(message, self.place.clone())
    }
}

/// Returns the rest of a path at the host below the site's path, from its slash on.
fn within<'p>(path: &'p str, base: &str) -> Option<&'p str> {
    path.strip_prefix(base).filter(|rest| !base.is_empty() && rest.starts_with('/'))
}

/// Splits a whole URL into its scheme with the host, and its path without slashes around it.
fn host_and_path(url: &str) -> Option<(&str, &str)> {
    let host = url.find("://")? + 3;
    let end = url[host..].find('/').map_or(url.len(), |at| host + at);
    Some((&url[..end], url[end..].trim_matches('/')))
}
