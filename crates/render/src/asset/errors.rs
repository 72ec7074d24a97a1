//! The diagnostics of style sheets and scripts.

use sitegen_parser::{Code, Diagnostic, Place};

pub(crate) use crate::ground::errors::broken_link;

pub(crate) fn missing_source_map(to: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::MissingSourceMap, format!("the source map \"{to}\" is not there"))
        .at(place)
        .help("add the file, or remove the comment: browsers ask for it when their tools are open")
}
