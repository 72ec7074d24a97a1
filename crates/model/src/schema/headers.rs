//! The headers with which hosts are to send a site's files: its content security policy, and what is said beside it.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use sitegen_parser::{Diagnostics, Place};

use super::errors;
use super::reach::{Host, named_hosts, redirect_keys};
use crate::read::{KeyForm, Layers, TableForm, ValueForm};

mod policy;

use self::policy::Policy;

/// The headers with which hosts are to send a site's files.
#[derive(Debug)]
pub struct Headers {
    /// The hosts that get a file of headers, and where each is named.
    pub(crate) hosts: BTreeMap<Host, Place>,
    /// The content security policy, on one line; empty if there is to be none.
    pub policy: String,
}

/// The most bytes of a line that Cloudflare Pages reads.
const CLOUDFLARE_LINE: usize = 2000;

impl Hash for Headers {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.policy, self.hosts.keys().collect::<Vec<_>>()).hash(state);
    }
}

/// The keys of the section.
pub(super) fn keys() -> Vec<KeyForm> {
    let allowed = ValueForm::Table(TableForm::Keys(policy::keys));
    let own = [
        KeyForm::new("policy", ValueForm::Text, "The content security policy; empty for none."),
        KeyForm::new("allow", allowed, "What is allowed beside the policy, by directive."),
    ];
    redirect_keys().into_iter().chain(own).collect()
}

impl Headers {
    /// None if nothing is to be said.
    pub(super) fn read(layers: &mut Layers, diagnostics: &mut Diagnostics) -> Option<Self> {
        let (mut section, hosts) = named_hosts("headers", layers, diagnostics);
        let declared = section.string("policy", diagnostics);
        let allow = section.section("allow", "[headers.allow]", diagnostics);
        let place = declared.as_ref().map(|(_, place)| place.clone()).or_else(|| section.place());
        let policy = Policy::read(declared, allow, diagnostics);
        section.finish(diagnostics);
        let headers = Self { hosts: hosts?, policy: policy.to_string() };
        if let Some(place) = place.filter(|_| headers.hosts.contains_key(&Host::Cloudflare)) {
            headers.measure(place, diagnostics);
        }
        Some(headers)
    }

    /// The name of the header that holds the policy.
    pub const POLICY: &str = "Content-Security-Policy";

    /// The headers, with their names.
    pub fn lines(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let policy = Some((Self::POLICY, &*self.policy)).filter(|(_, policy)| !policy.is_empty());
        policy.into_iter().chain([
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ])
    }

    /// Refuses a policy of which Cloudflare Pages would read a part only.
    fn measure(&self, place: Place, diagnostics: &mut Diagnostics) {
        let lengths = self.lines().map(|(name, value)| name.len() + value.len() + "  : ".len());
        if let Some(length) = lengths.max().filter(|length| *length > CLOUDFLARE_LINE) {
            let reason = format!(
                "its line has {length} characters, of which Cloudflare Pages reads {CLOUDFLARE_LINE}"
            );
            diagnostics.push(errors::invalid_policy(&reason, place));
        }
    }
}
