//! Faults that hands make in templates: each is found before a page is rendered, at its place, once, with a hint that
//! helps, alone and beside all the others. They are listed in `tests/faults`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use sitegen_model::File;
use sitegen_parser::{Diagnostic, Diagnostics};
use sitegen_render::{Build, build};
use sitegen_tests::Site;

/// A fault as a file of faults describes it.
#[derive(Debug)]
struct TemplateFault {
    /// The path of the template in the site.
    path: String,
    /// True if it takes names from other faults, so that it is not put beside them.
    is_alone: bool,
    right: String,
    wrong: String,
    /// The text that the problem is shown at.
    shown: String,
    code: String,
    /// A part of what is said.
    said: String,
}

impl TemplateFault {
    /// Reads the faults of a site.
    fn all(name: &str) -> Vec<Self> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("faults").join(name).with_extension("txt");
        let text = fs::read_to_string(path).expect("the faults can be read");
        text.split("\n\n").skip(1).map(Self::read).collect()
    }

    fn read(text: &str) -> Self {
        let lines = |mark: &str| {
            let lines = text.lines().filter_map(|line| line.strip_prefix(mark));
            lines.collect::<Vec<_>>().join("\n")
        };
        let (code, said) =
            text.lines().last().and_then(|last| last.split_once(": ")).expect("it says a code");
        let (template, is_alone) = match lines("in ").strip_suffix(" alone") {
            Some(template) => (template.to_owned(), true),
            None => (lines("in "), false),
        };
        Self {
            path: format!("theme/templates/{template}"),
            is_alone,
            right: lines("- "),
            wrong: lines("+ "),
            shown: lines("at "),
            code: code.to_owned(),
            said: said.to_owned(),
        }
    }

    /// Puts the fault into the texts of a site's templates, and returns true if it has one place there.
    fn put(&self, site: &mut Site) -> bool {
        let text = String::from_utf8_lossy(site.bytes(&self.path)).into_owned();
        let wrong = text.replacen(&self.right, &self.wrong, 1);
        site.files.insert(self.path.clone(), File::Loaded(wrong.into_bytes().into()));
        text.matches(&self.right).count() == 1
    }

    /// Returns true if a problem of a site is this fault.
    fn is(&self, problem: &Diagnostic, site: &Site) -> bool {
        let Some(place) = &problem.place else { return false };
        let text = String::from_utf8_lossy(site.bytes(&self.path));
        let wrong = text.find(&self.wrong).map(|start| start..start + self.wrong.len());
        let said =
            [Some(&problem.message), problem.help.as_ref(), problem.note.as_ref(), problem.label.as_ref()];
        *place.path == *self.path
            && wrong.is_some_and(|wrong| wrong.start <= place.start && place.end <= wrong.end)
            && text.get(place.start..place.end) == Some(&*self.shown)
            && problem.code.to_string() == self.code
            && said.into_iter().flatten().any(|said| said.contains(&self.said))
    }
}

/// Describes problems, each in a line.
fn described(found: &Diagnostics, site: &Site) -> String {
    let describe = |problem: &Diagnostic| {
        let place = problem.place.as_ref().map_or_else(String::new, |place| {
            let text = String::from_utf8_lossy(site.bytes(&place.path)).into_owned();
            format!("{} at `{}`", place.path, text.get(place.start..place.end).unwrap_or_default())
        });
        format!("  [{}] {} {place} {:?} {:?}", problem.code, problem.message, problem.help, problem.note)
    };
    found.iter().map(describe).collect::<Vec<_>>().join("\n")
}

/// Holds the faults of a site to what their file says.
fn assert_found(name: &str, folder: &str, theme: &str) {
    let site = Site::of(folder, theme);
    let right = build(&site.inputs(), &Build::default());
    assert!(right.diagnostics.is_empty(), "the site is right: {:#?}", right.diagnostics);
    let faults = TemplateFault::all(name);
    let missed: Vec<_> = faults.par_iter().filter_map(|fault| alone(fault, &site, &right)).collect();
    assert!(missed.is_empty(), "{} of {} faults:\n{}", missed.len(), faults.len(), missed.join("\n"));
    together(&faults, site, &right);
}

/// Builds a site with one fault, and says if anything but it is found.
fn alone(fault: &TemplateFault, site: &Site, right: &Build) -> Option<String> {
    let mut wrong = site.clone();
    if !fault.put(&mut wrong) {
        return Some(format!("{fault:#?}\n  its text does not stand once in the template"));
    }
    let found = build(&wrong.inputs(), right).diagnostics;
    let is_right = found.len() == 1 && found.iter().all(|problem| fault.is(problem, &wrong));
    (!is_right).then(|| format!("{fault:#?}\n{}", described(&found, &wrong)))
}

/// Builds a site with all faults at once. Those whose text is gone then are left out.
fn together(faults: &[TemplateFault], mut site: Site, right: &Build) {
    let put: Vec<_> = faults.iter().filter(|fault| !fault.is_alone && fault.put(&mut site)).collect();
    let found = build(&site.inputs(), right).diagnostics;
    let missed: Vec<_> =
        put.iter().filter(|fault| !found.iter().any(|problem| fault.is(problem, &site))).collect();
    let mut places: BTreeMap<_, usize> = BTreeMap::new();
    for problem in &found {
        *places
            .entry((problem.place.as_ref().map(|place| (&place.path, place.start)), problem.code))
            .or_default() += 1;
    }
    let all = described(&found, &site);
    assert!(
        missed.is_empty() && found.len() == put.len(),
        "{missed:#?}\n{} for {}:\n{all}",
        found.len(),
        put.len()
    );
    assert!(places.values().all(|count| *count == 1), "none is told twice:\n{all}");
}

#[test]
fn of_the_guide() {
    assert_found("guide", ".", "themes/guide");
}

#[test]
fn of_the_docs() {
    assert_found("docs", "docs", "themes/docs");
}

#[test]
fn of_a_directory() {
    assert_found("directory", "tests/directory/parks", "themes/directory");
}
