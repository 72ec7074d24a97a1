//! `sitegen explain`: what made a page, and who links to it.

mod account;
mod find;
mod text;

use sitegen_model::Route;
use sitegen_render::{Build, Output};

use crate::args::{AccountFormat, Common, SiteArgs};
use crate::build;
use crate::console::{self, Console};
use crate::errors::{Exit, Failure};
use crate::know;
use crate::list::linked_pages;
use crate::report::Consequence;

use self::account::Account;

/// Says what made what is at a URL, and who links to it.
///
/// # Errors
///
/// The site's folder is not there, or there is nothing at the URL.
pub(crate) fn explain(
    common: &Common,
    args: &SiteArgs,
    url: &str,
    format: AccountFormat,
    console: &Console,
) -> Result<Exit, Failure> {
    let site = know::read(common, args, console)?;
    let build = know::build(&site, console);
    // What is missing because of what is wrong is no news.
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

/// Whether a page links to a route, other than itself.
fn links(build: &Build, page: &Route, output: &Output, route: &Route) -> bool {
    page.url != route.url && linked_pages(build, page, output).contains(&route.url)
}
