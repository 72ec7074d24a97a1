//! The share of SQL that is judged before it is asked, on the sites of this repository.

use sitegen_model::Share;
use sitegen_render::{Build, build};
use sitegen_tests::Site;

fn share(folder: &str, theme: &str) -> Share {
    let build = build(&Site::of(folder, theme).inputs(), &Build::default());
    let about_sql = ["text-as-number", "unlike-comparison", "whole-division", "bare-column", "equals-null"];
    let found = build.diagnostics.iter().filter(|found| about_sql.contains(&found.code.name()));
    assert_eq!(found.collect::<Vec<_>>(), Vec::<&sitegen_parser::Diagnostic>::new());
    build.model.schema.understood()
}

#[test]
fn nine_tenths_of_the_guides_comparisons_and_aggregates_are_judged() {
    let Share { all, judged } = share(".", "themes/guide");
    println!("{judged} of {all} comparisons and aggregates of the guide are judged");
    assert!(all > 200 && judged * 10 >= all * 9, "{judged} of {all}");
}

#[test]
fn other_themes_are_judged_and_right() {
    for (folder, theme) in [
        ("docs", "themes/docs"),
        ("crates/sitegen/starters/blog", "themes/blog"),
        ("tests/directory/parks", "themes/directory"),
        ("tests/sites/recipes", "tests/sites/recipes/themes/kitchen"),
    ] {
        let Share { all, judged } = share(folder, theme);
        println!("{judged} of {all} comparisons and aggregates of {folder} are judged");
    }
}
