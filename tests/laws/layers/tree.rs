//! The modules of a crate, and the resolution of paths in them.

use std::collections::{BTreeMap, HashMap, HashSet};

use syn::{Item, UseTree};

/// The names of a path, one after the other. The path of the crate's root is empty.
pub(super) type ModulePath = Vec<String>;

/// The limit of imports that lead from one to the next, because imports can lead in a circle.
const LONGEST: usize = 32;

/// A crate, by its modules.
#[derive(Default)]
pub(super) struct Crate {
    modules: BTreeMap<ModulePath, Module>,
    /// The modules of its root in the order in which `lib.rs` names them.
    pub(super) order: Vec<String>,
}

/// The names that a module defines and imports.
#[derive(Default)]
struct Module {
    items: HashSet<String>,
    imports: HashMap<String, ModulePath>,
    globs: Vec<ModulePath>,
}

/// Returns the module of a file, by the file's path below `src/`.
pub(super) fn module_of(file: &str) -> ModulePath {
    let stem = file.strip_suffix(".rs").expect("it is a file of Rust");
    if stem == "lib" || stem == "main" {
        ModulePath::new()
    } else {
        stem.split('/').map(str::to_owned).collect()
    }
}

impl Crate {
    /// Adds what a file defines and imports.
    pub(super) fn add(&mut self, module: &[String], items: &[Item]) {
        self.modules.entry(module.to_vec()).or_default();
        for item in items {
            match item {
                Item::Mod(inner) => {
                    let name = inner.ident.to_string();
                    if let Some((_, items)) = &inner.content {
                        self.add(&below(module, &name), items);
                    } else if module.is_empty() {
                        self.order.push(name);
                    }
                }
                Item::Use(import) => self.import(module, &mut ModulePath::new(), &import.tree),
                _ => self.named(module).items.extend(name(item)),
            }
        }
    }

    fn named(&mut self, module: &[String]) -> &mut Module {
        self.modules.get_mut(module).expect("it was added")
    }

    fn import(&mut self, module: &[String], above: &mut ModulePath, tree: &UseTree) {
        let (alias, name) = match tree {
            UseTree::Path(path) => {
                above.push(path.ident.to_string());
                self.import(module, above, &path.tree);
                above.pop();
                return;
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.import(module, above, tree));
            }
            UseTree::Glob(_) => {
                let path = absolute(module, above);
                return self.named(module).globs.push(path);
            }
            UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
            UseTree::Rename(name) => (name.rename.to_string(), name.ident.to_string()),
        };
        let path = if name == "self" { above.clone() } else { below(above, &name) };
        let alias = if alias == "self" { above.last().cloned().unwrap_or_default() } else { alias };
        let path = absolute(module, &path);
        self.named(module).imports.insert(alias, path);
    }

    /// Follows a path from a module through other modules, up to the one that defines its item. None if the
    /// path leads out of the crate.
    pub(super) fn through(&self, module: &[String], path: &[String]) -> Option<Vec<ModulePath>> {
        self.walk(&absolute(module, path), 0)
    }

    fn walk(&self, path: &[String], imports: usize) -> Option<Vec<ModulePath>> {
        if imports == LONGEST {
            return None;
        }
        let (mut at, mut through) = (ModulePath::new(), Vec::new());
        for (index, name) in path.iter().enumerate() {
            let inner = below(&at, name);
            if self.modules.contains_key(&inner) {
                through.push(inner.clone());
                at = inner;
                continue;
            }
            let module = &self.modules[&at];
            if module.items.contains(name) {
                through.push(at);
                return Some(through);
            }
            let globs = module.globs.iter().map(|glob| below(glob, name));
            let mut meant = module.imports.get(name).cloned().into_iter().chain(globs);
            let rest = &path[index + 1..];
            through.extend(meant.find_map(|meant| self.walk(&[&meant, rest].concat(), imports + 1))?);
            return Some(through);
        }
        Some(through)
    }
}

/// Returns the path of a name in a module.
fn below(module: &[String], name: &str) -> ModulePath {
    [module, &[name.to_owned()]].concat()
}

/// Makes a path in a module start from the crate's root.
fn absolute(module: &[String], path: &[String]) -> ModulePath {
    let up = path.iter().take_while(|name| matches!(name.as_str(), "self" | "super")).count();
    match path.first().map(String::as_str) {
        Some("crate") => path[1..].to_vec(),
        _ => {
            let supers = path[..up].iter().filter(|name| *name == "super").count();
            [&module[..module.len().saturating_sub(supers)], &path[up..]].concat()
        }
    }
}

fn name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}
