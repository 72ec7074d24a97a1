//! What a site's Markdown holds besides what all Markdown does.

/// The extensions that a site turns on or off. What is in no field here is always on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Syntax {
    /// `$…$` and `$$…$$` are formulas. A `$` before a digit stays one.
    pub math: bool,
    /// A block of code in TOML or YAML that a file begins with is its front matter.
    pub fenced_front_matter: bool,
}
