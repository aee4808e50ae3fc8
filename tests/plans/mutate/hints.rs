use super::Changed;
use crate::plans::model::{Piece, Schema, Sql};
use std::collections::BTreeMap;
use tablature::plan::Hints;

/// What the author says: every rename, every loss, and the values. The second is the same as flags, to be read.
pub(crate) fn hints(from: &Schema, changed: &Changed) -> (Hints, Vec<String>) {
    let mut hints = Hints::default();
    let mut said = Vec::new();
    for old in &from.tables {
        let Some(new) = changed.to.table(old.id) else {
            said.push(("allow", format!("drop:{}", old.name)));
            continue;
        };
        if old.name != new.name {
            said.push((
                "rename",
                format!("{}={}", quoted(&old.name), quoted(&new.name)),
            ));
        }
        for column in &old.columns {
            // Of ANY, a table that is no longer strict converts what looks like a number.
            let lax = old.strict && !new.strict;
            if let Some(after) = new.column(column.id)
                && (lax || column.kind != after.kind)
            {
                said.push(("allow", format!("convert:{}.{}", new.name, after.name)));
            }
            match new.column(column.id) {
                Some(after) if column.name != after.name => {
                    said.push((
                        "rename",
                        format!(
                            "{}.{}={}",
                            quoted(&old.name),
                            quoted(&column.name),
                            quoted(&after.name)
                        ),
                    ));
                }
                Some(after) if column.generated.is_none() && after.generated.is_some() => {
                    said.push(("allow", format!("drop:{}.{}", new.name, after.name)));
                }
                Some(_) => {}
                None => {
                    said.push(("allow", format!("drop:{}.{}", new.name, column.name)));
                    said.push(("allow", format!("drop:{}.{}", old.name, column.name)));
                }
            }
        }
    }
    for fts in &from.fts {
        said.push(("allow", format!("drop:{}", fts.name)));
    }
    let names = changed.to.names();
    // Where tables swap their names, the one before the change counts.
    let table_name = |id: u32| quoted(from.table(id).map_or(names[&id], |it| &it.name));
    let here = |table: u32, column: u32| {
        changed
            .to
            .table(table)
            .is_some_and(|it| it.column(column).is_some_and(|it| it.generated.is_none()))
    };
    for (table, column, value) in &changed.values {
        if here(*table, *column) {
            let place = format!("{}.{}", table_name(*table), quoted(names[column]));
            said.push(("backfill", format!("{place}={}", written(value, from))));
        }
    }
    for (table, column, old, new) in &changed.maps {
        if here(*table, *column) {
            let place = format!("{}.{}", table_name(*table), quoted(names[column]));
            said.push(("map", format!("{place}:{old}={new}")));
        }
    }
    for (flag, value) in &said {
        let given = match *flag {
            "allow" => hints.allow(value),
            "rename" => hints.rename(value),
            "backfill" => hints.backfill(value),
            _ => hints.map(value),
        };
        given.unwrap_or_else(|error| panic!("--{flag} {value}: {error}"));
    }
    (
        hints,
        said.into_iter()
            .map(|(flag, value)| format!("--{flag} {value}"))
            .collect(),
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn written(value: &Sql, from: &Schema) -> String {
    let names: BTreeMap<_, _> = from.names();
    let pieces = value.iter().map(|it| match it {
        Piece::Sql(sql) => sql.clone(),
        Piece::Name(id) => quoted(names[id]),
    });
    pieces.collect()
}
