use super::files::Files;
use std::collections::HashMap;
use syn::visit::{self, Visit};
use syn::{Expr, File, ImplItemConst, ItemConst, ItemImpl, ItemMod, ItemStatic, Type};

/// The constants and statics of a crate by name. A name can stand for several.
pub(super) type Constants<'a> = HashMap<String, Vec<Constant<'a>>>;

#[derive(Clone)]
pub(super) struct Constant<'a> {
    pub(super) file: usize,
    /// The innermost module or type that it stands in.
    pub(super) within: String,
    pub(super) value: &'a Expr,
}

pub(super) fn of<'a>(files: &Files, parsed: &'a [(usize, File)]) -> Constants<'a> {
    let mut constants = Constants::new();
    for (file, syntax) in parsed {
        let path = &files.get(*file).path;
        let stem = path.file_stem().filter(|it| *it != "mod");
        let module = stem.or_else(|| path.parent()?.file_name());
        let mut walk = Walk {
            file: *file,
            within: module.unwrap_or_default().to_string_lossy().into_owned(),
            constants: &mut constants,
        };
        walk.visit_file(syntax);
    }
    constants
}

struct Walk<'c, 'a> {
    file: usize,
    within: String,
    constants: &'c mut Constants<'a>,
}

impl<'a> Walk<'_, 'a> {
    fn add(&mut self, name: &syn::Ident, value: &'a Expr) {
        let constant = Constant {
            file: self.file,
            within: self.within.clone(),
            value,
        };
        let name = name.to_string();
        self.constants.entry(name).or_default().push(constant);
    }

    fn inside(&mut self, name: &syn::Ident, walk: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.within, name.to_string());
        walk(self);
        self.within = before;
    }
}

impl<'a> Visit<'a> for Walk<'_, 'a> {
    fn visit_item_const(&mut self, item: &'a ItemConst) {
        self.add(&item.ident, &item.expr);
        visit::visit_item_const(self, item);
    }

    fn visit_item_static(&mut self, item: &'a ItemStatic) {
        self.add(&item.ident, &item.expr);
    }

    fn visit_impl_item_const(&mut self, item: &'a ImplItemConst) {
        self.add(&item.ident, &item.expr);
    }

    fn visit_item_impl(&mut self, item: &'a ItemImpl) {
        match &*item.self_ty {
            Type::Path(path) => match path.path.segments.last() {
                Some(last) => self.inside(&last.ident, |it| visit::visit_item_impl(it, item)),
                None => visit::visit_item_impl(self, item),
            },
            _ => visit::visit_item_impl(self, item),
        }
    }

    fn visit_item_mod(&mut self, item: &'a ItemMod) {
        self.inside(&item.ident, |walk| visit::visit_item_mod(walk, item));
    }
}

/// The constant that a path means from a file: the only one of its name, or the only one in the module or type that it
/// names, or the only one in this file.
pub(super) fn meant<'a>(
    constants: &Constants<'a>,
    path: &syn::Path,
    file: usize,
    itself: Option<&str>,
) -> Option<Constant<'a>> {
    let mut segments = path.segments.iter().rev();
    let name = segments.next()?.ident.to_string();
    let mut found: Vec<Constant<'a>> = constants.get(&name)?.clone();
    let qualifier = segments.next().map(|it| it.ident.to_string());
    let qualifier = match qualifier.as_deref() {
        Some("Self") => itself.map(str::to_owned),
        Some("self" | "super" | "crate") | None => None,
        Some(other) => Some(other.to_owned()),
    };
    if let Some(qualifier) = qualifier {
        let within = |it: &Constant<'_>| it.within == qualifier;
        if found.iter().any(within) {
            found.retain(within);
        }
    } else if found.iter().any(|it| it.file == file) {
        found.retain(|it| it.file == file);
    }
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}
