//! A template that is being typed, with a name put in where the author types, so that the tree has that place.

use std::sync::Arc;

use sitegen_parser::Place;

use super::subject::subject_at;
use crate::syntax;

/// The name that is put in. No author has it.
pub(super) const MARK: &str = "sitegen_cursor";

/// The ends that a tag may lack while it is typed. The first with which the name can be read is taken.
const ENDS: [&str; 16] = [
    "",
    " }}",
    " %}",
    " />",
    " /> }}",
    "=0",
    "=0) }}",
    "=0) %}",
    ") }}",
    ") %}",
    "\"",
    "\" }}",
    "\" %}",
    "\") }}",
    "\") %}",
    " else 0 }}",
];

/// Puts the name into a text at an offset, and what the tag lacks behind it. Returns the offset of the name; none if no
/// name can stand there.
pub(super) fn repaired(text: &str, offset: usize) -> Option<(String, usize)> {
    let (before, after) = text.split_at_checked(offset)?;
    let path = Arc::from("");
    ENDS.iter().find_map(|end| {
        let text = format!("{before}{MARK}{end}{after}");
        let (tree, _) = syntax::parse(&text, &|span| Place::new(&path, &span));
        let (_, subject) = subject_at(&tree, offset + 1)?;
        subject.name().contains(MARK).then_some((text, offset + 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the name that is read where `@` stands.
    fn read(text: &str) -> Option<String> {
        let offset = text.find('@').expect("it has a cursor");
        let (text, mark) = repaired(&text.replace('@', ""), offset)?;
        let (tree, _) = syntax::parse(&text, &|span| Place::new(&Arc::from(""), &span));
        let (_, subject) = subject_at(&tree, mark)?;
        Some(subject.name().replace(MARK, "@"))
    }

    #[test]
    fn a_name_is_read_in_tags_that_are_not_ended() {
        for text in [
            "{{ company.@",
            "{{ company.@ }}",
            "{% if a %}{{ company.@ }}",
            "{% if company.@",
            "{{ @ }}",
            "{{ @",
            "{{ a | @ }}",
            "{{ a | @",
            "{% if a is @ %}",
            "{{ <@ }}",
            "{{ <@",
            "{{ <card @ /> }}",
            "{{ rows(@",
            "{{ rows(@) }}",
            "{% set a = rows(from=\"x\", @) %}",
            "{{ rows(from=\"@",
            "{{ rows(from=\"@\") }}",
            "{{ t(key=\"@\") }}",
            "{% include \"@",
            "{% include \"@\" %}",
            "{% for a in @ %}",
            "{% extends \"@\" %}",
            "{% block @ %}{% endblock %}",
        ] {
            assert_eq!(read(text).as_deref(), Some("@"), "{text}");
        }
        assert_eq!(read("{{ company.sa@lary }}").as_deref(), Some("sa@lary"));
        assert_eq!(read("text @ text"), None);
        assert_eq!(read("{# company.@ #}"), None);
    }
}
