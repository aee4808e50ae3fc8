use super::objects::fts_columns;
use crate::plans::model::{Id, Piece, Schema, Sql, Table, class};
use std::collections::BTreeSet;

/// Takes away what cannot stay after something else has gone or changed, until everything fits.
pub(crate) fn repair(schema: &mut Schema) {
    loop {
        let before = format!("{schema:?}");
        for table in &mut schema.tables {
            self::table(table);
        }
        foreign_keys(schema);
        objects(schema);
        if format!("{schema:?}") == before {
            return;
        }
    }
}

fn table(table: &mut Table) {
    let columns: BTreeSet<Id> = table.columns.iter().map(|it| it.id).collect();
    let known = |sql: &Sql| names(sql).all(|it| columns.contains(&it));
    let plain: BTreeSet<Id> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_none())
        .map(|it| it.id)
        .collect();
    table.columns.retain(|it| {
        it.generated
            .as_ref()
            .is_none_or(|(sql, _)| known(sql) && names(sql).all(|it| plain.contains(&it)))
    });
    let columns: BTreeSet<Id> = table.columns.iter().map(|it| it.id).collect();
    if table
        .key
        .as_ref()
        .is_some_and(|it| !it.columns.iter().all(|it| plain.contains(it)))
    {
        table.key = None;
    }
    if let Some(key) = &mut table.key {
        let integer = key.columns.len() == 1
            && table
                .columns
                .iter()
                .any(|it| it.id == key.columns[0] && it.kind == "INTEGER");
        key.autoincrement &= integer;
        table.without_rowid &= !key.autoincrement;
        if integer && !table.without_rowid {
            // Nothing else can be said of a rowid.
            key.conflict = "";
        }
    } else {
        table.without_rowid = false;
    }
    let rowid = table.rowid();
    for column in &mut table.columns {
        if Some(column.id) == rowid {
            (
                column.default,
                column.not_null,
                column.collation,
                column.null_conflict,
            ) = (None, false, None, "");
        }
        if !column.not_null {
            column.null_conflict = "";
        }
    }
    let key = table.key.clone();
    table.uniques.retain(|it| {
        it.columns.iter().all(|it| columns.contains(it))
            && key.as_ref().is_none_or(|key| key.columns != it.columns)
    });
    table
        .checks
        .retain(|it| it.test.columns().iter().all(|it| columns.contains(it)));
    let mut names = BTreeSet::new();
    table.checks.retain(|it| {
        it.name
            .clone()
            .is_none_or(|name| names.insert(name.to_lowercase()))
    });
}

fn foreign_keys(schema: &mut Schema) {
    let whole = schema.clone();
    for table in &mut schema.tables {
        let columns = table.columns.clone();
        table.foreign_keys.retain_mut(|key| {
            let Some(parent) = whole.table(key.parent) else {
                return false;
            };
            let own: Vec<_> = key
                .from
                .iter()
                .filter_map(|id| {
                    columns
                        .iter()
                        .find(|it| it.id == *id && it.generated.is_none())
                })
                .collect();
            let primary = parent.key.as_ref().is_some_and(|it| it.columns == key.to);
            key.implicit &= primary;
            // A row that must refer cannot let go.
            if own.iter().any(|it| {
                it.not_null
                    || table.without_rowid
                        && table
                            .key
                            .as_ref()
                            .is_some_and(|key| key.columns.contains(&it.id))
            }) {
                for action in [&mut key.on_delete, &mut key.on_update] {
                    if ["SET NULL", "SET DEFAULT"].contains(action) {
                        *action = "CASCADE";
                    }
                }
            }
            let fits = own.iter().zip(&key.to).all(|(own, to)| {
                parent
                    .column(*to)
                    .is_some_and(|it| class(it.kind) == class(own.kind) && it.generated.is_none())
            });
            let collations = own.iter().zip(&key.to).all(|(own, to)| {
                parent.column(*to).is_some_and(|it| {
                    let collation = |it: Option<&str>| {
                        it.filter(|it| !it.eq_ignore_ascii_case("binary"))
                            .map(str::to_lowercase)
                    };
                    collation(it.collation) == collation(own.collation)
                })
            });
            own.len() == key.from.len()
                && fits
                && collations
                && whole.targets(parent).contains(&key.to)
        });
    }
}

fn objects(schema: &mut Schema) {
    let tables = schema.tables.clone();
    let columns_of = |id: Id| {
        tables
            .iter()
            .find(|it| it.id == id)
            .map(|it| it.columns.iter().map(|it| it.id).collect::<BTreeSet<Id>>())
    };
    schema.indexes.retain(|index| {
        let Some(columns) = columns_of(index.table) else {
            return false;
        };
        let inside = |sql: &Sql| names(sql).all(|it| columns.contains(&it));
        index.parts.iter().all(|(part, _)| inside(part)) && index.filter.as_ref().is_none_or(inside)
    });
    schema.fts.retain_mut(|fts| {
        let Some(table) = tables.iter().find(|it| it.id == fts.table) else {
            return false;
        };
        let fit = fts_columns(table);
        fts.columns.retain(|it| fit.contains(it));
        table.rowid().is_some() && !fts.columns.is_empty()
    });
    let known: BTreeSet<Id> = schema.names().into_keys().collect();
    schema
        .views
        .retain(|it| names(&it.text).all(|it| known.contains(&it)));
    let known: BTreeSet<Id> = schema.names().into_keys().collect();
    // What a trigger writes must be writable.
    let generated: BTreeSet<Id> = tables
        .iter()
        .flat_map(|it| &it.columns)
        .filter(|it| it.generated.is_some())
        .map(|it| it.id)
        .collect();
    schema
        .triggers
        .retain(|it| names(&it.text).all(|it| known.contains(&it) && !generated.contains(&it)));
}

fn names(sql: &Sql) -> impl Iterator<Item = Id> + '_ {
    sql.iter().filter_map(|it| match it {
        Piece::Name(id) => Some(*id),
        Piece::Sql(_) => None,
    })
}
