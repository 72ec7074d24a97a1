//! Cards: images that stand for pages where they are linked to, made from SVG by the page's data.

mod check;
mod draw;

use std::sync::Arc;

use sitegen_model::{Id, Kept, Route, Target};
use sitegen_parser::Diagnostic;
use tera::{Map, Value};

use crate::build::{Build, Output, Rendered};
use crate::ground::fonts::Fonts;
use crate::ground::xml;
use crate::page::bounded;
use crate::page::findings::{Findings, Pages};
use crate::render::errors;

use self::check::{Fault, check};

/// How wide and how high cards are, in pixels.
const SIZE: (u32, u32) = (1200, 630);

/// An image that is yet to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// What it shows, which is known to be such that it can be drawn.
    pub svg: String,
    /// A hash of all that decides its bytes: images of one key are equal.
    pub key: u128,
}

impl Build {
    /// Renders the card of a page as far as to its SVG: drawing it takes longer than all else.
    pub(crate) fn card(&self, route: &Route) -> Rendered {
        let mut findings = Findings::default();
        let mut output = Output::Bytes(Vec::new());
        let template = self.template(route);
        if let Some(page) = self.page_of(route) {
            match self.card_svg(page, &template, &mut findings) {
                Ok(svg) => output = Output::Image(Image::new(svg, &self.fonts)),
                Err(problem) => {
                    findings.problems.extend(problem.map(|problem| (problem, Pages::one(&page.url))));
                }
            }
        }
        Rendered { output, findings }
    }

    fn card_svg(
        &self,
        page: &Route,
        template: &str,
        findings: &mut Findings,
    ) -> Result<String, Option<Diagnostic>> {
        let context = self.context(page);
        let svg = self.hear(page, &self.tera, findings, |tera| bounded(tera, template, &context));
        let svg = svg.map_err(|error| self.problem(&error, template))?;
        let svg = xml::published(&svg);
        check(&svg, &self.fonts).map_err(|fault| Some(self.card_problem(&fault, template)))?;
        Ok(svg)
    }

    /// What is wrong with a card, where its template says so, if it does.
    fn card_problem(&self, fault: &Fault, template: &str) -> Diagnostic {
        let literal = match fault {
            Fault::Font(name) => Some(name.clone()),
            Fault::Element(name) => Some(format!("<{name}")),
            Fault::Attribute(name) => Some(format!("{name}=")),
            Fault::Other(_) => None,
        };
        let place = literal.and_then(|literal| self.sources.find_in(template, &literal));
        let place = place.or_else(|| self.sources.file(template));
        match fault {
            Fault::Font(name) => {
                let nearest = sitegen_model::nearest(name, self.fonts.families());
                errors::unknown_font(name, nearest, place)
            }
            Fault::Element(_) | Fault::Attribute(_) => errors::foreign_to_card(&fault.to_string(), place),
            Fault::Other(why) => errors::invalid_card(why, place),
        }
    }

    fn page_of(&self, card: &Route) -> Option<&Route> {
        match &card.target {
            Target::Card { of } => self.model.routes.by_url(of),
            _ => None,
        }
    }

    /// The template of a card.
    pub(crate) fn card_template(&self, card: &Route) -> Option<Arc<str>> {
        let Target::Page { family, .. } = self.page_of(card)?.target else { return None };
        self.model.schema[family].card.as_ref().map(|card| Arc::clone(&card.template))
    }

    /// What templates see of the image of a page; none if it has none.
    pub(crate) fn image_of(&self, page: &Route) -> Value {
        let Some(card) = self.model.routes.card_of(&page.url) else { return Value::none() };
        let mut image = Map::new();
        image.insert("url".into(), self.model.config.base_url.absolute(&card.url).into());
        image.insert("width".into(), SIZE.0.into());
        image.insert("height".into(), SIZE.1.into());
        image.into()
    }

    /// The bytes of an image: a PNG.
    pub fn draw(&self, image: &Image) -> Vec<u8> {
        draw::draw(&image.svg, &self.fonts)
    }
}

impl Image {
    fn new(svg: String, fonts: &Kept<Fonts>) -> Self {
        let key = Id::of(&(draw::DRAWN_BY, fonts.from, &svg)).number();
        Self { svg, key }
    }
}
