//! The context of a page's template: the variable `page`, and the record or row that the page shows.

use sitegen_model::{ListPage, RecordId, RelationId, Route, Shows, Target};
use tera::{Context, Map, Value};

use super::card;
use crate::build::Build;
use crate::value::listing;
use crate::value::relation::RelationView;
use crate::value::row::RowSet;

/// Makes the context of a page; that of any other route is empty.
pub(crate) fn context(build: &Build, route: &Route) -> Context {
    let mut context = Context::new();
    let Target::Page { family: id, shows, indexed, .. } = &route.target else { return context };
    let family = &build.model.schema[*id];
    let mut page = listing::about(&build.model, route);
    page.insert("indexed".into(), (*indexed).into());
    page.insert("description".into(), Value::from(build.model.description(route)));
    page.insert("image".into(), card::image(build, route));
    page.insert("breadcrumbs".into(), breadcrumbs(build, &route.url).into());
    page.insert("neighbours".into(), neighbours(build, route).into());
    page.insert("source".into(), source(build, family.from, shows).into());
    match (shows, family.from) {
        (Shows::Row(row), Some(relation)) => insert_row(build, relation, *row, &mut context),
        (Shows::Part(part), Some(relation)) => {
            insert_part(build, relation, part, &mut page);
            insert_columns(build, relation, part, family.path_columns(), &mut context);
        }
        _ => {}
    }
    context.insert_value("page", page.into());
    context
}

/// Returns the path of the file of the page's record.
fn source<'b>(build: &'b Build, from: Option<RelationId>, shows: &Shows) -> Option<&'b str> {
    let (Some(RelationId::Collection(collection)), Shows::Row(row)) = (from, shows) else { return None };
    Some(&build.model.records[RecordId { collection, row: *row }].source.path)
}

/// Inserts the columns of a row by their names, or a record by the singular name of its collection.
fn insert_row(build: &Build, relation: RelationId, row: usize, context: &mut Context) {
    match (relation, table(build, relation)) {
        (RelationId::Collection(collection), _) => {
            let singular = build.model.schema[collection].singular.clone();
            context.insert_value(
                singular,
                build.seen_by_pages.values.whole(RecordId { collection, row }).clone(),
            );
        }
        (_, Some(table)) => {
            for (column, declared) in table.columns.iter().enumerate() {
                context.insert_value(declared.name.clone(), table.value(&build.model, row, column));
            }
        }
        (_, None) => {}
    }
}

/// Inserts the rows of one page of a long list, and the URLs of the other pages.
fn insert_part(build: &Build, relation: RelationId, part: &ListPage, page: &mut Map) {
    let href = |index: Option<usize>| {
        let url = index.and_then(|index| part.parts.get(index));
        Value::from(url.map(|url| build.model.config.base_url.href(url)))
    };
    let rows = part.rows.iter().map(|row| match (relation, table(build, relation)) {
        (RelationId::Collection(collection), _) => {
            build.seen_by_pages.values.whole(RecordId { collection, row: *row }).clone()
        }
        (_, Some(table)) => table.row(&build.model, *row),
        (_, None) => Value::none(),
    });
    page.insert("rows".into(), rows.collect::<Vec<_>>().into());
    page.insert("number".into(), part.number.into());
    page.insert("total".into(), part.total.into());
    page.insert("first".into(), href(Some(0)));
    page.insert("previous".into(), href(part.number.checked_sub(2)));
    page.insert("next".into(), href(Some(part.number)));
    page.insert("last".into(), href(part.parts.len().checked_sub(1)));
    let parts = (0..part.parts.len()).map(|index| href(Some(index)));
    page.insert("parts".into(), parts.collect::<Vec<_>>().into());
}

/// Inserts the columns in which all rows of a list are equal, because its path is made of them.
fn insert_columns(
    build: &Build,
    relation: RelationId,
    part: &ListPage,
    columns: impl Iterator<Item = usize>,
    context: &mut Context,
) {
    let (Some(table), Some(row)) = (table(build, relation), part.rows.first()) else { return };
    for column in columns {
        let name = table.columns[column].name.clone();
        context.insert_value(name, table.value(&build.model, *row, column));
    }
}

fn table(build: &Build, relation: RelationId) -> Option<&RowSet> {
    match build.seen_by_pages.relations.get(build.model.schema.relation_name(relation))? {
        RelationView::Rows(table) => Some(table),
        RelationView::Records(_) => None,
    }
}

/// Returns links to the pages above a path, from the root down.
fn breadcrumbs(build: &Build, url: &str) -> Vec<Value> {
    let above = url.trim_end_matches('/').match_indices('/').map(|(at, _)| &url[..=at]);
    above.filter_map(|url| link(build, build.model.routes.by_url(url)?)).collect()
}

/// Returns links to the pages of the same family before and after this one.
fn neighbours(build: &Build, route: &Route) -> Map {
    let [previous, next] = build.model.routes.neighbours(route);
    let mut neighbours = Map::new();
    for (name, route) in [("previous", previous), ("next", next)] {
        neighbours.insert(name.into(), Value::from(route.and_then(|route| link(build, route))));
    }
    neighbours
}

/// Returns a page as others link to it: its title and URL.
fn link(build: &Build, route: &Route) -> Option<Value> {
    let Target::Page { title, .. } = &route.target else { return None };
    let mut link = Map::new();
    link.insert("title".into(), Value::from(&**title));
    link.insert("url".into(), build.model.config.base_url.href(&route.url).into());
    Some(link.into())
}
