//! Opening the site in a browser.

use std::process::{Command, Stdio};

use crate::console::Console;

/// Opens a URL in the user's browser.
pub(super) fn open(url: &str, console: &Console) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Err(error) = command.spawn() {
        console.notice(&format!("the browser cannot be opened by {program}: {error}"));
    }
}
