//! What the tests need and a new machine lacks.

use std::path::Path;

use crate::step::Step;

/// Installs Chromium if there is none, by Debian's package manager.
pub(crate) fn missing() -> Vec<Step> {
    if Path::new("/usr/bin/chromium").exists() {
        return Vec::new();
    }
    let install = ["install", "--yes", "--no-install-recommends", "chromium"];
    vec![
        Step::new("apt-get", &["update"]).with("DEBIAN_FRONTEND", "noninteractive"),
        Step::new("apt-get", &install).with("DEBIAN_FRONTEND", "noninteractive"),
    ]
}
