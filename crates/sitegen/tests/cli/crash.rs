//! Tests that a killed build leaves the old site or the new one.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;

const PAGES: usize = 400;
const KILLS: u32 = 20;

fn fill(site: &Sandbox, text: &str) {
    for page in 0..PAGES {
        site.write(&format!("content/notes/n{page}.md"), &format!("+++\ntitle = \"N{page}\"\n+++\n{text}\n"));
    }
}

fn published(site: &Sandbox, text: &str) -> BTreeMap<String, Vec<u8>> {
    fill(site, text);
    site.build();
    site.files("public")
}

#[test]
fn a_killed_build_leaves_no_mixture() {
    let site = Sandbox::small();
    let started = Instant::now();
    let versions = [published(&site, "One."), published(&site, "Two.")];
    let whole = started.elapsed() / 2;
    for kill in 0..KILLS {
        fill(&site, if kill % 2 == 0 { "One." } else { "Two." });
        let mut build =
            site.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        std::thread::sleep(delay(whole, kill));
        let _ = build.kill();
        build.wait().expect("it has ended");
        let left = site.files("public");
        assert!(versions.contains(&left), "kill {kill}: a mixture of {} files", left.len());
    }
    assert_eq!(published(&site, "One."), versions[0]);
    let strays = std::fs::read_dir(site.path("")).expect("is there").flatten();
    assert_eq!(strays.count(), 4, "the next build clears away what the killed ones left");
}

/// Spreads moments from the start to the end of a build, more densely towards the end, where it publishes.
fn delay(whole: Duration, kill: u32) -> Duration {
    let share = f64::from(kill) / f64::from(KILLS - 1);
    whole.mul_f64(share.sqrt())
}
