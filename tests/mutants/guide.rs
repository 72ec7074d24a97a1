//! The guide's problems.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sitegen_model::{Exercise, Role};
use sitegen_render::Build;
use sitegen_tests::Site;

/// A problem that programs solve.
#[derive(Debug)]
pub(crate) struct Problem {
    pub slug: String,
    pub exercise: Arc<Exercise>,
    /// Its file's text, with one space between words.
    pub text: String,
}

impl Problem {
    pub(crate) fn solutions(&self) -> Vec<&str> {
        self.exercise.of(Role::Solution).map(|program| program.text.as_str()).collect()
    }
}

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the project is there")
}

/// Reads all problems, in the order of their names.
pub(crate) fn problems() -> Vec<Problem> {
    let mut site = Site::default();
    let root = root();
    for (from, to) in [
        ("site.toml", "site.toml"),
        ("content/problems", "content/problems"),
        ("themes/guide/theme.toml", "theme/theme.toml"),
        ("themes/guide/queries", "theme/queries"),
        ("themes/sitegen", "themes/sitegen"),
    ] {
        site.copy(&root.join(from), to);
    }
    // Errors are ignored, because the pages that the problems refer to are not copied.
    let build = sitegen_render::build(&site.inputs(), &Build::default());
    let mut problems = Vec::new();
    for (_, record) in build.model.records.iter() {
        let Some(exercise) = &record.exercise else { continue };
        let text = site.bytes(&format!("content/problems/{}.md", record.slug));
        let words: Vec<_> = std::str::from_utf8(text).unwrap_or_default().split_whitespace().collect();
        let text = words.join(" ");
        problems.push(Problem { slug: record.slug.to_string(), exercise: Arc::clone(exercise), text });
    }
    problems.sort_by(|a, b| a.slug.cmp(&b.slug));
    problems
}
