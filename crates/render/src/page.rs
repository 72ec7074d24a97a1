//! A page: its template with its data, and its links checked.

use std::sync::Arc;

use sitegen_model::{Route, Target, is_external};
use sitegen_parser::{Diagnostic, Place};
use tera::{Context, Map, Value};

use crate::bounded::{Bounded, is_full};
use crate::build::{Build, Output, Rendered};
use crate::errors;
use crate::findings::{Findings, Pages};
use crate::scan::{Scan, scan};
use crate::templates::Origin;

impl Build {
    pub(crate) fn page(&self, route: &Route) -> Rendered {
        let mut findings = Findings::default();
        let template = self.template(route);
        let mut page = Bounded::default();
        match self.tera.render_to(&template, &self.context(route), &mut page) {
            Ok(()) => self.check_links(route, &String::from_utf8_lossy(&page.0), &mut findings),
            Err(error) => {
                findings
                    .problems
                    .extend(self.problem(&error, &template).map(|problem| (problem, Pages::one(&route.url))));
                page.0.clear();
            }
        }
        Rendered { output: Output::Bytes(page.0), findings }
    }

    /// What it means that a page cannot be rendered; nothing if its template is not there, which is reported.
    fn problem(&self, error: &tera::Error, template: &str) -> Option<Diagnostic> {
        match error.kind() {
            tera::ErrorKind::TemplateNotFound(_) => None,
            _ if is_full(error) => Some(errors::page_too_large(self.sources.file(template))),
            _ => Some(self.sources.diagnose(error, Origin::Page { template })),
        }
    }

    pub(crate) fn template(&self, route: &Route) -> Arc<str> {
        match &route.target {
            Target::Page { family, .. } => Arc::clone(&self.model.schema[*family].template),
            _ => "".into(),
        }
    }

    fn context(&self, route: &Route) -> Context {
        let mut context = Context::new();
        let Target::Page { family, row, title } = &route.target else { return context };
        let base = &self.model.config.base_url;
        let mut page = Map::new();
        page.insert("url".into(), base.href(&route.url).into());
        page.insert("absolute_url".into(), base.absolute(&route.url).into());
        page.insert("title".into(), Value::from(&**title));
        page.insert("family".into(), Value::from(self.model.schema[*family].name.as_str()));
        page.insert("breadcrumbs".into(), self.breadcrumbs(&route.url).into());
        context.insert_value("page", page.into());
        if let Some(row) = row {
            let singular = self.model.schema[row.collection].singular.clone();
            context.insert_value(singular, self.values.whole(*row).clone());
        }
        context
    }

    /// The pages above a path, from the root down.
    fn breadcrumbs(&self, url: &str) -> Vec<Value> {
        let above = url.trim_end_matches('/').match_indices('/').map(|(at, _)| &url[..=at]);
        let crumb = |url: &str| match &self.model.routes.by_url(url)?.target {
            Target::Page { title, .. } => {
                let mut crumb = Map::new();
                crumb.insert("title".into(), Value::from(&**title));
                crumb.insert("url".into(), self.model.config.base_url.href(url).into());
                Some(Value::from(crumb))
            }
            _ => None,
        };
        above.filter_map(crumb).collect()
    }

    fn check_links(&self, route: &Route, html: &str, findings: &mut Findings) {
        let scan = scan(html);
        for link in &scan.links {
            self.check_link(route, link, &scan, findings);
        }
        if let Some(id) = &scan.duplicate {
            let diagnostic = errors::duplicate_id(id, self.sources.file(&self.template(route)));
            findings.problems.insert(diagnostic, Pages::one(&route.url));
        }
    }

    fn check_link(&self, route: &Route, link: &str, scan: &Scan, findings: &mut Findings) {
        let base = &self.model.config.base_url;
        let own = link.strip_prefix(&*base.origin).filter(|rest| rest.is_empty() || rest.starts_with('/'));
        if link.is_empty() || own.is_none() && is_external(link) {
            return;
        }
        let (path, fragment) = split(own.unwrap_or(link));
        let Some(path) = self.site_path(route, path) else {
            return self.broken_link(route, link, None, findings);
        };
        let Some(target) = self.model.routes.by_url(&path) else {
            return self.broken_link(route, link, self.model.nearest_url(&path), findings);
        };
        if fragment.is_empty() || fragment == "top" {
            return;
        }
        if target.url == route.url {
            if !scan.ids.contains(&*fragment) {
                self.broken_anchor(route, &fragment, scan, findings);
            }
        } else if matches!(target.target, Target::Page { .. }) {
            findings.anchors.insert((Arc::clone(&target.url), fragment), Pages::one(&route.url));
        }
    }

    /// The path of the route that a link on a page means; none if it leaves the site.
    fn site_path(&self, route: &Route, path: &str) -> Option<String> {
        if path.is_empty() {
            return Some(route.url.to_string());
        }
        let path = sitegen_model::decode(path)?;
        if path.starts_with('/') {
            let base = &self.model.config.base_url;
            return path.strip_prefix(&*base.path).filter(|path| path.starts_with('/')).map(str::to_owned);
        }
        let target = sitegen_model::join(route.url.strip_prefix('/')?, &path)?;
        let end = if target.is_empty() || !path.ends_with(['/', '.']) { "" } else { "/" };
        Some(format!("/{target}{end}"))
    }

    fn broken_link(&self, route: &Route, link: &str, nearest: Option<&str>, findings: &mut Findings) {
        let template = self.template(route);
        let written = format!("\"{link}\"");
        let place = self.sources.find(&template, &written).or_else(|| self.in_record(route, &written));
        let place = place.or_else(|| self.sources.file(&template));
        let nearest = nearest.map(|path| self.model.config.base_url.href(path));
        let diagnostic = errors::broken_link(link, nearest.as_deref(), place);
        findings.problems.insert(diagnostic, Pages::one(&route.url));
    }

    /// Where the record whose page it is says something, such as in HTML of its own.
    fn in_record(&self, route: &Route, written: &str) -> Option<Place> {
        let Target::Page { row: Some(row), .. } = route.target else { return None };
        let source = &self.model.records[row].source;
        let start = source.text.find(written)?;
        Some(Place::new(&source.path, &(start..start + written.len())))
    }

    fn broken_anchor(&self, route: &Route, fragment: &str, scan: &Scan, findings: &mut Findings) {
        if self.anchors.iter().any(|anchor| anchor.url == route.url && anchor.fragment == fragment) {
            // A link in Markdown, which is reported where it stands.
            return;
        }
        let template = self.template(route);
        let place = self.sources.find(&template, &format!("\"#{fragment}\""));
        let place = place.or_else(|| self.sources.file(&template));
        let mut ids: Vec<_> = scan.ids.iter().map(|id| &**id).collect();
        ids.sort_unstable();
        let nearest = sitegen_model::nearest(fragment, ids.into_iter());
        let diagnostic = errors::broken_anchor("the page", fragment, nearest, place);
        findings.problems.insert(diagnostic, Pages::one(&route.url));
    }
}

/// The path and the fragment of a link, the latter decoded; a query is left out.
fn split(link: &str) -> (&str, String) {
    let (link, fragment) = link.split_once('#').unwrap_or((link, ""));
    let path = link.split('?').next().unwrap_or_default();
    (path, sitegen_model::decode(fragment).unwrap_or_default())
}
