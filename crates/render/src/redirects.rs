//! Redirects: as pages for hosts that know none, and as the files that hosts read.

use std::fmt::Write;
use std::sync::Arc;

use sitegen_model::{Host, Route};

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

    /// All redirects as a host reads them. Paths hold neither spaces nor `*`, `:`, `?`, `"` or backslashes that are not
    /// percent-encoded.
    pub(crate) fn redirects(&self, host: Host) -> Vec<u8> {
        let base = &self.model.config.base_url;
        let redirects = self.model.routes.redirects();
        let mut text = String::new();
        match host {
            // Where there is a file, Netlify redirects only if told to by the exclamation mark, which Cloudflare refuses.
            Host::Netlify | Host::Cloudflare => {
                let status = if host == Host::Netlify { "301!" } else { "301" };
                for (from, to) in redirects.flat_map(both_forms) {
                    let _infallible = writeln!(text, "{} {} {status}", base.href(from), base.href(to));
                }
            }
            Host::Apache => {
                for (route, to) in redirects {
                    let stem = route.url.trim_end_matches('/');
                    let end = if route.url.ends_with('/') { "/?" } else { "" };
                    let from = pattern(&format!("{}{stem}", base.path)) + end;
                    // In what an expression is replaced by, a dollar sign means a group.
                    let to = base.href(to).replace('$', "%24");
                    let _infallible = writeln!(text, "RedirectMatch 301 \"^{from}$\" \"{to}\"");
                }
            }
            Host::Vercel => {
                text =
                    vercel(redirects.flat_map(both_forms).map(|(from, to)| (base.href(from), base.href(to))));
            }
        }
        text.into_bytes()
    }
}

fn both_forms<'r>((route, to): (&'r Route, &'r Arc<str>)) -> impl Iterator<Item = (&'r str, &'r str)> {
    route.forms().map(|from| (from, &**to))
}

/// A path as an expression that matches nothing else. Apache matches paths that are not percent-encoded.
fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if "\\.+*?()|[]{}^$".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

fn vercel(redirects: impl Iterator<Item = (String, String)>) -> String {
    let entry = |(from, to): (String, String)| {
        // A source is a pattern in which these characters mean something.
        let special = |c: char| "(){}:*+?\\".contains(c);
        let from: String =
            from.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect();
        serde_json::json!({ "source": from, "destination": to, "statusCode": 301 })
    };
    let all = serde_json::json!({ "redirects": redirects.map(entry).collect::<Vec<_>>() });
    format!("{all:#}\n")
}
