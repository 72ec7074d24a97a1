//! Files for machines that a site publishes beside its pages: a sitemap, Markdown twins, redirects and
//! headers as hosts read them.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use sitegen_parser::{Diagnostics, Place};

use super::errors;
use super::headers::Headers;
use crate::ground::url;
use crate::read::{KeyForm, Layers, ValueForm};

/// The files for machines that a site publishes beside its pages, as declared.
#[derive(Debug, Default)]
pub struct Reach {
    /// The path of the list of pages for search engines, and where it is declared; none if there is to be none.
    pub(crate) sitemap: Option<(String, Place)>,
    /// The most pages for search engines that a family may have if each is to have a twin; none if no page is
    /// to have one.
    pub(crate) twins: Option<usize>,
    /// The hosts that get a file of redirects, and where each is named.
    pub(crate) hosts: BTreeMap<Host, Place>,
    /// The headers with which hosts are to send its files; none if nothing is declared of them.
    pub headers: Option<Headers>,
}

impl Hash for Reach {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { sitemap, twins, hosts, headers } = self;
        let (path, hosts) = (sitemap.as_ref().map(|(path, _)| path), hosts.keys().collect::<Vec<_>>());
        (path, twins, headers, hosts).hash(state);
    }
}

/// The default for the most pages that a family may have if each is to have a twin.
const LIMIT: usize = 1000;

/// A kind of host that reads redirects and headers from files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// Apache.
    Apache,
    /// Vercel.
    Vercel,
}

impl Host {
    const ALL: [(&str, Self); 4] = [
        ("netlify", Self::Netlify),
        ("cloudflare", Self::Cloudflare),
        ("apache", Self::Apache),
        ("vercel", Self::Vercel),
    ];

    /// The path of its file of redirects.
    pub(crate) fn redirects(self) -> &'static str {
        match self {
            Self::Netlify | Self::Cloudflare => "/_redirects",
            Self::Apache => "/.htaccess",
            Self::Vercel => "/vercel.json",
        }
    }

    /// The path of its file of headers.
    pub(crate) fn headers(self) -> &'static str {
        match self {
            Self::Netlify | Self::Cloudflare => "/_headers",
            Self::Apache | Self::Vercel => self.redirects(),
        }
    }
}

/// The keys of `[sitemap]`.
pub(super) fn sitemap_keys() -> Vec<KeyForm> {
    vec![enabled(), KeyForm::new("path", ValueForm::Text, "The path; by default /sitemap.xml.")]
}

/// The keys of `[twins]`.
pub(super) fn twin_keys() -> Vec<KeyForm> {
    let about = "The most pages of a family that has twins without asking.";
    vec![enabled(), KeyForm::new("limit", ValueForm::Count(0), about)]
}

/// The keys of `[redirects]`, which those of other files for hosts begin with.
pub(super) fn redirect_keys() -> Vec<KeyForm> {
    let hosts = ValueForm::Words(Host::ALL.map(|(name, _)| name).to_vec());
    vec![enabled(), KeyForm::new("files", hosts, "The hosts that get a file.")]
}

fn enabled() -> KeyForm {
    KeyForm::new("enabled", ValueForm::Bool, "If false, there is none of it.")
}

impl Reach {
    pub(super) fn read(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Self {
        Self {
            sitemap: sitemap(layers, diagnostics),
            twins: twins(layers, diagnostics),
            hosts: hosts(layers, diagnostics),
            headers: Headers::read(layers, diagnostics),
        }
    }
}

fn sitemap(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Option<(String, Place)> {
    let (mut section, enabled) = layers.part("sitemap", diagnostics);
    let unnamed = section.value("path").is_none();
    let path = section.string("path", diagnostics);
    let path = path.or_else(|| Some(("/sitemap.xml", section.place().filter(|_| unnamed)?)));
    section.finish(diagnostics);
    let (path, place) = path?;
    let objection = match url::objection(path) {
        None if path.strip_suffix(".xml").is_none() => Some("it does not end in \".xml\""),
        objection => objection,
    };
    if let Some(objection) = objection {
        diagnostics.push(errors::invalid_sitemap_path(path, objection, place));
        return None;
    }
    enabled.then(|| (path.to_owned(), place))
}

fn twins(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Option<usize> {
    let (mut section, enabled) = layers.part("twins", diagnostics);
    let limit = section.count("limit", diagnostics);
    // Without the section, only the families that ask for twins have them.
    let limit = limit.unwrap_or(if section.is_empty() { 0 } else { LIMIT });
    let off = !section.is_empty() && !enabled;
    section.finish(diagnostics);
    (!off).then_some(limit)
}

fn hosts(layers: &mut Layers, diagnostics: &mut Diagnostics) -> BTreeMap<Host, Place> {
    let (section, hosts) = named_hosts("redirects", layers, diagnostics);
    section.finish(diagnostics);
    hosts.unwrap_or_default()
}

/// A section and the hosts that it names under `files`; no hosts if it is not there or turned off.
pub(super) fn named_hosts<'a>(
    key: &'static str,
    layers: &mut Layers<'a>,
    diagnostics: &mut Diagnostics,
) -> (Layers<'a>, Option<BTreeMap<Host, Place>>) {
    let (mut section, enabled) = layers.part(key, diagnostics);
    let unnamed = section.value("files").is_none();
    if let Some(place) = section.place().filter(|_| enabled && unnamed) {
        diagnostics.push(
            errors::missing_key("files", &format!("[{key}]"), place)
                .help("name the hosts, such as files = [\"netlify\"]"),
        );
    }
    let mut hosts = BTreeMap::new();
    for (name, place) in section.strings("files", diagnostics) {
        match Host::ALL.into_iter().find(|(known, _)| *known == name) {
            Some((_, host)) => {
                hosts.insert(host, place);
            }
            None => {
                let names = Host::ALL.map(|(known, _)| known);
                diagnostics.push(errors::invalid_choice("files", &name, &names, place));
            }
        }
    }
    (section, enabled.then_some(hosts))
}
