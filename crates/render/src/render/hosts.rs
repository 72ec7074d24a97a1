//! The files that hosts read: redirects, and the headers with which files are sent.

use std::fmt::Write;

use serde_json::{Value, json};
use sitegen_model::{Headers, Host, Target, Tells};

use super::redirects::{self, literal, pattern};
use crate::build::Build;

/// The header of files whose names change with their bytes.
const FOREVER: (&str, &str) = ("Cache-Control", "public, max-age=31536000, immutable");

/// The folder of these files.
const ASSETS: &str = "/assets/";

/// The most files that have a rule each, because Cloudflare Pages reads only 100 rules.
const RULES: usize = 90;

/// Writes a file for a host.
pub(crate) fn write(build: &Build, host: Host, tells: Tells) -> Vec<u8> {
    let headers = build.model.schema.reach.headers.as_ref().filter(|_| tells != Tells::Redirects);
    let redirects = Some(build).filter(|_| tells != Tells::Headers);
    let said = |text: Option<String>| text.unwrap_or_default();
    let text = match host {
        // Netlify redirects from an existing file only if told to by an exclamation mark, which Cloudflare
        // refuses.
        Host::Netlify | Host::Cloudflare => {
            let status = if host == Host::Netlify { "301!" } else { "301" };
            let redirects = redirects.map(|build| redirects::lines(build, status));
            said(headers.map(|headers| rules(build, headers))) + &said(redirects)
        }
        Host::Apache => {
            said(headers.map(|headers| apache(build, headers))) + &said(redirects.map(redirects::for_apache))
        }
        Host::Vercel => vercel(
            headers.map(|headers| vercel_headers(build, headers)),
            redirects.map(redirects::for_vercel),
        ),
    };
    text.into_bytes()
}

/// Writes headers for Netlify and Cloudflare Pages.
fn rules(build: &Build, headers: &Headers) -> String {
    let base = &build.model.config.base_url;
    let mut text = format!("{}*\n", base.href("/"));
    for (name, value) in headers.lines() {
        let _infallible = writeln!(text, "  {name}: {value}");
    }
    for path in lasting(build) {
        let rest = if path.ends_with('/') { "*" } else { "" };
        let (name, value) = FOREVER;
        let _infallible = writeln!(text, "{}{rest}\n  {name}: {value}", base.href(path));
    }
    text
}

/// Writes headers for Apache. A server without `mod_headers` would refuse every page, so it is asked first.
fn apache(build: &Build, headers: &Headers) -> String {
    let mut text = "<IfModule mod_headers.c>\n".to_owned();
    for (name, value) in headers.lines() {
        let _infallible = writeln!(text, "Header always set {name} \"{}\"", quoted(value));
    }
    let lasting = lasting(build);
    for path in &lasting {
        let path = pattern(&format!("{}{path}", build.model.config.base_url.path));
        let end = if path.ends_with('/') { "" } else { "$" };
        let _infallible = writeln!(text, "SetEnvIf Request_URI \"^{path}{end}\" unchanging");
    }
    if !lasting.is_empty() {
        let (name, value) = FOREVER;
        let _infallible = writeln!(text, "Header set {name} \"{value}\" env=unchanging");
    }
    text + "</IfModule>\n"
}

/// Makes the headers of Vercel's configuration.
fn vercel_headers(build: &Build, headers: &Headers) -> Vec<Value> {
    let base = &build.model.config.base_url;
    let pair = |(key, value): (&str, &str)| json!({ "key": key, "value": value });
    let rule = |path: &str, headers: Vec<Value>| {
        let rest = if path.ends_with('/') { "(.*)" } else { "" };
        json!({ "source": literal(&base.href(path)) + rest, "headers": headers })
    };
    let all = rule("/", headers.lines().map(pair).collect());
    let lasting = lasting(build).into_iter().map(|path| rule(path, vec![pair(FOREVER)]));
    std::iter::once(all).chain(lasting).collect()
}

/// Lists the paths whose files never change: the folder of assets, or each asset if there are other files in
/// it, too; none if these are too many for a host.
fn lasting(build: &Build) -> Vec<&str> {
    let routes = build.model.routes.iter().filter(|route| route.url.starts_with(ASSETS));
    let (assets, others): (Vec<_>, Vec<_>) =
        routes.partition(|route| matches!(route.target, Target::Asset { .. }));
    match (assets.len(), others.len()) {
        (0, _) | (RULES.., 1..) => Vec::new(),
        (_, 0) => vec![ASSETS],
        _ => assets.into_iter().map(|route| &*route.url).collect(),
    }
}

/// Writes Vercel's configuration.
fn vercel(headers: Option<Vec<Value>>, redirects: Option<Vec<Value>>) -> String {
    let parts = [("headers", headers), ("redirects", redirects)];
    let parts = parts.into_iter().filter_map(|(name, part)| Some((name.to_owned(), Value::from(part?))));
    format!("{:#}\n", Value::Object(parts.collect()))
}

/// Escapes a value for quotes in a file of Apache, where a percent sign begins a variable.
fn quoted(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%")
}
