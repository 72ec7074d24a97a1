//! Makes the engines that run exercises from their npm packages: the same bytes on every machine.
//!
//! `cargo xtask practice` makes the engines that are checked in, and `sitegen add python` those of sites.

mod package;
mod wasm;
mod make;
mod manifest;

use std::collections::BTreeMap;

pub use crate::make::{python, sqlite};
pub use crate::manifest::{MANIFEST, PROTOCOL, is_whole};
pub use crate::package::{PYODIDE, Package, PackageMismatch, SQLITE};

/// The files of an engine, by name.
pub type Bundle = BTreeMap<String, Vec<u8>>;
