//! Runs GitHub's own Markdown reader.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// The options for the extensions that sitegen has, too. HTML is let through.
const ARGUMENTS: [&str; 13] = [
    "--unsafe",
    "--to",
    "html",
    "--extension",
    "table",
    "--extension",
    "strikethrough",
    "--extension",
    "autolink",
    "--extension",
    "tasklist",
    "--extension",
    "footnotes",
];

/// Returns the HTML that GitHub's reader makes of a text.
pub(crate) fn html(text: &str) -> io::Result<String> {
    let mut child = Command::new("cmark-gfm")
        .args(ARGUMENTS)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        let written = scope.spawn(move || input.write_all(text.as_bytes()));
        let output = child.wait_with_output();
        written.join().expect("writing does not panic")?;
        output
    })?;
    if !output.status.success() {
        return Err(io::Error::other(output.status.to_string()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
