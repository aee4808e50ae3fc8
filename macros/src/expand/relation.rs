//! Foreign keys as relations: from a row to its parent, and to its children.

use super::description::{column_key, positions};
use super::{codec_item, table_item};
use crate::attr::References;
use crate::model::{ForeignKey, Table};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::collections::BTreeSet;
use syn::ext::IdentExt;
use syn::{Path, Visibility};

/// A foreign key to a struct, under the name of its fields.
struct Relation<'t> {
    name: Ident,
    parent: &'t Path,
    target: &'t [Ident],
    columns: &'t [usize],
}

/// The handles of all relations, and the short way where only one leads to a parent.
pub(super) fn relations(table: &Table<'_>) -> TokenStream {
    let keys: Vec<ForeignKey> = keys(table);
    let relations: Vec<Relation<'_>> = keys
        .iter()
        .filter_map(|key| Relation::of(table, key))
        .collect();
    if relations.is_empty() {
        return TokenStream::new();
    }
    let ident = table.ident;
    let handles = format_ident!("{}Relations", ident.unraw(), span = table.columns.span());
    let visibility = generated_visibility(table.visibility);
    let fields = relations.iter().map(|Relation { name, parent, .. }| {
        quote!(#visibility #name: __tablature::Relation<#ident, #parent>)
    });
    let values = relations.iter().map(|relation| {
        let (name, value) = (&relation.name, relation.value());
        quote!(#name: #value)
    });
    let only = relations.iter().filter(|it| {
        // syn compares paths only with a feature that this crate has no other use for.
        let spelled = |it: &Relation<'_>| it.parent.to_token_stream().to_string();
        let same = |other: &&Relation<'_>| spelled(other) == spelled(it);
        relations.iter().filter(same).count() == 1
    });
    let only = only.map(|relation| {
        let (parent, value) = (relation.parent, relation.value());
        quote! {
            #[automatically_derived]
            impl __tablature::ChildOf<#parent> for #ident {
                const RELATION: __tablature::Relation<Self, #parent> = #value;
            }
        }
    });
    quote! {
        #[doc(hidden)]
        #visibility struct #handles { #(#fields),* }
        #[automatically_derived]
        impl __tablature::Related for #ident {
            type Relations = #handles;
            const RELATIONS: #handles = #handles { #(#values),* };
        }
        #(#only)*
    }
}

/// The values by which rows of other tables find one: of keys, unique columns, and columns that refer.
pub(super) fn key_value(table: &Table<'_>) -> TokenStream {
    let mut wanted: BTreeSet<usize> = table.primary_key.iter().copied().collect();
    wanted.extend(table.uniques.iter().flat_map(|it| &it.columns));
    wanted.extend(keys(table).iter().flat_map(|key| key.columns.clone()));
    let unique = |(_, field): &(usize, &crate::model::Field<'_>)| field.attr.unique.is_some();
    let fields = table.fields.0.iter().enumerate();
    wanted.extend(fields.filter(unique).map(|(position, _)| position));
    let arms = wanted.iter().map(|position| {
        let field = &table.fields.0[*position];
        let (name, write) = (field.ident, codec_item(field, "write"));
        let position = Literal::usize_unsuffixed(*position);
        quote!(#position => #write(&self.#name))
    });
    quote! {
        fn key_value(
            &self,
            column: __tablature::usize,
        ) -> __tablature::Result<__tablature::ToSqlOutput<'_>, __tablature::ValueError> {
            match column {
                #(#arms,)*
                _ => __tablature::Ok(__tablature::ToSqlOutput::Owned(__tablature::Value::Null)),
            }
        }
    }
}

fn keys(table: &Table<'_>) -> Vec<ForeignKey> {
    let fields = table.fields.0.iter().enumerate();
    let of_columns = fields.filter_map(|(position, field)| column_key(position, field));
    of_columns
        .chain(table.foreign_keys.iter().cloned())
        .collect()
}

impl<'t> Relation<'t> {
    fn of(table: &Table<'_>, key: &'t ForeignKey) -> Option<Self> {
        let References::Struct {
            table: parent,
            columns: target,
        } = &key.references
        else {
            return None;
        };
        let names = key.columns.iter().map(|it| table.fields.0[*it].ident);
        let names: Vec<String> = names.map(|it| it.unraw().to_string()).collect();
        let name = match key.columns.as_slice() {
            [column] => table.fields.0[*column].ident.clone(),
            _ => format_ident!("{}", names.join("_")),
        };
        Some(Self {
            name,
            parent,
            target,
            columns: &key.columns,
        })
    }

    fn value(&self) -> TokenStream {
        let columns = positions(self.columns);
        let keys = match self.target {
            [] => {
                let table = table_item(self.parent, "TABLE");
                quote!(#table.primary_key)
            }
            named => {
                let all = table_item(self.parent, "COLUMNS");
                quote!(const { &[#(#all.#named.position()),*] })
            }
        };
        quote!(__tablature::Relation::new(&#columns, #keys))
    }
}

/// The user's word, of which no lint has anything to say.
fn generated_visibility(visibility: &Visibility) -> TokenStream {
    super::table::generated(&visibility.to_token_stream())
}
