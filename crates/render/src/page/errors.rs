//! The diagnostics of single pages.

pub(crate) use crate::ground::errors::page_too_large;
