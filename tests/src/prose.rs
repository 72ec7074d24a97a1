//! Renders Markdown texts through the whole product, and returns the HTML of each.

use std::fmt::Write as _;

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::Diagnostic;
use sitegen_render::{Build, Findings, Output};

use crate::Site;

/// The results of a text.
#[derive(Debug, Default)]
pub struct RenderedText {
    /// Its HTML, even if it has problems.
    pub html: String,
    /// The problems in it, in the order of the text.
    pub problems: Vec<Diagnostic>,
}

/// Returns the path of the file that holds the text of a number.
pub fn file(number: usize) -> String {
    format!("content/notes/{number}.md")
}

/// Renders each text as the body of a record of one site, which lets HTML through. `files` are other files of
/// the site.
pub fn show(texts: &[&str], files: &[String]) -> Vec<RenderedText> {
    let mut site = Site::read(&[]).unwrap_or_default();
    let mut config = "title = \"Site\"\nbase_url = \"https://harness.example\"\n".to_owned();
    // The specification has examples of schemes that nobody uses.
    let _ = writeln!(config, "[links]\nschemes = [\"a+b+c\", \"localhost\", \"made-up-scheme\"]");
    let _ = writeln!(config, "[markdown]\nraw_html = \"allow\"");
    site.files.insert("site.toml".to_owned(), File::Loaded(config.as_bytes().into()));
    for path in files {
        site.files.insert(path.clone(), File::Loaded([].into()));
    }
    for (number, text) in texts.iter().enumerate() {
        let text = format!("+++\n+++\n{text}");
        site.files.insert(file(number), File::Loaded(text.as_bytes().into()));
    }
    let build = sitegen_render::build(&site.inputs(), &Build::default());
    let pages = (0..texts.len()).into_par_iter().map(|number| page(&build, number));
    let (mut shown, mut findings) = (Vec::new(), Findings::default());
    for (html, found) in pages.collect::<Vec<_>>() {
        shown.push(RenderedText { html, problems: Vec::new() });
        findings = findings.and(found);
    }
    for problem in &sitegen_render::conclude(&build, findings).diagnostics {
        if let Some(number) = problem.place.as_ref().and_then(|place| number(&place.path)) {
            shown[number].problems.push(problem.clone());
        }
    }
    shown
}

fn number(path: &str) -> Option<usize> {
    path.strip_prefix("content/notes/")?.strip_suffix(".md")?.parse().ok()
}

fn page(build: &Build, number: usize) -> (String, Findings) {
    let Some(route) = build.model.routes.by_url(&format!("/{number}/")) else {
        return (String::new(), Findings::default());
    };
    let rendered = sitegen_render::render(build, route);
    let html = match rendered.output {
        Output::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        _ => String::new(),
    };
    (html, rendered.findings)
}
