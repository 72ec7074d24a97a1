//! The complete model of a site, and the pipeline of stages that builds it.
//!
//! We do not report consequences beside their cause, because they would hide it. If a file has a syntax
//! error, its missing fields are not reported (the document is not `whole`); the same holds for inconsistent
//! declarations (`Model::sound`), for records that are not `sound`, and for relations that are not `whole`.

use std::collections::BTreeSet;
use std::sync::Arc;

use sitegen_parser::Diagnostics;

use super::Vocabulary;
use super::link::Caseless;
use super::wiki::WikiNames;
use crate::ground::{Id, Kept};
use crate::read::{Config, Documents, Inputs, Words, documents};
use crate::record::Records;
use crate::relation::{self, Relations, WantedRelations};
use crate::route::{RouteInputs, Routes};
use crate::schema::Schema;

/// A complete site, before anything of it is rendered.
#[derive(Debug, Default)]
pub struct Model {
    /// The configuration: the site's title, address and settings.
    pub config: Config,
    /// The words that templates say.
    pub words: Kept<Words>,
    /// The declarations of the theme and the site.
    pub schema: Kept<Schema>,
    /// The records of all collections.
    pub records: Records,
    /// The rows of datasets and queries.
    pub relations: Relations,
    /// The routes of all output files.
    pub routes: Routes,
    /// The phrases by which texts mention records.
    pub vocabulary: Kept<Vocabulary>,
    /// The names by which wiki links refer to records.
    pub(crate) wiki: Kept<WikiNames>,
    /// Files and pages by their paths in lower case, if this site's links may differ in case.
    pub(crate) caseless: Caseless,
    /// True if the declarations have no errors; otherwise the rest of the model is not checked.
    pub declared: bool,
    /// True if declarations, routes and relations have no errors, so that anything missing is really missing.
    pub sound: bool,
    /// The id of the whole model: the same id means the same output.
    pub id: Id,
    /// The id of all that decides where links in Markdown lead.
    pub links: Id,
    /// The paths of content files whose records could not be read, which is reported.
    pub(crate) unread: BTreeSet<Arc<str>>,
    /// The slugs from the names of these files.
    pub(crate) unread_names: BTreeSet<String>,
}

impl Model {
    /// Builds the model of a site. `previous` only saves work.
    pub fn build(
        inputs: &Inputs,
        config: Config,
        documents: &Documents,
        previous: &Self,
    ) -> (Self, Diagnostics) {
        // Without the configuration, the meaning of all other files is unknown.
        if !config.whole {
            return (Self { config, ..Self::default() }, inputs.problems().collect());
        }
        let mut diagnostics: Diagnostics =
            inputs.problems().chain(documents.diagnostics().cloned()).collect();
        diagnostics.extend(inputs.misspelt_folders());
        diagnostics.extend(inputs.missing_folders(&config.content));
        diagnostics.extend(inputs.history.problem(config.content.history.as_ref()));
        let words = Words::kept(inputs, &config, &previous.words);
        diagnostics.extend(words.diagnostics.iter().cloned());
        let schema = Schema::kept(inputs, &config, &words, &previous.schema);
        let declared = schema.diagnostics.clone();
        let (records, recorded) = Records::check(&schema, documents, inputs, &previous.records);
        // Queries over declarations with errors would only fail for the same reason.
        let (relations, answered) = if declared.has_errors() {
            (Relations::empty(&schema), Diagnostics::new())
        } else {
            Relations::ask(&schema, &records, inputs, &WantedRelations::All, &previous.relations)
        };
        let vocabulary = Vocabulary::kept(&schema, &records, &previous.vocabulary);
        let wiki = WikiNames::kept(&config, &schema, &records, &previous.wiki);
        let objections = relation::objections(&schema, &records, &relations);
        let site = RouteInputs {
            inputs,
            config: &config,
            schema: &schema,
            records: &records,
            relations: &relations,
        };
        let (routes, planned) = Routes::plan(&site, &previous.routes);
        // Problems of records that follow from errors in declarations are not reported.
        let holds = !declared.has_errors();
        let sound = holds && !planned.has_errors() && relations.whole;
        if holds {
            diagnostics.extend(recorded);
            diagnostics.extend(answered);
            diagnostics.extend(objections);
            diagnostics.extend(planned);
            diagnostics.extend(vocabulary.diagnostics.iter().cloned());
        }
        diagnostics.extend(declared);
        let lost = documents
            .names()
            .filter(|(path, name)| records.by_file(path).is_empty() && Records::are_in(&schema, name));
        let unread: BTreeSet<_> = lost.map(|(path, _)| Arc::clone(path)).collect();
        // The words that Markdown adds to texts: the titles of alerts, the labels of footnotes.
        let said = (words.id_of("alert"), words.id_of("footnotes"), &config.language);
        let base =
            (&config.base_url, &config.markdown, config.links.id(), said, wiki.id, &config.content.folders);
        let incomplete = routes.incomplete_id();
        let links = Id::of(&(base, schema.id, records.catalog().id, routes.linked_id(), incomplete, &unread));
        let id = Id::of(&(links, words.id, records.id(), relations.id(), routes.id()));
        let caseless =
            if config.links.ignore_case { Caseless::of(&records, &routes) } else { Caseless::default() };
        let model = Self {
            config,
            words,
            schema,
            records,
            relations,
            routes,
            vocabulary,
            wiki,
            caseless,
            declared: holds,
            sound,
            id,
            links,
            unread_names: unread.iter().map(|path| documents::name(path)).collect(),
            unread,
        };
        (model, diagnostics)
    }

    /// Lists what was not checked, with the reasons; empty if everything was.
    pub fn unchecked(&self) -> Vec<String> {
        if !self.config.whole {
            return vec!["nothing else was checked, since the configuration cannot be read".to_owned()];
        }
        if !self.declared {
            let what =
                "records, data, pages and links were not checked, since declarations do not hold together";
            return vec![what.to_owned()];
        }
        let reasons = [
            (
                !self.relations.whole,
                "queries, what pages show of their answers, and anchors were not checked, since records or data have errors",
            ),
            (
                self.relations.whole && !self.records.sound(),
                "what templates do not find was not checked, since records have errors",
            ),
            (
                self.records.lack_some(),
                "references and links to records were not checked where the files of their collection cannot be read",
            ),
            (
                self.routes.lack_pages(),
                "pages that have no path or no title were not checked, nor links to them",
            ),
            (
                !self.words.whole(),
                "the words that templates ask for were not checked, since files of words have errors",
            ),
        ];
        reasons.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| what.to_owned()).collect()
    }

    /// Returns the text of a file that a diagnostic names; for a packed data file, the unpacked text.
    pub fn text(&self, inputs: &Inputs, path: &str) -> Option<Arc<str>> {
        self.relations.text(path).cloned().or_else(|| inputs.text(path))
    }
}
