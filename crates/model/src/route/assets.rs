//! Names assets by hashes of their bytes and of everything they refer to, so that browsers can cache them
//! forever.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sitegen_parser::{Place, Reference, has_references, references};

use super::{Route, Target, asset, is_style_sheet};
use crate::ground::{By, Id, Kept};
use crate::read::{File, Inputs, hash_bytes};

/// The routes of assets, and the references in style sheets and scripts.
#[derive(Debug, Default)]
pub(super) struct Assets {
    pub routes: Vec<Route>,
    /// The assets with references, by name: the path of the file, and its references.
    pub referring: BTreeMap<String, (Arc<str>, Vec<Reference>)>,
}

/// The assets of a site, by name.
type AssetFiles<'a> = BTreeMap<String, (Arc<str>, &'a File)>;

/// Collects the assets of a site. A theme's style sheet that is overridden counts, too, if another style
/// sheet names its whole path, such as `themes/docs/assets/style.css`: the one above imports it to add to it.
fn files(inputs: &Inputs) -> AssetFiles<'_> {
    let mut files = inputs.layered("assets");
    let lower =
        inputs.layers("assets").filter(|(name, path, _)| is_style_sheet(name) && files[*name].0 != *path);
    let mut lower: Vec<_> = lower.map(|(_, path, file)| (path, file)).collect();
    // The highest come first, because they can name those below.
    lower.reverse();
    for (path, file) in lower {
        let names = |file: &File| file.source(&path).is_ok_and(|source| source.text.contains(&*path));
        if files.iter().any(|(name, (_, file))| is_style_sheet(name) && names(file)) {
            files.insert(path.to_string(), (path, file));
        }
    }
    files
}

impl Assets {
    /// Names the assets, unless they are unchanged.
    pub(super) fn plan(inputs: &Inputs, previous: &Kept<Self>) -> Kept<Self> {
        let files = files(inputs);
        let own: BTreeMap<_, _> =
            files.iter().map(|(name, (_, file))| (name.as_str(), file.content_hash())).collect();
        let all = own
            .iter()
            .zip(files.values())
            .map(|((name, hash), (path, file))| (name, hash, path, file.image_size(name)));
        let from = Id::of_all(all);
        Kept::or_make(Some(previous), By(from, (&files, &own)), |By(_, (files, own))| {
            // Files that could not be read are reported with the inputs, where the reason is known.
            let read = |name: &str, file: &File| has_references(name) && matches!(file, File::Loaded(_));
            let read = files.iter().filter(|(name, (_, file))| read(name, file));
            let undecoded = read.filter_map(|(_, (path, file))| file.source(path).err());
            (Self::name(files, own), undecoded.collect())
        })
    }

    fn name(files: &AssetFiles, own: &BTreeMap<&str, u128>) -> Self {
        let referring = files.iter().filter_map(|(name, (path, file))| {
            let found = references(name, &file.source(path).ok()?.text);
            (!found.is_empty()).then(|| (name.clone(), (Arc::clone(path), found)))
        });
        let mut assets = Self { routes: Vec::new(), referring: referring.collect() };
        let names: BTreeMap<&str, &str> =
            files.iter().flat_map(|(name, (path, _))| [(&**path, &**name), (&**name, &**name)]).collect();
        let routes = files.iter().map(|(name, (path, file))| {
            let size = file.image_size(name);
            let target = Target::Asset { name: name.as_str().into(), path: Arc::clone(path), size };
            Route {
                url: url(name, assets.fingerprint(name, &names, own)).into(),
                target,
                place: Place::file(path),
            }
        });
        assets.routes = routes.collect();
        assets
    }

    /// Hashes an asset with all that it refers to, also indirectly and in circles. References are resolved by
    /// `names`, which has the names of assets and the paths of their files.
    fn fingerprint(&self, name: &str, names: &BTreeMap<&str, &str>, own: &BTreeMap<&str, u128>) -> u128 {
        let mut reached = BTreeSet::new();
        let mut left = vec![name];
        while let Some(next) = left.pop() {
            let references = self.referring.get(next).map_or(&[][..], |(_, references)| references);
            let named = references.iter().filter_map(|reference| asset::asset_of(next, reference));
            let named = named.filter_map(|named| names.get(&*named).copied());
            left.extend(named.filter(|named| reached.insert(*named)));
        }
        if reached.is_empty() {
            return own[name];
        }
        let mut parts = own[name].to_le_bytes().to_vec();
        for other in &reached {
            parts.extend(own[other].to_le_bytes());
            parts.extend(other.as_bytes());
        }
        hash_bytes(&parts)
    }
}

fn url(name: &str, hash: u128) -> String {
    let short = format!("{hash:032x}");
    let (stem, extension) = name
        .rsplit_once('.')
        .map_or((name, String::new()), |(stem, extension)| (stem, format!(".{extension}")));
    format!("/assets/{stem}.{}{extension}", &short[..10])
}
