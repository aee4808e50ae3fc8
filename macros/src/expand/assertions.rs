//! What only the compiler knows, asserted at the token at fault.

use super::description::{column_key, positions};
use super::{Place, codec_item, table_item};
use crate::attr::{DefaultAttr, References};
use crate::model::{Field, ForeignKey, Table};
use proc_macro2::{Literal, Span, TokenStream};
use quote::quote;
use syn::LitStr;

/// What only the compiler knows, each at its token.
pub(super) fn assertions(table: &Table<'_>) -> TokenStream {
    let ident = table.ident;
    let this = quote!(<#ident as __tablature::Table>::TABLE);
    let mut all = Vec::new();
    let mut sql =
        |literal: &LitStr| all.push(Place::of(literal).assert("expression", &quote!(#literal)));
    for field in &table.fields.0 {
        let attr = &field.attr;
        attr.checks.iter().for_each(|check| sql(&check.expression));
        attr.default_sql
            .iter()
            .for_each(|default| sql(&default.value));
        let texts = [&attr.generated, &attr.backfill, &attr.using];
        texts
            .into_iter()
            .flatten()
            .for_each(|text| sql(&text.value));
        attr.touch
            .iter()
            .filter_map(|touch| touch.value.as_ref())
            .for_each(&mut sql);
    }
    table.checks.iter().for_each(|check| sql(&check.expression));
    for index in &table.indexes {
        index.filter.iter().for_each(&mut sql);
        index
            .parts
            .iter()
            .filter_map(|part| part.expression.as_ref())
            .for_each(&mut sql);
    }
    for trigger in &table.triggers {
        trigger.when.iter().for_each(&mut sql);
    }
    all.extend(table.triggers.iter().map(|trigger| {
        let body = &trigger.body;
        Place::of(body).assert("statements", &quote!(#body))
    }));
    for (position, field) in table.fields.0.iter().enumerate() {
        column_assertions(&mut all, &this, position, field);
    }
    for (part, position) in table.primary_key.iter().enumerate() {
        let (part, key) = (Literal::usize_unsuffixed(part), &table.fields.0[*position]);
        all.push(Place::of(key.ty).assert("primary_key", &quote!(#this, #part)));
    }
    for key in &table.foreign_keys {
        all.push(key_assertion(&this, key));
    }
    if let Some(fts) = &table.fts {
        all.push(Place::from(fts.span).assert("fts", &this));
    }
    quote!(#(#all)*)
}

fn column_assertions(
    all: &mut Vec<TokenStream>,
    this: &TokenStream,
    position: usize,
    field: &Field<'_>,
) {
    let (number, name) = (Literal::usize_unsuffixed(position), &field.name);
    let facts = codec_item(field, "FACTS");
    let has_now = |span: Span, usage: &str| {
        Place::from(span).assert("has_now", &quote!(&#facts, #name, #usage))
    };
    match field.attr.default.as_ref().map(|default| &default.value) {
        Some(DefaultAttr::Literal { literal, .. }) => {
            all.push(Place::of(literal).assert("default", &quote!(#this, #number)));
        }
        Some(DefaultAttr::Now(span)) => all.push(has_now(*span, "default_sql")),
        None => {}
    }
    if let Some(touch) = field
        .attr
        .touch
        .as_ref()
        .filter(|touch| touch.value.is_none())
    {
        all.push(has_now(touch.key, "touch"));
    }
    if let Some(words) = field.attr.sql_type.as_ref().map(|set| &set.value) {
        all.push(Place::of(words).assert("sql_type", &quote!(#this, #words)));
    }
    if let Some(autoincrement) = &field.attr.autoincrement {
        all.push(Place::from(autoincrement.key).assert("autoincrement", this));
    }
    if let Some(key) = column_key(position, field) {
        all.push(key_assertion(this, &key));
    }
}

fn key_assertion(this: &TokenStream, key: &ForeignKey) -> TokenStream {
    let columns = positions(&key.columns);
    // Of a table that no struct describes nothing is known.
    let References::Struct {
        table,
        columns: named,
    } = &key.references
    else {
        return TokenStream::new();
    };
    let target = table_item(table, "TABLE");
    let (place, keys) = if named.is_empty() {
        (Place::of(table), quote!(#target.primary_key))
    } else {
        let all = table_item(table, "COLUMNS");
        let keys = quote!(&[#(#all.#named.position()),*]);
        (Place::of(&quote!(#(#named)*)), keys)
    };
    let key_fits = place.assert("foreign_key", &quote!(#this, &#columns, #target, #keys));
    let actions = key.on_delete.iter().chain(&key.on_update).map(|action| {
        Place::of(action).assert(
            "action",
            &quote!(#this, &#columns, __tablature::Action::#action),
        )
    });
    quote!(#key_fits #(#actions)*)
}
