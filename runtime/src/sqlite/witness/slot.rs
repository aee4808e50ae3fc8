use super::class::Class;
use super::form::Form;
use super::literal::Hints;
use super::near;
use super::random::Random;
use crate::column_type::Restore;
use crate::schema::{Column, Schema, Table, same_name};
use crate::sqlite::quoted;
use rusqlite::Connection;
use rusqlite::types::Value;

/// A value that an INSERT gives: that of a column, or the rowid.
#[derive(Clone, Debug)]
pub(super) struct Slot<'a> {
    pub(super) name: &'a str,
    pub(super) class: Class,
    /// STRICT: values of other types are refused.
    pub(super) strict: bool,
    pub(super) nullable: bool,
    pub(super) has_default: bool,
    /// The values that some row must have: enum variants, bounds.
    pub(super) musts: Vec<Value>,
    /// What its checks most likely allow; empty when nothing is said about it.
    good: Vec<Value>,
    /// So that columns of one type differ in a row.
    offset: usize,
    /// How far from the values of its checks others are looked for.
    reach: i32,
    read: Option<Read>,
}

/// What the field of a struct reads, where that is not all that such a column holds.
#[derive(Clone, Debug)]
struct Read {
    restore: Restore,
    values: Vec<Value>,
}

impl Read {
    /// The values at the ends of the type come first, from one of them on.
    fn nth(&self, n: usize, offset: usize) -> Value {
        let first = self.values.len().min(FIRST);
        let at = if n < first { (n + offset) % first } else { n };
        let value = self.values.get(at % self.values.len().max(1));
        value.cloned().unwrap_or(Value::Null)
    }
}

/// Steps away from a value that are tried, at most.
const FAR: i32 = 1000;
/// Values of a field with which its column may begin.
const FIRST: usize = 11;

/// The slots of a table: every column that is not generated, and the rowid where it has a name of its own.
pub(super) fn of<'a>(schema: &Schema, table: &'a Table, random: &mut Random) -> Vec<Slot<'a>> {
    let shared = shared(schema, table);
    let mut slots = Vec::new();
    if table.rowid_column().is_none()
        && let Some(name) = table.rowid_name()
    {
        slots.push(Slot::new(name, Class::Id, 0));
    }
    for column in table.columns.iter().filter(|it| it.generated.is_none()) {
        let offset = random.below(11);
        let offset = if shared.contains(&column.name.as_str()) {
            0
        } else {
            offset
        };
        slots.push(of_column(table, column, offset));
    }
    slots
}

/// The columns that belong to a key of several. Those of other tables should have the same values: a row that refers to
/// two of the tables by one column needs a parent in both.
fn shared<'a>(schema: &'a Schema, table: &Table) -> Vec<&'a str> {
    let children = schema.tables.iter().flat_map(|it| &it.foreign_keys);
    let keys = children.filter(|it| it.from.len() > 1 && same_name(&it.parent, &table.name));
    keys.flat_map(|it| schema.target(it))
        .map(String::as_str)
        .collect()
}

fn of_column<'a>(table: &'a Table, column: &'a Column, offset: usize) -> Slot<'a> {
    let is_rowid = table
        .rowid_column()
        .is_some_and(|it| crate::schema::same_name(it, &column.name));
    if is_rowid {
        return Slot::new(&column.name, Class::Id, 0);
    }
    Slot {
        strict: table.strict,
        nullable: !table.refuses_null(column),
        has_default: column.default.is_some(),
        ..Slot::new(&column.name, Class::of(&column.declared_type), offset)
    }
}

impl<'a> Slot<'a> {
    fn new(name: &'a str, class: Class, offset: usize) -> Self {
        let good = match class {
            Class::Boolean => vec![Value::Integer(1), Value::Integer(0)],
            _ => Vec::new(),
        };
        Self {
            name,
            class,
            strict: false,
            nullable: false,
            has_default: false,
            musts: Vec::new(),
            good,
            offset,
            reach: 0,
            read: None,
        }
    }

    /// Asks for so many different values, as far as its checks allow them.
    pub(super) fn differ(&mut self, rows: usize) {
        self.reach = i32::try_from(rows).unwrap_or(FAR).min(FAR);
    }

    /// Limits it to what a field reads.
    pub(super) fn read_by(&mut self, restore: Restore, values: Vec<Value>) {
        self.good.clear();
        self.read = Some(Read { restore, values });
    }

    /// The field reads none of the values that are known.
    pub(super) fn is_unknown(&self) -> bool {
        self.good.is_empty() && self.read.as_ref().is_some_and(|it| it.values.is_empty())
    }

    /// The value as the field stores it; none if it does not read it.
    fn restored(&self, value: &Value) -> Option<Value> {
        match &self.read {
            Some(read) => read
                .restore
                .value(value.into())
                .ok()
                .filter(|it| *it != Value::Null),
            None => Some(value.clone()),
        }
    }

    /// It belongs to a foreign key, and holds what a parent has.
    pub(super) fn refers(&mut self) {
        self.musts.clear();
        self.has_default = false;
        // Where the parent comes later, its rows get these values: they have to look like ids.
        if self.class == Class::Integer {
            self.class = Class::Id;
        }
    }

    /// Takes over what the SQL around it says, as far as SQLite finds it right.
    pub(super) fn learn(
        &mut self,
        db: &Connection,
        table: &str,
        mut hints: Hints,
        forms: &[&Form],
    ) {
        let near = near::near(db, &hints.told, self.class, self.reach);
        hints.derived.extend(near);
        if let Some(mut probe) = self.probe(db, table, forms) {
            let fits = |value: &Value| self.may_hold(value) && passes(&mut probe, value);
            let (good, musts) = self.choose(&hints, fits);
            if !good.is_empty() {
                (self.good, self.musts) = (good, musts);
                return;
            }
        }
        let fits = |value: &Value| self.may_hold(value) && self.class.holds(value);
        (self.good, self.musts) = self.choose(&hints, fits);
        if self.class == Class::Boolean {
            self.good.retain(|it| matches!(it, Value::Integer(0 | 1)));
        }
    }

    fn choose(
        &self,
        hints: &Hints,
        mut fits: impl FnMut(&Value) -> bool,
    ) -> (Vec<Value>, Vec<Value>) {
        let mut good: Vec<Value> = Vec::new();
        let mut musts = Vec::new();
        for value in hints.told.iter().filter_map(|it| self.restored(it)) {
            if !good.contains(&value) && fits(&value) {
                musts.push(value.clone());
                good.push(value);
            }
        }
        let mut derived = hints.derived.iter().filter_map(|it| self.restored(it));
        let ordinary = self.read.as_ref().map_or(11, |it| it.values.len());
        let mut ordinary = (0..ordinary).map(|n| self.nth(n));
        loop {
            let pair = [derived.next(), ordinary.next()];
            if pair.iter().all(Option::is_none) {
                break;
            }
            for value in pair.into_iter().flatten() {
                if !good.contains(&value) && fits(&value) {
                    good.push(value);
                }
            }
        }
        (good, musts)
    }

    /// A question that tells whether the checks of this column alone allow a value. Only a guess: the table may compare
    /// in another way than the question, and has the last word.
    fn probe<'db>(
        &self,
        db: &'db Connection,
        table: &str,
        forms: &[&Form],
    ) -> Option<rusqlite::Statement<'db>> {
        if forms.is_empty() {
            return None;
        }
        let tests: Vec<String> = forms.iter().map(|it| it.test()).collect();
        let value = match self.class.cast() {
            Some(to) => format!("CAST(?1 AS {to})"),
            None => "?1".to_owned(),
        };
        let sql = format!(
            "SELECT {} FROM (SELECT {value} AS {}) AS {}",
            tests.join(" AND "),
            quoted(self.name),
            quoted(table)
        );
        db.prepare(&sql).ok()
    }

    fn may_hold(&self, value: &Value) -> bool {
        !self.strict || self.class.holds(value) || self.class == Class::Any
    }

    /// The value of the n-th row, if nothing stands against it.
    pub(super) fn first(&self, row: usize) -> Value {
        match self.good.get(row % self.good.len().max(1)) {
            Some(value) => value.clone(),
            None => self.nth(row),
        }
    }

    /// The n-th of the values of its type: each column begins with another one.
    fn nth(&self, n: usize) -> Value {
        if let Some(read) = &self.read {
            return read.nth(n, self.offset);
        }
        let first = self.class.first();
        match self.class {
            Class::Id => self.class.value(n),
            _ if n < first => self.class.value((n + self.offset) % first),
            _ => self.class.value(n),
        }
    }

    /// Some value, never NULL.
    pub(super) fn any(&self, random: &mut Random) -> Value {
        // What a check names decides more often than what lies near it.
        let from = if self.musts.is_empty() || random.once_in(2) {
            &self.good
        } else {
            &self.musts
        };
        match random.pick(from) {
            Some(value) => value.clone(),
            None => match &self.read {
                Some(read) => random.pick(&read.values).cloned().unwrap_or(Value::Null),
                None => self.class.value(random.below(20)),
            },
        }
    }

    /// Some value that other rows hardly have.
    pub(super) fn another(&self, random: &mut Random) -> Value {
        if !self.good.is_empty() && random.once_in(2) {
            return self.any(random);
        }
        match &self.read {
            Some(read) => random.pick(&read.values).cloned().unwrap_or(Value::Null),
            None => self.class.fresh(random),
        }
    }
}

fn passes(probe: &mut rusqlite::Statement<'_>, value: &Value) -> bool {
    probe
        .query_row([value], |row| row.get(0))
        .unwrap_or_default()
}
