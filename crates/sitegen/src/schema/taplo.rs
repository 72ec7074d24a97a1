//! The configuration of Taplo, the language server for TOML: which schema is for which file.

use serde_json::Value as Json;
use sitegen_model::{Collection, Model, RecordFile, THEME_FILE};

use super::{MARK, name, path};
use crate::site::LoadedSite;

/// Files of one schema, as globs from the site's folder.
struct TaploRule {
    include: Vec<String>,
    exclude: Vec<String>,
    schema: String,
}

/// Returns the text of the configuration.
pub(super) fn config(site: &LoadedSite, model: &Model) -> String {
    let mut text = format!("{MARK}, which replaces this file as long as it begins so.\n");
    let collections = model.schema.collections.iter().flat_map(|collection| records(site, model, collection));
    let rules = of_declarations(site).into_iter().chain(collections);
    // Taplo takes a rule without files for one of all files.
    for TaploRule { include, exclude, schema } in rules.filter(|rule| !rule.include.is_empty()) {
        // Lists and strings of JSON are those of TOML, too.
        let globs = [("include", include), ("exclude", exclude)];
        text += "\n[[rule]]\n";
        for (key, globs) in globs.into_iter().filter(|(_, globs)| !globs.is_empty()) {
            text.extend([key, " = ", &Json::from(globs).to_string(), "\n"]);
        }
        text.extend(["[rule.schema]\npath = ", &Json::from(path(&schema)).to_string(), "\n"]);
    }
    text
}

fn of_declarations(site: &LoadedSite) -> [TaploRule; 2] {
    let mut configs = vec!["site.toml".to_owned(), "site.*.toml".to_owned()];
    let config = escaped(&site.inputs.config);
    if !configs.contains(&config) {
        configs.push(config);
    }
    let worn = site.inputs.themes.iter().map(|theme| escaped(&theme.path));
    let elsewhere = worn.filter(|theme| !theme.starts_with("themes/"));
    let themes = ["themes/**".to_owned()].into_iter().chain(elsewhere);
    let themes = themes.map(|folder| format!("{folder}/{THEME_FILE}")).collect();
    let rule = |include, schema: &str| TaploRule { include, exclude: Vec::new(), schema: schema.to_owned() };
    [rule(configs, "site.toml"), rule(themes, "theme.toml")]
}

/// Returns the rules for the TOML files of a collection. One that owns all of the content has none, because
/// TOML files of other programs may lie there.
fn records(site: &LoadedSite, model: &Model, collection: &Collection) -> Vec<TaploRule> {
    let folder = collection.folder.as_str();
    if folder.is_empty() {
        return Vec::new();
    }
    let content = &site.inputs.folders;
    let within = |folder: &str| {
        let folders = content.folders_of(folder);
        folders.map(|path| format!("{}**/*.toml", escaped(&path))).collect::<Vec<_>>()
    };
    let several = |folder: &str| {
        let name = format!("{folder}.toml");
        content.paths(&name).map(|path| escaped(&path)).collect::<Vec<_>>()
    };
    let others = model.schema.collections.iter().map(|other| other.folder.as_str());
    let is_nearer = |other: &&str| other.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let exclude = others.filter(is_nearer).flat_map(|other| [within(other), several(other)].concat());
    let schema = |file| name(&collection.name, file);
    vec![
        TaploRule { include: within(folder), exclude: exclude.collect(), schema: schema(RecordFile::One) },
        TaploRule { include: several(folder), exclude: Vec::new(), schema: schema(RecordFile::Several) },
    ]
}

/// Escapes the signs of a path that globs read as patterns.
fn escaped(path: &str) -> String {
    let sign = |c: char| if "*?[]{}".contains(c) { format!("[{c}]") } else { c.to_string() };
    path.chars().map(sign).collect()
}
