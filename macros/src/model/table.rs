use super::foreign_key::{ForeignKey, conflict, foreign_keys};
use super::fts::Fts;
use super::resolve::{Fields, Lifetimes, no_generics, no_references, sql_name};
use super::trigger::{Trigger, triggers};
use crate::attr::{CheckAttr, PartAttr, References, Set, TableAttr};
use crate::case::Case;
use crate::check;
use crate::report::Report;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{DeriveInput, Generics, Ident, LitStr, Visibility};

/// A struct with `#[derive(Table)]`.
pub(crate) struct Table<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    /// Empty, or reported.
    pub(crate) generics: &'a Generics,
    /// The struct of the columns' handles.
    pub(crate) columns: Ident,
    pub(crate) krate: TokenStream,
    pub(crate) name: String,
    pub(crate) fields: Fields<'a>,
    pub(crate) primary_key: Vec<usize>,
    pub(crate) key_conflict: Option<Ident>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) fts: Option<Fts>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) strict: bool,
    pub(crate) without_rowid: bool,
    pub(crate) index_foreign_keys: bool,
    pub(crate) renamed_from: Option<String>,
}

pub(crate) struct Unique {
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<usize>,
    /// The variant of `declare::Conflict`, if it is a constraint.
    pub(crate) constraint: Option<Ident>,
    pub(crate) span: Span,
}

pub(crate) struct Index {
    pub(crate) name: Option<String>,
    pub(crate) parts: Vec<Part>,
    pub(crate) unique: bool,
    pub(crate) filter: Option<LitStr>,
    pub(crate) span: Span,
}

pub(crate) struct Part {
    pub(crate) span: Span,
    pub(crate) column: Option<usize>,
    pub(crate) expression: Option<LitStr>,
    pub(crate) collate: Option<String>,
    pub(crate) descending: bool,
}

impl<'a> Table<'a> {
    pub(crate) fn read(input: &'a DeriveInput, report: &mut Report) -> Self {
        let mut attr = TableAttr::read(&input.attrs, report);
        for key in &mut attr.foreign_keys {
            name_self(key.references.as_mut(), &input.ident);
        }
        no_generics(input, "a table", Lifetimes::Refused, report);
        no_references(input, report);
        for misplaced in input
            .attrs
            .iter()
            .filter(|attribute| attribute.path().is_ident("column"))
        {
            report.at(
                syn::spanned::Spanned::span(misplaced.path()),
                "`#[column(…)]` stands on a field; on the struct, write `#[table(…)]`",
            );
        }
        let mut fields = Fields::read(
            input,
            "a table",
            attr.rename_all.as_ref().map(|case| case.value),
            report,
        );
        for field in &mut fields.0 {
            name_self(field.attr.references.as_mut(), &input.ident);
        }
        check::grammar(&attr, &fields, report);
        if let Some(name) = &attr.name {
            sql_name(&name.value, report);
        }
        let table_name = match &attr.name {
            Some(name) => name.value.value(),
            None => Case::Snake.apply(&input.ident.unraw().to_string()),
        };
        let table = Self {
            ident: &input.ident,
            visibility: &input.vis,
            generics: &input.generics,
            columns: columns_ident(input),
            krate: super::row::krate_or_default(attr.krate.take()),
            name: table_name,
            primary_key: primary_key(&attr, &fields, report),
            key_conflict: conflict(attr.key_conflict.as_ref(), report),
            uniques: uniques(&attr, &fields, report),
            indexes: indexes(&attr, &fields, report),
            foreign_keys: foreign_keys(&attr, &fields, report),
            fts: attr.fts.as_ref().map(|fts| Fts::new(fts, &fields, report)),
            triggers: triggers(&attr, &fields, report),
            strict: attr.strict.as_ref().is_none_or(|strict| strict.value),
            without_rowid: attr.without_rowid.is_some(),
            index_foreign_keys: attr
                .index_foreign_keys
                .as_ref()
                .is_none_or(|index| index.value),
            renamed_from: name(attr.renamed_from.as_ref(), report),
            checks: attr.checks,
            fields,
        };
        check::table(&table, report);
        table
    }

    /// The columns that a row has a value for.
    pub(crate) fn writable(&self) -> Vec<usize> {
        (0..self.fields.0.len())
            .filter(|field| self.fields.0[*field].attr.generated.is_none())
            .collect()
    }
}

/// `Self` has no meaning in the constants that check a foreign key.
fn name_self(references: Option<&mut Set<References>>, ident: &Ident) {
    if let Some(Set { value, .. }) = references
        && let References::Struct { table, .. } = value
        && let Some(word) = table.get_ident()
        && word == "Self"
    {
        let span = word.span();
        let mut ident = ident.clone();
        ident.set_span(ident.span().located_at(span));
        *table = ident.into();
    }
}

/// `PostColumns`: messages show it. It must not hide a name that the struct's types are called by.
fn columns_ident(input: &DeriveInput) -> Ident {
    let mut name = format!("{}Columns", input.ident.unraw());
    while mentions(input.to_token_stream(), &name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}

fn mentions(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        _ => false,
    })
}

fn primary_key(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<usize> {
    match &attr.primary_key {
        Some(key) => fields.positions(&key.value, report),
        None => fields
            .0
            .iter()
            .position(|field| field.attr.primary_key.is_some())
            .into_iter()
            .collect(),
    }
}

fn uniques(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<Unique> {
    let single = fields.0.iter().enumerate().filter_map(|(position, field)| {
        let unique = field.attr.unique.as_ref()?;
        Some(Unique {
            name: None,
            columns: vec![position],
            constraint: unique.value.then(|| Ident::new("Abort", Span::call_site())),
            span: unique.key,
        })
    });
    let mut uniques: Vec<Unique> = single.collect();
    uniques.extend(attr.uniques.iter().map(|unique| Unique {
        name: name(unique.name.as_ref(), report),
        columns: fields.positions(&unique.columns, report),
        constraint: unique.constraint.as_ref().map(|_| {
            let conflict = conflict(unique.on_conflict.as_ref(), report);
            conflict.unwrap_or_else(|| Ident::new("Abort", Span::call_site()))
        }),
        span: unique.key,
    }));
    uniques
}

fn indexes(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<Index> {
    let single = fields.0.iter().enumerate().filter_map(|(position, field)| {
        let index = field.attr.index.as_ref().filter(|index| index.value)?;
        let part = Part {
            span: index.key,
            column: Some(position),
            expression: None,
            collate: None,
            descending: false,
        };
        Some(Index {
            name: None,
            parts: vec![part],
            unique: false,
            filter: None,
            span: index.key,
        })
    });
    let mut indexes: Vec<Index> = single.collect();
    indexes.extend(attr.indexes.iter().map(|index| {
        Index {
            name: name(index.name.as_ref(), report),
            parts: index
                .parts
                .iter()
                .map(|part| Part::new(part, fields, report))
                .collect(),
            unique: index.unique.is_some(),
            filter: index.filter.as_ref().map(|filter| filter.value.clone()),
            span: index.key,
        }
    }));
    indexes
}

impl Part {
    fn new(part: &PartAttr, fields: &Fields<'_>, report: &mut Report) -> Self {
        let (span, column, expression, collate, descending) = match part {
            PartAttr::Column {
                column,
                collate,
                descending,
            } => (
                column.span(),
                Some(fields.position(column, report)),
                None,
                collate,
                descending,
            ),
            PartAttr::Expression {
                expression,
                collate,
                descending,
            } => (
                expression.span(),
                None,
                Some(expression.clone()),
                collate,
                descending,
            ),
        };
        Self {
            span,
            column,
            expression,
            collate: collate.as_ref().map(LitStr::value),
            descending: *descending,
        }
    }
}

pub(super) fn name(literal: Option<&Set<LitStr>>, report: &mut Report) -> Option<String> {
    literal.map(|name| {
        sql_name(&name.value, report);
        name.value.value()
    })
}
