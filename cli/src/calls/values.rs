mod format;

use super::constants::{Constants, meant};
use super::files::Files;
use super::literal;
use super::scopes::{Binding, Scopes};
use super::text::Text;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Lit, Macro, Stmt, Token};

/// Reads the texts that an expression can have.
pub(super) struct Values<'v, 'a> {
    pub(super) files: &'v mut Files,
    pub(super) constants: &'v Constants<'a>,
    /// Where names are looked up; none outside of functions.
    pub(super) scopes: Option<&'v Scopes>,
    pub(super) file: usize,
    /// The type whose `impl` this is.
    pub(super) itself: Option<String>,
    /// Constants that name each other would go on for ever.
    pub(super) depth: usize,
}

/// Each text that it can have, or why they are not known.
type Known = Result<Vec<Text>, String>;

const DEEPEST: usize = 24;
/// An expression of many branches is not followed into all of their combinations.
const MOST: usize = 64;

impl Values<'_, '_> {
    pub(super) fn of(&mut self, value: &Expr) -> Known {
        if self.depth > DEEPEST {
            return Err("it leads too far".to_owned());
        }
        self.depth += 1;
        let known = self.inner(value);
        self.depth -= 1;
        known
    }

    fn inner(&mut self, value: &Expr) -> Known {
        match value {
            Expr::Lit(it) => match &it.lit {
                Lit::Str(text) => {
                    let source = &self.files.get(self.file).text;
                    Ok(vec![literal::text(text, self.file, source)])
                }
                _ => Err("it is no text".to_owned()),
            },
            Expr::Reference(it) => self.of(&it.expr),
            Expr::Paren(it) => self.of(&it.expr),
            Expr::Group(it) => self.of(&it.expr),
            Expr::Unary(it) if matches!(it.op, syn::UnOp::Deref(_)) => self.of(&it.expr),
            Expr::Macro(it) => self.of_macro(&it.mac),
            Expr::Path(it) => self.of_path(&it.path),
            Expr::MethodCall(it) if it.args.is_empty() && is_same_text(&it.method) => {
                self.of(&it.receiver)
            }
            Expr::Call(it) if is_from(&it.func) && it.args.len() == 1 => self.of(&it.args[0]),
            Expr::If(it) => match &it.else_branch {
                Some((_, other)) => {
                    self.any(&[Branch::Block(&it.then_branch), Branch::Expr(other)])
                }
                None => Err("it is put together at run time".to_owned()),
            },
            Expr::Match(it) => {
                let arms: Vec<Branch<'_>> = it
                    .arms
                    .iter()
                    .filter(|arm| !ends(&arm.body))
                    .map(|arm| Branch::Expr(&arm.body))
                    .collect();
                self.any(&arms)
            }
            Expr::Block(it) => self.of_block(&it.block),
            _ => Err("it is put together at run time".to_owned()),
        }
    }

    fn any(&mut self, branches: &[Branch<'_>]) -> Known {
        let mut all = Vec::new();
        for branch in branches {
            all.extend(match branch {
                Branch::Expr(value) => self.of(value)?,
                Branch::Block(block) => self.of_block(block)?,
            });
        }
        Ok(all)
    }

    /// A block that only has a value.
    fn of_block(&mut self, block: &Block) -> Known {
        match block.stmts.as_slice() {
            [Stmt::Expr(value, None)] => self.of(value),
            _ => Err("it is put together at run time".to_owned()),
        }
    }

    fn of_path(&mut self, path: &syn::Path) -> Known {
        let shown = shown(path);
        if let Some(name) = path.get_ident()
            && let Some(scopes) = self.scopes
            && let Some(binding) = scopes.get(&name.to_string())
        {
            return match binding {
                Binding::Texts(texts) => Ok(texts.clone()),
                Binding::Unknown(why) => Err(format!("`{shown}` {why}")),
                _ => Err(format!("`{shown}` is no text")),
            };
        }
        let Some(constant) = meant(self.constants, path, self.file, self.itself.as_deref()) else {
            let name = path.segments.last().map(|it| it.ident.to_string());
            let several = name.is_some_and(|it| self.constants.contains_key(&it));
            return Err(if several {
                format!("several constants are called `{shown}`")
            } else {
                format!("`{shown}` is no constant of this crate")
            });
        };
        // A constant sees no variables.
        let scopes = self.scopes.take();
        let file = std::mem::replace(&mut self.file, constant.file);
        let known = self.of(constant.value);
        (self.scopes, self.file) = (scopes, file);
        known
    }

    fn of_macro(&mut self, mac: &Macro) -> Known {
        let name = mac.path.segments.last().map(|it| it.ident.to_string());
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated
            .parse2(mac.tokens.clone())
            .map_err(|_| "it is put together at run time".to_owned())?;
        let arguments: Vec<Expr> = arguments.into_iter().collect();
        match (name.as_deref(), arguments.as_slice()) {
            (Some("concat"), parts) => self.concatenated(parts),
            (Some("format"), [text, rest @ ..]) => self.formatted(text, rest),
            (Some("include_str"), [path]) => self.included(path),
            (Some("env"), [_]) => self.environment(mac),
            (Some(name), _) => Err(format!("`{name}!` makes it")),
            (None, _) => Err("a macro makes it".to_owned()),
        }
    }

    /// `concat!` takes literals of every kind.
    fn concatenated(&mut self, parts: &[Expr]) -> Known {
        let mut all = vec![Text::default()];
        for part in parts {
            let other = match part {
                Expr::Lit(it) => match &it.lit {
                    Lit::Str(_) => self.of(part)?,
                    Lit::Int(it) => vec![Text::placeless(it.base10_digits())],
                    Lit::Char(it) => vec![Text::placeless(&it.value().to_string())],
                    Lit::Bool(it) => vec![Text::placeless(&it.value.to_string())],
                    _ => return Err("it is put together at run time".to_owned()),
                },
                _ => self.of(part)?,
            };
            all = each(&all, &other)?;
        }
        Ok(all)
    }

    fn included(&mut self, path: &Expr) -> Known {
        let paths = self.of(path)?;
        let [path] = paths.as_slice() else {
            return Err("it is one of several files".to_owned());
        };
        let from = self.files.get(self.file).path.parent();
        let path = from.unwrap_or(&self.files.folder).join(&path.value);
        let file = self.files.add(&path).map_err(|_| {
            let shown = path.strip_prefix(&self.files.folder).unwrap_or(&path);
            format!("`{}` cannot be read", shown.display())
        })?;
        Ok(vec![Text::of_file(file, &self.files.get(file).text)])
    }

    /// The one variable whose value is the same for everybody who compiles this package.
    fn environment(&mut self, mac: &Macro) -> Known {
        let name: syn::LitStr = mac.parse_body().map_err(|_| "a variable makes it")?;
        match name.value().as_str() {
            "CARGO_MANIFEST_DIR" => Ok(vec![Text::placeless(
                &self.files.folder.display().to_string(),
            )]),
            other => Err(format!("the environment says `{other}`")),
        }
    }
}

enum Branch<'e> {
    Expr(&'e Expr),
    Block(&'e Block),
}

/// Every text followed by every other.
fn each(all: &[Text], other: &[Text]) -> Known {
    if all.len() * other.len() > MOST {
        return Err("it has too many forms".to_owned());
    }
    let mut joined = Vec::new();
    for text in all {
        for more in other {
            let mut text = text.clone();
            text.append(more);
            joined.push(text);
        }
    }
    Ok(joined)
}

/// Methods that give the same text in another type.
fn is_same_text(method: &syn::Ident) -> bool {
    let names = [
        "to_string",
        "to_owned",
        "as_str",
        "as_ref",
        "into",
        "clone",
        "trim",
        "borrow",
    ];
    names.iter().any(|it| method == it)
}

/// `String::from`
fn is_from(function: &Expr) -> bool {
    matches!(function, Expr::Path(it) if shown(&it.path) == "String::from")
}

/// An arm that has no value.
fn ends(body: &Expr) -> bool {
    match body {
        Expr::Return(_) | Expr::Continue(_) | Expr::Break(_) => true,
        Expr::Macro(it) => {
            let names = ["unreachable", "panic", "todo", "unimplemented"];
            names.iter().any(|name| it.mac.path.is_ident(name))
        }
        _ => false,
    }
}

pub(super) fn shown(path: &syn::Path) -> String {
    let names: Vec<String> = path
        .segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect();
    names.join("::")
}
