//! The diagnostics of Markdown.

mod code;

use std::sync::Arc;

use sitegen_parser::{Among, Code, Diagnostic, Place, component_name};

pub(crate) use self::code::*;
pub(crate) use crate::ground::errors::page_too_large;

pub(crate) fn raw_html(place: Place) -> Diagnostic {
    Diagnostic::warning(Code::RawHtml, "HTML in Markdown is shown as text")
        .at(place)
        .help("write Markdown or call a component, mark what is text as code, or allow it by raw_html = \"allow\" under [markdown] in site.toml")
        .cause(Among::Names, "raw_html")
}

pub(crate) fn unknown_element(name: &str, place: Place) -> Diagnostic {
    Diagnostic::warning(
        Code::RawHtml,
        format!("browsers know no element \"{name}\", so readers see nothing of this tag"),
    )
    .at(place)
    .help(format!("if it is text, mark it as code or write `\\<{name}>`"))
    .cause(Among::Names, name)
}

pub(crate) fn unknown_image_size(path: &Arc<str>, place: Place) -> Diagnostic {
    Diagnostic::warning(Code::UnknownImageSize, format!("{path} does not say how large an image it is"))
        .at(place)
        .help("browsers show AVIF, GIF, JPEG, PNG, WebP and SVG; an SVG needs a width and a height, or a viewBox")
        .cause(Among::Names, Arc::clone(path))
}

pub(crate) fn unknown_component(name: &str, nearest: Option<&str>, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownComponent, format!("no template declares a component \"{name}\""))
        .at(place)
        .suggest(nearest)
        .cause(Among::Names, name)
}

pub(crate) fn lost_arguments(shortcode: &str, place: Place) -> Diagnostic {
    let name = component_name(shortcode);
    let message = format!("the component \"{name}\" does not take all that the shortcode gives it");
    Diagnostic::warning(Code::IgnoredShortcode, message)
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
        Diagnostic::error(Code::UnknownComponent, format!("no template declares a component \"{name}\""))
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
    Diagnostic::error(Code::WrongArgument, format!("component \"{component}\" cannot be folded"))
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
    Diagnostic::error(Code::WrongArgument, message).at(place).suggest(nearest).cause(among, name)
}

pub(crate) fn missing_argument(component: &str, name: &str, place: Place) -> Diagnostic {
    Diagnostic::error(Code::WrongArgument, format!("component \"{component}\" needs the argument \"{name}\""))
        .at(place)
}

pub(crate) fn wrong_argument(component: &str, name: &str, kind: &str, place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::WrongArgument,
        format!("\"{name}\" of component \"{component}\" must be of type {kind}"),
    )
    .at(place)
}

pub(crate) fn empty_link_text(place: Place) -> Diagnostic {
    Diagnostic::error(Code::EmptyLink, "the link has no text, so that no reader sees it")
        .at(place)
        .help("write its text between the brackets; only links to records take their titles")
        .cause(Among::Names, "text")
}

pub(crate) fn undescribed_link(place: Place) -> Diagnostic {
    Diagnostic::warning(
        Code::EmptyLink,
        "the link is an image without a description, so that no one hears where it leads",
    )
    .at(place)
    .help("describe the image, or where the link leads, between the image's brackets")
    .cause(Among::Names, "description")
}
