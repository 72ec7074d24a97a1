//! A test that makes random edits to a folder: after each, the server must serve what a clean build of the
//! folder would.

mod folder;

use std::collections::BTreeSet;
use std::sync::{Arc, mpsc};

use hyper::StatusCode;
use sitegen_render::{Build, Findings};

use crate::args::{Common, ServeArgs, SiteArgs};
use crate::console::{Color, ProblemFormat};
use crate::read::ReadCache;
use crate::site::LoadedSite;

use super::answer::SiteServer;
use super::look::ChangeLoop;
use super::path::RequestPath;
use super::state::{Lookup, State, Version};

use self::folder::RandomSite;

/// The number of edits, unless `EDITS` is set.
const EDITS: usize = 600;

/// The seed of the random edits, unless `SEED` is set.
const SEED: u64 = 4;

fn number<T: std::str::FromStr>(variable: &str, default: T) -> T {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn common(folder: &RandomSite) -> Common {
    Common {
        root: folder.root().to_owned(),
        config: "site.toml".into(),
        quiet: true,
        verbose: false,
        color: Color::Never,
        threads: None,
    }
}

fn serving() -> ServeArgs {
    let (host, editor) = ("localhost".to_owned(), String::new());
    ServeArgs { watch: true, port: Some(0), host, open: false, poll: false, editor }
}

/// Builds the site on disk from nothing.
fn clean(common: &Common) -> Version {
    let site = LoadedSite::read(common, &SiteArgs::default()).expect("the folder is there");
    let build = super::build(&site, &Build::default());
    Version::new(Arc::new(site), build)
}

/// Returns the status, media type and text at a path, or the URL of a redirect.
fn at(state: &State, path: &RequestPath) -> Result<(StatusCode, &'static str, String), String> {
    match state.find(path) {
        Lookup::Here(shown) => Ok((
            shown.status,
            shown.media,
            String::from_utf8_lossy(shown.content.bytes().expect("all files are small")).into_owned(),
        )),
        Lookup::Moved(url) => Err(url),
    }
}

fn paths<'a>(versions: impl Iterator<Item = &'a Version>) -> BTreeSet<RequestPath> {
    let routes = |version: &'a Version| {
        let routes = version.build.model.routes.iter();
        routes.filter_map(|route| RequestPath::parse(&version.href(&route.url)))
    };
    let nowhere = ["/nowhere/", "/notes/a"].into_iter().filter_map(RequestPath::parse);
    versions.flat_map(routes).chain(nowhere).collect()
}

#[test]
fn what_is_served_is_never_stale() {
    let seed = number("SEED", SEED);
    let mut folder = RandomSite::new(seed);
    let (common, serving) = (common(&folder), serving());
    let console = common.console(ProblemFormat::Human);
    let (site, known) =
        LoadedSite::read_again(&common, &SiteArgs::default(), &ReadCache::default()).expect("is there");
    let build = super::build(&site, &Build::default());
    let first = Arc::new(Version::new(Arc::new(site), build));
    assert!(first.build.diagnostics.is_empty(), "{:?}", first.build.diagnostics);
    let (bell, _rings) = mpsc::channel();
    let server = Arc::new(SiteServer::new(State::first(Arc::clone(&first)), &serving, bell));
    let mut look =
        ChangeLoop::new(common.clone(), SiteArgs::default(), &serving, known, Arc::clone(&server), &console);
    let mut good = Some(first);
    let mut whole = 0;
    for number in 0..number("EDITS", EDITS) {
        let edit = folder.edit();
        look.renew();
        let problems = look.judge(&server.state()).diagnostics;
        let latest = Arc::new(clean(&common));
        assert_eq!(
            problems,
            sitegen_render::conclude(&latest.build, Findings::default()).diagnostics,
            "seed {seed}, edit {number}: {edit}"
        );
        if !problems.has_errors() {
            good = Some(Arc::clone(&latest));
            whole += 1;
        }
        let expected = State { latest, good: good.clone() };
        let versions = [Some(&expected.latest), expected.good.as_ref()];
        for path in paths(versions.into_iter().flatten().map(|version| &**version)) {
            assert_eq!(
                at(&server.state(), &path),
                at(&expected, &path),
                "seed {seed}, edit {number}: {edit}, {path:?}"
            );
        }
    }
    assert!(whole > 10, "{whole} edits led to a site without errors");
}
