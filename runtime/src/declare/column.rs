use super::{Check, ForeignKey};
use crate::column_type::{Restore, Typed};

/// A column as its field declares it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Column {
    /// The name in SQL.
    pub name: &'static str,
    /// The name of the field, for messages.
    pub field: &'static str,
    /// What follows from the field's type.
    pub facts: Facts,
    /// The type in the words of the table, where they are others than those of the field's type.
    pub sql_type: Option<&'static str>,
    /// What the database stores when a row does not say.
    pub default: Option<Default>,
    /// Conditions on the column.
    pub checks: &'static [Check],
    /// The collating sequence.
    pub collate: Option<&'static str>,
    /// How the value is computed, when it is.
    pub generated: Option<Generated>,
    /// A foreign key of this column alone.
    pub references: Option<ForeignKey>,
    /// `AUTOINCREMENT`: a key is never given twice, not even after its row was deleted.
    pub autoincrement: bool,
    /// An UPDATE that changes the value is refused.
    pub immutable: bool,
    /// The expression that every UPDATE of the row stores here.
    pub touch: Option<&'static str>,
    /// The name that the column had before; a migration renames it.
    pub renamed_from: Option<&'static str>,
    /// The value, in SQL, that a migration gives old rows which have none, or NULL where that is no longer a value.
    pub backfill: Option<&'static str>,
    /// The expression, in SQL, by which a migration that changes the column computes it from the old row.
    pub using: Option<&'static str>,
    /// What the field's type reads, stored again; none where no field has been compiled.
    pub(crate) restore: Option<Restore>,
    /// The legal values, even without the CHECK.
    pub(crate) domain: Domain,
}

/// What a Rust type says about its column.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Facts {
    /// The declared type.
    pub ty: Type,
    /// Whether NULL is a value; `NOT NULL` otherwise.
    pub nullable: bool,
    /// Which values of the declared type are legal.
    pub domain: Domain,
    /// The expression for the present moment, for types that have one.
    pub now: Option<&'static str>,
}

/// A declared type: the five that a STRICT table knows.
///
/// See <https://www.sqlite.org/stricttables.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Type {
    /// A signed integer of 64 bits.
    Integer,
    /// A floating point number of 64 bits.
    Real,
    /// UTF-8 text.
    Text,
    /// Bytes.
    Blob,
    /// Any of the others.
    Any,
}

/// Which values of a declared type are legal: the CHECK that comes with a Rust type.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Domain {
    /// All of them.
    All,
    /// These texts.
    Texts(&'static [&'static str]),
    /// These integers.
    Integers(&'static [i64]),
    /// Blobs of this many bytes.
    Length(usize),
    /// Valid JSON.
    Json,
}

/// A default.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Default {
    /// A constant.
    Literal(Literal),
    /// An expression, in SQL.
    Sql(&'static str),
}

/// A constant of one of SQLite's types.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Literal {
    /// An integer, or a bool as 0 or 1.
    Integer(i64),
    /// A number, as it was written.
    Real(&'static str),
    /// A text.
    Text(&'static str),
    /// Bytes.
    Blob(&'static [u8]),
}

/// How a generated column is computed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Generated {
    /// The expression, in SQL.
    pub expression: &'static str,
    /// Computed when the row is written, rather than when it is read.
    pub stored: bool,
}

impl Facts {
    /// The facts of a type that takes every value of `ty` and is never NULL.
    ///
    /// ```
    /// use tablature::declare::{Facts, Type};
    ///
    /// const FACTS: Facts = Facts::new(Type::Text);
    /// assert!(!FACTS.nullable);
    /// ```
    pub const fn new(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            domain: Domain::All,
            now: None,
        }
    }

    /// Limits the legal values.
    #[must_use]
    pub const fn domain(mut self, domain: Domain) -> Self {
        self.domain = domain;
        self
    }

    /// Names the SQL expression that yields the present moment in this type's form.
    #[must_use]
    pub const fn now(mut self, expression: &'static str) -> Self {
        self.now = Some(expression);
        self
    }

    /// Makes NULL a value.
    #[must_use]
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
}

impl Type {
    /// The word for it in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Text => "TEXT",
            Self::Blob => "BLOB",
            Self::Any => "ANY",
        }
    }
}

impl Column {
    #[doc(hidden)]
    pub const fn new(name: &'static str, field: &'static str, facts: Facts) -> Self {
        Self {
            name,
            field,
            facts,
            sql_type: None,
            default: None,
            checks: &[],
            collate: None,
            generated: None,
            references: None,
            autoincrement: false,
            immutable: false,
            touch: None,
            renamed_from: None,
            backfill: None,
            using: None,
            restore: None,
            domain: facts.domain,
        }
    }

    #[doc(hidden)]
    pub const fn of(name: &'static str, field: &'static str, typed: Typed) -> Self {
        let mut column = Self::new(name, field, typed.facts);
        column.restore = Some(typed.restore);
        column
    }

    /// For a struct whose attributes are wrong.
    #[doc(hidden)]
    pub const fn unchecked(name: &'static str) -> Self {
        Self::new(name, name, Facts::new(Type::Any).nullable())
    }

    #[doc(hidden)]
    pub const fn sql_type(mut self, words: &'static str) -> Self {
        self.sql_type = Some(words);
        self
    }

    /// For a type that has NULL among its values.
    #[doc(hidden)]
    pub const fn not_null(mut self) -> Self {
        self.facts.nullable = false;
        self
    }

    /// Without the CHECK that comes with the type.
    #[doc(hidden)]
    pub const fn no_check(mut self) -> Self {
        self.facts.domain = Domain::All;
        self
    }

    /// Whether it is declared INTEGER, in no other word.
    pub(crate) const fn is_integer(&self) -> bool {
        match self.sql_type {
            Some(words) => words.eq_ignore_ascii_case("integer"),
            None => matches!(self.facts.ty, Type::Integer),
        }
    }

    #[doc(hidden)]
    pub const fn default(mut self, literal: Literal) -> Self {
        self.default = Some(Default::Literal(literal));
        self
    }

    #[doc(hidden)]
    pub const fn default_sql(mut self, expression: &'static str) -> Self {
        self.default = Some(Default::Sql(expression));
        self
    }

    /// The present moment, as the type of the column writes it.
    #[doc(hidden)]
    pub const fn default_now(self) -> Self {
        match self.facts.now {
            Some(expression) => self.default_sql(expression),
            None => self,
        }
    }

    /// The expression of `touch`, or the present moment as the type of the column writes it.
    #[doc(hidden)]
    pub const fn touch(mut self, expression: Option<&'static str>) -> Self {
        self.touch = match expression {
            Some(expression) => Some(expression),
            None => self.facts.now,
        };
        match (self.default, self.touch) {
            (None, Some(expression)) => self.default_sql(expression),
            _ => self,
        }
    }

    #[doc(hidden)]
    pub const fn renamed_from(mut self, name: &'static str) -> Self {
        self.renamed_from = Some(name);
        self
    }

    #[doc(hidden)]
    pub const fn backfill(mut self, expression: &'static str) -> Self {
        self.backfill = Some(expression);
        self
    }

    #[doc(hidden)]
    pub const fn using(mut self, expression: &'static str) -> Self {
        self.using = Some(expression);
        self
    }

    #[doc(hidden)]
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        self.checks = checks;
        self
    }

    #[doc(hidden)]
    pub const fn collate(mut self, sequence: &'static str) -> Self {
        self.collate = Some(sequence);
        self
    }

    #[doc(hidden)]
    pub const fn generated(mut self, expression: &'static str, stored: bool) -> Self {
        self.generated = Some(Generated { expression, stored });
        self
    }

    #[doc(hidden)]
    pub const fn references(mut self, key: ForeignKey) -> Self {
        self.references = Some(key);
        self
    }

    #[doc(hidden)]
    pub const fn autoincrement(mut self) -> Self {
        self.autoincrement = true;
        self
    }

    #[doc(hidden)]
    pub const fn immutable(mut self) -> Self {
        self.immutable = true;
        self
    }
}
