//! The name of a type is declared once in the workspace, because readers and searches go by the name alone.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{ItemEnum, ItemStruct, ItemTrait, ItemType, ItemUnion};

use crate::project::{SourceFile, none, own_rust};

/// A name that several types may have, and the reason.
type SharedName<'a> = (&'a str, &'a str);

const SHARED: [SharedName; 0] = [];

/// The types that a file declares, with their lines.
#[derive(Default)]
struct DeclaredTypes(Vec<(String, usize)>);

impl DeclaredTypes {
    fn add(&mut self, name: &Ident) {
        self.0.push((name.to_string(), name.span().start().line));
    }
}

impl<'a> Visit<'a> for DeclaredTypes {
    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        self.add(&item.ident);
        visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'a ItemEnum) {
        self.add(&item.ident);
        visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'a ItemTrait) {
        self.add(&item.ident);
        visit::visit_item_trait(self, item);
    }

    fn visit_item_union(&mut self, item: &'a ItemUnion) {
        self.add(&item.ident);
        visit::visit_item_union(self, item);
    }

    fn visit_item_type(&mut self, item: &'a ItemType) {
        self.add(&item.ident);
        visit::visit_item_type(self, item);
    }
}

/// Lists the names that several types have without permission, and the permissions that no names need.
fn faults(sources: &[SourceFile], shared: &[SharedName]) -> Vec<String> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for SourceFile { path, text } in sources {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut declared = DeclaredTypes::default();
        declared.visit_file(&file);
        for (name, line) in declared.0 {
            places.entry(name).or_default().push(format!("{path}:{line}"));
        }
    }
    places.retain(|_, places| places.len() > 1);
    let idle = shared.iter().filter(|(name, _)| !places.contains_key(*name));
    let idle: Vec<_> = idle.map(|(name, _)| format!("{name}: no permission is needed")).collect();
    let refused = places.iter().filter(|(name, _)| !shared.iter().any(|(shared, _)| shared == name));
    refused.map(|(name, places)| format!("{name}: {}", places.join(", "))).chain(idle).collect()
}

#[test]
fn names_of_types_are_unique() {
    none("types share names", &faults(&own_rust(), &SHARED));
}

#[cfg(test)]
mod tests {
    use super::{SharedName, faults};
    use crate::project::SourceFile;

    /// Checks a file that declares a struct `A` beside a file of another text.
    fn beside_a(text: &str, shared: &[SharedName]) -> Vec<String> {
        let files = [("a.rs", "\nstruct A;"), ("b.rs", text)];
        let source = |(path, text): (&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
        faults(&files.map(source), shared)
    }

    #[test]
    fn a_second_declaration_is_a_fault() {
        for text in [
            "struct A(u8);",
            "enum A {}",
            "trait A {}",
            "union A { a: u8 }",
            "type A = u8;",
            "mod b { pub struct A; }",
            "fn f() { struct A; }",
            "impl B { fn f() { enum A {} } }",
            "#[cfg(test)] mod tests { struct A; }",
        ] {
            assert_eq!(beside_a(text, &[]), ["A: a.rs:2, b.rs:1"], "{text}");
        }
    }

    #[test]
    fn uses_and_associated_types_declare_nothing() {
        for text in [
            "use crate::A;",
            "use crate::B as A;",
            "impl A {}",
            "fn A() {}",
            "trait B { type A; }",
            "impl B for C { type A = u8; }",
            "enum B { A }",
            "fn f<A>(a: A) {}",
            "// struct A;\nconst B: &str = \"struct A;\";",
        ] {
            assert_eq!(beside_a(text, &[]), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_permission_is_needed() {
        let shared = [("A", "both are the first letter")];
        assert_eq!(beside_a("struct A;", &shared), [""; 0]);
        assert_eq!(beside_a("struct B;", &shared), ["A: no permission is needed"]);
    }
}
