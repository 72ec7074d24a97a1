//! The diagnostics of rendering, one constructor each.

mod bound;
mod carry;
mod chart;
mod code;
mod link;
mod plain;
mod unheard;

use std::sync::Arc;

use sitegen_parser::{Among, Diagnostic, Place, component_name};

use crate::ground::bounded::MAX_BYTES;

pub(crate) use self::bound::*;
pub(crate) use self::carry::{carry, uncarry};
pub(crate) use self::chart::*;
pub(crate) use self::code::*;

use self::plain::{misfit, plain};
pub(crate) use self::unheard::{Unheard, unheard, unheard_of};

pub(crate) use self::link::{broken_anchor, empty_link_text, not_in_its_place, undescribed_link};

// Markdown.

pub(crate) fn raw_html(place: Place) -> Diagnostic {
    Diagnostic::warning("raw-html", "HTML in Markdown is shown as text")
        .at(place)
        .help("write Markdown or call a component, mark what is text as code, or allow it by raw_html = \"allow\" under [markdown] in site.toml")
        .cause(Among::Names, "raw_html")
}

pub(crate) fn unknown_element(name: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(
        "raw-html",
        format!("browsers know no element \"{name}\", so readers see nothing of this tag"),
    )
    .at(place)
    .help(format!("if it is text, mark it as code or write `\\<{name}>`"))
    .cause(Among::Names, name)
}

pub(crate) fn unknown_image_size(path: &Arc<str>, place: Place) -> Diagnostic {
    Diagnostic::warning("unknown-image-size", format!("{path} does not say how large an image it is"))
        .at(place)
        .help("browsers show AVIF, GIF, JPEG, PNG, WebP and SVG; an SVG needs a width and a height, or a viewBox")
        .cause(Among::Names, Arc::clone(path))
}

pub(crate) fn unknown_component(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error("unknown-component", format!("no template declares a component \"{name}\""))
        .at(place)
        .suggest(nearest)
        .cause(Among::Names, name)
}

pub(crate) fn lost_arguments(shortcode: &str, place: Place) -> Diagnostic {
    let name = component_name(shortcode);
    let message = format!("the component \"{name}\" does not take all that the shortcode gives it");
    Diagnostic::warning("ignored-shortcode", message)
        .at(place)
        .help("arguments are given by the names that the component declares: `name=\"text\"`")
        .cause(Among::Of("arguments of shortcodes".into()), shortcode)
}

pub(crate) fn unknown_directive(
    name: &str,
    nearest: Option<&str>,
    names: &[&str],
    place: Place,
) -> Diagnostic {
    let problem =
        Diagnostic::error("unknown-component", format!("no template declares a component \"{name}\""))
            .at(place)
            .note(format!("what can be called so: {}", names.join(", ")))
            .cause(Among::Names, name);
    match nearest {
        Some(nearest) => problem.suggest(Some(nearest)),
        None => problem.help(format!(
            "name one of them, or declare `{{% component {name}(title: string = \"\") %}}` in a template; to show the \
             line, write it as code"
        )),
    }
}

pub(crate) fn not_foldable(component: &str, place: Place) -> Diagnostic {
    Diagnostic::error("wrong-argument", format!("component \"{component}\" cannot be folded"))
        .at(place)
        .help("leave this sign out, or let the component take `fold: string = \"\"`, which is \"open\" or \"closed\"")
}

pub(crate) fn unknown_argument(
    component: &str,
    name: &str,
    nearest: Option<&str>,
    place: Place,
) -> Diagnostic {
    let message = format!("component \"{component}\" takes no argument \"{name}\"");
    let among = Among::Of(component.into());
    Diagnostic::error("wrong-argument", message).at(place).suggest(nearest).cause(among, name)
}

pub(crate) fn missing_argument(component: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::error("wrong-argument", format!("component \"{component}\" needs the argument \"{name}\""))
        .at(place)
}

pub(crate) fn wrong_argument(component: &str, name: &str, kind: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        "wrong-argument",
        format!("\"{name}\" of component \"{component}\" must be of type {kind}"),
    )
    .at(place)
}

// Templates.

pub(crate) fn template_syntax(message: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("template-syntax", sentence(message)).at(place)
}

pub(crate) fn template_error(message: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("template-error", sentence(message)).at(place)
}

pub(crate) fn missing_name(message: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("unknown-in-template", sentence(message)).at(place).suggest(nearest)
}

pub(crate) fn missing_parent(parent: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    let message = format!("unknown template \"{parent}\"");
    Diagnostic::error("unknown-in-template", message).at(place).suggest(nearest)
}

pub(crate) fn undefined_variable(name: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("undefined-variable", format!("\"{name}\" is not defined")).at(place).suggest(nearest)
}

/// An argument of a function or filter, and what is given for it if that is known.
pub(crate) fn undefined_argument(argument: &str, given: Option<&str>) -> Diagnostic {
    let message = match given {
        Some(given) => format!("\"{given}\" is not defined, which is the argument \"{argument}\""),
        None => format!("the argument \"{argument}\" is not defined"),
    };
    Diagnostic::error("undefined-variable", message).cause(Among::Of(ARGUMENT.into()), argument)
}

/// An argument of a function or filter that is of another type, by what the library says of it.
pub(crate) fn unfit_argument(name: &str, said: &str) -> Diagnostic {
    let misfit = misfit(said).unwrap_or_else(|| format!("cannot be read: {}", sentence(said)));
    Diagnostic::error("wrong-argument", format!("the argument \"{name}\" {misfit}"))
}

/// An argument of a function or filter that is not given.
pub(crate) fn no_argument(name: &str) -> Diagnostic {
    Diagnostic::error("wrong-argument", format!("a value is missing for the argument \"{name}\""))
}

const ARGUMENT: &str = "argument";

/// The argument that a problem is about, if it is that nothing is behind one.
pub(crate) fn undefined_argument_of(problem: &Diagnostic) -> Option<&str> {
    let cause = problem.cause.as_ref().filter(|_| problem.code == "undefined-variable")?;
    (cause.among == Among::Of(ARGUMENT.into())).then_some(&*cause.name)
}

pub(crate) fn extends_cycle(
    name: &str,
    chain: &[String],
    below: Option<&str>,
    place: Option<Place>,
) -> Diagnostic {
    let message = format!("template \"{name}\" extends itself");
    let diagnostic = Diagnostic::error("include-cycle", message).at(place).note(chain.join(" → "));
    with_below(diagnostic, below)
}

/// Says what the template is called that lies below one that was meant to add to it.
fn with_below(diagnostic: Diagnostic, below: Option<&str>) -> Diagnostic {
    match below {
        Some(below) => diagnostic.help(format!("the theme's template of this name is \"{below}\"")),
        None => diagnostic,
    }
}

pub(crate) fn include_cycle(chain: &[(&str, Place)], below: Option<&str>) -> Diagnostic {
    let names: Vec<_> = chain.iter().chain(chain.first()).map(|(name, _)| *name).collect();
    let message = format!("template \"{}\" includes itself", names[0]);
    let diagnostic = Diagnostic::error("include-cycle", message).note(names.join(" → "));
    let diagnostic = with_below(diagnostic.at(chain.first().map(|(_, place)| place.clone())), below);
    chain
        .iter()
        .skip(1)
        .fold(diagnostic, |diagnostic, (_, place)| diagnostic.related(place.clone(), "which goes on here"))
}

pub(crate) fn includes_too_deep(name: &str, most: usize, place: Place) -> Diagnostic {
    Diagnostic::error("too-deep", format!("the includes of template \"{name}\" go deeper than {most} levels"))
        .at(place)
}

pub(crate) fn duplicate_component(name: &str, place: Option<Place>, other: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("duplicate-component", format!("two templates declare a component \"{name}\""))
            .at(place);
    match other {
        Some(other) => diagnostic.related(other, "the other is here"),
        None => diagnostic,
    }
}

pub(crate) fn malformed_xml(reason: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("the page is not well-formed XML, so that programs read nothing of it: {reason}");
    Diagnostic::error("malformed-xml", message)
        .at(place)
        .help("Markdown is HTML; `| str` behind it makes it text, which is escaped. In the template itself `&` is written `&amp;`")
}

/// A number that no page can show.
pub(crate) fn not_finite() -> Diagnostic {
    Diagnostic::error(
        "template-error",
        "this is no finite number: what it was calculated from is too large, or has no value",
    )
}

pub(crate) fn page_too_large(place: Option<Place>) -> Diagnostic {
    let message = format!("a page would be larger than {} MB", MAX_BYTES >> 20);
    Diagnostic::error("page-too-large", message).at(place)
}

pub(crate) fn unexpected_argument(of: &str, name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("\"{of}\" takes no argument \"{name}\"");
    Diagnostic::error("wrong-argument", message).suggest(nearest)
}

pub(crate) fn unknown_word(key: &str) -> Diagnostic {
    Diagnostic::error("unknown-word", format!("there are no words \"{key}\"")).cause(Among::Words, key)
}

pub(crate) fn missing_word_argument(key: &str, name: &str) -> Diagnostic {
    let message = format!("the words \"{key}\" have a place for \"{name}\", which is not given");
    Diagnostic::error("wrong-argument", message)
}

/// What only a site has and no template says.
pub(crate) fn unused_word(key: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    let message = format!("no template says \"{key}\", and the theme has no such words");
    Diagnostic::warning("unused-override", message).at(place).suggest(nearest)
}

pub(crate) fn unused_template(nearest: Option<&str>, place: Place) -> Diagnostic {
    let diagnostic = Diagnostic::warning(
        "unused-override",
        "no page is made by this template, and the theme has none of its name",
    );
    diagnostic.at(place).suggest(nearest)
}

pub(crate) fn unused_override(folder: &str, nearest: &str, place: Place) -> Diagnostic {
    let message = format!("nothing names this file, and the theme has none of its name in {folder}/");
    Diagnostic::warning("unused-override", message).at(place).suggest(Some(nearest))
}

pub(crate) fn unsayable(key: &str, name: &str) -> Diagnostic {
    let message = format!("\"{name}\" of the words \"{key}\" must be text or a number");
    Diagnostic::error("wrong-argument", message)
}

pub(crate) fn unknown_relation(name: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("there is no collection, dataset or query \"{name}\"");
    Diagnostic::error("unknown-relation", message).suggest(nearest)
}

pub(crate) fn no_key(relation: &str, field: &str, nearest: Option<&str>) -> Diagnostic {
    let message = format!("the rows of \"{relation}\" cannot be looked up by \"{field}\"");
    Diagnostic::error("unknown-field", message).suggest(nearest)
}

pub(crate) fn no_table_key<'a>(relation: &str, key: &str, by: impl Iterator<Item = &'a str>) -> Diagnostic {
    let message = format!("the rows of \"{relation}\" cannot be looked up by \"{key}\"");
    let by: Vec<_> = by.map(|column| format!("\"{column}\"")).collect();
    Diagnostic::error("unknown-field", message).help(match by.as_slice() {
        [] => "declare its key: by = [\"…\"]".to_owned(),
        columns => format!("its key is {}", columns.join(", ")),
    })
}

pub(crate) fn several_rows(relation: &str, count: usize) -> Diagnostic {
    let message = format!("{count} rows of \"{relation}\" have this key, so that none is the one");
    Diagnostic::error("several-rows", message).help("ask for all of them by `rows`")
}

pub(crate) fn second_key(first: &str, second: &str) -> Diagnostic {
    let message = format!("rows are looked up by one key, not by \"{first}\" and \"{second}\" at once");
    Diagnostic::error("template-error", message)
}

pub(crate) fn no_row(collection: &str, slug: &str) -> Diagnostic {
    let message = format!("there is no \"{slug}\" in \"{collection}\"");
    Diagnostic::error("unknown-reference", message).cause(Among::Records(collection.into()), slug)
}

pub(crate) fn unknown_family(name: &str, nearest: Option<&str>) -> Diagnostic {
    Diagnostic::error("unknown-family", format!("no [pages.{name}] is declared")).suggest(nearest)
}

pub(crate) fn newest_and_limit() -> Diagnostic {
    let message = "function \"pages\" takes \"newest\" or \"limit\", not both";
    Diagnostic::error("wrong-argument", message)
}

pub(crate) fn unknown_asset(name: &str) -> Diagnostic {
    Diagnostic::error("unknown-asset", format!("there is no asset \"{name}\"")).cause(Among::Assets, name)
}

// Cards.

pub(crate) fn invalid_font(path: &Arc<str>) -> Diagnostic {
    Diagnostic::error("invalid-font", format!("there is no font in {path} that cards can be written with"))
        .at(Place::file(path))
        .help("convert it to .ttf or .otf")
}

pub(crate) fn unknown_font(name: &str, nearest: Option<&str>, place: Option<Place>) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("unknown-font", format!("no file in fonts/ holds a font \"{name}\"")).at(place);
    match nearest {
        Some(nearest) => diagnostic.suggest(Some(nearest)),
        None => diagnostic.help("name one that the theme or the site has, or add its .ttf or .otf file"),
    }
}

pub(crate) fn foreign_to_card(why: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("invalid-card", why)
        .at(place)
        .help("a card is made of shapes, text and gradients, and refers only to what is in it")
}

pub(crate) fn invalid_card(why: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::error("invalid-card", why).at(place)
}

// Pages.

/// `path` is what the link names among others of its kind.
pub(crate) fn broken_link(to: &str, among: Among, path: &str, place: Option<Place>) -> Diagnostic {
    let message = format!("the link to \"{to}\" leads nowhere");
    Diagnostic::error("broken-link", message).at(place).cause(among, path)
}

pub(crate) fn missing_source_map(to: &str, place: Place) -> Diagnostic {
    Diagnostic::warning("missing-source-map", format!("the source map \"{to}\" is not there"))
        .at(place)
        .help("add the file, or remove the comment: browsers ask for it when their tools are open")
}

pub(crate) fn unpublished_name(to: &str, asset: &str, place: Option<Place>) -> Diagnostic {
    broken_link(to, Among::Names, to, place)
        .help(format!("assets are published under names of their own: {{{{ asset(name=\"{asset}\") }}}}"))
}

pub(crate) fn duplicate_id(id: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::warning("duplicate-id", format!("the id \"{id}\" stands more than once on a page"))
        .at(place)
        .help("links to it lead to the first only")
}

/// A library's message as ours: lower-case, in one line, quotation marks instead of backticks, no full stop.
fn sentence(message: &str) -> String {
    let line = plain(message.lines().next().unwrap_or_default().trim_end_matches('.')).replace('`', "\"");
    let mut chars = line.chars();
    let second_is_upper = line.chars().nth(1).is_some_and(char::is_uppercase);
    match chars.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(chars).collect(),
        _ => line,
    }
}

pub(crate) fn too_deep_for_markdown(most: usize, place: Option<Place>) -> Diagnostic {
    let message =
        format!("more than {most} elements of the page are open at once, too many to make Markdown of it");
    Diagnostic::error("too-deep", message)
        .at(place)
        .help("close what is open, or say twin = false where the pages are declared")
}
