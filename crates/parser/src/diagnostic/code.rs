//! The codes of diagnostics.

use std::fmt;

/// Declares the enum of all codes and the name of each.
macro_rules! codes {
    ($($code:ident = $name:literal,)*) => {
        /// A kind of problem. `docs/diagnostics.md` explains each one and tells authors what to do.
        ///
        /// Each crate makes only some of them, but all are in one list, because crates decide by the codes of those below them. They
        /// are ordered by name, because diagnostics of one place are shown in that order.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $name, "`")] $code,)*
        }

        impl Code {
            /// All codes, ordered by name.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// Returns the name in reports and in the documentation, such as `unknown-reference`.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }
        }
    };
}

codes! {
    ActiveFile = "active-file",
    AmbiguousLink = "ambiguous-link",
    AmbiguousReference = "ambiguous-reference",
    BareColumn = "bare-column",
    BrokenAnchor = "broken-anchor",
    BrokenCase = "broken-case",
    BrokenEngine = "broken-engine",
    BrokenLink = "broken-link",
    CodeBesideInclude = "code-beside-include",
    CodeTooLong = "code-too-long",
    DuplicateColumn = "duplicate-column",
    DuplicateComponent = "duplicate-component",
    DuplicateField = "duplicate-field",
    DuplicateFootnote = "duplicate-footnote",
    DuplicateId = "duplicate-id",
    DuplicateKey = "duplicate-key",
    DuplicatePhrase = "duplicate-phrase",
    DuplicateSlug = "duplicate-slug",
    DuplicateUrl = "duplicate-url",
    DuplicateValue = "duplicate-value",
    EmptyContents = "empty-contents",
    EmptyLink = "empty-link",
    EqualFileNames = "equal-file-names",
    EqualFolders = "equal-folders",
    EqualNames = "equal-names",
    EqualsNull = "equals-null",
    ExercisesNotRun = "exercises-not-run",
    FailingSolution = "failing-solution",
    ForbiddenInField = "forbidden-in-field",
    ForbiddenLink = "forbidden-link",
    ForbiddenSql = "forbidden-sql",
    IgnoredAttribute = "ignored-attribute",
    IgnoredKey = "ignored-key",
    IgnoredShortcode = "ignored-shortcode",
    IncludeCycle = "include-cycle",
    IncompleteExercise = "incomplete-exercise",
    InvalidBounds = "invalid-bounds",
    InvalidCard = "invalid-card",
    InvalidCase = "invalid-case",
    InvalidChart = "invalid-chart",
    InvalidChoice = "invalid-choice",
    InvalidCodeAttribute = "invalid-code-attribute",
    InvalidComponent = "invalid-component",
    InvalidCsv = "invalid-csv",
    InvalidDataPath = "invalid-data-path",
    InvalidEncoding = "invalid-encoding",
    InvalidExercises = "invalid-exercises",
    InvalidFont = "invalid-font",
    InvalidFormula = "invalid-formula",
    InvalidFrontMatter = "invalid-front-matter",
    InvalidGzip = "invalid-gzip",
    InvalidJson = "invalid-json",
    InvalidKey = "invalid-key",
    InvalidMentions = "invalid-mentions",
    InvalidPagination = "invalid-pagination",
    InvalidPath = "invalid-path",
    InvalidPattern = "invalid-pattern",
    InvalidPhrase = "invalid-phrase",
    InvalidPlaceholder = "invalid-placeholder",
    InvalidPolicy = "invalid-policy",
    InvalidSlug = "invalid-slug",
    InvalidSql = "invalid-sql",
    InvalidSynonyms = "invalid-synonyms",
    InvalidToml = "invalid-toml",
    InvalidType = "invalid-type",
    InvalidUrl = "invalid-url",
    InvalidUtf8 = "invalid-utf8",
    InvalidYaml = "invalid-yaml",
    LeftOutOfSearch = "left-out-of-search",
    LostCells = "lost-cells",
    MalformedXml = "malformed-xml",
    MisplacedAttributes = "misplaced-attributes",
    MisplacedInclude = "misplaced-include",
    MissingColumn = "missing-column",
    MissingConfig = "missing-config",
    MissingData = "missing-data",
    MissingField = "missing-field",
    MissingFile = "missing-file",
    MissingFolder = "missing-folder",
    MissingInclude = "missing-include",
    MissingKey = "missing-key",
    MissingLines = "missing-lines",
    MissingPathValue = "missing-path-value",
    MissingQuery = "missing-query",
    MissingRegion = "missing-region",
    MissingSourceMap = "missing-source-map",
    MissingTemplate = "missing-template",
    MissingTheme = "missing-theme",
    MissingValue = "missing-value",
    MisspeltFolder = "misspelt-folder",
    NearMiss = "near-miss",
    NoCollection = "no-collection",
    NoDate = "no-date",
    NoHistory = "no-history",
    NoPage = "no-page",
    NoTextToSearch = "no-text-to-search",
    NotARecord = "not-a-record",
    NotInOrder = "not-in-order",
    Objection = "objection",
    OddEnding = "odd-ending",
    OutOfRange = "out-of-range",
    OutsideSite = "outside-site",
    PageTooLarge = "page-too-large",
    PassingMistake = "passing-mistake",
    PassingStarter = "passing-starter",
    PatternNotMet = "pattern-not-met",
    QueryCycle = "query-cycle",
    RaggedRow = "ragged-row",
    RawHtml = "raw-html",
    RedirectToItself = "redirect-to-itself",
    ReferenceToDraft = "reference-to-draft",
    ReservedName = "reserved-name",
    ReservedPath = "reserved-path",
    RunawayQuery = "runaway-query",
    RunawayTemplate = "runaway-template",
    SecondIndex = "second-index",
    SeveralRows = "several-rows",
    ShallowHistory = "shallow-history",
    SkippedRows = "skipped-rows",
    SymlinkHidden = "symlink-hidden",
    SymlinkLoop = "symlink-loop",
    SymlinkOutside = "symlink-outside",
    SymlinkSource = "symlink-source",
    TemplateError = "template-error",
    TemplateSyntax = "template-syntax",
    TextAsNumber = "text-as-number",
    ThemeCircle = "theme-circle",
    TooDeep = "too-deep",
    TooLarge = "too-large",
    TooManyColumns = "too-many-columns",
    TooManyRedirects = "too-many-redirects",
    UnclosedCode = "unclosed-code",
    UnclosedComment = "unclosed-comment",
    UnclosedComponent = "unclosed-component",
    UnclosedFrontMatter = "unclosed-front-matter",
    UnclosedQuote = "unclosed-quote",
    UndefinedFootnote = "undefined-footnote",
    UndefinedLinkReference = "undefined-link-reference",
    UndefinedVariable = "undefined-variable",
    UnknownAsset = "unknown-asset",
    UnknownCollection = "unknown-collection",
    UnknownColumn = "unknown-column",
    UnknownComponent = "unknown-component",
    UnknownFamily = "unknown-family",
    UnknownField = "unknown-field",
    UnknownFont = "unknown-font",
    UnknownFormat = "unknown-format",
    UnknownImageSize = "unknown-image-size",
    UnknownInTemplate = "unknown-in-template",
    UnknownKey = "unknown-key",
    UnknownLanguage = "unknown-language",
    UnknownProtocol = "unknown-protocol",
    UnknownReference = "unknown-reference",
    UnknownRelation = "unknown-relation",
    UnknownWord = "unknown-word",
    UnlikeComparison = "unlike-comparison",
    UnorderedSolution = "unordered-solution",
    UnreadableFile = "unreadable-file",
    UnreadableInclude = "unreadable-include",
    Untranslated = "untranslated",
    Unused = "unused",
    UnusedData = "unused-data",
    UnusedException = "unused-exception",
    UnusedFootnote = "unused-footnote",
    UnusedOverride = "unused-override",
    UrlCollision = "url-collision",
    WholeDivision = "whole-division",
    WrongArgument = "wrong-argument",
    WrongCollection = "wrong-collection",
    WrongDelimiter = "wrong-delimiter",
    WrongType = "wrong-type",
}

impl Code {
    /// Finds the code with a name.
    pub fn named(name: &str) -> Option<Self> {
        let place = Self::ALL.binary_search_by(|code| code.name().cmp(name)).ok()?;
        Some(Self::ALL[place])
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_by_their_names() {
        assert!(Code::ALL.iter().all(|code| Code::named(code.name()) == Some(*code)));
        assert!(Code::ALL.is_sorted_by_key(|code| code.name()));
        assert_eq!(Code::named("no-such-code"), None);
    }
}
