//! Builds that are started together.

use std::io;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use super::RunSummary;
use super::judge::FolderContents;
use super::site::{ResettableSite, notes};
use crate::random::SplitMix;

/// Starts two to four builds together, each after another edit; the published site must be that of the last
/// edit.
pub(super) fn races(site: &mut ResettableSite, count: u32, seed: &str) -> io::Result<RunSummary> {
    let mut row = RunSummary::default();
    let mut random = SplitMix::named(&format!("races {seed}"));
    for number in 0..count {
        site.reset()?;
        let builds = 2 + random.below(3);
        let mut started = Vec::new();
        for build in 0..builds {
            notes(&site.run(), if build + 1 == builds { "Two" } else { "Between" })?;
            started.push(site.build(&site.run(), &[]).stderr(Stdio::piped()).spawn()?);
            thread::sleep(Duration::from_micros(random.below(20_000)));
        }
        for build in started {
            let output = build.wait_with_output()?;
            if !output.status.success() {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                row.faults.push(format!("race {number} of {builds}: a build fails: {said}"));
            }
        }
        row.runs += 1;
        if FolderContents::of(&site.published())? != site.after {
            row.faults.push(format!("race {number} of {builds}: what is published is not the last state"));
        }
    }
    Ok(row)
}
