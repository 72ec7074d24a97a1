//! Turns the routes of a site into bytes, and makes sure that what is rendered holds together.

mod build;
mod findings;
mod errors;

pub use crate::build::{Build, Output, Rendered, build};
pub use crate::findings::Findings;
