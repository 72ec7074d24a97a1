//! Looking for changes: a change on disk is built and served, and browsers and the author are told.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Zoned;
use sitegen_parser::Diagnostics;
use sitegen_render::{Conclusion, Findings};

use crate::args::{Common, ServeArgs, SiteArgs};
use crate::console::Console;
use crate::errors::Failure;
use crate::phrase::count;
use crate::prove::Prover;
use crate::read::ReadCache;
use crate::report::{Consequence, Report};
use crate::site::LoadedSite;

use super::answer::SiteServer;
use super::bell::{Bell, LoopTask};
use super::change::Changes;
use super::live::{self, PageEvent, Told};
use super::path::RequestPath;
use super::state::{State, Version};
use super::watch::Watch;

/// The wait until we look again after a change, because a new folder may get files before it is watched.
const AFTERMATH: Duration = Duration::from_millis(100);

/// The number of causes of problems to show. If there are more, they tend to have one cause in common.
const SHOWN: usize = 50;

/// The loop that looks for changes, and its state.
pub(super) struct ChangeLoop<'a> {
    common: Common,
    args: SiteArgs,
    editor: String,
    server: Arc<SiteServer>,
    console: &'a Console,
    known: ReadCache,
    /// The site as it was read last. It is not served if it could not be built.
    site: Arc<LoadedSite>,
    /// The time at which it was first served.
    served: Instant,
    prover: Prover,
    /// The problems that were reported last.
    said: Diagnostics,
    /// The reason why the site cannot be read, if it cannot.
    failure: Option<String>,
}

impl<'a> ChangeLoop<'a> {
    pub(super) fn new(
        common: Common,
        args: SiteArgs,
        serve: &ServeArgs,
        known: ReadCache,
        server: Arc<SiteServer>,
        console: &'a Console,
    ) -> Self {
        let site = Arc::clone(&server.state().latest.site);
        let (editor, said) = (serve.editor.clone(), Diagnostics::new());
        Self {
            common,
            args,
            editor,
            server,
            console,
            known,
            site,
            served: Instant::now(),
            prover: Prover::default(),
            said,
            failure: None,
        }
    }

    /// Carries out the bell's tasks as long as there are any. A panic ends only one task.
    pub(super) fn run(mut self, mut bell: Bell, mut watch: Option<Watch>) {
        self.guarded(Self::check);
        while let Some(task) = bell.wait() {
            let started = Instant::now();
            match (task, &mut watch) {
                (LoopTask::Look, Some(watch)) => {
                    let found = self.guarded(Self::look);
                    let patience = watch.patience(started.elapsed());
                    let unwatched = self.guarded(|look| watch.cover(&look.known.folders, look.console));
                    bell.looked(self.served, if found || unwatched { AFTERMATH } else { patience });
                }
                _ => self.guarded(Self::check),
            }
        }
    }

    /// Runs a task; a panic, which is reported elsewhere, gives the default value.
    fn guarded<T: Default>(&mut self, task: impl FnOnce(&mut Self) -> T) -> T {
        catch_unwind(AssertUnwindSafe(|| task(self))).unwrap_or_default()
    }

    /// Looks for changes on disk, and serves and reports them. Returns true if there were any.
    fn look(&mut self) -> bool {
        let started = Instant::now();
        let Some(changes) = self.renew() else { return false };
        let state = self.server.state();
        let told = self.tell(&state);
        self.say(&changes, &told, started.elapsed());
        self.report(&state);
        true
    }

    /// Builds and serves the site on disk; returns what changed, if anything did.
    pub(super) fn renew(&mut self) -> Option<Changes> {
        let started = Instant::now();
        let site = match LoadedSite::read_again(&self.common, &self.args, &self.known) {
            Ok((site, known)) => {
                self.known = known;
                site
            }
            Err(failure) => {
                self.say_failure(&failure);
                return None;
            }
        };
        if self.failure.take().is_some() {
            self.console.notice("the site can be read again");
        }
        let changes = Changes::between(&self.site.inputs, &site.inputs);
        let read = started.elapsed();
        if changes.is_empty() {
            return None;
        }
        self.site = Arc::new(site);
        let State { latest: before, good } = &*self.server.state();
        // If the newest version is unsound, little of it can be used again, so we build on the last good one.
        let known = good.as_ref().filter(|_| !before.build.model.sound).unwrap_or(before);
        let build = super::build(&self.site, &known.build);
        let latest = Arc::new(Version::new(Arc::clone(&self.site), build));
        self.server.publish(State { latest, good: good.clone() });
        self.served = Instant::now();
        let (read, built) = (milliseconds(read), milliseconds(started.elapsed().saturating_sub(read)));
        self.console.explain(format_args!("read in {read}, built in {built}"));
        Some(changes)
    }

    /// Tells browsers and the author about the open pages.
    fn check(&mut self) {
        let state = self.server.state();
        self.tell(&state);
        self.report(&state);
    }

    /// Tells browsers what changed in their pages.
    fn tell(&self, state: &State) -> Told {
        let hub = &self.server.hub;
        let paths: BTreeSet<_> = hub.clients().iter().map(|client| client.path.clone()).collect();
        let page = |path: RequestPath| Some((path.clone(), state.fingerprint(&path)?));
        let pages: BTreeMap<_, _> = paths.into_iter().filter_map(page).collect();
        let mut told = Told::default();
        hub.clients().retain_mut(|client| match pages.get(&client.path) {
            Some(page) => client.update(page, &mut told),
            None => true,
        });
        told
    }

    /// Collects the problems. If there is no error, this version becomes the good one, which stands in for
    /// broken ones later.
    pub(super) fn judge(&mut self, state: &State) -> Conclusion {
        let latest = &state.latest;
        let found = self.prover.prove(&latest.site, &latest.build.model, self.console);
        let problems = sitegen_render::conclude(&latest.build, self.findings(state)).and(found);
        if !problems.diagnostics.has_errors() && !state.is_good() {
            self.server.publish(State { latest: Arc::clone(latest), good: Some(Arc::clone(latest)) });
        }
        problems
    }

    /// Reports the problems, unless they are the same as before.
    fn report(&mut self, state: &State) {
        let started = Instant::now();
        let latest = &state.latest;
        let Conclusion { diagnostics: problems, unchecked } = self.judge(state);
        self.console.explain(format_args!("checked in {}", milliseconds(started.elapsed())));
        let list = live::problems(latest, &problems, SHOWN, &self.editor);
        let event = PageEvent::Problems(&list).encode();
        self.server.hub.clients().retain_mut(|client| client.warn(&event));
        if problems == self.said {
            return;
        }
        let find = |path: &str| latest.build.model.text(&latest.site.inputs, path);
        let (diagnostics, find, root) = (&problems, &find, &self.common.root);
        let remarks = &[unchecked, latest.site.remarks(&problems)].concat();
        let consequence = Consequence::None;
        Report { diagnostics, find, root, consequence, remarks, most: SHOWN }.print(self.console);
        if problems.is_empty() {
            let _unheard = self.console.say(format_args!("no problems"));
        }
        self.said = problems;
    }

    /// Renders the pages that are open or were requested lately, for their problems.
    fn findings(&self, state: &State) -> Findings {
        let mut paths: BTreeSet<_> = self.server.seen().into_iter().collect();
        paths.extend(self.server.hub.clients().iter().map(|client| client.path.clone()));
        paths.iter().map(|path| state.findings(path)).fold(Findings::default(), Findings::and)
    }

    fn say(&self, changes: &Changes, told: &Told, time: Duration) {
        let now = Zoned::now().strftime("%H:%M:%S");
        let open = count(told.open, "page");
        let swapped = match told.restyled {
            0 => String::new(),
            restyled => format!(", {restyled} restyled"),
        };
        let time = milliseconds(time);
        let reloaded = told.reloaded;
        let _unheard = self
            .console
            .say(format_args!("{now} {changes}: {open} open, {reloaded} reloaded{swapped}, {time}"));
    }

    /// Reports once why the site cannot be read. The site that was read before is still served.
    fn say_failure(&mut self, failure: &Failure) {
        if self.failure.as_ref() != Some(&failure.message) {
            self.console.notice(&format!("{}; what was there is still served", failure.message));
            self.failure = Some(failure.message.clone());
        }
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
