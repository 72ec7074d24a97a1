//! The diagnostics of rendering, one constructor each.
