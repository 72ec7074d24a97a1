//! Tests of `explain --at`, by which editors ask.

use crate::sandbox::Sandbox;

/// Asks at the place of `@` in a template of a page, which is written without the sign.
#[track_caller]
fn asked(template: &str) -> String {
    asked_in(&Sandbox::paid(), template)
}

#[track_caller]
fn asked_in(site: &Sandbox, template: &str) -> String {
    let before = template.split('@').next().expect("it has a cursor");
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let path = "themes/paid/templates/company.html";
    site.write(path, &template.replace('@', ""));
    let run = site.run(&["explain", "--at", &format!("{path}:{line}:{column}")]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    run.stdout
}

/// Lists what could stand at a place.
#[track_caller]
fn offered(template: &str) -> Vec<String> {
    let said = asked(template);
    let offers = said.lines().skip_while(|line| !line.starts_with("could be"));
    offers.map(|line| line[12..].to_owned()).collect()
}

#[test]
fn a_field_is_said_with_its_type_and_declaration() {
    let said = asked("é {% set other = company %}\n{{ other.na@me }}");
    let expected = "\
here        field name
value       text
declared    themes/paid/theme.toml:5
could be    field name: text
";
    assert_eq!(said, expected);
}

#[test]
fn names_lead_to_their_declarations() {
    for (template, kind, declared) in [
        ("{{ compa@ny.name }}", "variable company", "themes/paid/theme.toml:1"),
        ("{% set a = 1 %}\n{{ @a }}", "variable a", "themes/paid/templates/company.html:1"),
        ("\n{% for a in [1] %}\n{{ a@ }}{% endfor %}", "variable a", "themes/paid/templates/company.html:2"),
        ("{{<t@o url=\"x\" />}}", "component to", "themes/paid/templates/parts.html:1"),
        ("{{<to u@rl=\"x\" />}}", "argument url", "themes/paid/templates/parts.html:1"),
        ("{% include \"fo@ot.html\" %}", "template foot.html", "themes/paid/templates/foot.html"),
        (
            "{% extends \"base.html\" %}{% block ma@in %}{% endblock %}",
            "block main",
            "themes/paid/templates/base.html:3",
        ),
        ("{{ rows(from=\"o@ffers\") | length }}", "relation offers", "themes/paid/theme.toml:8"),
        ("{{ rows(from=\"p@ay\") | length }}", "relation pay", "themes/paid/queries/pay.sql"),
        (
            "{% set one = rows(from=\"offers\") | first %}{{ one.tot@al }}",
            "field total",
            "themes/paid/theme.toml:9",
        ),
        ("{{ company | get(key=\"na@me\") }}", "field name", "themes/paid/theme.toml:5"),
        ("{{ pages(family=\"pa@y\") | length }}", "family pay", "themes/paid/theme.toml:24"),
    ] {
        let said = asked(template);
        let line = |label: &str| said.lines().find_map(|line| line.strip_prefix(label)).map(str::trim);
        assert_eq!(line("here"), Some(kind), "{template}\n{said}");
        assert_eq!(line("declared"), Some(declared), "{template}\n{said}");
    }
}

#[test]
fn fields_are_offered_while_they_are_typed() {
    let fields = [
        "field collection: \"companies\"",
        "field slug: text",
        "field title: text",
        "field url: text",
        "field name: text",
        "field about: a template field, which is not evaluated yet",
        "field body: HTML",
        "field toc: a list of maps",
    ];
    for template in
        ["{{ company.@ }}", "{{ company.@", "{% if company.@ %}", "{% for a in [company] %}{{ a.@"]
    {
        assert_eq!(offered(template), fields, "{template}");
    }
    assert_eq!(offered("{{ company.n@ }}"), ["field name: text"]);
    assert_eq!(offered("{{ company.about.template @ }}"), [""; 0]);
}

#[test]
fn the_type_is_the_one_at_the_place() {
    let set = "{% set pay = row(from=\"pay\", company=company) %}";
    assert!(offered(&format!("{set}{{{{ pa@ }}}}")).contains(&"variable pay: a row of pay".to_owned()));
    let said = asked("{% set a = 1 %}{{ a }}{% set a = \"x\" %}{{ a@ }}");
    assert!(said.contains("value       \"x\"\n"), "{said}");
    let said = asked("{% set a = none if company.url else 2 %}{% if a %}{{ a@ }}{% endif %}");
    assert!(said.contains("value       a whole number\n"), "{said}");
}

#[test]
fn names_of_all_kinds_are_offered() {
    for (template, offer) in [
        ("{{ compa@ }}", "variable company: a record of companies"),
        ("{{ row@", "function rows: from"),
        ("{{ company.name | upp@ }}", "filter upper"),
        ("{% if company is def@ %}", "test defined"),
        ("{{<t@", "component to: url"),
        ("{{<to @ />}}", "argument url: string"),
        ("{{ rows(@", "argument from: text"),
        ("{{ rows(from=\"pay\", @", "argument company"),
        ("{{ row(from=\"companies\", sl@ }}", "argument slug"),
        ("{{ rows(from=\"of@", "relation offers: a list of rows of offers"),
        ("{{ pages(family=\"h@\") }}", "family home"),
        ("{{ rows(from=\"offers\") | sort(attribute=\"to@", "field total: a whole number"),
        ("{% include \"f@", "template foot.html"),
        ("{% extends \"base.html\" %}{% block m@ %}{% endblock %}", "block main"),
    ] {
        let offered = offered(template);
        assert!(offered.iter().any(|offered| offered == offer), "{template}: {offered:#?}");
    }
    let site = Sandbox::paid();
    site.write("words/en.toml", "[pay]\nmedian = \"{amount} a year\"\n");
    assert!(asked_in(&site, "{{ t(key=\"pay@\") }}").contains("could be    word pay.median\n"));
    assert!(asked_in(&site, "{{ t(key=\"pay.median\", @) }}").contains("could be    argument amount\n"));
}

#[test]
fn where_no_name_stands() {
    assert_eq!(asked("Te@xt"), "here        nothing with a name\n");
    let site = Sandbox::paid();
    let refused = |at: &str| site.run(&["explain", "--at", at]);
    for (at, said) in [
        ("templates/nothing.html:1:1", "the site has no file templates/nothing.html"),
        ("themes/paid/templates/foot.html:9:1", "has no line 9"),
        ("themes/paid/templates/foot.html", "FILE:LINE:COLUMN"),
    ] {
        let run = refused(at);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{at}");
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn as_json_and_by_the_whole_path_of_a_file() {
    let site = Sandbox::paid();
    let at = format!("{}:1:12", site.path("themes/paid/templates/foot.html").display());
    let run = site.run(&["explain", "--format", "json", "--at", &at]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let said: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(said["here"]["kind"], "argument");
    assert_eq!(said["here"]["name"], "from");
    assert!(said["could_be"].is_array());
}
