//! Renders the routes of a site to bytes, and checks the links and ids of what is rendered.
//!
//! The modules are layers, in the order in which a page comes about: each uses only those before it.

mod ground;
mod syntax;
mod types;
mod templates;
mod value;
mod text;
mod asset;
mod library;
mod check;
mod search;
mod build;
mod page;
mod render;
mod conclude;
mod explain;
mod unused;
mod editor;
mod conform;

pub use crate::build::{Build, build, check_templates};
pub use crate::check::{FieldRead, TypeShare};
pub use crate::conclude::{Conclusion, conclude};
pub use crate::conform::misfits;
pub use crate::editor::{NameKind, TemplateName, completions, name_at};
pub use crate::explain::{Explanation, explain, type_share};
pub use crate::library::asked::Question;
pub use crate::page::destination::links;
pub use crate::page::findings::Findings;
pub use crate::page::output::{Image, Output, Rendered};
pub use crate::render::{draw, render};
pub use crate::syntax::faults as template_faults;
pub use crate::templates::{TemplateUse, Used};
pub use crate::text::highlight::syntax_notices;
pub use crate::text::written::{WrittenLink, written_links};
pub use crate::unused::unused;
