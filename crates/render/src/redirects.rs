//! Redirects: as pages for hosts that know none, and as the files that hosts read say them.

use std::sync::Arc;

use sitegen_model::Route;

use crate::build::Build;
use crate::highlight::escape;

impl Build {
    /// A page that leads to another, for hosts that know no redirects.
    pub(crate) fn redirect(&self, to: &str) -> Vec<u8> {
        let (config, words) = (&self.model.config, &self.model.words);
        let (href, absolute) = (escape(&config.base_url.href(to)), escape(&config.base_url.absolute(to)));
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
    pub(crate) fn redirect_lines(&self, status: &str) -> String {
        let base = &self.model.config.base_url;
        let line = |(from, to): (&str, &str)| format!("{} {} {status}\n", base.href(from), base.href(to));
        self.model.routes.redirects().flat_map(both_forms).map(line).collect()
    }

    /// All redirects as Apache reads them.
    pub(crate) fn redirect_matches(&self) -> String {
        let base = &self.model.config.base_url;
        let line = |(route, to): (&Route, &Arc<str>)| {
            let stem = route.url.trim_end_matches('/');
            let end = if route.url.ends_with('/') { "/?" } else { "" };
            let from = pattern(&format!("{}{stem}", base.path)) + end;
            // In what an expression is replaced by, a dollar sign means a group.
            let to = base.href(to).replace('$', "%24");
            format!("RedirectMatch 301 \"^{from}$\" \"{to}\"\n")
        };
        self.model.routes.redirects().map(line).collect()
    }

    /// All redirects as Vercel's configuration says them.
    pub(crate) fn vercel_redirects(&self) -> Vec<serde_json::Value> {
        let base = &self.model.config.base_url;
        let entry = |(from, to): (&str, &str)| {
            let source = literal(&base.href(from));
            serde_json::json!({ "source": source, "destination": base.href(to), "statusCode": 301 })
        };
        self.model.routes.redirects().flat_map(both_forms).map(entry).collect()
    }
}

fn both_forms<'r>((route, to): (&'r Route, &'r Arc<str>)) -> impl Iterator<Item = (&'r str, &'r str)> {
    route.forms().map(|from| (from, &**to))
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
