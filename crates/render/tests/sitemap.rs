//! A site of more pages than one file of a sitemap may list.

use std::sync::Arc;

use sitegen_model::{Drafts, File, Files, Inputs, Route, Sitemap, Target, Theme};
use sitegen_render::{Build, Output, build, render};

const PAGES: usize = 100_001;

const THEME: [(&str, &str); 3] = [
    (
        "theme.toml",
        "[queries.numbers]\n[pages.number]\nfrom = \"numbers\"\npath = \"/{number}/\"\ntitle = \"{number}\"\n\
         template = \"number.html\"\nupdated = \"{day}\"\n[queries.numbers.columns]\nday = \"date\"\n\
         [sitemap]\npath = \"/sitemap.xml\"\n[twins]\nlimit = 1000\n",
    ),
    (
        "queries/numbers.sql",
        "with recursive n(number) as (select 1 union all select number + 1 from n where number < 100001)\n\
         select number, date('2020-01-01', (number % 1000) || ' days') as day from n",
    ),
    ("templates/number.html", "{{ number }}{% if page.updated %} {{ page.updated }}{% endif %}"),
];

fn files<'a>(files: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Files {
    files.into_iter().map(|(path, text)| (Arc::from(*path), File::Loaded(text.as_bytes().into()))).collect()
}

fn site() -> Build {
    let config = [("site.toml", "title = \"Numbers\"\nbase_url = \"https://example.com\"\n")];
    let inputs = Inputs {
        config: "site.toml".into(),
        site: files(&config),
        themes: vec![Theme { path: "theme".into(), files: files(&THEME) }],
        included: sitegen_model::Files::new(),
        settings: Vec::new(),
        drafts: Drafts::Exclude,
        today: None,
        ..Inputs::default()
    };
    build(&inputs, &Build::default())
}

fn text(build: &Build, route: &Route) -> String {
    match render(build, route).output {
        Output::Bytes(bytes) => String::from_utf8(bytes).expect("it is UTF-8"),
        other => panic!("{other:?} is no sitemap"),
    }
}

#[test]
fn each_file_has_at_most_fifty_thousand_urls() {
    let build = site();
    assert!(build.diagnostics.is_empty(), "{:?}", build.diagnostics);
    let files: Vec<_> = build.model.routes.sitemap().collect();
    let urls: Vec<_> = files.iter().map(|route| &*route.url).collect();
    let part = |number| format!("/sitemap-number-{number}.xml");
    assert_eq!(urls, ["/sitemap.xml", &part(1), &part(2), &part(3)]);
    assert!(matches!(files[0].target, Target::Sitemap(Sitemap::Index)));
    let index = text(&build, files[0]);
    assert_eq!(index.matches("<lastmod>2022-09-26</lastmod>").count(), 2, "{index}");
    let parts: Vec<_> = files[1..].iter().map(|route| text(&build, route)).collect();
    let counts: Vec<_> = parts.iter().map(|xml| xml.matches("<url>").count()).collect();
    assert_eq!(counts, [50_000, 50_000, 1]);
    assert!(
        parts[2].contains("<loc>https://example.com/100001/</loc><lastmod>2020-01-02</lastmod>"),
        "{}",
        parts[2]
    );
    let twins = build.model.routes.iter().filter(|route| matches!(route.target, Target::Twin { .. })).count();
    assert_eq!((twins, build.model.routes.len()), (0, PAGES + 4), "a family so large has no twins");
}
