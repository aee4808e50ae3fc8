use super::message::Message;
use crate::checked::{Fields, ResultColumn};
use crate::declare::{Facts, Type};
use crate::row::Kinds;
use crate::sqlite::ident;

/// Where each field's value is among the columns.
pub const fn order<const N: usize>(fields: &Fields, columns: &[ResultColumn]) -> [usize; N] {
    let mut order = [0; N];
    let mut field = 0;
    while field < N {
        if let Some(position) = place(fields, field, columns) {
            order[field] = position;
        }
        field += 1;
    }
    order
}

/// There is a column for each field and a field for each column, whose type it reads, and whose NULL.
#[track_caller]
pub const fn result(fields: &Fields, columns: &[ResultColumn]) {
    let mut wrong = Wrong {
        message: Message::new(),
        any: false,
        miscounted: false,
    };
    if let Kinds::Unknown = fields.kinds {
        return;
    }
    if fields.by_name {
        wrong.surplus(fields, columns);
    } else {
        wrong.count(fields.kinds, columns.len());
    }
    let mut field = 0;
    while field < fields.names.len() && (fields.by_name || !wrong.miscounted) {
        match place(fields, field, columns) {
            Some(position) => wrong.fit(fields, field, &columns[position]),
            None => wrong.say(&[
                "no column for the field `",
                fields.names[field],
                "` of `",
                fields.source,
                "`",
            ]),
        }
        field += 1;
    }
    if wrong.any {
        wrong.message.panic();
    }
}

/// All that is wrong, one after the other.
struct Wrong {
    message: Message,
    any: bool,
    miscounted: bool,
}

impl Wrong {
    const fn say(&mut self, parts: &[&str]) {
        if self.any {
            self.message.say(&["; "]);
        }
        self.message.say(parts);
        self.any = true;
    }

    const fn count(&mut self, kinds: Kinds, columns: usize) {
        let values = match kinds {
            Kinds::Each(all) => all.len(),
            _ => return,
        };
        if values == columns {
            return;
        }
        self.message.say(&["the statement returns "]);
        self.message.number(columns.cast_signed() as i64);
        self.message.say(&[if columns == 1 {
            " column, "
        } else {
            " columns, "
        }]);
        self.message.number(values.cast_signed() as i64);
        self.message
            .say(&[if values == 1 { " is read" } else { " are read" }]);
        (self.any, self.miscounted) = (true, true);
    }

    /// Columns that are no field's, or a field's for the second time.
    const fn surplus(&mut self, fields: &Fields, columns: &[ResultColumn]) {
        let mut i = 0;
        while i < columns.len() {
            let name = columns[i].name;
            let mut field = 0;
            while field < fields.names.len() && !same(fields.names[field], name) {
                field += 1;
            }
            if field == fields.names.len() {
                self.say(&[
                    "`",
                    fields.source,
                    "` has no field for the column `",
                    name,
                    "`",
                ]);
            } else if let Some(first) = place(fields, field, columns)
                && first != i
            {
                self.say(&["two columns are called `", name, "`; rename one with AS"]);
            }
            i += 1;
        }
    }

    const fn fit(&mut self, fields: &Fields, field: usize, column: &ResultColumn) {
        let Some(facts) = facts(fields.kinds, field) else {
            return;
        };
        let what = if column.origin.is_empty() {
            column.name
        } else {
            column.origin
        };
        let (before, name, behind) = if fields.by_name {
            ("the field `", fields.names[field], "`")
        } else {
            ("what is read", "", "")
        };
        if !reads(facts.ty, column.ty) {
            self.say(&[
                "`",
                what,
                "` is ",
                column.ty.name(),
                ", and ",
                before,
                name,
                behind,
                " is stored as ",
                facts.ty.name(),
            ]);
        }
        if column.nullable && !facts.nullable {
            let why = if column.rowless {
                ", where the outer join finds no row"
            } else {
                ""
            };
            self.say(&[
                "`",
                what,
                "` may be NULL",
                why,
                ": make ",
                before,
                name,
                behind,
                " an `Option`, or say what stands for NULL with `coalesce`",
            ]);
        }
    }
}

/// The first column for a field.
const fn place(fields: &Fields, field: usize, columns: &[ResultColumn]) -> Option<usize> {
    if !fields.by_name {
        return Some(field);
    }
    let mut i = 0;
    while i < columns.len() {
        if same(columns[i].name, fields.names[field]) {
            return Some(i);
        }
        i += 1;
    }
    None
}

const fn same(a: &str, b: &str) -> bool {
    ident::same(a.as_bytes(), b.as_bytes())
}

const fn facts(kinds: Kinds, field: usize) -> Option<Facts> {
    match kinds {
        Kinds::Unknown => None,
        Kinds::Table(table) => Some(table.columns[field].facts),
        Kinds::Projection(table, positions) => Some(table.columns[positions[field]].facts),
        Kinds::Each(all) => Some(all[field]),
    }
}

/// Whether a type reads what a column stores. An integer is a number to those that read numbers.
const fn reads(ty: Type, column: Type) -> bool {
    match (ty, column) {
        (Type::Any, _) | (_, Type::Any) | (Type::Real, Type::Integer) => true,
        _ => ty as u8 == column as u8,
    }
}
