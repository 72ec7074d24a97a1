//! Tests of `plan` and `list`.

use crate::sandbox::Sandbox;

#[track_caller]
fn output(site: &Sandbox, arguments: &[&str]) -> String {
    let run = site.run(arguments);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    run.stdout
}

#[test]
fn a_plan_counts_pages_and_says_why() {
    let expected = "\
family   from       rows  pages  noindex  not published  path
───────  ─────────  ────  ─────  ───────  ─────────────  ────────────────────
home                          1        0              0  /
company  companies     3      3        0              0  /{company.slug}/
pay      pay           3      2        1              1  /pay/{company.slug}/

pay: publish_if = \"n >= 2\"
  fails for 1 of 3 rows, such as company = \"core\", n = 1

pay: index_if = \"n >= 3\"
  fails for 1 of 2 rows, such as company = \"bolt\", n = 2

relation   kind        rows
─────────  ──────────  ────
companies  collection     3
offers     dataset        6
pay        query          3
";
    assert_eq!(output(&Sandbox::paid(), &["plan"]), expected);
}

#[test]
fn a_plan_as_json() {
    let plan: serde_json::Value =
        serde_json::from_str(&output(&Sandbox::paid(), &["plan", "--format", "json"])).expect("it is JSON");
    assert_eq!(plan["families"][2]["pages"], 2);
    assert_eq!(plan["families"][2]["publish_if"]["fails"], 1);
    assert_eq!(plan["families"][0]["rows"], serde_json::Value::Null);
    let offers = serde_json::json!({ "relation": "offers", "kind": "dataset", "rows": 6 });
    assert_eq!(plan["relations"][1], offers);
}

#[test]
fn a_plan_renders_nothing() {
    let site = Sandbox::paid();
    site.write("themes/paid/templates/home.html", "{{ nothing }}");
    output(&site, &["plan"]);
    assert_eq!(site.run(&["check"]).code, Some(1));
}

#[test]
fn a_plan_comes_after_what_is_wrong() {
    let site = Sandbox::paid();
    let theme = site.read("themes/paid/theme.toml");
    let doubled = theme.replace("path = \"/{company.slug}/\"", "path = \"/\"");
    site.write("themes/paid/theme.toml", &doubled);
    let run = site.run(&["plan"]);
    assert_eq!(run.code, Some(1));
    assert!(run.count("duplicate-url") > 0, "{}", run.stderr);
    assert!(run.stdout.contains("\ncompany  companies     3      0  "), "{}", run.stdout);
    site.write("themes/paid/theme.toml", &theme.replace("from = \"pay\"", "from = \"pya\""));
    let run = site.run(&["plan"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{}", run.stderr);
}

#[test]
fn conditions_without_rows() {
    let site = Sandbox::paid();
    let theme =
        site.read("themes/paid/theme.toml").replace("path = \"/\"", "path = \"/\"\nindex_if = \"1 = 2\"");
    site.write("themes/paid/theme.toml", &theme);
    let plan = output(&site, &["plan"]);
    assert!(plan.contains("\nhome: index_if = \"1 = 2\"\n  does not hold\n"), "{plan}");
    let list = output(&site, &["list", "noindex", "--format", "csv"]);
    assert_eq!(list, "url,family,index_if,values\n/,home,1 = 2,\n/pay/bolt/,pay,n >= 3,n = 2\n");
}

#[test]
fn pages() {
    let expected = "\
url         title               family
──────────  ──────────────────  ───────
/           Pay                 home
/acme/      Acme                company
/bolt/      Bolt, \"Inc\"         company
/core/      Core                company
/pay/acme/  Pay at Acme         pay
/pay/bolt/  Pay at Bolt, \"Inc\"  pay
";
    assert_eq!(output(&Sandbox::paid(), &["list", "pages"]), expected);
}

#[test]
fn records() {
    let site = Sandbox::paid();
    site.write("content/companies/dune.md", "+++\nname = \"Dune\"\nabout = \"\"\ndraft = true\n+++\n");
    let expected = "\
record,title,file,url
companies/acme,Acme,content/companies.toml:1,/acme/
companies/bolt,\"Bolt, \"\"Inc\"\"\",content/companies.toml:6,/bolt/
companies/core,Core,content/companies.toml:10,/core/
";
    assert_eq!(output(&site, &["list", "records", "--format", "csv"]), expected);
    let with_drafts = output(&site, &["list", "records", "--format", "csv", "--drafts"]);
    assert!(with_drafts.contains("companies/dune,Dune,content/companies/dune.md:1,/dune/"), "{with_drafts}");
}

#[test]
fn pages_that_are_not_indexed() {
    let expected = "\
url         family  index_if  values
──────────  ──────  ────────  ──────
/pay/bolt/  pay     n >= 3    n = 2
";
    assert_eq!(output(&Sandbox::paid(), &["list", "noindex"]), expected);
}

#[test]
fn pages_that_are_never_indexed_say_what_they_are() {
    let site = Sandbox::paid();
    let pages = "\n[pages.missing]\npath = \"/404.html\"\ntemplate = \"foot.html\"\n";
    site.write("site.toml", &(site.read("site.toml") + pages));
    let list = output(&site, &["list", "noindex", "--format", "csv"]);
    assert!(list.contains("\n/404.html,missing,,the page for what is not there\n"), "{list}");
    let account = output(&site, &["explain", "/404.html"]);
    assert!(account.contains("no, as it is the page for what is not there"), "{account}");
}

#[test]
fn a_condition_that_names_no_column_shows_the_row() {
    let site = Sandbox::paid();
    let theme = site.read("themes/paid/theme.toml");
    site.write("themes/paid/theme.toml", &theme.replace("index_if = \"n >= 3\"", "index_if = \"'n' = ''\""));
    let list = output(&site, &["list", "noindex"]);
    assert!(list.contains("company = \"bolt\", n = 2, total = 50.5"), "{list}");
}

#[test]
fn orphans_are_pages_that_no_other_page_links_to() {
    let list = output(&Sandbox::paid(), &["list", "orphans", "--format", "json"]);
    let orphans: Vec<serde_json::Value> = serde_json::from_str(&list).expect("it is JSON");
    let urls: Vec<_> = orphans.iter().map(|orphan| orphan["url"].as_str()).collect();
    // Acme is no orphan: a link to its old path counts as one to the page, because the path is redirected.
    assert_eq!(urls, [Some("/bolt/"), Some("/core/")]);
}

#[test]
fn what_is_no_html_is_no_orphan() {
    let site = Sandbox::reaching();
    assert!(output(&site, &["list", "pages"]).contains("/feed.xml"));
    assert_eq!(output(&site, &["list", "orphans"]), output(&Sandbox::paid(), &["list", "orphans"]));
}

#[test]
fn orphans_come_after_what_is_wrong_with_pages() {
    let site = Sandbox::paid();
    site.write("themes/paid/templates/foot.html", "<a href=\"/guide/nowhere/\">x</a>");
    let run = site.run(&["list", "orphans", "--format", "csv"]);
    assert_eq!((run.code, run.count("broken-link")), (Some(1), 1), "{}", run.stderr);
    assert!(run.stdout.starts_with("url,title,family\n/bolt/,"), "{}", run.stdout);
}

#[test]
fn redirects() {
    let site = Sandbox::paid();
    assert_eq!(output(&site, &["list", "redirects", "--format", "csv"]), "from,to\n/old/,/acme/\n");
    assert_eq!(output(&Sandbox::small(), &["list", "redirects", "--format", "json"]), "[]\n");
}

#[test]
fn an_unknown_list_is_wrong_usage() {
    let run = Sandbox::small().run(&["list", "page"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("'pages'") && run.stderr.contains("orphans"), "{}", run.stderr);
}

#[test]
fn links_are_listed_with_where_they_lead() {
    let site = Sandbox::paid();
    site.write(
        "content/companies/zeta.md",
        "+++\nname = \"Zeta\"\nabout = \"-\"\n+++\n[A](/) [B](#b)\n\n# B\n\n[D](https://a.example/) [E](mailto:a@b.example)\n",
    );
    let links = output(&site, &["list", "links", "--format", "csv"]);
    let of_zeta: Vec<_> = links.lines().filter(|line| line.contains("zeta")).collect();
    assert_eq!(
        of_zeta,
        [
            "/zeta/,content/companies/zeta.md,5,5,/,page,/",
            "/zeta/,content/companies/zeta.md,5,12,#b,place,/zeta/#b",
            "/zeta/,content/companies/zeta.md,9,5,https://a.example/,external,https://a.example/",
            "/zeta/,content/companies/zeta.md,9,29,mailto:a@b.example,other,mailto:a@b.example",
        ]
    );
    let external = output(&site, &["list", "links", "--external", "--format", "csv"]);
    assert_eq!(external.lines().filter(|line| line.contains("zeta")).count(), 1, "{external}");
    assert_eq!(site.run(&["list", "pages", "--external"]).code, Some(2));
}
