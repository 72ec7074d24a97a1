//! The extensions of Markdown that a site can turn on, and its quotation marks.

use std::collections::BTreeSet;

/// The syntax of a site's Markdown. Everything that is not listed here is always on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Syntax {
    /// The extensions that are on.
    pub extensions: BTreeSet<Extension>,
    /// True if HTML is part of the page; otherwise, readers see it as it is written.
    pub html: bool,
    /// True if a block of code in TOML or YAML at the beginning of a file is its front matter.
    pub fenced_front_matter: bool,
    /// The marks that replace straight quotation marks; none if those, dashes and full stops stay as they
    /// are.
    pub quotes: Option<Quotes>,
}

/// An extension of Markdown that a site can turn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extension {
    /// `$…$` and `$$…$$` are formulas. A `$` before a digit stays one.
    Math,
    /// `[[page]]` and `[[page#heading|text]]` are links.
    WikiLinks,
    /// `:smile:` is the character of that name on GitHub.
    Emoji,
    /// `*[HTML]: Hypertext Markup Language` defines an abbreviation.
    Abbreviations,
    /// `==text==` is marked.
    Mark,
    /// `H~2~O` is lowered.
    Subscript,
    /// `x^2^` is raised.
    Superscript,
    /// `!!! note "Title"`, `??? note` and `=== "Tab"`, with the indented text below, are components.
    Admonitions,
    /// `{{< name >}}` and `{{% name %}}` call a component, or show nothing.
    Shortcodes,
}

/// Quotation marks, outer and inner, each with its opening and its closing mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Quotes {
    /// The marks for `"`.
    pub outer: [&'static str; 2],
    /// The marks for `'`.
    pub inner: [&'static str; 2],
}

impl Extension {
    /// All extensions, by their names in the configuration.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("math", Self::Math),
        ("wiki_links", Self::WikiLinks),
        ("emoji", Self::Emoji),
        ("abbreviations", Self::Abbreviations),
        ("mark", Self::Mark),
        ("subscript", Self::Subscript),
        ("superscript", Self::Superscript),
        ("admonitions", Self::Admonitions),
        ("shortcodes", Self::Shortcodes),
    ];
}

impl Syntax {
    /// Makes a syntax with these extensions.
    pub fn with(extensions: impl IntoIterator<Item = Extension>) -> Self {
        Self { extensions: extensions.into_iter().collect(), ..Self::default() }
    }

    /// Makes a syntax with everything on.
    pub fn all() -> Self {
        let extensions = Extension::NAMES.into_iter().map(|(_, extension)| extension);
        Self {
            extensions: extensions.collect(),
            html: true,
            fenced_front_matter: true,
            quotes: Some(ENGLISH),
        }
    }

    /// Returns true if an extension is on.
    pub fn has(&self, extension: Extension) -> bool {
        self.extensions.contains(&extension)
    }
}

const ENGLISH: Quotes = Quotes { outer: ["“", "”"], inner: ["‘", "’"] };
const ANGLED: Quotes = Quotes { outer: ["«", "»"], inner: ["‹", "›"] };

/// The quotation marks of languages that do not use those of English.
const LANGUAGES: [(&[&str], Quotes); 9] = [
    (&["de-ch", "de-li", "fr-ch", "it-ch"], ANGLED),
    (&["de", "cs", "sk", "sl", "bg", "is", "lt", "et"], Quotes { outer: ["„", "“"], inner: ["‚", "‘"] }),
    // French puts a narrow space, at which no line ends, between them and the text.
    (&["fr"], Quotes { outer: ["«\u{202f}", "\u{202f}»"], inner: ["“", "”"] }),
    (&["es", "it", "pt-pt", "ca", "gl", "eu", "el"], Quotes { outer: ["«", "»"], inner: ["“", "”"] }),
    (&["ru", "uk", "be"], Quotes { outer: ["«", "»"], inner: ["„", "“"] }),
    (&["no", "nb", "nn"], Quotes { outer: ["«", "»"], inner: ["‘", "’"] }),
    (&["sv", "fi"], Quotes { outer: ["”", "”"], inner: ["’", "’"] }),
    (&["pl", "ro", "hu", "hr"], Quotes { outer: ["„", "”"], inner: ["«", "»"] }),
    (&["ja"], Quotes { outer: ["「", "」"], inner: ["『", "』"] }),
];

impl Quotes {
    /// Returns the quotation marks of a language, by its BCP 47 tag.
    pub fn of(language: &str) -> Self {
        let tag = language.to_ascii_lowercase();
        let is_of =
            |name: &str| tag.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        let known = LANGUAGES.iter().find(|(names, _)| names.iter().any(|name| is_of(name)));
        known.map_or(ENGLISH, |(_, quotes)| *quotes)
    }
}

#[cfg(test)]
mod tests {
    use super::Quotes;

    #[test]
    fn quotes_are_those_of_the_language() {
        for (language, quotes) in [
            ("en-GB", "“”"),
            ("de", "„“"),
            ("de-CH", "«»"),
            ("fr-CA", "«\u{202f}\u{202f}»"),
            ("sv", "””"),
            ("den", "“”"),
        ] {
            assert_eq!(Quotes::of(language).outer.concat(), quotes, "{language}");
        }
    }
}
