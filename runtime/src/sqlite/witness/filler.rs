use super::form::{self, Form};
use super::goal::Goal;
use super::link::{self, Link, Parent, Wanted};
use super::random::Random;
use super::refusal::Refusal;
use super::slot::{self, Slot};
use super::structs::{Field, Structs};
use crate::schema::{Conflict, Schema, Table};
use crate::sqlite::quoted;
use rusqlite::types::Value;
use rusqlite::{Connection, Statement, params_from_iter};

/// Puts rows into one table.
pub(super) struct Filler<'a> {
    pub(super) db: &'a Connection,
    pub(super) schema: &'a Schema,
    structs: Structs<'a>,
    pub(super) table: &'a Table,
    pub(super) slots: Vec<Slot<'a>>,
    pub(super) forms: Vec<Form>,
    pub(super) links: Vec<Link<'a>>,
    pub(super) random: Random,
    full: Statement<'a>,
    /// What reads the columns of a row that is stored.
    fields: Vec<(&'a str, Field)>,
    /// Leaves out the columns that have a default.
    short: Option<Statement<'a>>,
    pub(super) kept: Vec<Row>,
    pub(super) refused: Option<Refusal>,
    /// A refused row may be there all the same.
    may_fail_halfway: bool,
    /// Rows in a row that could not be kept.
    failures: usize,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) values: Vec<Value>,
    /// Other rows refer to these values already.
    pub(super) wanted: Vec<bool>,
    /// The columns with a default are left out.
    pub(super) short: bool,
}

impl<'a> Filler<'a> {
    pub(super) fn new(
        db: &'a Connection,
        schema: &'a Schema,
        table: &'a Table,
        structs: Structs<'a>,
        (seed, rows): (u64, usize),
        is_filled: impl Fn(&str) -> bool,
    ) -> Result<Result<Self, Refusal>, rusqlite::Error> {
        let mut random = Random::new(seed);
        let mut slots = slot::of(schema, table, &mut random);
        let fields = structs.fields(table);
        for (name, field) in &fields {
            if let Some(slot) = slots.iter_mut().find(|it| it.name == *name) {
                field.teach(db, table, rows, slot);
            }
        }
        let forms = form::read(db, schema, table, &mut slots);
        let links = link::of(db, schema, structs, table, &slots, is_filled);
        let linked = |at: usize| links.iter().any(|it| it.slots.contains(&at));
        for (at, slot) in slots.iter_mut().enumerate() {
            // What a foreign key's column holds, its parents say.
            if linked(at) {
                slot.refers();
            } else if slot.is_unknown()
                && !slot.nullable
                && let Some((_, field)) = fields.iter().find(|(it, _)| *it == slot.name)
            {
                return Ok(Err(Refusal::unreadable(field.unknown())));
            }
        }
        let full = db.prepare(&insert(table, slots.iter(), &fields));
        let short = slots.iter().any(|it| it.has_default).then(|| {
            let given = slots.iter().filter(|it| !it.has_default);
            db.prepare(&insert(table, given, &fields))
        });
        let (full, short) = match (full, short.transpose()) {
            (Ok(full), Ok(short)) => (full, short),
            (Err(error), _) | (_, Err(error)) => return Refusal::broken(error).map(Err),
        };
        Ok(Ok(Self {
            db,
            schema,
            structs,
            table,
            slots,
            forms,
            links,
            random,
            full,
            short,
            kept: Vec::new(),
            refused: None,
            // RAISE(FAIL), OR FAIL; and what no field reads.
            may_fail_halfway: !fields.is_empty()
                || schema.triggers.iter().any(|it| it.sql.mentions("fail")),
            fields,
            failures: 0,
        }))
    }

    /// `wanted`: the keys by which rows of other tables refer to this one already.
    pub(super) fn fill(
        &mut self,
        rows: usize,
        wanted: &[Wanted],
    ) -> Result<Result<(), Refusal>, rusqlite::Error> {
        let most = wanted.iter().map(|it| it.keys.len()).max().unwrap_or(0);
        for row in 0..rows.max(most) {
            self.try_for(&Goal::Nth(row), wanted)?;
        }
        for goal in self.goals() {
            if !self.is_reached(&goal) {
                self.try_for(&goal, &[])?;
            }
        }
        Ok(match (&self.refused, self.kept.is_empty()) {
            (Some(refused), true) => Err(refused.clone()),
            _ => Ok(()),
        })
    }

    pub(super) fn reason(&self, refused: &Refusal) -> String {
        let no_parent = |it: &&Link<'_>| {
            let mut slots = it.slots.iter();
            it.has_no_parents() && !slots.any(|&slot| self.slots[slot].nullable)
        };
        match self.links.iter().find(no_parent) {
            Some(link) if link.parent == Parent::Missing => {
                format!("its parent `{}` does not exist", link.key.parent)
            }
            Some(link) => format!("its parent `{}` has no rows", link.key.parent),
            None => refused.reason(&self.forms),
        }
    }

    /// Tries rows until one is kept, or it does not look as if one would.
    fn try_for(&mut self, goal: &Goal, wanted: &[Wanted]) -> Result<(), rusqlite::Error> {
        let Some(mut row) = self.propose(goal, wanted) else {
            return Ok(());
        };
        // After the first failures the reason is hardly the luck.
        let patience = match self.failures {
            0 => 1,
            1 => 2,
            2..5 => 4,
            _ => 10,
        };
        let (mut tries, mut most) = (0, 0);
        loop {
            let refusal = match self.insert(&row)? {
                Ok(()) => break,
                Err(refusal) => refusal,
            };
            tries += 1;
            most = refusal.tries().max(most);
            if tries * patience > most {
                self.refused = Some(refusal);
                self.failures += 1;
                return Ok(());
            }
            row.short &= tries < 10 || matches!(goal, Goal::Defaults);
            // Most of what a kept row has is right.
            if tries % 20 == 10
                && !matches!(goal, Goal::Nth(_))
                && let Some(kept) = self.random.pick(&self.kept)
            {
                row.values.clone_from(&kept.values);
                row.wanted.fill(false);
                self.renew_ids(&mut row);
                self.insist(&mut row, goal);
                continue;
            }
            // What other rows want of this one may be impossible.
            if tries == 30 {
                row.wanted.fill(false);
            }
            self.vary(&mut row, &refusal, goal);
        }
        self.failures = 0;
        self.kept.push(row);
        for link in &mut self.links {
            if link.parent == Parent::Itself {
                let keys = link::keys(self.db, self.schema, self.structs, self.table, link.key);
                link.keys = keys.unwrap_or_default();
            }
        }
        Ok(())
    }

    fn insert(&mut self, row: &Row) -> Result<Result<(), Refusal>, rusqlite::Error> {
        if !self.may_fail_halfway {
            return self.insert_or_not(row);
        }
        self.db.execute_batch("SAVEPOINT tablature_row")?;
        let inserted = self.insert_or_not(row)?;
        if inserted.is_err() {
            self.db.execute_batch("ROLLBACK TO tablature_row")?;
        }
        self.db.execute_batch("RELEASE tablature_row")?;
        Ok(inserted)
    }

    fn insert_or_not(&mut self, row: &Row) -> Result<Result<(), Refusal>, rusqlite::Error> {
        let slots = self.slots.iter().zip(&row.values);
        let given = slots.filter(|(slot, _)| !(row.short && slot.has_default));
        let values = params_from_iter(given.map(|(_, value)| value));
        let statement = match &mut self.short {
            Some(short) if row.short => short,
            _ => &mut self.full,
        };
        match stored(statement, values, &self.fields) {
            Ok(stored) => Ok(stored),
            // The whole transaction is gone, and with it what the caller did in it.
            Err(error) if self.db.is_autocommit() => Err(error),
            Err(error) => Refusal::of(error).map(Err),
        }
    }
}

/// Runs the INSERT, and has the row read, with what the database has computed. By the first row that comes back all is done:
/// <https://www.sqlite.org/lang_returning.html>.
fn stored(
    statement: &mut Statement<'_>,
    values: impl rusqlite::Params,
    fields: &[(&str, Field)],
) -> Result<Result<(), Refusal>, rusqlite::Error> {
    if fields.is_empty() {
        return Ok(match statement.execute(values)? {
            0 => Err(Refusal::ignored()),
            _ => Ok(()),
        });
    }
    let mut rows = statement.query(values)?;
    let Some(row) = rows.next()? else {
        return Ok(Err(Refusal::ignored()));
    };
    for (at, (_, field)) in fields.iter().enumerate() {
        if !field.reads(row.get_ref(at)?) {
            return Ok(Err(Refusal::unreadable(field.unreadable())));
        }
    }
    Ok(Ok(()))
}

fn insert<'s>(
    table: &Table,
    slots: impl Iterator<Item = &'s Slot<'s>>,
    fields: &[(&str, Field)],
) -> String {
    let names: Vec<String> = slots.map(|it| quoted(it.name)).collect();
    let or = if resolves_conflicts(table) {
        "OR ABORT "
    } else {
        ""
    };
    let table = quoted(&table.name);
    let read: Vec<String> = fields.iter().map(|(name, _)| quoted(name)).collect();
    let returning = match read.as_slice() {
        [] => String::new(),
        read => format!(" RETURNING {}", read.join(", ")),
    };
    if names.is_empty() {
        return format!("INSERT {or}INTO main.{table} DEFAULT VALUES{returning}");
    }
    let marks = vec!["?"; names.len()].join(", ");
    let names = names.join(", ");
    format!("INSERT {or}INTO main.{table} ({names}) VALUES ({marks}){returning}")
}

/// Whether a row could silently vanish or take the place of another. Where it cannot, the statement says nothing of
/// conflicts, for what it says would hold in triggers too.
fn resolves_conflicts(table: &Table) -> bool {
    let abort = |it: Conflict| it == Conflict::Abort;
    let key = table.primary_key.as_ref();
    !(key.is_none_or(|it| abort(it.conflict))
        && table.uniques.iter().all(|it| abort(it.conflict))
        && table
            .columns
            .iter()
            .filter_map(|it| it.not_null)
            .all(|it| abort(it.conflict)))
}
