//! Tests of `query`: questions to a site's data in SQL or by name.

use crate::sandbox::{Run, Sandbox};

/// Asks a question that must succeed, and returns stdout.
#[track_caller]
fn answer(site: &Sandbox, arguments: &[&str]) -> String {
    let run = site.run(&[&["query"], arguments].concat());
    assert_eq!(run.code, Some(0), "{arguments:?}: {}", run.stderr);
    run.stdout
}

#[track_caller]
fn refused(site: &Sandbox, question: &str) -> Run {
    let run = site.run(&["query", question]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{question}: {}", run.stderr);
    run
}

#[test]
fn as_a_table() {
    let site = Sandbox::paid();
    let sql = "select company, n, total, null as x from pay where n > 1 order by n";
    let expected = "\
company  n  total  x
───────  ─  ─────  ────
bolt     2   50.5  NULL
acme     3    200  NULL
";
    assert_eq!(answer(&site, &[sql]), expected);
}

#[test]
fn how_many_rows_is_said_apart_from_them() {
    let site = Sandbox::paid();
    let run = site.run(&["query", "pay"]);
    assert!(run.stderr.starts_with("3 rows in 0."), "{}", run.stderr);
    assert_eq!(site.run(&["query", "pay", "-q"]).stderr, "");
    let run = site.run(&["query", "select 1 as one where false"]);
    assert!(run.stdout.starts_with("one\n───\n") && run.stderr.starts_with("0 rows"), "{}", run.stdout);
}

#[test]
fn a_name_stands_for_all_rows() {
    let site = Sandbox::paid();
    assert_eq!(
        answer(&site, &["pay", "--format", "csv"]),
        "company,n,total\nacme,3,200\nbolt,2,50.5\ncore,1,10\n"
    );
    let offers = answer(&site, &["offers", "--format", "csv"]);
    assert!(
        offers.starts_with("company,total,remote,note\nacme,100,true,\nacme,200,false,\"a, b\"\n"),
        "{offers}"
    );
    assert!(
        answer(&site, &["COMPANIES", "--format", "csv"]).starts_with("slug,title,name,about\nacme,Acme,")
    );
}

#[test]
fn as_json() {
    let site = Sandbox::paid();
    let sql = "select o.company, c.slug, o.remote, o.note, p.total from offers o join companies c on c.slug = o.company \
               join pay p on p.company = o.company where o.total = 50";
    let rows: serde_json::Value =
        serde_json::from_str(&answer(&site, &[sql, "--format", "json"])).expect("it is JSON");
    let expected = serde_json::json!([
        { "company": "bolt", "slug": "bolt", "remote": true, "note": null, "total": 50.5 }
    ]);
    assert_eq!(rows, expected);
}

#[test]
fn a_value_that_is_not_of_its_column_s_type_is_shown() {
    let site = Sandbox::paid();
    let sql = "select company from offers where total = 10 union all select 'none'";
    assert_eq!(answer(&site, &[sql, "--format", "csv"]), "company\ncore\nnone\n");
}

#[test]
fn texts_are_not_cut_where_nobody_watches_and_command_no_terminal() {
    let site = Sandbox::paid();
    let table = answer(&site, &["select replace(hex(zeroblob(300)), '00', 'x') || char(27, 10) as long"]);
    assert!(table.contains(&format!("{}␛␊\n", "x".repeat(300))), "{table}");
}

#[test]
fn what_is_missing_is_dim() {
    let site = Sandbox::paid();
    assert!(answer(&site, &["select null as x", "--color", "always"]).contains("\u{1b}[2mNULL\u{1b}[0m"));
}

#[test]
fn an_error_points_into_the_question() {
    let site = Sandbox::paid();
    let expected = "error[unknown-column]: there is no column \"totl\"\n --> query:2:1\n  |\n2 | totl from pay\n  | ^^^^\n\
                    \x20 |\n  = help: did you mean \"total\"?\n";
    let run = refused(&site, "select\ntotl from pay");
    assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    for (question, code) in [
        ("select * form pay", "invalid-sql"),
        ("select * from pya", "unknown-relation"),
        ("delete from pay", "forbidden-sql"),
        ("select date('now')", "forbidden-sql"),
        ("select 1; select 2", "invalid-sql"),
        ("", "invalid-sql"),
    ] {
        assert_eq!(refused(&site, question).count(code), 1, "{question}");
    }
}

#[test]
fn an_unknown_name_is_wrong_usage() {
    let run = refused(&Sandbox::paid(), "offres");
    assert!(run.stderr.contains("there is no collection, dataset or query \"offres\""), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean \"offers\"?"), "{}", run.stderr);
}

#[test]
fn data_with_errors_answer_nothing() {
    let site = Sandbox::paid();
    site.write("content/data/offers.csv", "company,total,remote,note\nacme,many,true,\n");
    let run = site.run(&["query", "pay"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""));
    assert_eq!(run.count("wrong-type"), 1, "{}", run.stderr);
}

#[test]
fn only_the_data_behind_a_question_is_loaded() {
    let site = Sandbox::paid();
    site.write("content/data/offers.csv", "company,total,remote,note\nacme,many,true,\n");
    assert_eq!(answer(&site, &["select count(*) as n from companies", "--format", "csv"]), "n\n3\n");
    assert_eq!(answer(&site, &["select 1 as one", "--format", "csv"]), "one\n1\n");
}

#[test]
fn a_question_needs_no_template() {
    let site = Sandbox::paid();
    for template in site.files("themes/paid/templates").keys() {
        site.remove(&format!("themes/paid/templates/{template}"));
    }
    assert_eq!(answer(&site, &["select count(*) as n from offers", "--format", "csv"]), "n\n6\n");
}

#[test]
fn other_errors_are_reported_beside_the_answer() {
    let site = Sandbox::paid();
    site.write("content/stray/a.md", "Lost.\n");
    let run = site.run(&["query", "select count(*) as n from offers"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), "n\n─\n6\n"), "{}", run.stderr);
    assert_eq!(run.count("no-collection"), 1, "{}", run.stderr);
}

#[test]
fn a_file_is_looked_at_before_it_is_declared() {
    let folder = Sandbox::empty();
    folder.write("pay.csv", "country,pay,day\nDE,10,2026-01-31\nDE,20,2026-02-01\nFR,40,\n");
    folder.write("more/pay.csv", "country;name\nDE;Germany\nFR;France\n");
    let sql = "select country, sum(pay) as pay, max(day) as day from pay group by country";
    let expected = "country,pay,day\nDE,30,2026-02-01\nFR,40,\n";
    assert_eq!(answer(&folder, &["--file", "pay.csv", sql, "--format", "csv"]), expected);
    let sql = "select name, pay from pay join pay_2 using (country) where pay > 10";
    let files = ["--file", "pay.csv", "--file", "more/pay.csv", sql, "--format", "csv"];
    assert_eq!(answer(&folder, &files), "name,pay\nGermany,20\nFrance,40\n");
    let run = folder.run(&["query", "--file", "none.csv", "pay"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    folder.write("empty.csv", "");
    let run = folder.run(&["query", "--file", "empty.csv", "empty"]);
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}
