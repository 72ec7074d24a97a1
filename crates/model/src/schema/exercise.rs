//! `[exercises]`: which collections hold exercises, and which fields say how they are run.

use sitegen_parser::{Diagnostics, Place};

use super::{Collection, Field, Kind, errors};
use crate::ground::suggest;
use crate::read::{KeyForm, Layers, ValueForm};

/// A language that the programs of exercises can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// `SQLite`'s SQL.
    Sql,
    /// Python, as Pyodide has it.
    Python,
}

impl Exercises {
    /// The languages that its exercises can be in.
    pub fn languages(&self) -> &[Language] {
        match &self.language {
            Spoken::Always(language) => std::slice::from_ref(language),
            Spoken::By(_) => &Language::ALL,
        }
    }
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Sql, Self::Python];

    /// Its name in declarations, and as the language of code.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sql => "sql",
            Self::Python => "python",
        }
    }

    /// Returns the name that readers see.
    pub fn title(self) -> &'static str {
        match self {
            Self::Sql => "SQL",
            Self::Python => "Python",
        }
    }

    /// Returns the name of the addition with which `sitegen add` installs the language's engine.
    pub fn addition(self) -> &'static str {
        match self {
            Self::Sql => "exercises",
            Self::Python => "python",
        }
    }

    /// The language of a name; none if exercises cannot be written in it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.name() == name)
    }

    /// The fields of a case, and their types.
    fn case_fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Sql => {
                &[("name", "string"), ("setup", "string"), ("columns", "[string]"), ("rows", "string")]
            }
            Self::Python => &[("name", "string"), ("args", "string"), ("expect", "string")],
        }
    }
}

/// The declaration of a collection's records as exercises.
#[derive(Debug, Hash)]
pub struct Exercises {
    /// The declared language, or the field that gives the language of each exercise.
    pub language: Spoken,
    /// The field that names the function that cases call; for Python alone.
    pub entry: String,
    /// The field that says how answers are compared.
    pub grade: String,
    /// The field that holds the cases.
    pub case: String,
}

/// The declared language of exercises, or the field that gives it.
#[derive(Debug, Hash)]
pub enum Spoken {
    /// The declaration, for all of them.
    Always(Language),
    /// A field of each. Records whose field names no language are no exercises.
    By(String),
}

/// The name that templates have for an exercise, so no field of its record can have it.
const COLUMN: &str = "exercise";

/// The keys of a collection of exercises.
pub(super) fn keys() -> Vec<KeyForm> {
    use ValueForm::Text;
    vec![
        KeyForm::new("language", Text, "\"sql\", \"python\", or the field that says which of them."),
        KeyForm::new("entry", Text, "The field that names the function that cases call."),
        KeyForm::new("grade", Text, "The field that says how answers are compared."),
        KeyForm::new("case", Text, "The field with the cases."),
    ]
}

/// Reads `[exercises]` into the collections that it names.
pub(super) fn read_all(layers: &Layers, collections: &mut [Collection], diagnostics: &mut Diagnostics) {
    for (name, place) in layers.names() {
        let mut declaration = layers.named(name, format!("[exercises.{name}]"), diagnostics);
        match collections.iter_mut().find(|collection| collection.name == name) {
            Some(collection) => {
                if let Some(field) = collection.fields.iter().find(|field| field.name == COLUMN) {
                    diagnostics.push(errors::reserved_name("field", COLUMN, field.place.clone()));
                }
                collection.exercises = read(collection, &place, &mut declaration, diagnostics);
                declaration.finish(diagnostics);
            }
            None => {
                let nearest =
                    suggest::nearest(name, collections.iter().map(|collection| collection.name.as_str()));
                diagnostics.push(errors::unknown_collection(name, nearest, place));
            }
        }
    }
}

fn read(
    collection: &Collection,
    place: &Place,
    declaration: &mut Layers,
    diagnostics: &mut Diagnostics,
) -> Option<Exercises> {
    let language = declaration.string("language", diagnostics);
    let mut named = |key: &'static str| {
        let given = declaration.string(key, diagnostics);
        given.map_or_else(|| (key.to_owned(), place.clone()), |(name, place)| (name.to_owned(), place))
    };
    let (entry, grade, case) = (named("entry"), named("grade"), named("case"));
    let Some((language, language_place)) = language else {
        let subject = format!("[exercises.{}]", collection.name);
        diagnostics.push(errors::missing_key("language", &subject, place.clone()));
        return None;
    };
    let (language, languages) = spoken(collection, language, language_place, diagnostics)?;
    let mut check = |(name, place): &(String, Place), check: &dyn Fn(Option<&Field>) -> Option<String>| {
        let field = collection.fields.iter().find(|field| field.name == *name);
        let expected = check(field);
        if let Some(expected) = &expected {
            let declared = field.map(|field| &field.place);
            diagnostics.push(errors::unfit_for_exercises(
                name,
                &collection.name,
                expected,
                declared,
                place.clone(),
            ));
        }
        expected.is_none()
    };
    let fits = [
        check(&case, &|field| unfit_case(field, &languages)),
        !languages.contains(&Language::Python) || check(&entry, &unfit_entry),
        check(&grade, &unfit_grade),
    ];
    let exercises = Exercises { language, entry: entry.0, grade: grade.0, case: case.0 };
    fits.into_iter().all(|fits| fits).then_some(exercises)
}

/// Reads `language`, which names a field of the collection or a language; also returns the possible
/// languages.
fn spoken(
    collection: &Collection,
    name: &str,
    place: Place,
    diagnostics: &mut Diagnostics,
) -> Option<(Spoken, Vec<Language>)> {
    if let Some(field) = collection.fields.iter().find(|field| field.name == name) {
        let languages = match &field.kind {
            Kind::Enum(words) => words.iter().filter_map(|word| Language::named(word)).collect(),
            Kind::String => Language::ALL.to_vec(),
            _ => Vec::new(),
        };
        if languages.is_empty() {
            diagnostics.push(errors::speaks_no_language(name, &collection.name, &field.place, place));
            return None;
        }
        return Some((Spoken::By(name.to_owned()), languages));
    }
    let language = Language::named(name);
    if language.is_none() {
        diagnostics.push(errors::unknown_language_of_exercises(name, &collection.name, place));
    }
    language.map(|language| (Spoken::Always(language), vec![language]))
}

/// Returns the type that the field of cases must have, unless it has that type.
fn unfit_case(field: Option<&Field>, languages: &[Language]) -> Option<String> {
    let wanted: Vec<_> = languages.iter().flat_map(|language| language.case_fields()).collect();
    let inner = field.and_then(|field| match &field.kind {
        Kind::List(item) => match &**item {
            Kind::Table(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    });
    let has = |fields: &[Field], (name, written): (&str, &str)| {
        fields.iter().any(|field| field.name == name && is(&field.kind, written))
    };
    let fits = inner.is_some_and(|fields| wanted.iter().all(|wanted| has(fields, **wanted)));
    let mut listed: Vec<_> =
        wanted.iter().map(|(name, written)| format!("{name} = \"{written}?\"")).collect();
    listed.sort();
    listed.dedup();
    (!fits).then(|| format!("{{ type = \"[table]?\", fields = {{ {} }} }}", listed.join(", ")))
}

fn unfit_entry(field: Option<&Field>) -> Option<String> {
    let fits = field.is_some_and(|field| matches!(field.kind, Kind::String));
    (!fits).then(|| "\"string?\"".to_owned())
}

/// A collection need not have the field.
fn unfit_grade(field: Option<&Field>) -> Option<String> {
    let fits = |field: &Field| match &field.kind {
        Kind::Table(fields) => fields.iter().all(|field| match field.name.as_str() {
            "order" | "columns" => matches!(field.kind, Kind::Enum(_) | Kind::String),
            "tolerance" => matches!(field.kind, Kind::Float),
            _ => false,
        }),
        _ => false,
    };
    let expected = "{ type = \"table?\", fields = { order = \"enum(strict, any)?\", columns = \"enum(names, count)?\", tolerance = \"float?\" } }";
    field.is_some_and(|field| !fits(field)).then(|| expected.to_owned())
}

fn is(kind: &Kind, written: &str) -> bool {
    match (kind, written) {
        (Kind::String, "string") => true,
        (Kind::List(item), "[string]") => matches!(**item, Kind::String),
        _ => false,
    }
}
