//! The TOML library's problems as diagnostics.

use toml::de::Error;

use super::duplicate;
use crate::excerpt::Excerpt;
use crate::{Diagnostics, Span, errors};

/// One diagnostic for each problem.
pub(super) fn diagnose(excerpt: &Excerpt<'_>, problems: &[Error]) -> Diagnostics {
    let duplicates: Vec<Span> = problems.iter().filter(|p| is_duplicate(p)).filter_map(Error::span).collect();
    let firsts = duplicate::first_places(excerpt.text, &duplicates);
    problems.iter().map(|p| { errors::invalid_toml(excerpt.place(&p.span().unwrap_or_default()), p.message()) }).collect()
}

fn is_duplicate(problem: &Error) -> bool {
    problem.message() == "duplicate key"
}
