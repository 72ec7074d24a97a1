//! References from style sheets and scripts to other assets.

use sitegen_parser::{Reference, ReferenceForm};

use crate::ground::url::{self, is_external, split};

/// Returns the name of the asset in a file.
pub(crate) fn name(file: &str) -> &str {
    file.split_once("assets/").map_or(file, |(_, name)| name)
}

/// Writes a reference from the asset in a file to another asset.
pub(crate) fn written(file: &str, other: &str) -> String {
    let own = name(file);
    let folder = own.rfind('/').map_or("", |end| &own[..=end]);
    let is_script = matches!(own.rsplit_once('.'), Some((_, "js" | "mjs")));
    match other.strip_prefix(folder).filter(|file| !file.contains('/')) {
        Some(file) if is_script => format!("./{file}"),
        Some(file) => file.to_owned(),
        None => format!("/assets/{other}"),
    }
}

/// Returns the name from which an asset's references are resolved: for a theme's style sheet under another,
/// the name that both have.
fn base(name: &str) -> &str {
    name.split_once("/assets/").map_or(name, |(_, base)| base)
}

/// Resolves a reference in the asset `name` to the name of an asset; none if it leads to no asset.
pub(crate) fn asset_of(name: &str, reference: &Reference) -> Option<String> {
    let path = absolute(name, local(reference)?.0)?;
    path.strip_prefix("/assets/").map(str::to_owned)
}

/// Splits a reference to a file of the site into its path and what follows; none if it refers to something
/// else.
pub(crate) fn local(reference: &Reference) -> Option<(&str, &str)> {
    let to = reference.to.as_str();
    let is_path = reference.form != ReferenceForm::Module || to.starts_with(['/', '.']);
    let (path, suffix) = Some(split(to)).filter(|_| is_path && !is_external(to))?;
    // A reference to a folder is completed by the script, so it cannot be checked.
    let is_file = !path.is_empty() && !path.ends_with(['/', '.']);
    is_file.then_some((path, suffix))
}

/// Resolves a path in the asset `name` to a path within the site.
pub(crate) fn absolute(name: &str, path: &str) -> Option<String> {
    let path = url::decode(path)?;
    if path.starts_with('/') {
        return Some(path.into_owned());
    }
    url::relative(&format!("/assets/{}", base(name)), &path)
}
