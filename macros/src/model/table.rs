use super::resolve::{Fields, Lifetimes, no_generics, no_references, sql_name};
use crate::attr::{CheckAttr, ContentAttr, DetailAttr, PartAttr, References, Set, TableAttr};
use crate::case::Case;
use crate::check;
use crate::report::Report;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{DeriveInput, Generics, Ident, LitStr, Visibility};

/// A struct with `#[derive(Table)]`.
pub(crate) struct Table<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) visibility: &'a Visibility,
    /// Empty, or reported.
    pub(crate) generics: &'a Generics,
    pub(crate) krate: TokenStream,
    pub(crate) name: String,
    pub(crate) fields: Fields<'a>,
    pub(crate) primary_key: Vec<usize>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) fts: Option<Fts>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) strict: bool,
    pub(crate) without_rowid: bool,
    pub(crate) index_foreign_keys: bool,
}

pub(crate) struct Unique {
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<usize>,
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

pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<usize>,
    pub(crate) references: References,
    pub(crate) on_delete: Option<Ident>,
    pub(crate) on_update: Option<Ident>,
    pub(crate) deferrable: bool,
}

pub(crate) struct Fts {
    pub(crate) span: Span,
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<FtsColumn>,
    pub(crate) content: Option<ContentAttr>,
    pub(crate) tokenize: Option<LitStr>,
    pub(crate) prefix: Option<LitStr>,
    pub(crate) detail: DetailAttr,
    pub(crate) columnsize: bool,
}

pub(crate) struct FtsColumn {
    pub(crate) column: usize,
    pub(crate) weight: String,
    pub(crate) unindexed: bool,
}

pub(crate) struct Trigger {
    pub(crate) name: LitStr,
    pub(crate) timing: TokenStream,
    pub(crate) event: TokenStream,
    pub(crate) of: Vec<usize>,
    pub(crate) when: Option<LitStr>,
    pub(crate) body: LitStr,
}

impl<'a> Table<'a> {
    pub(crate) fn read(input: &'a DeriveInput, report: &mut Report) -> Self {
        let mut attr = TableAttr::read(&input.attrs, report);
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
        let fields = Fields::read(
            input,
            "a table",
            attr.rename_all.as_ref().map(|case| case.value),
            report,
        );
        check::grammar(&attr, &fields, report);
        if let Some(name) = &attr.name {
            sql_name(&name.value, report);
        }
        let name = match &attr.name {
            Some(name) => name.value.value(),
            None => Case::Snake.apply(&input.ident.unraw().to_string()),
        };
        let table = Self {
            ident: &input.ident,
            visibility: &input.vis,
            generics: &input.generics,
            krate: super::row::krate_or_default(attr.krate.take()),
            name,
            primary_key: primary_key(&attr, &fields, report),
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
            span: unique.key,
        })
    });
    let mut uniques: Vec<Unique> = single.collect();
    uniques.extend(attr.uniques.iter().map(|unique| Unique {
        name: name(unique.name.as_ref(), report),
        columns: fields.positions(&unique.columns, report),
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

fn foreign_keys(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<ForeignKey> {
    let mut keys = Vec::new();
    for key in &attr.foreign_keys {
        let columns = fields.positions(&key.columns, report);
        let Some(Set {
            value: references, ..
        }) = &key.references
        else {
            continue;
        };
        keys.push(ForeignKey {
            columns,
            references: References {
                table: references.table.clone(),
                columns: references.columns.clone(),
            },
            on_delete: action(key.on_delete.as_ref(), report),
            on_update: action(key.on_update.as_ref(), report),
            deferrable: key.deferrable.is_some(),
        });
    }
    keys
}

const ACTIONS: &[(&str, &str)] = &[
    ("cascade", "Cascade"),
    ("restrict", "Restrict"),
    ("set_null", "SetNull"),
    ("set_default", "SetDefault"),
    ("no_action", "NoAction"),
];

/// The variant of `declare::Action` that a word names, at the word.
pub(crate) fn action(word: Option<&Set<Ident>>, report: &mut Report) -> Option<Ident> {
    let word = &word?.value;
    let variant = ACTIONS.iter().find(|(name, _)| word == name);
    if variant.is_none() {
        let words: Vec<String> = ACTIONS
            .iter()
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        report.at(word.span(), format!("expected one of {}", words.join(", ")));
    }
    variant.map(|(_, variant)| Ident::new(variant, word.span()))
}

impl Fts {
    fn new(fts: &Set<crate::attr::FtsAttr>, fields: &Fields<'_>, report: &mut Report) -> Self {
        let value = &fts.value;
        let names: Vec<Ident> = value
            .columns
            .iter()
            .map(|column| column.column.clone())
            .collect();
        let positions = fields.positions(&names, report);
        let columns = value
            .columns
            .iter()
            .zip(positions)
            .map(|(column, position)| {
                if let (Some((span, _)), true) = (&column.weight, column.unindexed) {
                    report.at(*span, "a column that is not searched has no weight");
                }
                let weight = column
                    .weight
                    .as_ref()
                    .map_or_else(|| "1.0".to_owned(), |(_, weight)| weight.clone());
                FtsColumn {
                    column: position,
                    weight,
                    unindexed: column.unindexed,
                }
            });
        Self {
            span: fts.key,
            columns: columns.collect(),
            name: name(value.name.as_ref(), report),
            content: value.content.as_ref().map(|content| content.value),
            tokenize: value
                .tokenize
                .as_ref()
                .map(|tokenize| tokenize.value.clone()),
            prefix: value.prefix.as_ref().map(|prefix| prefix.value.clone()),
            detail: value
                .detail
                .as_ref()
                .map_or(DetailAttr::Full, |detail| detail.value),
            columnsize: value
                .columnsize
                .as_ref()
                .is_none_or(|columnsize| columnsize.value),
        }
    }
}

fn triggers(attr: &TableAttr, fields: &Fields<'_>, report: &mut Report) -> Vec<Trigger> {
    let mut triggers = Vec::new();
    for trigger in &attr.triggers {
        let of = trigger
            .of
            .as_ref()
            .map(|of| fields.positions(&of.value, report))
            .unwrap_or_default();
        let (timing, event) = match (&trigger.before, &trigger.after) {
            (Some(event), None) => (quote!(Before), &event.value),
            (None, Some(event)) => (quote!(After), &event.value),
            (Some(_), Some(after)) => {
                report.at(after.key, "a trigger runs before or after; write two");
                continue;
            }
            (None, None) => {
                report.at(
                    trigger.span(),
                    "when does it run? write `after = update`, or `before`, `insert`, `delete`",
                );
                continue;
            }
        };
        let (Some(name), Some(body)) = (&trigger.name, &trigger.body) else {
            report.at(trigger.span(), "a trigger has a name and a body: `trigger(name = \"log\", after = update, body = \"…\")`");
            continue;
        };
        sql_name(&name.value, report);
        let variant = match event.to_string().as_str() {
            "insert" => quote!(Insert),
            "update" => quote!(Update),
            "delete" => quote!(Delete),
            _ => {
                report.at(event.span(), "expected `insert`, `update` or `delete`");
                continue;
            }
        };
        if let Some(of) = trigger.of.as_ref().filter(|_| event != "update") {
            report.at(
                of.key,
                "only an UPDATE has columns: `after = update, of(…)`",
            );
        }
        let when = trigger.when.as_ref().map(|when| when.value.clone());
        triggers.push(Trigger {
            name: name.value.clone(),
            timing,
            event: variant,
            of,
            when,
            body: body.value.clone(),
        });
    }
    triggers
}

fn name(literal: Option<&Set<LitStr>>, report: &mut Report) -> Option<String> {
    literal.map(|name| {
        sql_name(&name.value, report);
        name.value.value()
    })
}
