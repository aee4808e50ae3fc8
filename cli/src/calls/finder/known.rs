use super::Finder;
use crate::calls::constants::meant;
use crate::calls::methods::method;
use crate::calls::scopes::Binding;
use crate::calls::text::Text;
use crate::calls::values::Values;
use crate::calls::{Kind, arguments};
use syn::Expr;

/// What expressions stand for.
impl Finder<'_, '_> {
    pub(super) fn texts(&mut self, value: &Expr) -> Result<Vec<Text>, String> {
        let mut values = Values {
            files: self.files,
            constants: self.constants,
            scopes: Some(&self.scopes),
            file: self.file,
            itself: self.itself.clone(),
            depth: 0,
        };
        values.of(value)
    }

    /// The texts of the statement that an expression prepares, or has prepared.
    pub(super) fn prepared(&mut self, value: &Expr) -> Option<Vec<Text>> {
        match value {
            Expr::Try(it) => self.prepared(&it.expr),
            Expr::Paren(it) => self.prepared(&it.expr),
            Expr::Reference(it) => self.prepared(&it.expr),
            Expr::MethodCall(it) if it.method == "unwrap" || it.method == "expect" => {
                self.prepared(&it.receiver)
            }
            Expr::MethodCall(it) => {
                let name = it.method.to_string();
                let method = method(&name, it.args.len())?;
                let sql = (method.kind == Kind::Prepare).then_some(method.sql)??;
                self.texts(&it.args[sql]).ok()
            }
            Expr::Path(it) => match self.scopes.get(&it.path.get_ident()?.to_string())? {
                Binding::Statement(texts) => Some(texts.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn binding(&mut self, value: &Expr, is_mutable: bool) -> Binding {
        if let Some(texts) = self.prepared(value) {
            return Binding::Statement(texts);
        }
        if is_mutable {
            return Binding::Unknown("is changed at run time");
        }
        if let Ok(texts) = self.texts(value) {
            return Binding::Texts(texts);
        }
        if let Some(texts) = self.list(value) {
            return Binding::List(texts);
        }
        match arguments::of(value, Some(&self.scopes)) {
            Some(arguments) => Binding::Arguments(arguments),
            None => Binding::Unknown("is put together at run time"),
        }
    }

    /// An array of texts.
    pub(super) fn list(&mut self, value: &Expr) -> Option<Vec<Text>> {
        match value {
            Expr::Reference(it) => self.list(&it.expr),
            Expr::MethodCall(it) if it.method == "iter" || it.method == "into_iter" => {
                self.list(&it.receiver)
            }
            Expr::Array(it) => {
                let mut all = Vec::new();
                for element in &it.elems {
                    all.extend(self.texts(element).ok()?);
                }
                Some(all)
            }
            Expr::Path(it) => {
                if let Some(Binding::List(texts)) = it
                    .path
                    .get_ident()
                    .and_then(|name| self.scopes.get(&name.to_string()))
                {
                    return Some(texts.clone());
                }
                let itself = self.itself.clone();
                let constant = meant(self.constants, &it.path, self.file, itself.as_deref())?;
                let file = std::mem::replace(&mut self.file, constant.file);
                let list = match constant.value {
                    Expr::Path(_) => None,
                    value => self.list(value),
                };
                self.file = file;
                list
            }
            _ => None,
        }
    }
}
