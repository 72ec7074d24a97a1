//! Values that stand where the author's are to be.

use std::fmt::Write as _;

use sitegen_model::{CollectionId, Constraints, Field, Kind, Model};

/// A record's file: its required fields, then the others as comments.
pub(super) fn record(model: &Model, id: CollectionId, slug: &str) -> String {
    let collection = &model.schema[id];
    let writer = Writer { model, title: title(slug) };
    let mut text = String::from("+++\n");
    for field in collection.fields.iter().filter(|field| is_required(field)) {
        let _infallible = writeln!(text, "{}{} = {}", comment(field), field.name, writer.value(field));
    }
    for field in collection.fields.iter().filter(|field| !is_required(field)) {
        let _infallible = writeln!(text, "{}# {} = {}", comment(field), field.name, writer.value(field));
    }
    text.push_str("+++\n\n");
    text
}

fn is_required(field: &Field) -> bool {
    !field.optional && field.default.is_none()
}

fn comment(field: &Field) -> String {
    field.description.as_ref().map(|text| format!("# {}\n", text.replace('\n', "\n# "))).unwrap_or_default()
}

/// What a slug says in words: `Senior data engineer`.
fn title(slug: &str) -> String {
    let words = slug.rsplit('/').next().unwrap_or_default().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

struct Writer<'a> {
    model: &'a Model,
    title: String,
}

impl Writer<'_> {
    fn value(&self, field: &Field) -> String {
        self.literal(&field.kind, &field.constraints)
    }

    /// A value of a type as TOML writes it, and as its constraints want it as far as they can be met.
    fn literal(&self, kind: &Kind, constraints: &Constraints) -> String {
        let least = constraints.min.unwrap_or(0.0);
        match kind {
            Kind::String | Kind::Markdown | Kind::Template => self.text(constraints),
            Kind::Int => format!("{}", number(constraints).ceil()),
            Kind::Float => format!("{:?}", number(constraints)),
            Kind::Bool => "false".to_owned(),
            Kind::Date => "2026-01-01".to_owned(),
            Kind::Datetime => "2026-01-01T00:00:00Z".to_owned(),
            Kind::Url => quote("https://example.com"),
            Kind::Path => quote("/path/"),
            Kind::Enum(words) => quote(words.first().map_or("", String::as_str)),
            Kind::Reference(id) => {
                quote(self.model.records.of(*id).first().map_or("", |record| &record.slug))
            }
            Kind::List(item) if least >= 1.0 => self.list(item, least),
            Kind::List(_) => "[]".to_owned(),
            Kind::Table(fields) => self.table(fields),
            Kind::Any => "{}".to_owned(),
        }
    }

    fn text(&self, constraints: &Constraints) -> String {
        let long_enough = |text: &str| constraints.min.is_none_or(|min| text.chars().count() >= length(min));
        if long_enough(&self.title) {
            quote(&self.title)
        } else {
            quote(&"…".repeat(length(constraints.min.unwrap_or(0.0))))
        }
    }

    fn list(&self, item: &Kind, least: f64) -> String {
        let item = self.literal(item, &Constraints::default());
        format!("[{}]", vec![item; length(least)].join(", "))
    }

    fn table(&self, fields: &[Field]) -> String {
        let fields = fields.iter().filter(|field| is_required(field));
        let entries: Vec<_> = fields.map(|field| format!("{} = {}", field.name, self.value(field))).collect();
        if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
    }
}

/// Zero, or what is nearest to it.
fn number(constraints: &Constraints) -> f64 {
    0.0_f64.max(constraints.min.unwrap_or(0.0)).min(constraints.max.unwrap_or(f64::MAX))
}

/// A declared least length, of which no placeholder needs many.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
fn length(least: f64) -> usize {
    least.ceil().clamp(0.0, 1000.0) as usize
}

/// JSON's strings are TOML's.
fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
