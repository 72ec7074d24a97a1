//! What style sheets and scripts among the assets lead to.

use sitegen_parser::{Reference, ReferenceForm};

use crate::ground::url::{self, is_external, split};

/// The name of the asset in a file.
pub(crate) fn name(file: &str) -> &str {
    file.split_once("assets/").map_or(file, |(_, name)| name)
}

/// How the asset in a file refers to another.
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

/// The name by which what an asset refers to is found: of a style sheet that lies under another, the one that both have.
fn base(name: &str) -> &str {
    name.split_once("/assets/").map_or(name, |(_, base)| base)
}

/// The name of the asset that a reference in the asset `name` would lead to; none if it leads to no asset.
pub(crate) fn asset_of(name: &str, reference: &Reference) -> Option<String> {
    let path = absolute(name, local(reference)?.0)?;
    path.strip_prefix("/assets/").map(str::to_owned)
}

/// The path and what follows it of a reference that names a file of the site; none of one that names something else.
pub(crate) fn local(reference: &Reference) -> Option<(&str, &str)> {
    let to = reference.to.as_str();
    let is_path = reference.form != ReferenceForm::Module || to.starts_with(['/', '.']);
    let (path, suffix) = Some(split(to)).filter(|_| is_path && !is_external(to))?;
    // A folder is for the script to put a name to.
    let is_file = !path.is_empty() && !path.ends_with(['/', '.']);
    is_file.then_some((path, suffix))
}

/// The path within the site that a path means in the asset `name`.
pub(crate) fn absolute(name: &str, path: &str) -> Option<String> {
    let path = url::decode(path)?;
    if path.starts_with('/') {
        return Some(path.into_owned());
    }
    url::relative(&format!("/assets/{}", base(name)), &path)
}
