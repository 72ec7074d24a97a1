//! Redirects, as pages for hosts that know none and as lines of the files that hosts read.

use sitegen_model::{Route, Target};

use crate::build::Build;
use crate::ground::escape::escape;

/// Writes a page that leads to another, for hosts that know no redirects.
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

/// Writes all redirects for Netlify and Cloudflare Pages. Paths need no escapes, because spaces, `*`, `:`,
/// `?`, `"` and backslashes are percent-encoded in them.
pub(crate) fn lines(build: &Build, status: &str) -> String {
    let base = &build.model.config.base_url;
    let lines = |route: &Route| {
        let to = destination(build, route);
        let line = |from| format!("{} {to} {status}\n", base.href(from));
        route.forms().map(line).collect::<String>()
    };
    build.model.routes.redirects().map(lines).collect()
}

/// Writes all redirects for Apache.
pub(crate) fn for_apache(build: &Build) -> String {
    let base = &build.model.config.base_url;
    let line = |route: &Route| {
        let stem = route.url.trim_end_matches('/');
        let end = if route.url.ends_with('/') { "/?" } else { "" };
        let from = pattern(&format!("{}{stem}", base.path)) + end;
        // A dollar sign is encoded, because it would mean a group of the expression.
        let to = destination(build, route).replace('$', "%24");
        format!("RedirectMatch 301 \"^{from}$\" \"{to}\"\n")
    };
    build.model.routes.redirects().map(line).collect()
}

/// Makes the redirects of Vercel's configuration.
pub(crate) fn for_vercel(build: &Build) -> Vec<serde_json::Value> {
    let base = &build.model.config.base_url;
    let entry = |(from, to): (&str, String)| {
        let source = literal(&base.href(from));
        serde_json::json!({ "source": source, "destination": to, "statusCode": 301 })
    };
    let forms = |route| Route::forms(route).map(|from| (from, destination(build, route)));
    build.model.routes.redirects().flat_map(forms).map(entry).collect()
}

/// Returns the target of a redirect as it stands in an `href`.
fn destination(build: &Build, route: &Route) -> String {
    let Target::Redirect { to, fragment } = &route.target else { return String::new() };
    format!("{}{fragment}", build.model.config.base_url.href(to))
}

/// Escapes a path as a regular expression. It is not percent-encoded, because Apache matches decoded paths.
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

/// Escapes the characters of a path that mean something in a source of Vercel.
pub(crate) fn literal(path: &str) -> String {
    let special = |c: char| "(){}:*+?\\".contains(c);
    path.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
