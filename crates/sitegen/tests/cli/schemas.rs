//! Tests of `schema`. What the schemas say is tested by a validator, in `tests/browser/schema.test.js`.

use crate::sandbox::Sandbox;

const RECORD: &str = ".sitegen/schemas/companies.json";

/// Reads a schema.
fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

#[test]
fn schemas_are_written_and_taplo_is_told_of_them() {
    let site = Sandbox::paid();
    let run = site.run(&["schema"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert_eq!(run.stdout, "5 schemas written to .sitegen/schemas\n");
    assert_eq!(json(&site.read(RECORD))["properties"]["name"]["type"], "string");
    let config = site.read(".taplo.toml");
    for (glob, schema) in [
        ("site.toml\",\"site.*.toml", "site.toml"),
        ("themes/**/theme.toml", "theme.toml"),
        ("content/companies/**/*.toml", "companies"),
        ("content/companies.toml", "companies.several"),
    ] {
        let rule = format!(
            "[[rule]]\ninclude = [\"{glob}\"]\n[rule.schema]\npath = \".sitegen/schemas/{schema}.json\"\n"
        );
        assert!(config.contains(&rule), "{rule}\n{config}");
    }
    // None of it is a part of the site.
    site.build();
    assert!(site.files("public").keys().all(|path| !path.contains("schema") && !path.contains("taplo")));
}

#[test]
fn schemas_follow_the_site() {
    let site = Sandbox::paid();
    site.run(&["schema"]);
    site.write(
        "site.toml",
        &(site.read("site.toml") + "\n[collections.parks]\nfields = { near = \"@companies?\" }\n"),
    );
    assert_eq!(site.run(&["schema"]).stdout, "8 schemas written to .sitegen/schemas\n");
    assert!(site.read(".taplo.toml").contains("content/parks.toml"));
    let near = &json(&site.read(".sitegen/schemas/parks.json"))["properties"]["near"];
    assert_eq!(
        near["anyOf"][0]["enum"],
        serde_json::json!(["acme", "bolt", "core"]),
        "slugs can be completed"
    );
    assert_eq!(
        (&near["type"], &near["anyOf"][1]),
        (&"string".into(), &true.into()),
        "a newer slug is no mistake"
    );
}

#[test]
fn a_configuration_of_the_authors_own_stays() {
    for name in [".taplo.toml", "taplo.toml"] {
        let site = Sandbox::paid();
        site.write(name, "# mine\n");
        let run = site.run(&["schema"]);
        assert_eq!(run.code, Some(0));
        assert!(run.stderr.contains(&format!("{name} is yours and stays as it is")), "{}", run.stderr);
        assert_eq!(site.read(name), "# mine\n");
        assert_eq!(site.path(".taplo.toml").exists(), name == ".taplo.toml");
        let rules = site.run(&["schema", ".taplo.toml"]).stdout;
        assert!(rules.contains("content/companies/**/*.toml"), "{rules}");
    }
}

#[test]
fn one_schema_is_printed() {
    let site = Sandbox::paid();
    let printed = site.run(&["schema", "companies"]).stdout;
    assert!(!site.path(".sitegen").exists() && !site.path(".taplo.toml").exists());
    site.run(&["schema"]);
    assert_eq!(printed, site.read(RECORD));
    let run = site.run(&["schema", "company"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("did you mean \"companies\"?"), "{}", run.stderr);
    let theme = json(&Sandbox::empty().run(&["schema", "theme.toml"]).stdout);
    assert!(theme["properties"]["extends"].is_object(), "a theme needs no site");
}

#[test]
fn nearer_collections_have_files_of_their_own() {
    let site = Sandbox::paid();
    let declared = "\n[content]\nmounts = { \"companies/old\" = \"archive\" }\n\
                    [collections.old]\nfolder = \"companies/old\"\n[collections.\"../x\"]\nfolder = \"x\"\n";
    site.write("site.toml", &(site.read("site.toml") + declared));
    site.write("archive/a.toml", "");
    assert_eq!(site.run(&["schema"]).code, Some(0));
    let config = site.read(".taplo.toml");
    let rule = "include = [\"content/companies/**/*.toml\",\"archive/**/*.toml\"]\n\
                exclude = [\"content/companies/old/**/*.toml\",\"archive/**/*.toml\",\"content/companies/old.toml\"]\n";
    assert!(config.contains(rule), "{config}");
    assert!(config.contains(".sitegen/schemas/%2E%2E%2Fx.json"), "{config}");
}

#[test]
fn declarations_with_errors_have_no_schemas() {
    let site = Sandbox::paid();
    site.write(
        "site.toml",
        &(site.read("site.toml") + "\n[collections.parks]\nfields = { name = \"strng\" }\n"),
    );
    let run = site.run(&["schema"]);
    assert_eq!((run.code, run.count("invalid-type")), (Some(1), 1), "{}", run.stderr);
    assert!(!site.path(".sitegen").exists());
}

#[test]
fn a_new_site_has_its_schemas() {
    let place = Sandbox::empty();
    let run = place.run(&["init", "site"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    assert!(place.path("site/.sitegen/schemas/planets.front-matter.json").exists());
    assert!(place.read("site/.taplo.toml").contains("content/planets/**/*.toml"));
    place.write("project/.taplo.toml", "# mine\n");
    let run = place.run(&["init", "project"]);
    assert_eq!((run.code, place.read("project/.taplo.toml").as_str()), (Some(0), "# mine\n"));
    assert!(run.stderr.contains("stays as it is"), "{}", run.stderr);
}
