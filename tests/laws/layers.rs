//! The modules of some crates are layers: each uses itself and those before it, in the order in which `lib.rs` names them.

mod tree;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use self::tree::{Crate, ModulePath, module_of};
use self::uses::{PathUse, SourceUses};
use crate::project::{SourceFile, none, rust};

/// The crates whose modules are layers.
const LAYERED: [&str; 2] = ["model", "render"];

const CRATES: [&str; 6] = ["engine", "parser", "model", "prove", "render", "sitegen"];

/// A file, the later layer that it may use nevertheless, and the reason.
type LayerException<'a> = (&'a str, &'a str, &'a str);

const EXCEPTIONS: [LayerException; 0] = [];

/// A crate, with the paths and impls of each of its files.
struct CrateCode {
    modules: Crate,
    files: Vec<(String, SourceUses)>,
}

/// A use of a module: its place, its text, and the module that it leads to.
struct ModuleUse<'a> {
    file: &'a str,
    line: usize,
    written: String,
    from: &'a ModulePath,
    to: ModulePath,
}

impl CrateCode {
    /// Reads the crate whose files are in a folder.
    fn read(folder: &str) -> Self {
        Self::of(folder, rust(folder))
    }

    fn of(folder: &str, sources: Vec<SourceFile>) -> Self {
        let (mut modules, mut files) = (Crate::default(), Vec::new());
        for SourceFile { path, text } in sources {
            let name = path.strip_prefix(folder).expect("it lies there").trim_start_matches('/');
            let module = module_of(name);
            let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            modules.add(&module, &file.items);
            files.push((path, SourceUses::of(&module, &file.items)));
        }
        Self { modules, files }
    }

    /// Returns all uses of modules of the crate. A path through several modules is a use of each.
    fn steps(&self) -> impl Iterator<Item = ModuleUse<'_>> {
        let uses =
            self.files.iter().flat_map(|(file, found)| found.uses.iter().map(move |used| (file, used)));
        uses.flat_map(|(file, PathUse { module, path, line })| {
            let through = self.modules.through(module, path).unwrap_or_default();
            through.into_iter().map(move |to| ModuleUse {
                file,
                line: *line,
                written: path.join("::"),
                from: module,
                to,
            })
        })
    }

    /// Returns the position of a module's layer; none for the root, because its `lib.rs` re-exports the items
    /// of all layers.
    fn layer(&self, module: &[String]) -> Option<usize> {
        self.modules.order.iter().position(|layer| Some(layer) == module.first())
    }

    /// Lists the uses of later layers that no exception allows, and the exceptions that nothing needs.
    fn faults(&self, exceptions: &[LayerException]) -> Vec<String> {
        let mut needed = BTreeSet::new();
        let mut faults = BTreeSet::new();
        for ModuleUse { file, line, written, from, to } in self.steps() {
            let (Some(own), Some(other)) = (self.layer(from), self.layer(&to)) else { continue };
            if other <= own {
                continue;
            }
            let later = &self.modules.order[other];
            match exceptions.iter().find(|(path, layer, _)| *path == file && layer == later) {
                Some(exception) => _ = needed.insert(exception),
                None => {
                    let own = &self.modules.order[own];
                    faults.insert((
                        file,
                        line,
                        format!("`{written}` leads to {later}, which stands on {own}"),
                    ));
                }
            }
        }
        let faults = faults.into_iter().map(|(file, line, fault)| format!("{file}:{line}: {fault}"));
        let idle = exceptions.iter().filter(|exception| !needed.contains(exception));
        faults
            .chain(idle.map(|(file, layer, _)| format!("{file}: no exception is needed for {layer}")))
            .collect()
    }

    /// Lists the impls for types of other layers, because functions belong to the layer that defines the
    /// type.
    fn strange_impls(&self) -> Vec<String> {
        let impls =
            self.files.iter().flat_map(|(file, found)| found.impls.iter().map(move |item| (file, item)));
        let strange = impls.filter_map(|(file, item)| {
            let own = self.layer(&item.module)?;
            let home = |kind: &ModulePath| self.layer(self.modules.through(&item.module, kind)?.last()?);
            let homes: Vec<_> = item.types.iter().filter_map(home).collect();
            let other = homes.first().filter(|_| !homes.contains(&own))?;
            let (written, other) = (item.types[0].join("::"), &self.modules.order[*other]);
            Some(format!("{file}:{}: `impl {written}` belongs to {other}, which defines the type", item.line))
        });
        strange.collect()
    }

    /// Finds the modules of one folder that use each other in circles. The root's folder has an empty path.
    fn circles(&self) -> Vec<(ModulePath, BTreeSet<String>)> {
        let mut folders: BTreeMap<ModulePath, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for ModuleUse { from, to, .. } in self.steps() {
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(a), Some(b)) = (from.get(shared), to.get(shared)) {
                let uses = folders.entry(from[..shared].to_vec()).or_default();
                uses.entry(a.clone()).or_default().insert(b.clone());
            }
        }
        let circles = |(folder, uses): (ModulePath, _)| {
            circles_of(&uses).into_iter().map(move |circle| (folder.clone(), circle)).collect::<Vec<_>>()
        };
        folders.into_iter().flat_map(circles).collect()
    }
}

/// Finds the groups of names that lead to each other.
fn circles_of(uses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<BTreeSet<String>> {
    let reached = |start: &String| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![start]);
        while let Some(name) = open.pop() {
            open.extend(uses.get(name).into_iter().flatten().filter(|next| seen.insert((*next).clone())));
        }
        seen
    };
    let all: BTreeMap<_, _> = uses.keys().map(|name| (name, reached(name))).collect();
    let circle = |(name, seen): (&&String, &BTreeSet<String>)| {
        let back = |other: &&String| all.get(other).is_some_and(|seen| seen.contains(*name));
        seen.iter().filter(back).cloned().collect::<BTreeSet<_>>()
    };
    all.iter().map(circle).filter(|circle| circle.len() > 1).collect()
}

fn crates() -> impl Iterator<Item = (&'static str, CrateCode)> {
    CRATES.into_iter().map(|name| (name, CrateCode::read(&format!("crates/{name}/src"))))
}

#[test]
fn no_layer_uses_a_later_one() {
    for (name, code) in crates().filter(|(name, _)| LAYERED.contains(name)) {
        let folder = format!("crates/{name}/");
        let exceptions = EXCEPTIONS.into_iter().filter(|(file, ..)| file.starts_with(&folder));
        none(&format!("the layers of {name}"), &code.faults(&exceptions.collect::<Vec<_>>()));
        none(&format!("the layers of {name}"), &code.strange_impls());
    }
}

/// Circles within a layer are no fault. `cargo test --test laws -- layers --nocapture` prints them.
#[test]
fn layers_have_no_circles() {
    for (name, code) in crates() {
        let circles = code.circles();
        let (of_layers, within): (Vec<_>, Vec<_>) = circles.iter().partition(|(folder, _)| folder.is_empty());
        let is_layered = LAYERED.contains(&name);
        let kind = if is_layered { "layers" } else { "modules" };
        println!("{name}: {} {kind}, {} circles", code.modules.order.len(), of_layers.len());
        for (folder, circle) in of_layers.iter().chain(&within) {
            let circle: Vec<_> = circle.iter().map(String::as_str).collect();
            println!("    src/{}: {}", folder.join("/"), circle.join(", "));
        }
        assert!(!is_layered || of_layers.is_empty(), "layers of {name} use each other");
    }
}

#[cfg(test)]
mod tests {
    use super::{CrateCode, LayerException};
    use crate::project::SourceFile;

    const LIB: &str = "mod a; mod b; pub use b::B;";

    /// Makes a crate of two layers: `a` with this text, and `b`, which has a type `B`.
    fn code(a: &str) -> CrateCode {
        let b = "mod inner; pub use self::inner::*; pub struct B; use crate::a::A; impl B { fn f(_: A) {} }";
        let inner = "pub struct Inner; pub fn inner() {}";
        let files = [("src/lib.rs", LIB), ("src/a.rs", a), ("src/b.rs", b), ("src/b/inner.rs", inner)];
        let source = |(path, text): (&str, &str)| SourceFile { path: path.to_owned(), text: text.to_owned() };
        CrateCode::of("src", files.into_iter().map(source).collect())
    }

    #[test]
    fn a_use_of_a_later_layer_is_found_wherever_it_stands() {
        for a in [
            "use crate::b::B;",
            "use crate::B;",
            "use crate::b;",
            "use crate::{b::{self, B as C}};",
            "use crate::b::*;",
            "use super::B;",
            "fn f() -> crate::b::B { panic!() }",
            "fn f() { super::b::inner() }",
            "fn f() { use crate::b::Inner; }",
            "fn f() { vec![1, crate::b::inner()]; }",
            "mod tests { use super::super::b::inner; }",
            "mod tests { use super::*; fn f(_: super::super::B) {} }",
        ] {
            let faults = code(a).faults(&[]);
            assert!(faults.iter().any(|fault| fault.starts_with("src/a.rs:1: ")), "{a}: {faults:?}");
            assert!(faults.iter().all(|fault| fault.contains("leads to b, which stands on a")), "{faults:?}");
        }
    }

    #[test]
    fn what_stands_in_a_text_or_leads_elsewhere_is_none() {
        for a in [
            "// crate::b::B\npub struct A;",
            "fn f() { print!(\"crate::b::B\"); }",
            "use other::b::B;",
            "mod b { pub struct C; } use self::b::C;",
            "pub struct A; mod tests { use super::A; }",
        ] {
            assert_eq!(code(a).faults(&[]), <[String; 0]>::default(), "{a}");
        }
    }

    #[test]
    fn a_re_export_leads_to_what_it_hands_on() {
        let faults = code("pub use crate::b::Inner;").faults(&[]);
        assert_eq!(faults, ["src/a.rs:1: `crate::b::Inner` leads to b, which stands on a"]);
    }

    #[test]
    fn an_exception_is_needed() {
        let exception: LayerException = ("src/a.rs", "b", "they are one");
        assert_eq!(code("use crate::b::B;").faults(&[exception]), <[String; 0]>::default());
        assert_eq!(code("").faults(&[exception]), ["src/a.rs: no exception is needed for b"]);
    }

    #[test]
    fn an_impl_stands_where_its_type_is_defined() {
        assert_eq!(code("pub struct A; impl A {} impl Vec<A> {}").strange_impls(), <[String; 0]>::default());
        let strange = code("\nimpl crate::B { fn g() {} }").strange_impls();
        assert_eq!(strange, ["src/a.rs:2: `impl crate::B` belongs to b, which defines the type"]);
        assert_eq!(code("use crate::b::*; impl Vec<Inner> {}").strange_impls().len(), 1);
        assert_eq!(code("pub struct A; impl crate::B<A> {}").strange_impls(), <[String; 0]>::default());
    }

    #[test]
    fn circles_are_found_at_each_level() {
        assert!(code("pub struct A;").circles().is_empty());
        let circles = code("use crate::B; pub struct A; mod c { pub struct C; use super::d::D; } mod d { pub struct D; use super::c::C; }").circles();
        let names: Vec<_> = circles.iter().map(|(folder, circle)| (folder.join("/"), circle.len())).collect();
        assert_eq!(names, [(String::new(), 2), ("a".to_owned(), 2)]);
    }
}
