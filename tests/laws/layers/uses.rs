//! The paths in a file, and the types to which it adds functions.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemImpl, ItemMod, ItemUse, Macro, Type, UseTree};

use super::tree::ModulePath;

/// A path in a file.
pub(super) struct PathUse {
    /// The module in which it stands.
    pub(super) module: ModulePath,
    pub(super) path: ModulePath,
    pub(super) line: usize,
}

/// An `impl` without a trait.
pub(super) struct Impl {
    pub(super) module: ModulePath,
    /// The types that its type is made of.
    pub(super) types: Vec<ModulePath>,
    pub(super) line: usize,
}

/// The paths and impls of a file.
#[derive(Default)]
pub(super) struct SourceUses {
    module: ModulePath,
    pub(super) uses: Vec<PathUse>,
    pub(super) impls: Vec<Impl>,
}

impl SourceUses {
    /// Reads the file of a module.
    pub(super) fn of(module: &[String], items: &[Item]) -> Self {
        let mut found = Self { module: module.to_vec(), ..Self::default() };
        for item in items {
            found.visit_item(item);
        }
        found
    }

    fn add(&mut self, path: ModulePath, line: usize) {
        self.uses.push(PathUse { module: self.module.clone(), path, line });
    }

    fn add_tree(&mut self, above: &mut ModulePath, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                above.push(path.ident.to_string());
                match &*path.tree {
                    UseTree::Glob(_) => self.add(above.clone(), line(&path.ident)),
                    tree => self.add_tree(above, tree),
                }
                above.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(above, tree)),
            UseTree::Name(syn::UseName { ident, .. }) | UseTree::Rename(syn::UseRename { ident, .. }) => {
                let name = (ident != "self").then(|| ident.to_string());
                self.add(above.iter().cloned().chain(name).collect(), line(ident));
            }
            UseTree::Glob(_) => {}
        }
    }

    /// Adds the paths among the tokens of a macro, which need not be Rust in other ways.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let is_colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
        let mut at = 0;
        while at < tokens.len() {
            match &tokens[at] {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while let (true, true, Some(TokenTree::Ident(next))) =
                        (is_colon(at + 1), is_colon(at + 2), tokens.get(at + 3))
                    {
                        path.push(next.to_string());
                        at += 3;
                    }
                    self.add_longer(path, line(first));
                }
                _ => {}
            }
            at += 1;
        }
    }

    /// Adds a path of several names. A single name is defined in the same module, or is imported by a path,
    /// which is added there.
    fn add_longer(&mut self, path: ModulePath, line: usize) {
        if path.len() > 1 {
            self.add(path, line);
        }
    }
}

impl<'a> Visit<'a> for SourceUses {
    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        if item.content.is_some() {
            self.module.push(item.ident.to_string());
            visit::visit_item_mod(self, item);
            self.module.pop();
        }
    }

    fn visit_item_use(&mut self, item: &'a ItemUse) {
        self.add_tree(&mut ModulePath::new(), &item.tree);
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        if item.trait_.is_none() {
            let mut types = Types::default();
            types.visit_type(&item.self_ty);
            let line = item.impl_token.span.start().line;
            self.impls.push(Impl { module: self.module.clone(), types: types.0, line });
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_path(&mut self, path: &'a syn::Path) {
        if let Some(first) = path.segments.first() {
            self.add_longer(names(path), line(&first.ident));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, called: &'a Macro) {
        visit::visit_macro(self, called);
        self.add_tokens(called.tokens.clone());
    }
}

/// The paths in a type; the first is that of the type itself.
#[derive(Default)]
struct Types(Vec<ModulePath>);

impl<'a> Visit<'a> for Types {
    fn visit_type(&mut self, kind: &'a Type) {
        if let Type::Path(kind) = kind {
            self.0.push(names(&kind.path));
        }
        visit::visit_type(self, kind);
    }
}

fn names(path: &syn::Path) -> ModulePath {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}

fn line(name: &Ident) -> usize {
    name.span().start().line
}
