//! The path of a request.

use sitegen_model::decode;
use sitegen_parser::composed;

/// A decoded path of a request.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RequestPath(String);

impl RequestPath {
    /// Decodes a path once, to the Unicode normalization form in which paths are published. Returns none if
    /// it is not text.
    pub(super) fn parse(raw: &str) -> Option<Self> {
        let path = decode(raw)?;
        (path.starts_with('/') && !path.contains('\0')).then(|| Self(composed(&path).into_owned()))
    }

    /// Returns the whole path, decoded.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the part of the path that names a route, if the site is served below `base`.
    pub(super) fn below(&self, base: &str) -> Option<&str> {
        self.0.strip_prefix(base).filter(|path| path.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_once() {
        let parsed = |raw| RequestPath::parse(raw).map(|path| path.0);
        assert_eq!(parsed("/%C3%BCber/%252e/"), Some("/über/%2e/".to_owned()));
        for raw in ["/%FF", "/a%00b", "*", "a"] {
            assert_eq!(parsed(raw), None, "{raw}");
        }
    }

    #[test]
    fn a_base_is_a_whole_folder() {
        let path = RequestPath("/docs/a/".to_owned());
        assert_eq!(
            (path.below("/docs"), path.below("/do"), path.below("")),
            (Some("/a/"), None, Some("/docs/a/"))
        );
    }
}
