//! The values that templates see have the types that declarations give them, on the sites of this repository. Each case
//! of the suite is held to the same.

use sitegen_render::{Build, build, misfits};
use sitegen_tests::Site;

/// Builds a site of a folder with a theme, and asserts that its values have their types.
fn assert_types_are_true(folder: &str, theme: &str) {
    let site = Site::of(folder, theme);
    let build = build(&site.inputs(), &Build::default());
    assert!(!build.diagnostics.has_errors(), "{:#?}", build.diagnostics);
    let found = misfits(&build);
    assert!(
        found.is_empty(),
        "{} values, among them\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
}

#[test]
fn of_the_guide() {
    assert_types_are_true(".", "themes/guide");
}

#[test]
fn of_the_docs() {
    assert_types_are_true("docs", "themes/docs");
}

#[test]
fn of_a_blog() {
    assert_types_are_true("crates/sitegen/starters/blog", "themes/blog");
}

#[test]
fn of_a_directory() {
    assert_types_are_true("tests/directory/parks", "themes/directory");
}

#[test]
fn of_recipes() {
    assert_types_are_true("tests/sites/recipes", "tests/sites/recipes/themes/kitchen");
}
