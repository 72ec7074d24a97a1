//! Runs the programs of exercises against their cases, so that no solution is published that is wrong.
//!
//! The engines are those that pages load. What they are given is written by strangers: they reach nothing but what they are
//! handed, and their steps, memory and time are bounded.

mod answer;
mod grade;
mod python;
mod sqlite;
mod errors;
mod proof;

pub use crate::answer::{Answer, Bound, Outcome};
pub use crate::grade::difference;
pub use crate::proof::{Engines, Fared, Missing, Proof, SqlEngine, prove};
pub use crate::python::{Interpreter, Permission, Python};
pub use crate::sqlite::{Running, Sqlite};
