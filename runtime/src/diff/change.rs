use std::fmt;

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Change {
    /// Something of this name is new.
    Create(Object, String),
    /// Something of this name is gone.
    Drop(Object, String),
    /// Something of this name is defined in another way.
    Replace(Object, String),
    /// A table has another name: the old one, the new one.
    RenameTable(String, String),
    /// A column has another name: the table, the old one, the new one.
    RenameColumn(String, String, String),
    /// A column is new: table, column.
    AddColumn(String, String),
    /// A column is gone: table, column.
    DropColumn(String, String),
    /// Something about a column differs: table, column.
    AlterColumn(String, String, Aspect),
    /// A constraint of the table is new: table, its words.
    AddConstraint(String, String),
    /// A constraint of the table is gone: table, its words.
    DropConstraint(String, String),
    /// The table has another primary key.
    PrimaryKey(String),
    /// The table is strict now, or no longer.
    Strict(String, bool),
    /// The table has no rowid now, or has one again.
    WithoutRowid(String, bool),
}

/// What has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Object {
    /// A table.
    Table,
    /// An index.
    Index,
    /// A full-text table.
    Fts,
    /// Another virtual table.
    Virtual,
    /// A view.
    View,
    /// A trigger.
    Trigger,
}

/// What differs about a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Aspect {
    /// The type: the old one, the new one.
    Type(String, String),
    /// NOT NULL now, or nullable now.
    NotNull(bool),
    /// What happens to a row with NULL.
    NotNullConflict,
    /// The default: the old one, the new one.
    Default(Option<String>, Option<String>),
    /// The collation: the old one, the new one.
    Collation(Option<String>, Option<String>),
    /// The expression of a generated column, or whether it is stored.
    Generated,
}

/// In words, with the names that it is about.
#[cfg(feature = "serde")]
impl serde::Serialize for Change {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct as _;
        let mut change = to.serialize_struct("Change", 3)?;
        change.serialize_field("what", &self.to_string())?;
        change.serialize_field("subject", self.subject())?;
        change.serialize_field("column", &self.column())?;
        change.end()
    }
}

impl Change {
    /// The table, or the object that has a name of its own.
    pub fn subject(&self) -> &str {
        match self {
            Self::Create(_, name)
            | Self::Drop(_, name)
            | Self::Replace(_, name)
            | Self::RenameTable(_, name)
            | Self::RenameColumn(name, ..)
            | Self::AddColumn(name, _)
            | Self::DropColumn(name, _)
            | Self::AlterColumn(name, ..)
            | Self::AddConstraint(name, _)
            | Self::DropConstraint(name, _)
            | Self::PrimaryKey(name)
            | Self::Strict(name, _)
            | Self::WithoutRowid(name, _) => name,
        }
    }

    /// The column, if it is about one.
    pub fn column(&self) -> Option<&str> {
        match self {
            Self::RenameColumn(_, _, column)
            | Self::AddColumn(_, column)
            | Self::DropColumn(_, column)
            | Self::AlterColumn(_, column, _) => Some(column),
            _ => None,
        }
    }
}

impl Object {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Index => "index",
            Self::Fts => "fts",
            Self::Virtual => "virtual table",
            Self::View => "view",
            Self::Trigger => "trigger",
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create(object, name) => write!(f, "{} `{name}` is new", object.word()),
            Self::Drop(object, name) => write!(f, "{} `{name}` is gone", object.word()),
            Self::Replace(object, name) => {
                write!(f, "{} `{name}` is defined in another way", object.word())
            }
            Self::RenameTable(from, to) => write!(f, "name of `{from}` becomes `{to}`"),
            Self::RenameColumn(table, from, to) => write!(f, "`{table}.{from}` becomes `{to}`"),
            Self::AddColumn(table, column) => write!(f, "`{table}.{column}` is new"),
            Self::DropColumn(table, column) => write!(f, "`{table}.{column}` is gone"),
            Self::AlterColumn(table, column, aspect) => write!(f, "`{table}.{column}` {aspect}"),
            Self::AddConstraint(table, words) => write!(f, "`{table}` has a new {words}"),
            Self::DropConstraint(table, words) => write!(f, "`{table}` loses its {words}"),
            Self::PrimaryKey(table) => write!(f, "`{table}` has another primary key"),
            Self::Strict(table, on) => write!(
                f,
                "`{table}` becomes {}strict",
                if *on { "" } else { "not " }
            ),
            Self::WithoutRowid(table, on) => write!(
                f,
                "`{table}` {} its rowid",
                if *on { "loses" } else { "gets back" }
            ),
        }
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_none = |it: &Option<String>| it.clone().unwrap_or_else(|| "none".to_owned());
        match self {
            Self::Type(from, to) => {
                write!(f, "changes its type from {} to {}", typed(from), typed(to))
            }
            Self::NotNull(true) => f.write_str("becomes NOT NULL"),
            Self::NotNull(false) => f.write_str("becomes nullable"),
            Self::NotNullConflict => f.write_str("treats NULL in another way"),
            Self::Default(from, to) => write!(
                f,
                "changes its default from {} to {}",
                or_none(from),
                or_none(to)
            ),
            Self::Collation(from, to) => write!(
                f,
                "changes its collation from {} to {}",
                or_none(from),
                or_none(to)
            ),
            Self::Generated => f.write_str("is generated in another way"),
        }
    }
}

fn typed(declared: &str) -> &str {
    if declared.is_empty() {
        "none"
    } else {
        declared
    }
}
