use super::{Known, Values, each};
use crate::calls::text::Text;
use syn::Expr;

impl Values<'_, '_> {
    /// `format!` whose arguments are known too: `{{`, `{}`, `{0}` and `{NAME}`, without a width or form.
    pub(super) fn formatted(&mut self, text: &Expr, rest: &[Expr]) -> Known {
        let unknown = || "`format!` puts it together at run time".to_owned();
        let mut templates = self.of(text)?;
        let (Some(template), true) = (templates.pop(), templates.is_empty()) else {
            return Err(unknown());
        };
        let mut all = vec![Text::default()];
        let (value, mut at, mut next) = (template.value.as_str(), 0, 0);
        while at < value.len() {
            let tail = &value[at..];
            let plain = tail.find(['{', '}']).unwrap_or(tail.len());
            if plain > 0 {
                all = each(&all, &[template.part(at..at + plain)])?;
                at += plain;
                continue;
            }
            if tail.starts_with("{{") || tail.starts_with("}}") {
                all = each(&all, &[template.part(at..at + 1)])?;
                at += 2;
                continue;
            }
            let end = tail.find('}').ok_or_else(unknown)?;
            let name = tail.get(1..end).ok_or_else(unknown)?.trim();
            let known = match name.parse::<usize>() {
                _ if name.is_empty() => {
                    next += 1;
                    self.of(rest.get(next - 1).ok_or_else(unknown)?)
                }
                Ok(number) => self.of(rest.get(number).ok_or_else(unknown)?),
                Err(_) => self.named(name, rest),
            };
            all = each(&all, &known.map_err(|_| unknown())?)?;
            at += end + 1;
        }
        Ok(all)
    }

    /// `{name}`: an argument `name = …`, or what is called so.
    fn named(&mut self, name: &str, rest: &[Expr]) -> Known {
        let given = rest.iter().find_map(|it| match it {
            Expr::Assign(it) if matches!(&*it.left, Expr::Path(left) if left.path.is_ident(name)) => {
                Some(&*it.right)
            }
            _ => None,
        });
        match given {
            Some(value) => self.of(value),
            None => self.of(&syn::parse_str::<Expr>(name).map_err(|error| error.to_string())?),
        }
    }
}
