//! The harness of the suite: a case is a text file with a small site and its expected results.
//!
//! `tests/suite/README.md` says how a case is written.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "sitegen compares them so")]

mod case;
mod random;
mod site;
mod outcome;
mod exercises;
mod expect;
mod edits;
mod links;
mod check;
mod html;
mod dom;
pub mod fuzz;
pub mod prose;

pub use crate::case::{Expectation, Section, SuiteCase};
pub use crate::check::{check, update};
pub use crate::dom::{Element, elements, is_active};
pub use crate::html::{LinkScope, normal};
pub use crate::links::decoded;
pub use crate::outcome::BuildOutcome;
pub use crate::random::Random;
pub use crate::site::Site;
