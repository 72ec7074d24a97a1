//! Programs that the tests need and that new machines lack.

use std::path::Path;

use crate::step::Step;

/// A program, and the package of Debian that has it.
pub(crate) struct Tool {
    path: &'static str,
    package: &'static str,
}

pub(crate) const CHROMIUM: Tool = Tool { path: "/usr/bin/chromium", package: "chromium" };

/// Tests that need strace count as skipped without it.
pub(crate) const STRACE: Tool = Tool { path: "/usr/bin/strace", package: "strace" };

/// Installs those of some tools that are not there, by Debian's package manager.
pub(crate) fn missing(tools: &[Tool]) -> Vec<Step> {
    let missing: Vec<_> =
        tools.iter().filter(|tool| !Path::new(tool.path).exists()).map(|tool| tool.package).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let install = [&["install", "--yes", "--no-install-recommends"], &*missing].concat();
    vec![
        Step::new("apt-get", &["update"]).with("DEBIAN_FRONTEND", "noninteractive"),
        Step::new("apt-get", &install).with("DEBIAN_FRONTEND", "noninteractive"),
    ]
}
