use super::{Aspect, Change};
use crate::schema::{Column, Expression, Table, same_name};

pub(super) fn diff(
    changes: &mut Vec<Change>,
    (old_table, old): (&Table, &Column),
    (table, new): (&Table, &Column),
) {
    let mut alter = |aspect| {
        changes.push(Change::AlterColumn(
            table.name.clone(),
            new.name.clone(),
            aspect,
        ));
    };
    if !same_type(&old.declared_type, &new.declared_type) {
        alter(Aspect::Type(
            old.declared_type.clone(),
            new.declared_type.clone(),
        ));
    }
    // The rowid, and a key of a table that is strict or has none, are NOT NULL whether they say so or not.
    let (was, is) = (old.not_null, new.not_null);
    if is_not_null(old_table, old) != is_not_null(table, new) {
        alter(Aspect::NotNull(is.is_some()));
    } else if let (Some(was), Some(is)) = (was, is)
        && was != is
    {
        alter(Aspect::NotNullConflict);
    }
    if old.default != new.default {
        let text = |it: &Option<Expression>| it.as_ref().map(ToString::to_string);
        alter(Aspect::Default(text(&old.default), text(&new.default)));
    }
    if old.collation != new.collation {
        alter(Aspect::Collation(
            old.collation.clone(),
            new.collation.clone(),
        ));
    }
    if old.generated != new.generated {
        alter(Aspect::Generated);
    }
}

pub(crate) fn same_type(a: &str, b: &str) -> bool {
    Expression::new(a) == Expression::new(b)
}

fn is_not_null(table: &Table, column: &Column) -> bool {
    let is_rowid = table
        .rowid_column()
        .is_some_and(|rowid| same_name(rowid, &column.name));
    let implied = table.strict || table.without_rowid || is_rowid;
    column.not_null.is_some() || (implied && table.in_primary_key(&column.name))
}
