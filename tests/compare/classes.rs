//! Groups findings by kind.

use std::collections::{BTreeMap, BTreeSet};

/// The number of examples that are shown of a kind.
const EXAMPLES: usize = 3;
/// The number of characters that are shown of an example.
const WIDTH: usize = 300;
/// The number of parts of a difference that name its kind.
const PARTS: usize = 6;

/// The kinds of difference that are meant, by the tags that begin them.
const NAMED: [(&str, &str); 4] = [
    ("<blockquote class=\"alert", "an alert"),
    ("<dl>", "a definition list"),
    ("<dt>", "a definition list"),
    ("<dd>", "a definition list"),
];

/// Findings, grouped by kind.
#[derive(Default)]
pub(crate) struct Classes(BTreeMap<String, Class>);

#[derive(Default)]
struct Class {
    count: usize,
    files: BTreeSet<String>,
    examples: Vec<String>,
}

impl Classes {
    pub(crate) fn add(&mut self, kind: &str, path: &str, example: &str) {
        let class = self.0.entry(kind.to_owned()).or_default();
        class.count += 1;
        if class.files.insert(path.to_owned()) && class.examples.len() < EXAMPLES {
            class.examples.push(format!("{path}: {}", cut(example)));
        }
    }

    /// Adds a difference to the kind that its tags name.
    pub(crate) fn add_difference(&mut self, path: &str, theirs: &[String], ours: &[String]) {
        let shapes = || format!("{} → {}", shape(theirs), shape(ours));
        let kind = NAMED.iter().find(|(mark, _)| ours.iter().any(|part| part.starts_with(mark)));
        let kind = kind.map_or_else(shapes, |(_, name)| (*name).to_owned());
        let example = format!("\n      {}\n      {}", cut(&theirs.concat()), cut(&ours.concat()));
        self.add(&kind, path, &example);
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        for (kind, found) in other.0 {
            let class = self.0.entry(kind).or_default();
            class.count += found.count;
            class.files.extend(found.files);
            class.examples.extend(found.examples);
            class.examples.truncate(EXAMPLES);
        }
        self
    }

    /// Prints the kinds, the most common first.
    pub(crate) fn print(&self) {
        let mut classes: Vec<_> = self.0.iter().collect();
        classes.sort_by_key(|(_, class)| std::cmp::Reverse(class.count));
        for (kind, class) in classes {
            println!("{:6} in {:5} files: {kind}", class.count, class.files.len());
            for example in &class.examples {
                println!("    {example}");
            }
        }
    }
}

fn cut(text: &str) -> String {
    let end = text.char_indices().nth(WIDTH).map_or(text.len(), |(end, _)| end);
    text[..end].replace('\n', "⏎")
}

/// Returns the names of the tags of a difference; `…` for text.
fn shape(parts: &[String]) -> String {
    let mut shape: Vec<String> = Vec::new();
    for part in parts {
        let name = match part.strip_prefix('<') {
            Some(tag) if tag.ends_with('>') => {
                format!("<{}>", tag.split([' ', '>']).next().unwrap_or_default())
            }
            _ => "…".to_owned(),
        };
        if shape.last() != Some(&name) {
            shape.push(name);
        }
    }
    if shape.len() > PARTS {
        shape.truncate(PARTS);
        shape.push("and more".to_owned());
    }
    shape.join("")
}
