use super::form::{Form, Kind};
use super::slot::Slot;
use crate::schema::{Expression, Schema, Table, same_name};
use rusqlite::{ErrorCode, ffi};

/// Why SQLite does not take a row.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    kind: RefusalKind,
    message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RefusalKind {
    Check,
    Unique,
    NotNull,
    /// RAISE in a trigger.
    Raise,
    /// The statement was done, and the row is not there.
    Ignored,
    /// The statement cannot even be compiled, whatever the row.
    Broken,
    /// The row is there, and its struct cannot read it.
    Unreadable,
    Other,
}

impl Refusal {
    pub(super) const fn ignored() -> Self {
        Self {
            kind: RefusalKind::Ignored,
            message: String::new(),
        }
    }

    pub(super) const fn unreadable(message: String) -> Self {
        Self {
            kind: RefusalKind::Unreadable,
            message,
        }
    }

    /// The refusal that an error is; an error that has nothing to do with the row is given back.
    pub(super) fn of(error: rusqlite::Error) -> Result<Self, rusqlite::Error> {
        let (code, message) = match &error {
            rusqlite::Error::SqliteFailure(code, message) => (*code, message.clone()),
            rusqlite::Error::SqlInputError { error, msg, .. } => (*error, Some(msg.clone())),
            _ => return Err(error),
        };
        let message = message.unwrap_or_else(|| code.to_string());
        let kind = match code.code {
            ErrorCode::ConstraintViolation => match code.extended_code {
                ffi::SQLITE_CONSTRAINT_CHECK => RefusalKind::Check,
                ffi::SQLITE_CONSTRAINT_NOTNULL => RefusalKind::NotNull,
                ffi::SQLITE_CONSTRAINT_TRIGGER => RefusalKind::Raise,
                ffi::SQLITE_CONSTRAINT_UNIQUE
                | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | ffi::SQLITE_CONSTRAINT_ROWID => RefusalKind::Unique,
                _ => RefusalKind::Other,
            },
            // What full-text search says when it is told to take out what it does not have.
            ErrorCode::DatabaseCorrupt if code.extended_code == ffi::SQLITE_CORRUPT_VTAB => {
                RefusalKind::Other
            }
            ErrorCode::Unknown | ErrorCode::TypeMismatch | ErrorCode::TooBig => RefusalKind::Other,
            _ => return Err(error),
        };
        Ok(Self { kind, message })
    }

    /// The refusal of a statement that was not compiled.
    pub(super) fn broken(error: rusqlite::Error) -> Result<Self, rusqlite::Error> {
        let refusal = Self::of(error)?;
        let kind = RefusalKind::Broken;
        Ok(Self { kind, ..refusal })
    }

    pub(super) const fn kind(&self) -> RefusalKind {
        self.kind
    }

    /// How many times it is worth to try other values.
    pub(super) const fn tries(&self) -> usize {
        match self.kind {
            RefusalKind::Check => 200,
            RefusalKind::Unique | RefusalKind::Unreadable => 100,
            RefusalKind::NotNull | RefusalKind::Raise | RefusalKind::Other => 60,
            RefusalKind::Ignored => 20,
            RefusalKind::Broken => 0,
        }
    }

    /// For the people who want to know why a table has no rows.
    pub(super) fn reason(&self, forms: &[Form]) -> String {
        match (self.kind, self.check(forms)) {
            (RefusalKind::Check, Some(check)) => {
                format!("no value satisfies CHECK ({})", check.sql)
            }
            (RefusalKind::Ignored, _) => {
                "a trigger or a conflict clause leaves every row out".to_owned()
            }
            _ => self.message.clone(),
        }
    }

    fn check<'a>(&self, forms: &'a [Form]) -> Option<&'a Form> {
        let said = self.message.strip_prefix("CHECK constraint failed: ")?;
        let named = |it: &&Form| it.name.as_deref().is_some_and(|name| same_name(name, said));
        let mut checks = forms.iter().filter(|it| it.kind == Kind::Check);
        let said_sql = Expression::new(said);
        checks
            .clone()
            .find(named)
            .or_else(|| checks.find(|it| it.name.is_none() && it.sql == said_sql))
    }

    /// The slots whose values may be to blame; all of them when the message does not tell.
    pub(super) fn suspects(
        &self,
        schema: &Schema,
        table: &Table,
        slots: &[Slot<'_>],
        forms: &[Form],
    ) -> Vec<usize> {
        let found = match self.kind {
            RefusalKind::Check => match self.check(forms) {
                Some(check) => check.slots.clone(),
                None => of_kinds(forms, &[Kind::Check]),
            },
            RefusalKind::Unique | RefusalKind::NotNull => {
                self.named(schema, table, slots, forms).unwrap_or_default()
            }
            RefusalKind::Raise => of_kinds(forms, &[Kind::Trigger]),
            _ => of_kinds(forms, &[Kind::Generated, Kind::Index, Kind::Trigger]),
        };
        if found.is_empty() {
            return (0..slots.len()).collect();
        }
        found
    }

    /// `UNIQUE constraint failed: t.a, t.b`, `UNIQUE constraint failed: index 'i'`.
    fn named(
        &self,
        schema: &Schema,
        table: &Table,
        slots: &[Slot<'_>],
        forms: &[Form],
    ) -> Option<Vec<usize>> {
        let (_, said) = self.message.split_once(" constraint failed: ")?;
        if let Some(index) = said.strip_prefix("index '") {
            let index = schema.index(index.strip_suffix('\'')?)?;
            let of_index = forms
                .iter()
                .filter(|it| it.kind == Kind::Index && it.name.as_ref() == Some(&index.name));
            let computed: Vec<usize> = of_index.flat_map(|it| it.slots.clone()).collect();
            let mentioned = (0..slots.len()).filter(|&at| index.mentions(slots[at].name));
            return Some(mentioned.chain(computed).collect());
        }
        let prefix = format!("{}.", table.name);
        let mut found = Vec::new();
        // A name may hold the comma itself: better too many suspects than none.
        for (at, slot) in slots.iter().enumerate() {
            let name = format!("{prefix}{}", slot.name);
            if said == name || said.split(", ").any(|it| it == name) {
                found.push(at);
            }
        }
        for form in forms.iter().filter(|it| it.kind == Kind::Generated) {
            if let Some(name) = &form.name
                && said
                    .split(", ")
                    .any(|it| it.strip_prefix(&prefix) == Some(name))
            {
                found.extend(&form.slots);
            }
        }
        Some(found)
    }
}

fn of_kinds(forms: &[Form], kinds: &[Kind]) -> Vec<usize> {
    let mut found: Vec<usize> = forms
        .iter()
        .filter(|it| kinds.contains(&it.kind))
        .flat_map(|it| it.slots.clone())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
