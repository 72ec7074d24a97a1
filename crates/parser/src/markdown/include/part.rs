//! Takes a part out of a file: all of it, ranges of lines, or a region.

/// A part of a file to show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// All of it.
    #[default]
    Whole,
    /// Ranges of lines, each from 1 and with its last line. None stands for the first or last line of the
    /// file.
    Lines(Vec<(Option<usize>, Option<usize>)>),
    /// One range, cut off at the end of the file, as in mdBook.
    Slice(Option<usize>, Option<usize>),
    /// The text between two comments that name the region.
    Region(String),
    /// A value of `lines` that is malformed.
    Invalid(String),
}

/// A part taken out of a file, and its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The text, without comments that mark regions and without the indentation that all lines share.
    pub text: String,
    /// The first line, from 1.
    pub first: usize,
    /// The last one.
    pub last: usize,
}

/// A reason why a file lacks a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectionError {
    /// The file has only this many lines.
    Lines(usize),
    /// The file has no region of this name, but these.
    Region(Vec<String>),
}

impl Selection {
    /// Reads the values of the attributes `lines` and `region`.
    pub(in crate::markdown) fn of(lines: Option<&str>, region: Option<&str>) -> Self {
        match (lines, region) {
            (_, Some(region)) => Self::Region(region.to_owned()),
            (Some(lines), None) => {
                let ranges = lines.split([',', ' ']).filter(|range| !range.is_empty()).map(range);
                ranges
                    .collect::<Option<Vec<_>>>()
                    .filter(|ranges| !ranges.is_empty())
                    .map_or_else(|| Self::Invalid(lines.to_owned()), Self::Lines)
            }
            (None, None) => Self::Whole,
        }
    }

    /// Reads the text behind a path and a colon: `2`, `2:10`, `:10`, `2:` or the name of a region.
    pub(super) fn behind_colon(text: &str) -> Self {
        let number = |text: &str| match text {
            "" => Some(None),
            text => text.parse::<usize>().ok().filter(|number| *number > 0).map(Some),
        };
        let lines = match text.split_once(':') {
            _ if text.is_empty() => return Self::Whole,
            Some((first, last)) => number(first).zip(number(last)),
            None => number(text).map(|line| (line, line)),
        };
        lines.map_or_else(|| Self::Region(text.to_owned()), |(first, last)| Self::Slice(first, last))
    }

    /// Takes the part out of a file's text.
    ///
    /// # Errors
    ///
    /// The file lacks the part.
    pub fn take(&self, text: &str) -> Result<Snippet, SelectionError> {
        let lines: Vec<&str> = text.lines().collect();
        let ranges = match self {
            Self::Whole | Self::Invalid(_) => vec![(0, lines.len())],
            Self::Lines(ranges) => ranges
                .iter()
                .map(|(first, last)| ends(*first, *last, lines.len()))
                .collect::<Option<Vec<_>>>()
                .ok_or(SelectionError::Lines(lines.len()))?,
            Self::Slice(first, last) => {
                let last = last.map(|last| last.min(lines.len()));
                vec![ends(*first, last, lines.len()).ok_or(SelectionError::Lines(lines.len()))?]
            }
            Self::Region(name) => vec![region(&lines, name)?],
        };
        let (first, last) =
            (ranges.first().map_or(0, |range| range.0), ranges.last().map_or(0, |range| range.1));
        let shown = ranges.into_iter().flat_map(|(first, last)| &lines[first..last]);
        let shown: Vec<&str> = shown.copied().filter(|line| mark(line).is_none()).collect();
        Ok(Snippet { text: dedented(&shown), first: first + 1, last })
    }
}

/// Turns a range of lines into one of indexes; none if the range goes beyond the file, or ends before it
/// begins.
fn ends(first: Option<usize>, last: Option<usize>, count: usize) -> Option<(usize, usize)> {
    let (first, last) = (first.unwrap_or(1), last.unwrap_or(count));
    (first <= last && last <= count).then(|| (first - 1, last))
}

/// Reads `3`, `3-10`, `3-` or `-10`.
fn range(text: &str) -> Option<(Option<usize>, Option<usize>)> {
    let number = |text: &str| match text {
        "" => Some(None),
        text => text.parse::<usize>().ok().filter(|number| *number > 0).map(Some),
    };
    match text.split_once('-') {
        Some((first, last)) => number(first).zip(number(last)),
        None => number(text).map(|line| (line, line)),
    }
}

/// A comment that begins or ends a region.
#[derive(Debug, PartialEq, Eq)]
struct RegionMark<'l> {
    opens: bool,
    /// The region's name; none to end the innermost region.
    name: Option<&'l str>,
}

/// The beginnings and ends of regions for editors, mdBook, `MkDocs` and Asciidoctor.
const MARKS: [(&str, bool); 10] = [
    ("#region", true),
    ("#endregion", false),
    ("# region", true),
    ("# endregion", false),
    ("ANCHOR:", true),
    ("ANCHOR_END:", false),
    ("--8<-- [start:", true),
    ("--8<-- [end:", false),
    ("tag::", true),
    ("end::", false),
];

fn mark(line: &str) -> Option<RegionMark<'_>> {
    let start =
        line.find(|c: char| c.is_alphanumeric() || c == '#' || line.contains("--8<--") && c == '-')?;
    let (at, sign, opens) = MARKS.into_iter().find_map(|(sign, opens)| {
        let at = line.find(sign)?;
        // Only the characters of a comment may stand before a mark.
        (at <= start || !line[..at].contains(char::is_alphanumeric)).then_some((at, sign, opens))
    })?;
    let rest = line[at + sign.len()..].trim_start();
    let is_end = |c: char| c.is_whitespace() || matches!(c, ']' | '[');
    let name = rest[..rest.find(is_end).unwrap_or(rest.len())].trim_end_matches("-->").trim_end_matches("*/");
    let is_apart = sign.ends_with([':']) || rest.len() < line[at + sign.len()..].len() || rest.is_empty();
    let name = Some(name).filter(|name| !name.is_empty());
    (is_apart && (name.is_some() || !opens)).then_some(RegionMark { opens, name })
}

/// Finds the lines between the comments that name a region. A region without an end goes on to the end of the
/// file.
fn region(lines: &[&str], name: &str) -> Result<(usize, usize), SelectionError> {
    let opens = |line: &&str| mark(line).is_some_and(|mark| mark.opens && mark.name == Some(name));
    let Some(first) = lines.iter().position(opens) else {
        let names = lines.iter().filter_map(|line| mark(line).filter(|mark| mark.opens)?.name);
        return Err(SelectionError::Region(names.map(str::to_owned).collect()));
    };
    let mut depth = 0_usize;
    for (index, line) in lines.iter().enumerate().skip(first + 1) {
        match mark(line) {
            Some(RegionMark { opens: true, .. }) => depth += 1,
            Some(RegionMark { opens: false, name: Some(other) }) if other == name => {
                return Ok((first + 1, index));
            }
            Some(RegionMark { opens: false, name: None }) if depth == 0 => return Ok((first + 1, index)),
            Some(RegionMark { opens: false, .. }) => depth = depth.saturating_sub(1),
            None => {}
        }
    }
    Ok((first + 1, lines.len()))
}

/// Removes the indentation that all lines share.
fn dedented(lines: &[&str]) -> String {
    let space = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let written = lines.iter().filter(|line| !line.trim().is_empty());
    let mut spaces = written.map(|line| &line[..space(line)]);
    let first = spaces.next().unwrap_or_default();
    let common = spaces.fold(first, |common, space| {
        let same = common.bytes().zip(space.bytes()).take_while(|(one, other)| one == other).count();
        &common[..same]
    });
    let mut text = String::new();
    for line in lines {
        text.push_str(line.strip_prefix(common).unwrap_or(line.trim_start_matches([' ', '\t'])));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_in_comments() {
        for (line, opens, name) in [
            ("// #region a", true, Some("a")),
            ("  #endregion", false, None),
            ("# region a-b", true, Some("a-b")),
            ("/* ANCHOR: a */", true, Some("a")),
            ("<!-- ANCHOR_END: a -->", false, Some("a")),
            ("-- --8<-- [start:a]", true, Some("a")),
            ("# --8<-- [end:a]", false, Some("a")),
            ("// tag::a[]", true, Some("a")),
            ("# end::a[]", false, Some("a")),
        ] {
            assert_eq!(mark(line), Some(RegionMark { opens, name }), "{line}");
        }
        for line in ["let region = 1;", "# regional", "let x = tag::a;", "#include <a>", "", "# A comment"] {
            assert_eq!(mark(line), None, "{line}");
        }
    }

    #[test]
    fn parts_are_taken_without_marks_and_indentation() {
        let text = "a\n// ANCHOR: x\n  b\n  // ANCHOR: y\n    c\n  // ANCHOR_END: y\n// ANCHOR_END: x\nd\n";
        let take = |part: Selection| part.take(text).map(|taken| (taken.text, taken.first, taken.last));
        let taken = |text: &str, first, last| Ok((text.to_owned(), first, last));
        assert_eq!(take(Selection::Whole), taken("a\n  b\n    c\nd\n", 1, 8));
        assert_eq!(take(Selection::Region("x".into())), taken("b\n  c\n", 3, 6));
        assert_eq!(take(Selection::Region("y".into())), taken("c\n", 5, 5));
        assert_eq!(
            take(Selection::Region("z".into())),
            Err(SelectionError::Region(vec!["x".into(), "y".into()]))
        );
        assert_eq!(take(Selection::of(Some("3,8"), None)), taken("  b\nd\n", 3, 8));
        assert_eq!(take(Selection::behind_colon("8")), taken("d\n", 8, 8));
        assert_eq!(take(Selection::behind_colon(":1")), taken("a\n", 1, 1));
        assert_eq!(take(Selection::behind_colon("8:9")), taken("d\n", 8, 8));
        assert_eq!(take(Selection::behind_colon("9:12")), Err(SelectionError::Lines(8)));
    }
}
