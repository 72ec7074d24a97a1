//! Tests of `check --unused`.

use crate::sandbox::{Run, Sandbox};

/// Makes a site whose own files hold one of each kind that nothing uses, and the same kinds that something uses.
fn wasteful() -> Sandbox {
    let site = Sandbox::paid();
    let declared = "\n[collections.rounds]\nsingular = \"round\"\n[collections.rounds.fields]\n\
                    minutes = \"int\"\nlead = \"string?\"\nnext = \"@rounds?\"\n\n\
                    [pages.round]\nfrom = \"rounds\"\npath = \"/rounds/{round.slug}/\"\ntemplate = \"round.html\"\n";
    site.write("site.toml", &(site.read("site.toml") + declared));
    site.write("content/rounds.toml", "[phone]\nminutes = 30\n");
    site.write(
        "templates/round.html",
        "{% include \"part.html\" %}{{ t(key=\"round.minutes\", count=round.minutes) }}{{<bold text=\"x\" />}}",
    );
    site.write("templates/part.html", "{{ rows(from=\"busy\") | length }}");
    site.write("templates/lost.html", "{% include \"lost-part.html\" %}{{<lonely />}}");
    site.write("templates/lost-part.html", "");
    site.write(
        "templates/own.html",
        "{% component bold(text: string) %}<b>{{ text }}</b>{% endcomponent bold %}\
         {% component lonely() %}{% endcomponent lonely %}\
         {% component noted() %}{% endcomponent noted %}",
    );
    site.write("queries/busy.sql", "select slug from rounds");
    site.write("queries/idle.sql", "select slug from companies");
    site.write("words/en.toml", "[round]\nminutes = \"{count} minutes\"\nhours = \"hours\"\n");
    site
}

#[track_caller]
fn told(run: &Run) -> Vec<&str> {
    let lines = run.stderr.lines();
    lines.filter_map(|line| line.strip_prefix("warning[unused]: ")).collect()
}

#[test]
fn what_nothing_of_a_site_uses_is_told_when_asked() {
    let site = wasteful();
    let run = site.run(&["check"]);
    assert_eq!((run.code, told(&run)), (Some(0), Vec::new()), "{}", run.stderr);
    let run = site.run(&["check", "--unused"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let expected = [
        "no page, template, condition or other query asks \"idle\"",
        "no template, query or declaration reads \"lead\" of rounds",
        "no template, query or declaration reads \"next\" of rounds",
        "no page is made by this template, and no template of a page extends or includes it",
        "no page and no text calls the component \"lonely\"",
        "no page and no text calls the component \"noted\"",
    ];
    assert_eq!(told(&run), expected, "{}", run.stderr);
    let overridden = run.stderr.matches("warning[unused-override]").count();
    assert_eq!(overridden, 2, "a template and words are told as overrides of nothing: {}", run.stderr);
    assert!(run.stderr.contains(" --> site.toml:9:8"), "{}", run.stderr);
}

#[test]
fn warnings_are_errors_if_asked() {
    let site = wasteful();
    assert_eq!(site.run(&["check", "--unused", "--strict"]).code, Some(1));
    let json = site.run(&["check", "--unused", "--format", "json"]).stderr;
    let found: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert_eq!(found.iter().filter(|found| found["code"] == "unused").count(), 6, "{json}");
}

#[test]
fn themes_are_asked_about_only_by_their_authors() {
    let site = Sandbox::paid();
    site.write("themes/paid/templates/lost.html", "");
    assert_eq!(told(&site.run(&["check", "--unused"])), [""; 0]);
    let run = site.run(&["check", "--unused=theme"]);
    let expected = [
        "no page is made by this template, and no template of a page extends or includes it",
        "no template, query or declaration reads \"remote\" of offers",
        "no template, query or declaration reads \"note\" of offers",
    ];
    assert_eq!(told(&run), expected, "{}", run.stderr);
    // The program's own themes are nobody's to change.
    let blog = Sandbox::empty();
    assert_eq!(blog.run(&["init", ".", "--template", "blog"]).code, Some(0));
    assert_eq!(told(&blog.run(&["check", "--unused=theme"])), [""; 0]);
}

#[test]
fn what_could_be_meant_by_a_computed_name_is_not_told() {
    let site = wasteful();
    let with = |read: &str| {
        site.write("templates/part.html", &format!("{{{{ rows(from=\"busy\") | length }}}}{read}"));
        site.run(&["check", "--unused"])
    };
    let tells = |run: &Run, word: &str| told(run).iter().any(|told| told.contains(word));
    let run = with("{{ round | json }}");
    assert!(!tells(&run, "\"lead\"") && !tells(&run, "\"next\""), "{}", run.stderr);
    let run = with("{% for name, value in round %}{{ name }}{% endfor %}");
    assert!(!tells(&run, "\"lead\""), "{}", run.stderr);
    let run = with("{% for other in rows(from=\"rounds\") | sort(attribute=\"lead\") %}{% endfor %}");
    assert!(!tells(&run, "\"lead\"") && tells(&run, "\"next\""), "{}", run.stderr);
    let run = with("{% for other in referenced_by(record=round) %}{% endfor %}");
    assert!(tells(&run, "\"lead\"") && !tells(&run, "\"next\""), "{}", run.stderr);
    let run = with("{% for other in rows(from=round.slug) %}{% endfor %}");
    assert!(!tells(&run, "\"idle\""), "{}", run.stderr);
    let run = with("{{ round | get(key=round.slug, default=1) }}");
    assert!(!tells(&run, "\"lead\""), "{}", run.stderr);
}

#[test]
fn texts_call_components() {
    let site = wasteful();
    site.write(
        "content/companies/delta.md",
        "+++\nname = \"Delta\"\nabout = \"{{<lonely />}}\"\n+++\n{{<noted />}}\n",
    );
    let run = site.run(&["check", "--unused"]);
    assert!(!run.stderr.contains("calls the component"), "{}", run.stderr);
}
