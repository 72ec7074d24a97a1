//! The fuzz target for whole sites: the input is the text of a case.

use std::path::Path;

use sitegen_render::Build;

use super::page::places_hold;
use crate::check::same;
use crate::outcome::{on_threads, run};
use crate::{Site, SuiteCase, edits};

/// Checks that any site can be built, and that a build after another site equals a clean one.
pub(super) fn sites(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(case) = SuiteCase::parse(Path::new("input.txt"), &text) else { return };
    // Repetition is left out, because a few letters can ask for a gibibyte, which takes too long.
    if case.sections.iter().any(|section| section.header.contains("(repeat")) {
        return;
    }
    let Ok(site) = Site::read(&case.sections) else { return };
    on_threads(1, || {
        let (build, clean) = run(&site, &Build::default());
        places_hold(&clean.diagnostics, |path| clean.texts.get(path).cloned());
        let edits = edits::edits(&site);
        // One edit is enough; the input decides which one, so a failure can be repeated.
        let Some((edit, edited)) = edits.get(data.len() % edits.len().max(1)) else { return };
        let (_, after) = run(edited, &Build::default());
        let (between, reused) = run(edited, &build);
        same(&after, &reused)
            .unwrap_or_else(|difference| panic!("after {edit:?}, a reused build differs: {difference}"));
        let (_, back) = run(&site, &between);
        same(&clean, &back).unwrap_or_else(|difference| panic!("after {edit:?} and back: {difference}"));
    });
}
