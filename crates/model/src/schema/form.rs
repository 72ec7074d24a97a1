//! The forms of `site.toml` and `theme.toml`: all that theme and site may declare.

use super::{card, collection, dataset, exercise, family, headers, query, reach, search};
use crate::read::{KeyForm, TableForm, ValueForm, config_keys, theme_keys};

/// The form of `site.toml`.
pub(super) const SITE: TableForm = TableForm::Keys(|| [config_keys(), model_keys()].concat());

/// The form of `theme.toml`.
pub(super) const THEME: TableForm = TableForm::Keys(|| [theme_keys(), model_keys()].concat());

/// The keys that declare parts of the model.
fn model_keys() -> Vec<KeyForm> {
    use ValueForm::Table;
    const COLLECTIONS: TableForm = TableForm::Names(|| Table(TableForm::Keys(collection::keys)));
    const EXERCISES: TableForm = TableForm::Names(|| Table(TableForm::Keys(exercise::keys)));
    const DATASETS: TableForm = TableForm::Names(|| Table(TableForm::Keys(dataset::keys)));
    const QUERIES: TableForm = TableForm::Names(|| Table(TableForm::Keys(query::keys)));
    const PAGES: TableForm = TableForm::Names(|| Table(TableForm::Keys(family::keys)));
    let part = |name, keys, about| KeyForm::new(name, Table(TableForm::Keys(keys)), about);
    vec![
        KeyForm::new("collections", Table(COLLECTIONS), "The kinds of records that authors write."),
        KeyForm::new("exercises", Table(EXERCISES), "The collections whose records readers solve."),
        KeyForm::new("datasets", Table(DATASETS), "The tables in content/data/."),
        KeyForm::new("queries", Table(QUERIES), "What is known of the questions in queries/."),
        KeyForm::new("pages", Table(PAGES), "The families of pages."),
        part("search", search::keys, "How readers search the site."),
        part("sitemap", reach::sitemap_keys, "The list of pages for search engines."),
        part("twins", reach::twin_keys, "Markdown beside pages."),
        part("redirects", reach::redirect_keys, "Files of redirects for hosts."),
        part("headers", headers::keys, "Files of headers for hosts."),
        part("cards", card::keys, "Images that stand for pages where they are linked to."),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::MODEL_KEYS;

    /// The configuration is read before the schema, so it has a list of its own of the keys to leave alone.
    #[test]
    fn the_configuration_leaves_the_keys_of_the_model_alone() {
        let keys: Vec<_> = model_keys().into_iter().map(|key| key.name).collect();
        assert_eq!(keys, MODEL_KEYS);
    }
}
