//! `sitegen explain`: the sources of a page, and the pages that link to it; the names at a place of a template.

mod account;
mod find;
mod text;
mod spot;

use sitegen_model::Route;
use sitegen_render::{Build, Output};

use crate::args::{AccountFormat, Common, ExplainArgs, SiteArgs};
use crate::build;
use crate::console::{self, Console};
use crate::errors::{Exit, Failure};
use crate::know;
use crate::list::linked_pages;
use crate::report::Consequence;

use self::account::Account;
use self::spot::PlaceAccount;

/// Prints what made the page or file at a URL, and which pages link to it; or what stands at a place of a template.
///
/// # Errors
///
/// The site's folder is missing, or there is nothing at the URL or the place.
pub(crate) fn explain(
    common: &Common,
    args: &SiteArgs,
    subject: &ExplainArgs,
    format: AccountFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let site = know::read(common, args, console)?;
    let build = know::build(&site, console);
    if let Some(at) = &subject.at {
        let spot = PlaceAccount::of(at, &build, &site)?;
        console::stream(|out| match format {
            AccountFormat::Text => spot.text(out),
            AccountFormat::Json => spot.json(out),
        })?;
        // Editors ask while something is being typed, so problems of the site are no answer.
        return Ok(Exit::Done);
    }
    let url = subject.url.as_deref().unwrap_or_default();
    // In a site with errors, we do not look for the URL, because an error may be the reason why it is
    // missing.
    let route = if build.model.is_whole() { Some(find::route(url, &build.model)?) } else { None };
    let take = |mut linking: Vec<String>, page: &Route, output: Output| {
        let links = route.is_some_and(|route| links(&build, page, &output, route));
        linking.extend(links.then(|| page.url.to_string()));
        Ok(linking)
    };
    let both = |mut linking: Vec<String>, mut others| {
        linking.append(&mut others);
        linking
    };
    let (linking, conclusion) = build::render(&build, console, take, both)?;
    let exit = know::conclude(&site, &build.model, &conclusion, Consequence::None, console);
    if let Some(route) = route {
        let account = Account::of(route, &build, &site, linking);
        console::stream(|out| match format {
            AccountFormat::Text => account.text(out),
            AccountFormat::Json => account.json(out),
        })?;
    }
    Ok(exit)
}

/// Returns true if a page other than the route itself links to the route.
fn links(build: &Build, page: &Route, output: &Output, route: &Route) -> bool {
    page.url != route.url && linked_pages(build, page, output).contains(&route.url)
}
