//! The constant that describes the table.

use super::{codec_item, table_item};
use crate::attr::{CheckAttr, ContentAttr, DefaultAttr, DetailAttr, References, Set};
use crate::model::{Field, ForeignKey, Fts, FtsColumn, Index, Part, Table, Trigger, Unique};
use crate::report::Report;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Lit, LitStr};

pub(super) fn description(table: &Table<'_>) -> TokenStream {
    let Table { ident, name, .. } = table;
    let row = ident.unraw().to_string();
    let columns = table
        .fields
        .0
        .iter()
        .enumerate()
        .map(|(position, field)| column(position, field));
    let primary_key = (!table.primary_key.is_empty()).then(|| {
        let columns = positions(&table.primary_key);
        let conflict = table
            .key_conflict
            .as_ref()
            .map(|it| quote!(.key_conflict(__tablature::Conflict::#it)));
        quote!(.primary_key(&#columns) #conflict)
    });
    let uniques = list(quote!(uniques), table.uniques.iter().map(unique));
    let indexes = list(quote!(indexes), table.indexes.iter().map(index));
    let checks = list(quote!(checks), table.checks.iter().map(check));
    let foreign_keys = list(
        quote!(foreign_keys),
        table.foreign_keys.iter().map(foreign_key),
    );
    let triggers = list(quote!(triggers), table.triggers.iter().map(trigger));
    let fts = table.fts.as_ref().map(|fts| {
        let fts = full_text(fts);
        quote!(.fts(#fts))
    });
    let lax = (!table.strict).then(|| quote!(.lax()));
    let without_rowid = table.without_rowid.then(|| quote!(.without_rowid()));
    let renamed = table
        .renamed_from
        .as_ref()
        .map(|name| quote!(.renamed_from(#name)));
    let unindexed = (!table.index_foreign_keys).then(|| quote!(.no_foreign_key_indexes()));
    quote! {
        &__tablature::TableData::new(#name, #row, const { &[#(#columns),*] })
            #primary_key #uniques #indexes #checks #foreign_keys #triggers #fts #lax #without_rowid #unindexed #renamed
    }
}

/// `.method(const { &[…] })`, or nothing for an empty list.
fn list(method: TokenStream, items: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let items: Vec<TokenStream> = items.collect();
    (!items.is_empty()).then(|| quote!(.#method(const { &[#(#items),*] })))
}

fn column(position: usize, field: &Field<'_>) -> TokenStream {
    let Field {
        name, column, attr, ..
    } = field;
    let typed = codec_item(field, "TYPED");
    let default = match (&attr.default, &attr.default_sql) {
        (Some(default), _) => match &default.value {
            DefaultAttr::Now(_) => quote!(.default_now()),
            DefaultAttr::Literal { negative, literal } => {
                let literal = default_literal(*negative, literal);
                quote!(.default(#literal))
            }
        },
        (None, Some(expression)) => {
            let expression = &expression.value;
            quote!(.default_sql(#expression))
        }
        (None, None) => TokenStream::new(),
    };
    let checks = list(quote!(checks), attr.checks.iter().map(check));
    let sql_type = literal(quote!(sql_type), attr.sql_type.as_ref());
    let not_null = attr.not_null.is_some().then(|| quote!(.not_null()));
    let no_check = attr.own_check.as_ref().is_some_and(|it| !it.value);
    let no_check = no_check.then(|| quote!(.no_check()));
    let collate = attr.collate.as_ref().map(|collate| {
        let name = &collate.value;
        quote!(.collate(#name))
    });
    let generated = attr.generated.as_ref().map(|generated| {
        let (expression, stored) = (&generated.value, attr.stored.is_some());
        quote!(.generated(#expression, #stored))
    });
    let references = column_key(position, field).map(|key| {
        let key = foreign_key(&key);
        quote!(.references(#key))
    });
    let autoincrement = attr
        .autoincrement
        .is_some()
        .then(|| quote!(.autoincrement()));
    let immutable = attr.immutable.is_some().then(|| quote!(.immutable()));
    let touch = attr.touch.as_ref().map(|touch| match &touch.value {
        Some(expression) => quote!(.touch(__tablature::Some(#expression))),
        None => quote!(.touch(__tablature::None)),
    });
    let renamed = literal(quote!(renamed_from), attr.renamed_from.as_ref());
    let backfill = literal(quote!(backfill), attr.backfill.as_ref());
    let using = literal(quote!(using), attr.using.as_ref());
    quote! {
        __tablature::ColumnData::of(#column, #name, #typed)
            #sql_type #not_null #no_check #default #checks #collate #generated #references #autoincrement #immutable #touch #renamed #backfill #using
    }
}

/// `.method("…")`
fn literal(method: TokenStream, set: Option<&Set<LitStr>>) -> Option<TokenStream> {
    set.map(|set| {
        let text = &set.value;
        quote!(.#method(#text))
    })
}

/// The foreign key of one column, as if the struct had written it.
pub(super) fn column_key(position: usize, field: &Field<'_>) -> Option<ForeignKey> {
    let references = &field.attr.references.as_ref()?.value;
    // The words were checked with the rest of the grammar.
    let mut checked = Report::default();
    Some(ForeignKey {
        columns: vec![position],
        references: references.clone(),
        on_delete: crate::model::action(field.attr.on_delete.as_ref(), &mut checked),
        on_update: crate::model::action(field.attr.on_update.as_ref(), &mut checked),
        deferrable: field.attr.deferrable.is_some(),
        name: None,
        index: field.attr.index.as_ref().is_none_or(|set| set.value),
    })
}

fn default_literal(negative: bool, literal: &Lit) -> TokenStream {
    match literal {
        Lit::Str(text) => quote!(__tablature::Literal::Text(#text)),
        Lit::Char(letter) => {
            let text = letter.value().to_string();
            quote!(__tablature::Literal::Text(#text))
        }
        Lit::ByteStr(bytes) => quote!(__tablature::Literal::Blob(#bytes)),
        Lit::Bool(value) => {
            let number = Literal::i64_unsuffixed(i64::from(value.value));
            quote!(__tablature::Literal::Integer(#number))
        }
        Lit::Float(number) => {
            let text = format!(
                "{}{}",
                if negative { "-" } else { "" },
                number.base10_digits()
            );
            quote!(__tablature::Literal::Real(#text))
        }
        other => {
            let digits = match other {
                Lit::Int(number) => number.base10_digits().to_owned(),
                _ => String::new(),
            };
            let number: i64 = format!("{}{digits}", if negative { "-" } else { "" })
                .parse()
                .unwrap_or_default();
            let number = Literal::i64_unsuffixed(number);
            quote!(__tablature::Literal::Integer(#number))
        }
    }
}

fn check(check: &CheckAttr) -> TokenStream {
    let expression = &check.expression;
    match &check.name {
        Some(name) => {
            let name = name.value();
            quote!(__tablature::Check::new(__tablature::Some(#name), #expression))
        }
        None => quote!(__tablature::Check::new(__tablature::None, #expression)),
    }
}

fn unique(unique: &Unique) -> TokenStream {
    let columns = positions(&unique.columns);
    let name = option(unique.name.as_ref());
    let constraint = unique
        .constraint
        .as_ref()
        .map(|it| quote!(.constraint(__tablature::Conflict::#it)));
    quote!(__tablature::Unique::new(#name, &#columns) #constraint)
}

fn index(index: &Index) -> TokenStream {
    let parts = index.parts.iter().map(part);
    let name = index.name.as_ref().map(|name| quote!(.name(#name)));
    let unique = index.unique.then(|| quote!(.unique()));
    let filter = index.filter.as_ref().map(|filter| quote!(.filter(#filter)));
    quote!(__tablature::Index::new(const { &[#(#parts),*] }) #name #unique #filter)
}

fn part(part: &Part) -> TokenStream {
    let what = match (part.column, &part.expression) {
        (None, Some(expression)) => quote!(expression(#expression)),
        (column, _) => {
            let column = Literal::usize_unsuffixed(column.unwrap_or_default());
            quote!(column(#column))
        }
    };
    let collate = part
        .collate
        .as_ref()
        .map(|collate| quote!(.collate(#collate)));
    let descending = part.descending.then(|| quote!(.descending()));
    quote!(__tablature::Part::#what #collate #descending)
}

fn foreign_key(key: &ForeignKey) -> TokenStream {
    let columns = positions(&key.columns);
    let (table, target, by_name) = match &key.references {
        References::Struct { table, columns } if columns.is_empty() => {
            (table_item(table, "NAME"), table_item(table, "KEY"), None)
        }
        References::Struct { table, columns } => {
            let all = table_item(table, "COLUMNS");
            let target = quote!(const { &[#(#all.#columns.name()),*] });
            (table_item(table, "NAME"), target, None)
        }
        References::Name { table, columns } => (
            quote!(#table),
            quote!(&[#(#columns),*]),
            Some(quote!(.by_name())),
        ),
    };
    let name = key.name.as_ref().map(|name| quote!(.name(#name)));
    let on_delete = key
        .on_delete
        .as_ref()
        .map(|action| quote!(.on_delete(__tablature::Action::#action)));
    let on_update = key
        .on_update
        .as_ref()
        .map(|action| quote!(.on_update(__tablature::Action::#action)));
    let deferrable = key.deferrable.then(|| quote!(.deferrable()));
    let unindexed = (!key.index).then(|| quote!(.no_index()));
    quote!(__tablature::ForeignKey::new(&#columns, #table, #target) #on_delete #on_update #deferrable #unindexed #name #by_name)
}

fn full_text(fts: &Fts) -> TokenStream {
    let columns = fts.columns.iter().map(
        |FtsColumn {
             column,
             weight,
             unindexed,
         }| {
            let column = Literal::usize_unsuffixed(*column);
            quote!(__tablature::FtsColumn::new(#column, #weight, #unindexed))
        },
    );
    let name = fts.name.as_ref().map(|name| quote!(.name(#name)));
    let content = fts.content.map(|content| match content {
        ContentAttr::None => quote!(.content(__tablature::Content::Contentless)),
        ContentAttr::Own => quote!(.content(__tablature::Content::Own)),
    });
    let tokenize = fts
        .tokenize
        .as_ref()
        .map(|tokenize| quote!(.tokenize(#tokenize)));
    let prefix = fts.prefix.as_ref().map(|prefix| quote!(.prefix(#prefix)));
    let detail = match fts.detail {
        DetailAttr::Full => None,
        DetailAttr::Column => Some(quote!(.detail(__tablature::Detail::Column))),
        DetailAttr::None => Some(quote!(.detail(__tablature::Detail::None))),
    };
    let columnsize = (!fts.columnsize).then(|| quote!(.no_columnsize()));
    let triggers = (!fts.triggers).then(|| quote!(.no_triggers()));
    quote!(__tablature::Fts::new(const { &[#(#columns),*] }) #name #content #tokenize #prefix #detail #columnsize #triggers)
}

fn trigger(trigger: &Trigger) -> TokenStream {
    let Trigger {
        name,
        timing,
        event,
        body,
        ..
    } = trigger;
    let of = (!trigger.of.is_empty()).then(|| {
        let columns = positions(&trigger.of);
        quote!(.of(&#columns))
    });
    let when = trigger.when.as_ref().map(|when| quote!(.when(#when)));
    quote!(__tablature::Trigger::new(#name, __tablature::Timing::#timing, __tablature::Event::#event, #body) #of #when)
}

/// `[0, 2]`
pub(super) fn positions(positions: &[usize]) -> TokenStream {
    let positions = positions
        .iter()
        .map(|position| Literal::usize_unsuffixed(*position));
    quote!([#(#positions),*])
}

fn option(name: Option<&String>) -> TokenStream {
    match name {
        Some(name) => quote!(__tablature::Some(#name)),
        None => quote!(__tablature::None),
    }
}
