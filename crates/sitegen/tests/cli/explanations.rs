//! Tests of `explain`.

use crate::sandbox::Sandbox;

#[track_caller]
fn explained(site: &Sandbox, url: &str) -> String {
    let run = site.run(&["explain", url]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{url}");
    run.stdout
}

#[track_caller]
fn refused(site: &Sandbox, url: &str) -> String {
    let run = site.run(&["explain", url]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{url}: {}", run.stderr);
    run.stderr
}

#[test]
fn the_page_of_a_record() {
    let page = explained(&Sandbox::paid(), "/acme/");
    let (before, after) = page.split_once("uses        /assets/style.").expect("it links to the style sheet");
    let expected = "\
page        /acme/
title       Acme
family      company, themes/paid/theme.toml:19
made from   companies: acme
            content/companies.toml:1
templates   company.html (themes/paid/templates/company.html)
            base.html, which is extended (themes/paid/templates/base.html)
            foot.html, which is included (themes/paid/templates/foot.html)
            parts.html, for to (themes/paid/templates/parts.html)
asks        pay by company: 1 row
              themes/paid/queries/pay.sql reads offers (content/data/offers.csv)
            companies by slug: 1 row
              content/companies.toml:6
            offers: 6 rows
              content/data/offers.csv:2, content/data/offers.csv:3, content/data/offers.csv:4, …
evaluates   content/companies.toml:3
reads       companies.about in themes/paid/templates/company.html:1:101
            companies.name in content/companies.toml:3:73, content/companies.toml:3:94
            companies.slug in content/companies.toml:3:47
            page.title in themes/paid/templates/base.html:1:31
            pay.company in themes/paid/templates/company.html:1:71
            pay.url in themes/paid/templates/company.html:2:11, themes/paid/templates/company.html:2:32
";
    assert_eq!(before, expected);
    let expected = "\
indexed     yes, as all pages \"company\" are: they have no index_if
links to    1 page
linked by   /
";
    assert_eq!(after.split_once('\n').map(|(_, rest)| rest), Some(expected));
}

#[test]
fn the_page_of_a_row() {
    let page = explained(&Sandbox::paid(), "/pay/bolt/");
    for line in [
        "made from   pay: company = \"bolt\", n = 2, total = 50.5",
        "            themes/paid/queries/pay.sql",
        "refers to   companies/bolt (content/companies.toml:6)",
        "indexed     no, index_if = \"n >= 3\" does not hold: n = 2",
        "linked by   /bolt/",
    ] {
        assert!(page.lines().any(|found| found == line), "{line}\n{page}");
    }
    let indexed = explained(&Sandbox::paid(), "/pay/acme/");
    assert!(indexed.contains("\nindexed     yes, index_if = \"n >= 3\" holds: n = 3\n"), "{indexed}");
}

#[test]
fn expressions_that_read_fields() {
    let site = Sandbox::paid();
    let parts = "{% component salary(pay: map) %}{{ pay.total }}{% endcomponent salary %}";
    site.write("themes/paid/templates/parts2.html", parts);
    let page = "{% set offers = rows(from=\"offers\") | sort(attribute=\"total\") %}\n\
        {{ company.about | evaluate }}{% if n > 99 %}{{ company.url }}{% endif %}{{<salary pay={row(from=\"pay\", company=company)} />}}\n\
        {% for n in offers %}{{ n.company.name }}{% endfor %}{% for n in [1] %}{{ n }}{% endfor %}{{ page.title }}{{ page.title }}{{ site.title }}\n";
    site.write("themes/paid/templates/pay.html", page);
    let page = explained(&site, "/pay/bolt/");
    let (_, reads) = page.split_once("\nreads       ").expect("it reads fields");
    let expected = "\
companies.about in themes/paid/templates/pay.html:2:12
            companies.name in themes/paid/templates/pay.html:3:35
            companies.url in themes/paid/templates/pay.html:2:57
            offers.company in themes/paid/templates/pay.html:3:27
            offers.total in themes/paid/templates/pay.html:1:54
            page.title in themes/paid/templates/pay.html:3:99, themes/paid/templates/pay.html:3:115
            pay.company in themes/paid/templates/pay.html:2:4, themes/paid/templates/pay.html:2:49 and 2 more
            pay.n in themes/paid/templates/pay.html:2:37
            pay.total in themes/paid/templates/parts2.html:1:40
            site.title in themes/paid/templates/pay.html:3:131
";
    assert!(reads.starts_with(expected), "{reads}");
}

#[test]
fn components_that_markdown_calls_are_heard() {
    let site = Sandbox::small();
    let parts = "{% component count() %}{{ rows(from=\"notes\") | length }}{% endcomponent count %}";
    site.write("themes/small/templates/parts.html", parts);
    site.write("content/notes/b.md", "+++\ntitle = \"B\"\n+++\n{{<count />}} notes.\n");
    site.write("themes/small/templates/note.html", "{{ note.body }}");
    let page = explained(&site, "/b/");
    assert!(page.contains("\n            parts.html, for count ("), "{page}");
    assert!(page.contains("\nasks        notes: 2 rows\n"), "{page}");
}

#[test]
fn a_page_of_a_long_list() {
    let site = Sandbox::paid();
    let list =
        "[pages.list]\nfrom = \"offers\"\npath = \"/offers/\"\ntemplate = \"foot.html\"\npaginate = 4\n";
    site.write("themes/paid/theme.toml", &format!("{}\n{list}", site.read("themes/paid/theme.toml")));
    let page = explained(&site, "/offers/page/2/");
    assert!(page.contains("\nmade from   offers: 2 of 6 rows, on page 2\n"), "{page}");
    assert!(page.contains("\n            content/data/offers.csv:6\n"), "{page}");
}

#[test]
fn what_is_no_page() {
    let site = Sandbox::paid();
    site.write("static/robots.txt", "");
    assert_eq!(
        explained(&site, "/old/"),
        "redirect    /old/\nleads to    /acme/\nfrom        content/companies.toml:4\nlinked by   /\n"
    );
    assert_eq!(
        explained(&site, "/robots.txt"),
        "file        /robots.txt\nfrom        static/robots.txt\nlinked by   no other page\n"
    );
    let page = explained(&site, "/acme/");
    let style = page.split_whitespace().find(|word| word.starts_with("/assets/")).expect("it has one");
    let asset = explained(&site, style);
    assert!(asset.contains("\nname        style.css\nfrom        themes/paid/assets/style.css\n"), "{asset}");
    assert!(asset.contains("linked by   /\n            /acme/\n"), "{asset}");
}

#[test]
fn a_url_may_be_written_in_several_ways() {
    let site = Sandbox::paid();
    let page = explained(&site, "/acme/");
    for url in [
        "acme",
        "/acme",
        "/guide/acme/",
        "guide/acme",
        "https://example.com/guide/acme/",
        "https://example.com/guide/acme/?x=1#top",
        "/acm%65/",
    ] {
        assert_eq!(explained(&site, url), page, "{url}");
    }
    for url in ["/", "https://example.com/guide", "/guide/"] {
        assert!(explained(&site, url).starts_with("page        /\n"), "{url}");
    }
}

#[test]
fn what_follows_from_other_routes() {
    let site = Sandbox::reaching();
    let expected = "Markdown    /acme/index.md\nof          /acme/\nlinked by   no other page\n";
    assert_eq!(explained(&site, "/acme/index.md"), expected);
    let part = explained(&site, "/sitemap-company-1.xml");
    assert!(part.contains("pages\nof family   company\nfrom        site.toml:6\n"), "{part}");
    assert!(explained(&site, "/sitemap.xml").starts_with("sitemap     /sitemap.xml\nlists"));
    assert!(explained(&site, "/_redirects").contains("holds       1 redirect\n"));
    let json = site.run(&["explain", "/sitemap.xml", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!((&json["kind"], &json["family"]), (&"sitemap".into(), &serde_json::Value::Null));
}

#[test]
fn what_is_not_there_is_wrong_usage() {
    let site = Sandbox::paid();
    assert!(refused(&site, "/acne/").contains("did you mean /acme/?"));
    assert!(refused(&site, "/pay/core/").contains("is not published, since its family's publish_if"));
}

#[test]
fn as_json() {
    let run = Sandbox::paid().run(&["explain", "/acme/", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!((&page["kind"], &page["url"]), (&"page".into(), &"/acme/".into()));
    assert_eq!(page["asks"][0]["by"]["company"], "acme");
    assert_eq!(page["asks"][0]["rows"], 1);
    assert_eq!(page["templates"][3]["components"], serde_json::json!(["to"]));
    let read = serde_json::json!({
        "field": "companies.about",
        "places": ["themes/paid/templates/company.html:1:101"],
    });
    assert_eq!(page["reads"][0], read);
    assert_eq!(page["links"], serde_json::json!(["/pay/acme/"]));
    assert_eq!(page["linked_by"], serde_json::json!(["/"]));
}

#[test]
fn problems_come_first() {
    let site = Sandbox::paid();
    site.write("themes/paid/templates/foot.html", "{{ nothing }}");
    let run = site.run(&["explain", "/bolt/"]);
    assert_eq!((run.code, run.count("undefined-variable")), (Some(1), 1), "{}", run.stderr);
    assert!(run.stdout.starts_with("page        /bolt/\n"), "{}", run.stdout);
}
