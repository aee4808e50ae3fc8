use crate::attr::{ColumnAttr, nearest};
use crate::case::Case;
use crate::report::Report;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Ident, LitStr, Type, Visibility};

/// A field and its column.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    /// The field's name without `r#`.
    pub(crate) name: String,
    pub(crate) visibility: &'a Visibility,
    pub(crate) ty: &'a Type,
    /// The column's name.
    pub(crate) column: String,
    pub(crate) attr: ColumnAttr,
}

pub(crate) struct Fields<'a>(pub(crate) Vec<Field<'a>>);

impl<'a> Fields<'a> {
    /// The named fields of a struct. `what` is said of anything else.
    pub(crate) fn read(
        input: &'a DeriveInput,
        what: &str,
        case: Option<Case>,
        report: &mut Report,
    ) -> Self {
        let fields = match &input.data {
            Data::Struct(data) => &data.fields,
            Data::Enum(data) => {
                report.at(
                    data.enum_token.span,
                    format!("{what} is a struct; an enum can be a column: derive `ColumnType`"),
                );
                return Self(Vec::new());
            }
            Data::Union(data) => {
                report.at(data.union_token.span, format!("{what} is a struct"));
                return Self(Vec::new());
            }
        };
        if !matches!(fields, syn::Fields::Named(_)) {
            report.at(
                input.ident.span(),
                format!("{what} has named fields, since they name its columns"),
            );
            return Self(Vec::new());
        }
        if fields.is_empty() {
            report.at(input.ident.span(), format!("{what} has at least one field"));
        }
        Self(
            fields
                .iter()
                .filter_map(|field| Field::read(field, case, report))
                .collect(),
        )
    }

    /// The position of a field that an attribute names.
    pub(crate) fn position(&self, ident: &Ident, report: &mut Report) -> usize {
        let name = ident.unraw().to_string();
        if let Some(position) = self.0.iter().position(|field| field.name == name) {
            return position;
        }
        let hint = match nearest(&name, self.0.iter().map(|field| field.name.as_str())) {
            Some(other) => format!("; did you mean `{other}`?"),
            None if self.0.iter().any(|field| field.column == name) => {
                "; columns are named by their fields here".to_owned()
            }
            None => String::new(),
        };
        report.at(ident.span(), format!("there is no field `{name}`{hint}"));
        0
    }

    /// The positions of several, each named once.
    pub(crate) fn positions(&self, idents: &[Ident], report: &mut Report) -> Vec<usize> {
        let mut positions = Vec::new();
        for ident in idents {
            let known = self.0.iter().any(|field| ident.unraw() == field.name);
            let position = self.position(ident, report);
            if known && positions.contains(&position) {
                report.at(ident.span(), format!("`{ident}` is named twice"));
            }
            positions.push(position);
        }
        positions
    }
}

impl<'a> Field<'a> {
    fn read(field: &'a syn::Field, case: Option<Case>, report: &mut Report) -> Option<Self> {
        let ident = field.ident.as_ref()?;
        let attr = ColumnAttr::read(&field.attrs, report);
        for misplaced in field
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("table"))
        {
            report.at(
                misplaced.path().span(),
                "`#[table(…)]` stands on the struct; on a field, write `#[column(…)]`",
            );
        }
        report.ok(field.modifiers.require_empty());
        if let Some((_, default)) = &field.default {
            report.at(default.span(), "the default of a field is not the default of a column; write `#[column(default = …)]`");
        }
        let name = ident.unraw().to_string();
        if let Some(old) = &attr.renamed_from {
            sql_name(&old.value, report);
        }
        let column = match &attr.name {
            Some(name) => {
                sql_name(&name.value, report);
                name.value.value()
            }
            None => case.map_or_else(|| name.clone(), |case| case.apply(&name)),
        };
        Some(Self {
            ident,
            name,
            visibility: &field.vis,
            ty: &field.ty,
            column,
            attr,
        })
    }
}

/// A name that SQLite takes, in quotes if need be.
pub(crate) fn sql_name(literal: &LitStr, report: &mut Report) {
    let name = literal.value();
    if name.is_empty() {
        report.at(literal.span(), "a name is not empty");
    } else if name.contains('\0') {
        report.at(literal.span(), "a name has no NUL character");
    } else if name
        .get(..7)
        .is_some_and(|start| start.eq_ignore_ascii_case("sqlite_"))
    {
        report.at(
            literal.span(),
            "names that begin with `sqlite_` are SQLite's own",
        );
    }
}

/// Parameters of the struct that a derive cannot serve.
pub(crate) fn no_generics(
    input: &DeriveInput,
    what: &str,
    lifetimes: Lifetimes,
    report: &mut Report,
) {
    for parameter in &input.generics.params {
        match parameter {
            syn::GenericParam::Lifetime(_) if lifetimes == Lifetimes::Allowed => {}
            syn::GenericParam::Lifetime(lifetime) => {
                let message = format!(
                    "{what} owns its values, since they outlive the statement: take the lifetime away"
                );
                report.at(lifetime.span(), message);
            }
            other => report.at(
                other.span(),
                format!("{what} has no parameters: its columns have one type each"),
            ),
        }
    }
}

/// Fields that a row cannot be read into. With a lifetime parameter, that was told of the lifetime.
pub(crate) fn no_references(input: &DeriveInput, report: &mut Report) {
    let Data::Struct(data) = &input.data else {
        return;
    };
    if input.generics.lifetimes().next().is_some() {
        return;
    }
    for field in &data.fields {
        if let Type::Reference(reference) = &field.ty {
            report.push(syn::Error::new_spanned(
                reference,
                "a row owns its values, since they outlive the statement: write `String` for `&str`, `Vec<u8>` for `&[u8]`",
            ));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lifetimes {
    Allowed,
    Refused,
}
