//! Checks a case: its expectations, and the laws that hold for every site.

use rayon::prelude::*;
use sitegen_model::Config;
use sitegen_render::{Build, Output, misfits};

use crate::outcome::{on_threads, run};
use crate::{BuildOutcome, Expectation, Site, SuiteCase, edits, expect, links};

/// Runs a case.
///
/// # Errors
///
/// The case, or a law on its site, does not hold; the error says in which way.
pub fn check(case: &SuiteCase) -> Result<(), String> {
    let site = Site::read(&case.sections)?;
    let (build, outcome) = on_threads(1, || run(&site, &Build::default()));
    let met = expect::met(&case.expectations, &outcome);
    let same = same_expectations(&case.expectations, &met);
    if let Some(reason) = &case.expected_to_fail {
        return still_fails(&same, reason);
    }
    same?;
    types_are_true(&build)?;
    threads_do_not_matter(&site, &outcome)?;
    links_lead_somewhere(&site, &outcome)?;
    if !outcome.files.is_empty() {
        images_can_be_drawn(&build)?;
    }
    // The edits take most of the time, so `QUICK` leaves them out.
    if std::env::var_os("QUICK").is_some() {
        return Ok(());
    }
    reused_equals_clean(&site, &build, &outcome)
}

/// Checks that the values that templates see have the types that the site's declarations give them.
fn types_are_true(build: &Build) -> Result<(), String> {
    let found = if build.diagnostics.has_errors() { Vec::new() } else { misfits(build) };
    if found.is_empty() { Ok(()) } else { Err(format!("values of other types:\n{}", found.join("\n"))) }
}

/// Refuses the mark of a case that no longer fails, because the mark hides later failures.
fn still_fails(same: &Result<(), String>, reason: &str) -> Result<(), String> {
    match same {
        Err(_) => Ok(()),
        Ok(()) => Err(format!("the case holds now: remove its mark `=== --expected-to-fail: {reason}`")),
    }
}

/// Returns the case's text with the results of its site now.
///
/// # Errors
///
/// The case's site cannot be read.
pub fn update(case: &SuiteCase) -> Result<String, String> {
    let site = Site::read(&case.sections)?;
    let (_, outcome) = run(&site, &Build::default());
    Ok(case.with(&expect::met(&case.expectations, &outcome)))
}

fn same_expectations(expected: &[Expectation], met: &[Expectation]) -> Result<(), String> {
    let text = |expectations: &[Expectation]| {
        let texts =
            expectations.iter().map(|Expectation { subject, text }| format!(">>> {subject}\n{text}\n"));
        let mut texts: Vec<_> = texts.collect();
        texts.sort();
        texts.join("\n")
    };
    let (expected, met) = (text(expected), text(met));
    if expected == met {
        return Ok(());
    }
    Err(format!(
        "the case says\n\n{expected}\nbut this came of it\n\n{met}\n(UPDATE=1 makes it what the case says)"
    ))
}

fn threads_do_not_matter(site: &Site, outcome: &BuildOutcome) -> Result<(), String> {
    let (_, other) = on_threads(4, || run(site, &Build::default()));
    same(outcome, &other).map_err(|difference| format!("four threads give another outcome: {difference}"))
}

/// Checks that cards can be drawn, and are the same on other threads.
fn images_can_be_drawn(build: &Build) -> Result<(), String> {
    let draw = || -> Vec<_> {
        let routes = build.model.routes.par_iter();
        let images = routes.filter_map(|route| match sitegen_render::render(build, route).output {
            Output::Image(image) => Some(sitegen_render::draw(build, &image)),
            _ => None,
        });
        images.collect()
    };
    let images = on_threads(1, draw);
    // The size stands where a PNG's header ends.
    let size = [1200_u32.to_be_bytes(), 630_u32.to_be_bytes()].concat();
    if images.iter().any(|image| image.get(16..24) != Some(&size)) {
        return Err("an image is not 1200 by 630 pixels".to_owned());
    }
    if images != on_threads(4, draw) {
        return Err("four threads draw other images".to_owned());
    }
    Ok(())
}

fn links_lead_somewhere(site: &Site, outcome: &BuildOutcome) -> Result<(), String> {
    let (config, _) = Config::read(&site.inputs());
    match links::broken(&outcome.files, &config) {
        broken if broken.is_empty() => Ok(()),
        broken => Err(format!("links lead nowhere, and no diagnostic says so:\n{}", broken.join("\n"))),
    }
}

/// Checks the law that a previous build only saves work: each edit is made and undone, each time over the
/// build before it.
fn reused_equals_clean(site: &Site, build: &Build, outcome: &BuildOutcome) -> Result<(), String> {
    for (edit, edited) in edits::edits(site) {
        let (after, clean) = run(&edited, &Build::default());
        let (_, reused) = run(&edited, build);
        same(&clean, &reused)
            .map_err(|difference| format!("after \"{edit}\", a reused build differs: {difference}"))?;
        let (_, back) = run(site, &after);
        same(outcome, &back).map_err(|difference| format!("after \"{edit}\" and back: {difference}"))?;
    }
    Ok(())
}

pub(crate) fn same(left: &BuildOutcome, right: &BuildOutcome) -> Result<(), String> {
    if left.diagnostics != right.diagnostics {
        return Err(format!("{:#?}\n\n{:#?}", left.diagnostics, right.diagnostics));
    }
    let paths = left.files.keys().chain(right.files.keys());
    match paths.into_iter().find(|path| left.files.get(*path) != right.files.get(*path)) {
        Some(path) => Err(path.clone()),
        None => Ok(()),
    }
}
