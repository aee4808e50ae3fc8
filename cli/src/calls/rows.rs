use std::collections::{BTreeMap, HashMap};
use syn::visit::{self, Visit};
use syn::{Attribute, File, ItemStruct};

/// What stands in front of the SQL of `Post::query`, by struct.
pub(super) type Rows = HashMap<String, Before>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// `SELECT … FROM` this table.
    Table(String),
    /// The same, and `WHERE`.
    Where(String),
    /// Nothing: it takes a whole statement.
    Nothing,
}

/// The structs that are rows: tables by the schema, and what derives `Row`.
pub(super) fn of(files: &[(usize, File)], tables: &BTreeMap<String, String>) -> Rows {
    let named = tables
        .iter()
        .map(|(row, table)| (row.clone(), Before::Table(table.clone())));
    let mut walk = Walk {
        tables,
        rows: named.collect(),
    };
    for (_, file) in files {
        walk.visit_file(file);
    }
    walk.rows
}

/// What stands in front of the SQL of a call on a struct. `execute` and `returning` take a whole statement.
pub(super) fn before(rows: &Rows, row: &str, method: &str) -> Option<Before> {
    match (rows.get(row)?, method) {
        (_, "execute" | "returning") => Some(Before::Nothing),
        (before, _) => Some(before.clone()),
    }
}

struct Walk<'t> {
    tables: &'t BTreeMap<String, String>,
    rows: Rows,
}

impl<'a> Visit<'a> for Walk<'_> {
    fn visit_item_struct(&mut self, item: &'a ItemStruct) {
        if derives_row(&item.attrs) {
            let before = match of_table(&item.attrs) {
                None => Some(Before::Nothing),
                Some(row) => self.tables.get(&row).cloned().map(Before::Table),
            };
            if let Some(before) = before {
                self.rows.insert(item.ident.to_string(), before);
            }
        }
        visit::visit_item_struct(self, item);
    }
}

fn derives_row(attributes: &[Attribute]) -> bool {
    let mut derives = false;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
        // What is no list of paths is rustc's to complain about.
        let _ = attribute.parse_nested_meta(|meta| {
            let last = meta.path.segments.last();
            derives |= last.is_some_and(|it| it.ident == "Row");
            Ok(())
        });
    }
    derives
}

/// `#[row(of = Post)]`
fn of_table(attributes: &[Attribute]) -> Option<String> {
    let mut table = None;
    for attribute in attributes.iter().filter(|it| it.path().is_ident("row")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let path: syn::Path = meta.value()?.parse()?;
            if meta.path.is_ident("of") {
                table = path.segments.last().map(|it| it.ident.to_string());
            }
            Ok(())
        });
    }
    table
}
