//! The documentation agrees with the declarations of the guide theme and with the types that there are.

use sitegen_model::FORMS;

use crate::project::{manifest, none, read};

#[test]
fn the_fields_of_the_guide_theme_are_documented() {
    let theme = manifest("themes/guide/theme.toml");
    let page = read("docs/guide-theme.md");
    let mut found = Vec::new();
    for (name, collection) in theme["collections"].as_table().expect("collections are a table") {
        let heading = format!("\n### {}{}\n", name[..1].to_uppercase(), &name[1..]);
        let section = page.split(&heading).nth(1).unwrap_or_default();
        let section = section.split("\n##").next().unwrap_or_default();
        let documented: Vec<_> = section.lines().filter_map(field).collect();
        let fields = collection["fields"].as_table().expect("fields are a table");
        let declared: Vec<_> = fields.iter().map(|(name, field)| (name.as_str(), kind(field))).collect();
        for field in declared.iter().filter(|field| !documented.contains(field)) {
            found.push(format!("docs/guide-theme.md lacks {name}: {field:?}"));
        }
        for field in documented.iter().filter(|field| !declared.contains(field)) {
            found.push(format!("docs/guide-theme.md has {name}: {field:?}"));
        }
    }
    none("docs/guide-theme.md says what the guide theme declares", &found);
}

/// The law holds the docs to the list from which the program reads types, so that no type is left out.
#[test]
fn the_types_of_fields_are_documented() {
    let page = read("docs/themes.md");
    let table = page.split("\n### Types\n").nth(1).and_then(|rest| rest.split("\n| `type?` |").next());
    let rows = table.expect("the docs list the types").lines().skip_while(|line| !line.starts_with("|---"));
    let documented: Vec<_> = rows.filter_map(row).collect();
    let declared: Vec<_> = FORMS.iter().map(|form| (form.form, form.example)).collect();
    assert_eq!(documented, declared, "docs/themes.md lists types and examples as the program does");
}

/// Reads the first and the last cell of a row of a table, both in code.
fn row(line: &str) -> Option<(&str, &str)> {
    let (form, rest) = line.strip_prefix("| `")?.split_once("` |")?;
    Some((form, rest.strip_suffix("` |")?.rsplit_once("| `")?.1))
}

/// Reads the field and the type of a row of a table: `` | `name` | `string` | … ``.
fn field(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix("| `")?.split("` | `");
    let name = cells.next()?;
    Some((name, cells.next()?.split("` |").next()?))
}

fn kind(field: &toml::Value) -> &str {
    field.as_str().or_else(|| field["type"].as_str()).expect("a field has a type")
}
