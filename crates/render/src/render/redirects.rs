//! Redirects: as pages for hosts that know none, and as the files that hosts read say them.

use sitegen_model::{Route, Target};

use crate::build::Build;
use crate::ground::escape::escape;

/// A page that leads to another, for hosts that know no redirects.
pub(crate) fn page(build: &Build, to: &str, fragment: &str) -> Vec<u8> {
    let (config, words) = (&build.model.config, &build.model.words);
    let base = &config.base_url;
    let [href, absolute] = [base.href(to), base.absolute(to)].map(|url| escape(&format!("{url}{fragment}")));
    let (language, title) = (escape(&config.language), escape(&words.say("redirect.title", None, &[])));
    let page = format!("<a href=\"{href}\">{href}</a>");
    let text = words.say("redirect.text", None, &[("page", &page)]);
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"robots\" content=\"noindex\">\n<link rel=\"canonical\" href=\"{absolute}\">\n\
             <meta http-equiv=\"refresh\" content=\"0; url={href}\">\n<p>{text}\n"
    )
    .into_bytes()
}

/// All redirects as Netlify and Cloudflare Pages read them. Paths hold neither spaces nor `*`, `:`, `?`, `"` or backslashes
/// that are not percent-encoded.
pub(crate) fn lines(build: &Build, status: &str) -> String {
    let base = &build.model.config.base_url;
    let lines = |route: &Route| {
        let to = destination(build, route);
        let line = |from| format!("{} {to} {status}\n", base.href(from));
        route.forms().map(line).collect::<String>()
    };
    build.model.routes.redirects().map(lines).collect()
}

/// All redirects as Apache reads them.
pub(crate) fn for_apache(build: &Build) -> String {
    let base = &build.model.config.base_url;
    let line = |route: &Route| {
        let stem = route.url.trim_end_matches('/');
        let end = if route.url.ends_with('/') { "/?" } else { "" };
        let from = pattern(&format!("{}{stem}", base.path)) + end;
        // In what an expression is replaced by, a dollar sign means a group.
        let to = destination(build, route).replace('$', "%24");
        format!("RedirectMatch 301 \"^{from}$\" \"{to}\"\n")
    };
    build.model.routes.redirects().map(line).collect()
}

/// All redirects as Vercel's configuration says them.
pub(crate) fn for_vercel(build: &Build) -> Vec<serde_json::Value> {
    let base = &build.model.config.base_url;
    let entry = |(from, to): (&str, String)| {
        let source = literal(&base.href(from));
        serde_json::json!({ "source": source, "destination": to, "statusCode": 301 })
    };
    let forms = |route| Route::forms(route).map(|from| (from, destination(build, route)));
    build.model.routes.redirects().flat_map(forms).map(entry).collect()
}

/// Where a redirect leads, as it stands in an `href`.
fn destination(build: &Build, route: &Route) -> String {
    let Target::Redirect { to, fragment } = &route.target else { return String::new() };
    format!("{}{fragment}", build.model.config.base_url.href(to))
}

/// A path as an expression that matches nothing else. Apache matches paths that are not percent-encoded.
pub(crate) fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if "\\.+*?()|[]{}^$".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// A path as a source of Vercel's, in which these characters mean something.
pub(crate) fn literal(path: &str) -> String {
    let special = |c: char| "(){}:*+?\\".contains(c);
    path.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
