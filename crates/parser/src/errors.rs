//! The parser's diagnostics, one constructor each.

mod data;
mod matter;
mod miss;

use std::sync::Arc;

use crate::markdown::link::LinkElement;
use crate::{Among, Code, Diagnostic, Place, Severity};

pub(crate) use self::data::*;
pub(crate) use self::matter::*;
pub use self::miss::ignored_shortcode;
pub(crate) use self::miss::*;

pub(crate) fn invalid_utf8(path: &Arc<str>, offset: usize) -> Diagnostic {
    Diagnostic::error(Code::InvalidUtf8, "the file is not UTF-8")
        .at(Place::new(path, &(offset..offset)))
        .label("no character begins here")
        .help("save the file as UTF-8")
}

pub(crate) fn invalid_toml(place: Place, message: &str, written: &str) -> Diagnostic {
    let problem = Diagnostic::error(Code::InvalidToml, message).at(place);
    if written == ":" {
        return problem.help("TOML writes `key = value`");
    }
    problem
}

pub(crate) fn duplicate_key(place: Place, key: &str, first: Option<Place>) -> Diagnostic {
    let problem = Diagnostic::error(Code::InvalidToml, format!("the key \"{key}\" is given twice")).at(place);
    match first {
        Some(first) => problem.related(first, "given first here"),
        None => problem,
    }
}

/// Reports a number that is too large. `code` is that of the file's format.
pub(crate) fn number_out_of_range(code: Code, place: Place) -> Diagnostic {
    Diagnostic::error(code, "the number is too large").at(place).help(format!(
        "whole numbers go from {} to {}",
        i64::MIN,
        i64::MAX
    ))
}

pub(crate) fn time_without_date(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidToml, "a time needs a date")
        .at(place)
        .help("write the time in quotation marks to have it as text")
}

pub(crate) fn ignored_attribute(place: Place, name: &str) -> Diagnostic {
    Diagnostic::warning(Code::IgnoredAttribute, format!("the attribute \"{name}\" is left out: this element cannot have it"))
        .at(place)
        .help(
            "elements can have `#id`, `.class`, `lang`, `dir`, `title`, `role`, `translate`, `data-…` and `aria-…` once, images \
             also `width`, `height` and `loading`, links `target`, `rel` and `download`; write `\\{` for a brace in the text",
        )
}

pub(crate) fn repeated_attribute(place: Place, name: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::IgnoredAttribute,
        format!("the attribute \"{name}\" is left out: it is given before"),
    )
    .at(place)
    .help("an element has each attribute once; write several classes as `.a .b`")
}

pub(crate) fn misplaced_attributes(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::MisplacedAttributes, "these attributes belong to nothing, so they are text")
        .at(place)
        .help(
            "write them at the end of a heading, on a line of their own below a paragraph, list, quote or table, or \
             directly behind a link, image, code or emphasis; write `\\{` if they are text",
        )
}

pub(crate) fn duplicate_id(place: Place, id: &str, first: Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicateId, format!("two elements have the id \"{id}\""))
        .at(place)
        .related(first, "given first here")
}

/// `forbidden-link`: a link that could run a program.
pub fn forbidden_link(place: impl Into<Option<Place>>, to: &str) -> Diagnostic {
    let scheme = to.split(':').next().unwrap_or_default().trim();
    Diagnostic::error(
        Code::ForbiddenLink,
        format!("a link cannot lead to a `{}:` address", scheme.escape_debug()),
    )
    .at(place)
    .help("such an address can run a program in the reader's browser")
}

/// `forbidden-link`: a link with a scheme that only a site's own settings can allow.
pub fn unknown_scheme(place: impl Into<Option<Place>>, to: &str) -> Diagnostic {
    let scheme = crate::scheme(to).unwrap_or_default().into_owned();
    let problem =
        Diagnostic::error(Code::ForbiddenLink, format!("a link cannot lead to a `{scheme}:` address"))
            .at(place)
            .cause(Among::Names, scheme.as_str());
    match &*scheme {
        "file" => problem.help("readers have none of your files: write a path from the text, such as `file.md`"),
        _ => problem.help(format!(
            "it may start a program of the reader's; if that is meant, write schemes = [\"{scheme}\"] under [links] in site.toml"
        )),
    }
}

pub(crate) fn unclosed_comment(opening: Place) -> Diagnostic {
    Diagnostic::error(Code::UnclosedComment, "a comment is never closed, so that all that follows is in it")
        .at(opening)
        .help("end it with `-->`, or write `\\<` if no comment is meant")
}

/// Reports a comment that is cut off by the end of its block of HTML.
pub(crate) fn cut_comment(opening: Place) -> Diagnostic {
    Diagnostic::error(
        Code::UnclosedComment,
        "a blank line ends the HTML that this comment is in, but not the comment: all that follows is in it",
    )
    .at(opening)
    .help("end it with `-->` before the blank line, or begin it behind one")
}

pub(crate) fn beside_comment(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::NearMiss, "this is not read as Markdown, since its line begins with a comment")
        .at(place)
        .help("put the comment on a line of its own")
}

pub(crate) fn empty_link(place: Place, kind: LinkElement) -> Diagnostic {
    let (message, what) = match kind {
        LinkElement::Link => ("the link leads nowhere yet", "where it leads"),
        LinkElement::Image => ("the image is none yet", "its file"),
    };
    Diagnostic::error(Code::EmptyLink, message)
        .at(place)
        .help(format!("write {what} behind the brackets, or write `\\[` if none is meant"))
        .cause(Among::Names, what)
}

pub(crate) fn undefined_reference(place: Place, label: &str, severity: Severity) -> Diagnostic {
    let message = format!("no link is defined for `[{label}]`");
    Diagnostic { severity, ..Diagnostic::error(Code::UndefinedLinkReference, message) }
        .at(place)
        .help(format!("define it with a line `[{label}]: address`, or write `\\[` if no link is meant"))
        .cause(Among::Names, label)
}

pub(crate) fn undefined_footnote(place: Place, written: &str, severity: Severity) -> Diagnostic {
    let message = format!("there is no footnote `{written}`");
    Diagnostic { severity, ..Diagnostic::error(Code::UndefinedFootnote, message) }
        .at(place)
        .help(format!("write one with a line `{written}: text`, or write `\\[` if none is meant"))
}

pub(crate) fn unused_footnote(place: Place, written: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::UnusedFootnote,
        format!("nothing refers to the footnote `{written}`, so it is not shown"),
    )
    .at(place)
    .help(format!("write `{written}` where the note belongs, or remove it"))
}

pub(crate) fn duplicate_footnote(place: Place, label: &str, first: Place) -> Diagnostic {
    Diagnostic::error(Code::DuplicateFootnote, format!("there are two footnotes `[^{label}]`"))
        .at(place)
        .related(first, "given first here")
}

pub(crate) fn markdown_too_deep(place: Place, limit: usize) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, format!("the text nests deeper than {limit} levels here")).at(place)
}

const COMPONENT: &str = "write `{{<name a=\"text\" n={3} />}}`, or `{% <name> %}` and `{% </name> %}` on lines of their \
                         own; to show such a tag, write it as code";

pub(crate) fn invalid_code_attribute(place: Place, why: &str) -> Diagnostic {
    Diagnostic::warning(Code::InvalidCodeAttribute, why)
        .at(place)
        .help("lines are written as {1,3-5}, ins={2} or del={3}, and numbered by linenos or linenostart=10")
}

pub(crate) fn part_of_no_file(place: Place) -> Diagnostic {
    Diagnostic::warning(
        Code::InvalidCodeAttribute,
        "this says what of a file is shown, and nothing says which file",
    )
    .at(place)
    .help("name the file: include=\"path\"")
}

pub(crate) fn invalid_component(place: Place, message: String) -> Diagnostic {
    Diagnostic::error(Code::InvalidComponent, message).at(place).help(COMPONENT)
}

pub(crate) fn misplaced_component(place: Place) -> Diagnostic {
    invalid_component(place, "a component cannot stand within a link's address or the like".to_owned())
}

pub(crate) fn unopened_component(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error(Code::UnclosedComponent, format!("no component \"{name}\" is open here"))
        .at(place)
        .help(format!("open it with a line `{{% <{name}> %}}` before, or leave this line out"))
}

pub(crate) fn unclosed_component(place: Place, name: &str, before: Option<(&str, Place)>) -> Diagnostic {
    let problem =
        Diagnostic::error(Code::UnclosedComponent, format!("the component \"{name}\" is not closed"))
            .at(place)
            .help(format!("close it with a line `{{% </{name}> %}}`"));
    closed_before(problem, before)
}

fn closed_before(problem: Diagnostic, closing: Option<(&str, Place)>) -> Diagnostic {
    match closing {
        Some((other, closing)) => problem.related(closing, format!("{other} is closed before it here")),
        None => problem,
    }
}

const DIRECTIVE: &str = "write `:::name Title` or `:::name[Title]{key=value}`, and `:::` on a line of its own where it \
                         ends; to show such a line, write it as code";

pub(crate) fn invalid_directive(place: Place, message: String) -> Diagnostic {
    Diagnostic::error(Code::InvalidComponent, message).at(place).help(DIRECTIVE)
}

pub(crate) fn misplaced_directive(place: Place) -> Diagnostic {
    let message = "a directive must begin its line, indented no more than what it stands in".to_owned();
    invalid_directive(place, message)
}

pub(crate) fn component_in_title(place: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidComponent, "a component cannot stand in a title").at(place)
}

pub(crate) fn unclosed_directive(place: Place, colons: &str, before: Option<(&str, Place)>) -> Diagnostic {
    let problem = Diagnostic::error(Code::UnclosedComponent, "the directive is not closed")
        .at(place)
        .help(format!(
            "close it with a line `{colons}`, in the same list or quote as this one; to show this line, write it as code"
        ));
    closed_before(problem, before.map(|(_, closing)| ("what it stands in", closing)))
}

pub(crate) fn unopened_directive(place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnclosedComponent, "no directive is open here that this could close").at(place).help(
        "open it with a line such as `:::note` before, with no more colons than here, or leave this line out",
    )
}

pub(crate) fn closing_within(place: Place, opening: Place) -> Diagnostic {
    Diagnostic::error(Code::UnclosedComponent, "this cannot close a directive that is open outside of its list or quote")
        .at(place)
        .related(opening, "which is opened here")
        .help("write it behind the list or quote, indented by up to three spaces more than what opens the directive")
}

pub(crate) fn invalid_alert(name: Place) -> Diagnostic {
    Diagnostic::error(Code::InvalidComponent, "the name of an alert consists of letters, digits, `-` and `_`")
        .at(name)
        .help("write `> [!NOTE] Title`, or `\\[` if no alert is meant")
}

pub(crate) fn nothing_to_list(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::EmptyContents, "there are no headings here to list").at(place).help(
        "the list is of the headings of this text alone; leave it out, or write it as code if it is not meant",
    )
}

pub(crate) fn invalid_packed_utf8(path: &Arc<str>, offset: usize) -> Diagnostic {
    Diagnostic::error(Code::InvalidUtf8, "the file is not UTF-8")
        .at(Place::file(path))
        .note(format!("no character begins at byte {offset} of what is unpacked"))
        .help("save the file as UTF-8 before it is packed")
}

/// Adds that a data file must be UTF-8 unless its encoding is declared.
pub(crate) fn undeclared_encoding(problem: Diagnostic) -> Diagnostic {
    problem.help("save the file as UTF-8, or declare its encoding, such as encoding = \"windows-1252\"")
}

pub(crate) fn invalid_encoding(path: &Arc<str>, encoding: &str, offset: usize) -> Diagnostic {
    Diagnostic::error(Code::InvalidEncoding, format!("the file is not {encoding}"))
        .at(Place::file(path))
        .note(format!("no character of {encoding} begins at byte {offset}"))
        .help("declare the encoding that the file was saved in, or save it as UTF-8")
}

pub(crate) fn other_encoding(path: &Arc<str>, encoding: &str, marked: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidEncoding, format!("the file is not {encoding}"))
        .at(Place::file(path))
        .note(format!("it begins as a file in {marked}"))
        .help(format!("declare encoding = \"{}\" for the dataset", marked.to_ascii_lowercase()))
}
