//! Runs the programs of exercises against their cases, because no wrong solution may be published.
//!
//! Programs run in the same engines that pages load. A stranger may have written a program, so it reaches
//! only what it is handed, and its steps, memory and time are bounded.

mod answer;
mod grade;
mod python;
mod sqlite;
mod errors;
mod proof;

pub use crate::answer::{Answer, Bound, Outcome};
pub use crate::grade::difference;
pub use crate::proof::{Engines, Fared, MissingEngine, Proof, SqlEngine, prove};
pub use crate::python::{Interpreter, Permission, Python};
pub use crate::sqlite::{Running, Sqlite};
