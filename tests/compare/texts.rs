//! The Markdown files below a folder, without their front matter.

use std::path::{Path, PathBuf};

/// A Markdown file.
pub(crate) struct MarkdownFile {
    pub(crate) path: String,
    /// The text after its front matter.
    pub(crate) body: String,
}

/// Reads all Markdown files of a folder, in order.
pub(crate) fn read(folder: &Path) -> Vec<MarkdownFile> {
    let mut files = files(folder);
    files.sort();
    let text = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).ok()?;
        Some(MarkdownFile { path: path.display().to_string(), body: body(&text).to_owned() })
    };
    files.into_iter().filter_map(text).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let found = entries.flat_map(|entry| match entry.file_type() {
        Ok(kind) if kind.is_dir() => files(&entry.path()),
        Ok(kind) if kind.is_file() && entry.path().extension().is_some_and(|end| end == "md") => {
            vec![entry.path()]
        }
        _ => Vec::new(),
    });
    found.collect()
}

/// Returns the text after its front matter, which is between lines of `---` or `+++`, or in the fence that
/// some tools put around TOML.
fn body(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    for (opening, closing) in [("---", "---"), ("+++", "+++"), ("```toml", "```")] {
        if let Some(end) = matter_end(text, opening, closing) {
            return &text[end..];
        }
    }
    text
}

fn matter_end(text: &str, opening: &str, closing: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == opening)?;
    let mut end = first.len();
    for line in lines {
        end += line.len();
        if line.trim_end() == closing {
            return Some(end);
        }
    }
    None
}
