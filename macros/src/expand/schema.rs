//! `schema!`: the static, what is asserted of its tables, and the migrations that it carries.

use super::Place;
use crate::attr::Slot;
use crate::folder::{Folder, SqlFile};
use crate::model::{Hook, Schema};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Path;
use syn::ext::IdentExt;
use syn::spanned::Spanned as _;

pub(crate) fn schema(schema: &Schema) -> TokenStream {
    let Some(ident) = &schema.ident else {
        return TokenStream::new();
    };
    let Schema {
        krate,
        attributes,
        visibility,
        tables,
        ..
    } = schema;
    let name = ident.unraw().to_string();
    let tables = tables
        .iter()
        .map(|table| quote!(<#table as __tablature::Table>::LISTED));
    let listed = each_table(schema, "schema", &quote!(__TABLES));
    let migrations = schema.migrations.as_ref().map(|folder| {
        let folder = Folder::read(&folder.value.value());
        migrations(schema, &name, &folder)
    });
    let carried = migrations
        .is_some()
        .then(|| quote!(.with_migrations(&__SOURCE, __SCRIPTS).with_hooks(__HOOKS)));
    let test = migrations.is_some().then(|| test(schema, ident));
    quote! {
        #(#attributes)*
        // A schema and its history may be long; that is no reason not to compile.
        #[allow(unused_qualifications, long_running_const_eval)]
        #visibility static #ident: #krate::Schema = {
            use #krate::__private as __tablature;
            const __TABLES: &[__tablature::Listed] = &[#(#tables),*];
            #listed
            #migrations
            __tablature::Schema::new(#name, __TABLES) #carried
        };
        #test
    }
}

/// An assertion for each table, at its place in the list.
fn each_table(schema: &Schema, check: &str, arguments: &TokenStream) -> TokenStream {
    let tables = schema.tables.iter().enumerate();
    tables
        .map(|(position, table)| {
            let position = Literal::usize_unsuffixed(position);
            Place::of(table).assert(check, &quote!(#arguments, #position))
        })
        .collect()
}

fn migrations(schema: &Schema, name: &str, folder: &Folder) -> TokenStream {
    let Schema {
        krate,
        migrations,
        runner,
        sqlite,
        tables,
        ..
    } = schema;
    let entries = tables.iter().map(|table| {
        quote! {
            __tablature::Entry {
                table: <#table as __tablature::Table>::TABLE,
                ddl: <#table as __tablature::Table>::DDL,
            }
        }
    });
    let literal = migrations.as_ref().map(|set| &set.value);
    let runner = runner.as_ref().map_or("Tablature", |set| set.value);
    let runner = Ident::new(runner, Span::call_site());
    let sqlite = option(sqlite.as_ref().map(|set| {
        let version = &set.value;
        quote!(#version)
    }));
    let files = folder.files.iter().map(|SqlFile { name, path, down }| {
        let kind = Ident::new(if *down { "beside" } else { "inside" }, Span::call_site());
        quote!(__tablature::SqlFile::#kind(#name, __tablature::include_str!(#path)))
    });
    let recorded = option(
        folder
            .recorded
            .as_ref()
            .map(|path| quote!(__tablature::include_str!(#path))),
    );
    let problem = option(folder.problem.as_ref().map(|problem| quote!(#problem)));
    let place = literal.map_or(Place::from(Span::call_site()), Place::of);
    let files_are_right = place.assert("files", &quote!(&__SOURCE, __NAMES, __DUMP));
    let recorded_is_right =
        place.assert("recorded", &quote!(&__GATE, &__SOURCE, __NAMES, __SCRIPTS));
    let hooks = schema.hooks.iter().map(hook);
    let versions = schema.hooks.iter().map(|it| &it.version);
    let hooks_exist: TokenStream = schema
        .hooks
        .iter()
        .map(|Hook { version, .. }| {
            let digits = version.base10_digits();
            Place::of(version).assert("hook", &quote!(__SCRIPTS, __DUMP, #version, #digits))
        })
        .collect();
    let no_drift = each_table(schema, "drift", &quote!(&__GATE, &__SOURCE, __ENTRIES));
    quote! {
        const __ENTRIES: &[__tablature::Entry] = &[#(#entries),*];
        const __DUMP: __tablature::bool = __tablature::dump::is_asked_for(
            __tablature::option_env!("TABLATURE_DUMP"),
            __tablature::option_env!("CARGO_PKG_NAME"),
        );
        const __SOURCE: __tablature::Source = __tablature::Source {
            name: #name,
            folder: #literal,
            runner: __tablature::Runner::#runner,
            target: #sqlite,
            files: &[#(#files),*],
            recorded: #recorded,
            problem: #problem,
            hooks: &[#(#versions),*],
        };
        const __HOOKS: &[__tablature::Hook] = &[#(#hooks),*];
        const __NAMES: &[__tablature::FileName<'static>] =
            &__tablature::names::<{ __SOURCE.files.len() }>(&__SOURCE);
        const __SCRIPTS: &[__tablature::Script<'static>] =
            &__tablature::scripts::<{ __tablature::count(__NAMES) }>(&__SOURCE, __NAMES);
        const __GATE: __tablature::Gate<{ __ENTRIES.len() }> = if __DUMP || __tablature::cfg!(test) {
            __tablature::Gate::open()
        } else {
            __tablature::Gate::new(&__SOURCE, __ENTRIES)
        };
        #files_are_right
        #recorded_is_right
        #hooks_exist
        #no_drift
        #krate::__dump!(__DUMP, &__SOURCE, __ENTRIES);
    }
}

/// A function may return any error; a mistake in its type is told at its name.
fn hook(Hook { version, up, down }: &Hook) -> TokenStream {
    let function = |slot: &Slot<Path>| {
        option(slot.as_ref().map(|set| {
            let path = &set.value;
            quote_spanned! {path.span()=>
                |transaction| {
                    let hook: fn(&__tablature::Transaction<'_>) -> __tablature::Result<(), _> = #path;
                    // Not `into`, which clippy has an opinion on where the error is a box already.
                    hook(transaction)?;
                    __tablature::Ok(())
                }
            }
        }))
    };
    let (up, down) = (function(up), function(down));
    quote!(__tablature::Hook::new(#version, #up, #down))
}

/// What compiling cannot see: whether the SQL of the migrations does what its names say.
fn test(schema: &Schema, ident: &Ident) -> TokenStream {
    let krate = &schema.krate;
    // A module would take a name that one of the user's may have.
    let name = format_ident!(
        "{}_migrations_match_structs",
        ident.unraw().to_string().to_lowercase()
    );
    quote! {
        #[cfg(test)]
        #[::core::prelude::v1::test]
        fn #name() -> #krate::__private::Result<(), #krate::__private::Failure> {
            #krate::__private::Failure::of(#ident.check_migrations())
        }
    }
}

fn option(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(__tablature::Some(#value)),
        None => quote!(__tablature::None),
    }
}
