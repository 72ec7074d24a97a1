//! Turns the routes of a site into bytes, and makes sure that what is rendered holds together.
//!
//! The modules stand in the order in which a page comes about.

mod build;
mod templates;
mod highlight;
mod html;
mod texts;
mod style;
mod value;
mod relation;
mod library;
mod bounded;
mod page;
mod scan;
mod findings;
mod conclude;
mod errors;

pub use crate::build::{Build, Output, Rendered, build};
pub use crate::findings::Findings;
