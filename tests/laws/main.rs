//! The laws of the code that a test can check. `ARCHITECTURE.md` says them in words.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our own files are meant")]

mod project;
mod imports;
mod layers;
mod purity;
mod size;
mod diagnostics;
mod drawing;
mod hygiene;
mod words;
mod documentation;
mod names;
mod comments;
