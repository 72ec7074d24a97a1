//! `sitegen serve`: serves the site over HTTP and reloads open pages when files change.

mod state;
mod path;
mod payload;
mod own;
mod fingerprint;
mod media;
mod guard;
mod live;
mod policy;
mod range;
mod body;
mod reply;
mod answer;
mod seats;
mod patient;
mod listen;
mod bell;
mod watch;
mod change;
mod look;
mod browser;
#[cfg(test)]
mod edits;

use std::path::absolute;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Instant;

use sitegen_render::Build;

use crate::STACK_BYTES;
use crate::args::{Common, ServeArgs, SiteArgs};
use crate::console::{self, Console};
use crate::errors::{self, Exit, Failure};
use crate::phrase::{count, seconds};
use crate::read::ReadCache;
use crate::site::LoadedSite;

use self::answer::SiteServer;
use self::bell::Bell;
use self::listen::Listener;
use self::look::ChangeLoop;
use self::state::{State, Version};
use self::watch::Watch;

/// Serves the site until the program is ended.
///
/// # Errors
///
/// The site's folder is missing, or nothing can be served at the address.
pub(crate) fn serve(
    common: &Common,
    args: &ServeArgs,
    site_args: &SiteArgs,
    console: &Console,
) -> Result<Exit, Failure> {
    let started = Instant::now();
    // The site is what is at this path, even if another folder comes there while we serve.
    let root = absolute(&common.root).unwrap_or_else(|_| common.root.clone());
    let common = Common { root, ..common.clone() };
    let (site, known) = LoadedSite::read_again(&common, site_args, &ReadCache::default())?;
    let (listener, address) = listen::bind(&args.host, args.port, console)?;
    let listener = Listener::new(listener).map_err(|error| errors::cannot_serve(&error))?;
    let build = build(&site, &Build::default());
    let version = Arc::new(Version::new(Arc::new(site), build));
    let (bell, rings) = mpsc::channel();
    let server = Arc::new(SiteServer::new(State::first(Arc::clone(&version)), args, bell.clone()));
    let url = format!("http://{address}{}", version.href("/"));
    let (pages, time) = (count(version.pages(), "page"), seconds(started.elapsed()));
    let _unheard = console::print(format!("serving {url} ({pages}; ready in {time})\n").as_bytes());
    if args.open {
        browser::open(&url, console);
    }
    let look = ChangeLoop::new(common, site_args.clone(), args, known, Arc::clone(&server), console);
    let watch = args.watch.then(|| if args.poll { Watch::poll() } else { Watch::begin(bell, console) });
    let bell = Bell::new(rings, args.watch);
    thread::scope(|scope| {
        let looking = || look.run(bell, watch);
        let thread = thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, looking);
        thread.map_err(|error| errors::no_threads(&error))?;
        match listener.run(&server) {}
    })
}

/// Builds a site on the threads that are for such work.
fn build(site: &LoadedSite, previous: &Build) -> Build {
    rayon::scope(|_| sitegen_render::build(&site.inputs, previous))
}
