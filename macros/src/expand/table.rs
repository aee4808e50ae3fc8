use super::{Place, codec, codec_item, read, scope, table_item};
use crate::attr::{CheckAttr, ContentAttr, DefaultAttr, DetailAttr};
use crate::model::{Field, ForeignKey, Fts, FtsColumn, Index, Part, Table, Trigger, Unique};
use crate::report::Report;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt;
use syn::{Ident, Lit, LitStr};

pub(crate) fn table(table: &Table<'_>) -> TokenStream {
    let columns = columns_struct(table);
    let mapped = mapped(table);
    let insert = insert(table);
    let implementation = implementation(table);
    let assertions = assertions(table);
    let krate = &table.krate;
    scope(
        krate,
        quote!(#columns #mapped #insert #implementation #assertions),
    )
}

/// The struct of handles. Its fields are as visible as the user's.
fn columns_struct(table: &Table<'_>) -> TokenStream {
    let Table {
        ident, visibility, ..
    } = table;
    let columns = columns_ident(table);
    let fields = table.fields.0.iter().map(|field| {
        let Field {
            ident: name,
            visibility,
            ty,
            ..
        } = field;
        let codec = codec(field).unwrap_or_else(|| quote!(__tablature::Plain));
        quote!(#visibility #name: __tablature::Column<#ident, #ty, #codec>)
    });
    quote! {
        #[doc(hidden)]
        #visibility struct #columns { #(#fields),* }
    }
}

pub(super) fn columns_ident(table: &Table<'_>) -> Ident {
    format_ident!("{}Columns", table.ident.unraw())
}

fn mapped(table: &Table<'_>) -> TokenStream {
    let Table { ident, name, .. } = table;
    let names = table.fields.0.iter().map(|field| &field.column);
    let values = table.fields.0.iter().enumerate().map(|(position, field)| {
        let name = field.ident;
        let value = read(field, position);
        quote!(#name: #value?)
    });
    quote! {
        #[automatically_derived]
        impl __tablature::Mapped for #ident {
            const SOURCE: &'static __tablature::str = #name;
            const NAMES: &'static [&'static __tablature::str] = &[#(#names),*];
            const SELECT: &'static __tablature::str = <#ident as __tablature::Table>::SQL.select;
            #[inline]
            fn read(values: &__tablature::Values<'_>) -> __tablature::Result<Self, __tablature::ReadError> {
                __tablature::Ok(Self { #(#values),* })
            }
        }
    }
}

fn insert(table: &Table<'_>) -> TokenStream {
    let Table { ident, krate, .. } = table;
    let writable = table.writable();
    let given = positions(&writable);
    let binds = writable.iter().map(|position| {
        let field = &table.fields.0[*position];
        let name = field.ident;
        let write = codec_item(field, "write");
        quote!(to.bind(#write(&self.#name))?;)
    });
    let text = text(
        krate,
        quote!(insert_sql(<#ident as __tablature::Table>::TABLE, <#ident as __tablature::Insert>::GIVEN, __tablature::Nulls::Never)),
    );
    quote! {
        #[automatically_derived]
        impl __tablature::Insert for #ident {
            type Into = Self;
            const GIVEN: &'static [__tablature::usize] = &#given;
            const INSERT: __tablature::InsertSql = __tablature::InsertSql::new(#text);
            #[inline]
            fn bind(&self, to: &mut __tablature::Binder<'_, '_>) -> __tablature::Result<(), __tablature::WriteError> {
                #(#binds)*
                __tablature::Ok(())
            }
        }
    }
}

/// The runtime's two passes over a writer.
pub(super) fn text(krate: &TokenStream, write: TokenStream) -> TokenStream {
    quote!(#krate::__text!(__tablature::#write))
}

fn implementation(table: &Table<'_>) -> TokenStream {
    let Table {
        ident, krate, name, ..
    } = table;
    let columns = columns_ident(table);
    let handles = table.fields.0.iter().enumerate().map(|(position, field)| {
        let Field {
            ident: name,
            column,
            ..
        } = field;
        let position = Literal::usize_unsuffixed(position);
        quote!(#name: __tablature::Column::new(#position, #column))
    });
    let key_names = table
        .primary_key
        .iter()
        .map(|position| &table.fields.0[*position].column);
    let key = key_type(table);
    let description = description(table);
    let ddl = text(krate, quote!(ddl(<#ident as __tablature::Table>::TABLE)));
    let sql = text(
        krate,
        quote!(table_sql(<#ident as __tablature::Table>::TABLE, <#ident as __tablature::Insert>::GIVEN)),
    );
    let keyed = (!table.primary_key.is_empty())
        .then(|| quote!(#[automatically_derived] impl __tablature::Keyed for #ident {}));
    let searchable = table
        .fts
        .is_some()
        .then(|| quote!(#[automatically_derived] impl __tablature::Searchable for #ident {}));
    quote! {
        #[automatically_derived]
        impl __tablature::Table for #ident {
            type Key = #key;
            type Columns = #columns;
            const NAME: &'static __tablature::str = #name;
            const KEY: &'static [&'static __tablature::str] = &[#(#key_names),*];
            const COLUMNS: #columns = #columns { #(#handles),* };
            const TABLE: &'static __tablature::TableData = #description;
            const DDL: &'static __tablature::str = #ddl.text();
            const SQL: __tablature::TableSql = __tablature::TableSql::new(#sql);
        }
        #keyed
        #searchable
    }
}

fn key_type(table: &Table<'_>) -> TokenStream {
    let parts: Vec<TokenStream> = table
        .primary_key
        .iter()
        .map(|position| codec_item(&table.fields.0[*position], "NotNull"))
        .collect();
    match parts.as_slice() {
        [] => quote!(__tablature::i64),
        [key] => quote!(#key),
        parts => quote!((#(#parts),*)),
    }
}

fn description(table: &Table<'_>) -> TokenStream {
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
        quote!(.primary_key(&#columns))
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
    let unindexed = (!table.index_foreign_keys).then(|| quote!(.no_foreign_key_indexes()));
    quote! {
        &__tablature::TableData::new(#name, #row, const { &[#(#columns),*] })
            #primary_key #uniques #indexes #checks #foreign_keys #triggers #fts #lax #without_rowid #unindexed
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
    let facts = codec_item(field, "FACTS");
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
    quote! {
        __tablature::ColumnData::new(#column, #name, #facts)
            #default #checks #collate #generated #references #autoincrement #immutable #touch
    }
}

/// The foreign key of one column, as if the struct had written it.
fn column_key(position: usize, field: &Field<'_>) -> Option<ForeignKey> {
    let references = &field.attr.references.as_ref()?.value;
    // The words were checked with the rest of the grammar.
    let mut checked = Report::default();
    Some(ForeignKey {
        columns: vec![position],
        references: crate::attr::References {
            table: references.table.clone(),
            columns: references.columns.clone(),
        },
        on_delete: crate::model::action(field.attr.on_delete.as_ref(), &mut checked),
        on_update: crate::model::action(field.attr.on_update.as_ref(), &mut checked),
        deferrable: field.attr.deferrable.is_some(),
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
            let name = name.unraw().to_string();
            quote!(__tablature::Check::new(__tablature::Some(#name), #expression))
        }
        None => quote!(__tablature::Check::new(__tablature::None, #expression)),
    }
}

fn unique(unique: &Unique) -> TokenStream {
    let columns = positions(&unique.columns);
    let name = option(unique.name.as_ref());
    quote!(__tablature::Unique::new(#name, &#columns))
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
    let table = &key.references.table;
    let name = table_item(table, "NAME");
    let target = if key.references.columns.is_empty() {
        table_item(table, "KEY")
    } else {
        let all = table_item(table, "COLUMNS");
        let columns = &key.references.columns;
        quote!(const { &[#(#all.#columns.name()),*] })
    };
    let on_delete = key
        .on_delete
        .as_ref()
        .map(|action| quote!(.on_delete(__tablature::Action::#action)));
    let on_update = key
        .on_update
        .as_ref()
        .map(|action| quote!(.on_update(__tablature::Action::#action)));
    let deferrable = key.deferrable.then(|| quote!(.deferrable()));
    quote!(__tablature::ForeignKey::new(&#columns, #name, #target) #on_delete #on_update #deferrable)
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
    quote!(__tablature::Fts::new(const { &[#(#columns),*] }) #name #content #tokenize #prefix #detail #columnsize)
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

/// What only the compiler knows, each at its token.
fn assertions(table: &Table<'_>) -> TokenStream {
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
        attr.generated
            .iter()
            .for_each(|generated| sql(&generated.value));
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
    let count = Literal::usize_unsuffixed(table.writable().len());
    all.push(Place::from(Span::call_site()).assert(
        "placeholders",
        &quote!(&<#ident as __tablature::Insert>::INSERT, #count),
    ));
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
    let has_now =
        |span: Span, usage: &str| Place::from(span).assert("has_now", &quote!(&#facts, #name, #usage));
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
    if let Some(autoincrement) = &field.attr.autoincrement {
        all.push(Place::from(autoincrement.key).assert("autoincrement", this));
    }
    if let Some(key) = column_key(position, field) {
        all.push(key_assertion(this, &key));
    }
}

fn key_assertion(this: &TokenStream, key: &ForeignKey) -> TokenStream {
    let columns = positions(&key.columns);
    let (table, named) = (&key.references.table, &key.references.columns);
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

/// `[0, 2]`
fn positions(positions: &[usize]) -> TokenStream {
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
