//! Turns the routes of a site into bytes, and makes sure that what is rendered holds together.
//!
//! The modules stand in the order in which a page comes about.

mod build;
mod fonts;
mod templates;
mod overrides;
mod highlight;
mod math;
mod html;
mod texts;
mod written;
mod field;
mod asset;
mod exercise;
mod value;
mod row;
mod listing;
mod relation;
mod library;
mod bounded;
mod mention;
mod page;
mod card;
mod xml;
mod scan;
mod destination;
mod check;
mod except;
mod search;
mod twin;
mod sitemap;
mod redirects;
mod hosts;
mod findings;
mod warned;
mod conclude;
mod explain;
mod errors;

pub use crate::build::{Build, Output, Rendered, build};
pub use crate::card::Image;
pub use crate::conclude::Conclusion;
pub use crate::explain::{Explanation, Question};
pub use crate::findings::Findings;
pub use crate::highlight::syntax_notices;
pub use crate::templates::{Part, Used};
pub use crate::written::{WrittenLink, written_links};
