//! The events that browsers are sent.

use std::collections::BTreeMap;

use hyper::body::Bytes;
use serde::Serialize;
use sitegen_model::BaseUrl;
use sitegen_parser::{Diagnostics, Severity};

use crate::disk;
use crate::report::{self, ProblemSummary};

use super::super::state::Version;

#[derive(Debug)]
pub(in super::super) enum PageEvent<'a> {
    /// The page has changed.
    Reload,
    /// Only style sheets of the page have changed.
    Styles(Styles<'a>),
    /// The site has these problems now.
    Problems(&'a [BrowserProblem]),
}

/// The new style sheets of a page.
#[derive(Debug, Serialize)]
pub(in super::super) struct Styles<'a> {
    /// The token of the page with them.
    pub page: String,
    /// The new URLs, by the old ones.
    pub urls: BTreeMap<&'a str, &'a str>,
}

/// A problem, for the page that shows it.
#[derive(Debug, Serialize)]
pub(in super::super) struct BrowserProblem {
    severity: &'static str,
    title: String,
    /// The place, such as `content/a.md:2:11`.
    place: Option<String>,
    /// The URL that opens the place in the author's editor.
    link: Option<String>,
    /// The whole report, as in the terminal.
    text: String,
}

impl PageEvent<'_> {
    /// Encodes the event for sending.
    pub(in super::super) fn encode(&self) -> Bytes {
        let (name, data) = match self {
            Self::Reload => ("reload", Ok("{}".to_owned())),
            Self::Styles(styles) => ("styles", serde_json::to_string(styles)),
            Self::Problems(problems) => ("problems", serde_json::to_string(problems)),
        };
        let data = data.expect("strings are JSON");
        format!("event: {name}\ndata: {data}\n\n").into()
    }
}

/// Collects the problems of a version, grouped by cause, with links to the author's editor.
pub(in super::super) fn problems(
    version: &Version,
    diagnostics: &Diagnostics,
    most: usize,
    editor: &str,
) -> Vec<BrowserProblem> {
    let find = |path: &str| version.build.model.text(&version.site.inputs, path);
    let problem = |account: ProblemSummary| {
        let place =
            account.place.as_ref().map(|place| format!("{}:{}:{}", place.path, place.line, place.column));
        let link = account.place.as_ref().and_then(|place| {
            let file = version.site.file(&place.path).ok()?;
            let there = disk::metadata(&file).is_ok_and(|metadata| metadata.is_file());
            let path = BaseUrl::default().href(file.to_str().filter(|_| there)?);
            let (line, column) = (place.line.to_string(), place.column.to_string());
            let link = editor.replace("{line}", &line).replace("{column}", &column);
            Some(link.replace("{path}", &path))
        });
        let severity = match account.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        BrowserProblem { severity, title: account.title, place, link, text: account.text }
    };
    report::accounts(diagnostics, most, &find).into_iter().map(problem).collect()
}
