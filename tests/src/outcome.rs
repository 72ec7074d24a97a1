//! Builds a site and collects the results.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use sitegen_parser::{Diagnostic, Diagnostics};
use sitegen_render::{Build, Conclusion, Findings, Output};

use crate::{Site, exercises};

/// The results of building a site.
#[derive(Debug, PartialEq, Eq)]
pub struct BuildOutcome {
    /// The published files by path; none if there is an error.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The problems that were found.
    pub diagnostics: Diagnostics,
    /// The checks that were skipped, with their reasons.
    pub unchecked: Vec<String>,
    /// The texts of the files that have problems.
    pub(crate) texts: BTreeMap<Arc<str>, Arc<str>>,
}

impl BuildOutcome {
    /// Builds a site without a previous build.
    pub fn of(site: &Site) -> Self {
        run(site, &Build::default()).1
    }

    /// Renders all files of a site although it has errors, and collects its problems.
    pub fn in_spite_of_errors(site: &Site) -> Self {
        let build = sitegen_render::build(&site.inputs(), &Build::default());
        let (files, findings) = render_files(site, &build);
        concluded(site, &build, files, findings)
    }
}

/// Runs work on so many threads, with stacks like the program's.
///
/// # Panics
///
/// If the system has no threads left, or the work panics.
pub(crate) fn on_threads<T: Send>(count: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool: ThreadPool = ThreadPoolBuilder::new()
        .num_threads(count)
        .stack_size(16 << 20)
        .build()
        .expect("the system has threads");
    pool.install(work)
}

/// Builds a site after a previous build and renders all of it.
pub(crate) fn run(site: &Site, previous: &Build) -> (Build, BuildOutcome) {
    let build = sitegen_render::build(&site.inputs(), previous);
    let outcome = render(site, &build);
    (build, outcome)
}

fn render(site: &Site, build: &Build) -> BuildOutcome {
    let (files, findings) = render_files(site, build);
    let outcome = concluded(site, build, files, findings);
    let files = if outcome.diagnostics.has_errors() { BTreeMap::new() } else { outcome.files };
    BuildOutcome { files, ..outcome }
}

fn render_files(site: &Site, build: &Build) -> (BTreeMap<String, Vec<u8>>, Findings) {
    let routes = &build.model.routes;
    let rendered: Vec<_> =
        routes.par_iter().map(|route| (route.output_path(), sitegen_render::render(build, route))).collect();
    let mut findings = Findings::default();
    let mut files = BTreeMap::new();
    for (path, rendered) in rendered {
        findings = findings.and(rendered.findings);
        let bytes = match rendered.output {
            Output::Bytes(bytes) => bytes,
            // An image is compared by its SVG, because that says more than its pixels.
            Output::Image(image) => image.svg.into_bytes(),
            Output::Input(path) => site.bytes(&path).to_vec(),
        };
        let taken = files.insert(path.clone(), bytes);
        assert!(taken.is_none(), "two routes write {path}");
    }
    (files, findings)
}

fn concluded(
    site: &Site,
    build: &Build,
    files: BTreeMap<String, Vec<u8>>,
    findings: Findings,
) -> BuildOutcome {
    let found = exercises::diagnostics(site, &build.model);
    let Conclusion { diagnostics, unchecked } = sitegen_render::conclude(build, findings).and(found);
    let inputs = site.inputs();
    let related =
        |found: &Diagnostic| found.related.iter().map(|note| note.place.clone()).collect::<Vec<_>>();
    let places = diagnostics.iter().flat_map(|found| related(found).into_iter().chain(found.place.clone()));
    let texts =
        places.filter_map(|place| Some((Arc::clone(&place.path), build.model.text(&inputs, &place.path)?)));
    BuildOutcome { files, texts: texts.collect(), diagnostics, unchecked }
}
