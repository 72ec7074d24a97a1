//! Tests on the guide that an edit which changes no declaration makes no later stage run again.

use std::path::Path;
use std::sync::LazyLock;

use sitegen_model::{DatasetId, File, Kept, Model, QueryId, Record, Relation, RelationId};
use sitegen_render::Build;
use sitegen_tests::Site;

/// The guide and its build.
static GUIDE: LazyLock<(Site, Build)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut site = Site::default();
    for (from, to) in [("site.toml", "site.toml"), ("content", "content"), ("themes/guide", "theme")] {
        site.copy(&root.join(from), to);
    }
    let build = sitegen_render::build(&site.inputs(), &Build::default());
    assert!(!build.diagnostics.has_errors(), "{:#?}", build.diagnostics);
    (site, build)
});

const THEME: &str = "theme/theme.toml";
const QUERY: &str = "theme/queries/few.sql";

/// Builds the guide after an edit of a file's text.
fn edited(path: &str, edit: impl FnOnce(&str) -> String) -> Build {
    let (site, build) = &*GUIDE;
    let mut site = site.clone();
    let text = edit(&String::from_utf8_lossy(site.bytes(path)));
    site.files.insert(path.to_owned(), File::Loaded(text.into_bytes().into()));
    sitegen_render::build(&site.inputs(), build)
}

/// Counts the records, answers and routes of a model that are at the same addresses as before, and all of
/// them, for each kind.
fn taken_over(model: &Model) -> Vec<(&'static str, usize, usize)> {
    let before = &GUIDE.1.model;
    let of_record = |record: &Kept<Record>| std::ptr::from_ref::<Record>(record);
    let records =
        model.records.iter().map(|(id, record)| of_record(record) == of_record(&before.records[id]));
    let datasets = (0..model.schema.datasets.len()).map(|id| RelationId::Dataset(DatasetId(id)));
    let queries = (0..model.schema.queries.len()).map(|id| RelationId::Query(QueryId(id)));
    let address =
        |model: &Model, id| std::ptr::from_ref::<Relation>(model.relations.rows(id).expect("it was asked"));
    let relations = datasets.chain(queries).map(|id| address(model, id) == address(before, id));
    let pages = model.routes.iter().filter(|route| route.is_html());
    let pages =
        pages.map(|page| before.routes.by_url(&page.url).is_some_and(|other| std::ptr::eq(other, page)));
    let count = |kind, same: Vec<bool>| (kind, same.iter().filter(|same| **same).count(), same.len());
    vec![
        count("records", records.collect()),
        count("relations", relations.collect()),
        count("pages", pages.collect()),
    ]
}

/// Asserts that nothing below the declarations was made again.
fn assert_nothing_is_made(build: &Build) {
    for (kind, same, all) in taken_over(&build.model) {
        assert!(all > 10, "{all} {kind}");
        assert_eq!(same, all, "{kind}");
    }
    // These two ids stand for everything that is made of the model, such as HTML.
    assert_eq!((build.model.id, build.model.links), (GUIDE.1.model.id, GUIDE.1.model.links));
}

#[test]
fn a_comment_at_the_end_of_the_theme_makes_nothing() {
    assert_nothing_is_made(&edited(THEME, |text| format!("{text}\n# more\n")));
}

#[test]
fn a_query_that_is_laid_out_otherwise_makes_nothing() {
    assert_nothing_is_made(&edited(QUERY, |text| {
        format!("-- first\n\n{}\n\n", text.replacen('\n', "\n\n", 3))
    }));
}

/// Routes are made again, because pages say in diagnostics where their family is declared. Nothing else is.
#[test]
fn a_comment_above_all_declarations_makes_nothing_but_routes() {
    let build = edited(THEME, |text| format!("# first\n{text}"));
    let made: Vec<_> = taken_over(&build.model).into_iter().filter(|(_, same, all)| same < all).collect();
    assert!(made.iter().all(|(kind, ..)| *kind == "pages"), "{made:?}");
    assert_eq!((build.model.id, build.model.links), (GUIDE.1.model.id, GUIDE.1.model.links));
}

/// This test shows that the others can fail: a changed query is asked again, and other queries are not.
#[test]
fn another_question_is_asked() {
    let build = edited(QUERY, |text| format!("select * from (\n{text}\n) limit 1"));
    let [_, (_, same, all), _] = taken_over(&build.model)[..] else { unreachable!("there are three kinds") };
    assert!(same < all && same > all / 2, "{same} of {all}");
    assert_ne!(build.model.id, GUIDE.1.model.id);
}

/// Records depend on the declaration of their own collection.
#[test]
fn another_description_checks_the_records_of_its_collection() {
    let build = edited(THEME, |text| {
        text.replacen(
            "[collections.companies.fields]\n",
            "[collections.companies.fields]\nnickname = \"string?\"\n",
            1,
        )
    });
    let (kind, same, all) = taken_over(&build.model)[0];
    let companies = build.model.schema.collection("companies").expect("the guide has companies");
    assert_eq!(same, all - build.model.records.of(companies).len(), "{kind}");
}
