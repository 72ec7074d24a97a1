//! Paths that have a meaning to hosts, browsers or search engines, so only the site's owner may publish files
//! there.

/// Reserved names at the root of a site, with the programs that read them.
const AT_ROOT: [(&str, &[&str]); 3] = [
    (
        "hosts go by",
        &[
            "_headers",
            "_redirects",
            "_routes.json",
            "_worker.js",
            "cname",
            ".nojekyll",
            "firebase.json",
            "netlify.toml",
            "now.json",
            "staticwebapp.config.json",
            "vercel.json",
        ],
    ),
    (
        "search engines and other programs go by",
        &[
            ".well-known",
            "ads.txt",
            "app-ads.txt",
            "apple-app-site-association",
            "bingsiteauth.xml",
            "clientaccesspolicy.xml",
            "crossdomain.xml",
            "humans.txt",
            "llms-full.txt",
            "llms.txt",
            "robots.txt",
            "security.txt",
            "sellers.json",
            "sitemap.xml",
            "sitemap_index.xml",
        ],
    ),
    (
        "browsers go by",
        &[
            "browserconfig.xml",
            "favicon.ico",
            "manifest.json",
            "manifest.webmanifest",
            "service-worker.js",
            "sw.js",
        ],
    ),
];

/// Names that are reserved in every folder, with the programs that read them.
const ANYWHERE: [(&str, &[&str]); 2] = [
    ("hosts go by", &[".htaccess", "web.config"]),
    ("where there is no page, hosts show", &["404.htm", "404.html"]),
];

/// A reserved part of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reserved<'p> {
    /// The reserved name.
    pub name: &'p str,
    /// The programs that read it, in words that the name follows.
    pub reader: &'static str,
}

impl<'p> Reserved<'p> {
    /// Finds the reserved part of a path of the site; none if there is none.
    pub(crate) fn of(path: &'p str) -> Option<Self> {
        let is_folder = path.ends_with('/');
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let first = parts.next()?;
        let last = parts.next_back().unwrap_or(first);
        let found = |name: &'p str, among: &[(&'static str, &[&str])]| {
            let name_folded = name.to_lowercase();
            let reader = among.iter().find(|(_, names)| names.contains(&&*name_folded))?.0;
            Some(Self { name, reader })
        };
        // A folder called `cname` is not reserved; only the file is.
        let is_plain = is_folder && first == last && first.eq_ignore_ascii_case("cname");
        found(first, &AT_ROOT).filter(|_| !is_plain).or_else(|| found(last, &ANYWHERE))
    }
}

/// Returns true if a name is reserved in some folder.
pub(crate) fn is_reserved_name(name: &str) -> bool {
    Reserved::of(&format!("/{name}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::Reserved;

    #[test]
    fn what_others_go_by_is_known_at_its_place() {
        let name = |path| Reserved::of(path).map(|reserved| reserved.name);
        for path in [
            "/robots.txt",
            "/Robots.txt/",
            "/_headers",
            "/_redirects/x",
            "/.well-known/x",
            "/CNAME",
            "/404.html",
            "/a/404.html",
        ] {
            assert!(name(path).is_some(), "{path}");
        }
        for path in ["/", "/a/robots.txt", "/404/", "/cname/", "/a/.well-known/x", "/headers/", "/a/cname"] {
            assert_eq!(name(path), None, "{path}");
        }
    }
}
