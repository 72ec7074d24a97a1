//! Cards: images that stand for pages where they are linked to, made from SVG by the page's data.
//!
//! Drawing is put off until it is needed. Rendering the route of a card gives an SVG and a key, a hash of the
//! SVG, the fonts and the versions of the libraries that draw. The manifest of what was published remembers
//! the key, so even a new process can tell without drawing that an image is the same. Drawing must not fail
//! then, so whatever could fail or take long is refused before (`card/check.rs`).

mod check;
mod draw;

use sitegen_model::{Id, Kept, Route};
use sitegen_parser::Diagnostic;

use crate::build::Build;
use crate::ground::fonts::Fonts;
use crate::ground::xml;
use crate::page::card::page_of;
use crate::page::findings::{AffectedPages, Findings};
use crate::page::output::{Image, Output, Rendered};
use crate::page::{self, listen};
use crate::render::errors;

use self::check::{SvgError, check};

/// Renders the card of a page to SVG. It is drawn later, because drawing takes longer than everything else.
pub(crate) fn render(build: &Build, route: &Route) -> Rendered {
    let mut findings = Findings::default();
    let mut output = Output::Bytes(Vec::new());
    let template = page::template(build, route);
    if let Some(page) = page_of(build, route) {
        match svg(build, page, &template, &mut findings) {
            Ok(svg) => output = Output::Image(image(svg, &build.compiled.fonts)),
            Err(problem) => {
                findings.problems.extend(problem.map(|problem| (problem, AffectedPages::one(&page.url))));
            }
        }
    }
    Rendered { output, findings }
}

fn svg(
    build: &Build,
    page: &Route,
    template: &str,
    findings: &mut Findings,
) -> Result<String, Option<Diagnostic>> {
    let context = page::context(build, page);
    let svg = listen::hear(build, page, &build.tera, findings, |tera| {
        page::bounded(tera, &build.budgets, template, &context)
    });
    let svg = svg.map_err(|error| page::problem(build, page, &error, template))?;
    let svg = xml::published(&svg);
    check(&svg, &build.compiled.fonts).map_err(|fault| Some(problem(build, &fault, template)))?;
    Ok(svg)
}

/// Reports the fault of a card, where its template says what is wrong if that can be found.
fn problem(build: &Build, fault: &SvgError, template: &str) -> Diagnostic {
    let literal = match fault {
        SvgError::Font(name) => Some(name.clone()),
        SvgError::Element(name) => Some(format!("<{name}")),
        SvgError::Attribute(name) => Some(format!("{name}=")),
        SvgError::Other(_) => None,
    };
    let place = literal.and_then(|literal| build.sources.find_in(template, &literal));
    let place = place.or_else(|| build.sources.file(template));
    match fault {
        SvgError::Font(name) => {
            let nearest = sitegen_model::nearest(name, build.compiled.fonts.families());
            errors::unknown_font(name, nearest, place)
        }
        SvgError::Element(_) | SvgError::Attribute(_) => errors::foreign_to_card(&fault.to_string(), place),
        SvgError::Other(why) => errors::invalid_card(why, place),
    }
}

/// Draws an image as the bytes of a PNG.
pub fn draw(build: &Build, image: &Image) -> Vec<u8> {
    draw::draw(&image.svg, &build.compiled.fonts)
}

/// Makes an image of a checked SVG.
fn image(svg: String, fonts: &Kept<Fonts>) -> Image {
    let key = Id::of(&(draw::DRAWN_BY, fonts.from, &svg)).number();
    Image { svg, key }
}
