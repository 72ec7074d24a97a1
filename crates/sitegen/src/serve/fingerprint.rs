//! Fingerprints of pages, by which we find out if a page in a browser is outdated, or only its style sheets.

use std::collections::BTreeMap;

use sitegen_model::{File, Inputs, Model, hash_bytes, is_style_sheet};

/// The style sheets of a site.
#[derive(Debug)]
pub(super) struct StyleSheets(Vec<StyleSheet>);

#[derive(Debug)]
struct StyleSheet {
    /// The name, which stays when the bytes change.
    name: String,
    /// The URL in pages.
    href: String,
    /// A URL that changes with the bytes.
    address: String,
}

/// The fingerprint of a page as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// The hash of its bytes, with the names of style sheets in place of their URLs.
    page: u64,
    /// The URLs of its style sheets, by name.
    styles: BTreeMap<String, String>,
}

impl StyleSheets {
    pub(super) fn of(inputs: &Inputs, model: &Model) -> Self {
        let base = &model.config.base_url;
        let assets = model.routes.asset_names().filter(|name| is_style_sheet(name)).filter_map(|name| {
            let href = base.href(&model.routes.asset(name)?.url);
            Some(StyleSheet { name: format!("assets/{name}"), address: href.clone(), href })
        });
        // These are published under their own names, so their URLs need the hash.
        let files = inputs.site.iter().filter(|(path, _)| is_style_sheet(path)).filter_map(|(path, file)| {
            let href = base.href(&model.routes.of_file(path)?.url);
            let File::Stored { hash, .. } = file else { return None };
            Some(StyleSheet { name: path.to_string(), address: format!("{href}?{hash:x}"), href })
        });
        let mut sheets: Vec<_> = assets.chain(files).collect();
        sheets.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Self(sheets)
    }
}

impl Fingerprint {
    pub(super) fn of(html: &[u8], sheets: &StyleSheets) -> Self {
        let mut text = String::from_utf8_lossy(html).into_owned();
        let mut styles = BTreeMap::new();
        for sheet in &sheets.0 {
            if text.contains(&sheet.href) {
                text = text.replace(&sheet.href, &sheet.name);
                styles.insert(sheet.name.clone(), sheet.address.clone());
            }
        }
        Self { page: short(text.as_bytes()), styles }
    }

    /// Returns the token that the page's script sends back to us.
    pub(super) fn token(&self) -> String {
        let styles: Vec<_> = self.styles.values().map(String::as_str).collect();
        format!("{:016x}{:016x}", self.page, short(styles.join("\n").as_bytes()))
    }

    /// Returns the changed URLs of style sheets, from old to new. Returns none if the page differs in more
    /// than those.
    pub(super) fn new_styles<'a>(&'a self, before: &'a Self) -> Option<BTreeMap<&'a str, &'a str>> {
        let same = self.page == before.page && self.styles.keys().eq(before.styles.keys());
        let pairs = before.styles.values().zip(self.styles.values());
        same.then(|| {
            pairs.filter(|(old, new)| old != new).map(|(old, new)| (old.as_str(), new.as_str())).collect()
        })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is one")]
fn short(bytes: &[u8]) -> u64 {
    hash_bytes(bytes) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheets(version: &str) -> StyleSheets {
        let href = format!("/style.{version}.css");
        StyleSheets(vec![StyleSheet { name: "assets/style.css".to_owned(), address: href.clone(), href }])
    }

    fn page(version: &str, text: &str) -> Fingerprint {
        let html = format!("<link rel=stylesheet href=\"/style.{version}.css\">{text}");
        Fingerprint::of(html.as_bytes(), &sheets(version))
    }

    #[test]
    fn a_new_style_sheet_is_no_new_page() {
        let (before, after) = (page("1", "a"), page("2", "a"));
        assert_eq!(after.new_styles(&before), Some(BTreeMap::from([("/style.1.css", "/style.2.css")])));
        assert_ne!(before.token(), after.token());
        assert_eq!(page("2", "b").new_styles(&before), None);
        assert_eq!(page("1", "a").new_styles(&before), Some(BTreeMap::new()));
    }
}
