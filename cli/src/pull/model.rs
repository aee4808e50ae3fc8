//! What structs can say, before it is written as Rust or as DDL.

/// A table and its struct.
#[derive(Clone, Debug)]
pub(super) struct Struct {
    pub(super) ident: String,
    pub(super) table: String,
    pub(super) fields: Vec<Field>,
    pub(super) primary_key: Vec<usize>,
    pub(super) key_conflict: Conflict,
    pub(super) autoincrement: bool,
    pub(super) strict: bool,
    pub(super) without_rowid: bool,
    pub(super) index_foreign_keys: bool,
    pub(super) uniques: Vec<Unique>,
    pub(super) indexes: Vec<Index>,
    pub(super) checks: Vec<Check>,
    pub(super) foreign_keys: Vec<ForeignKey>,
    pub(super) triggers: Vec<Trigger>,
    pub(super) fts: Option<Fts>,
}

/// A column and its field.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) ident: String,
    pub(super) column: String,
    pub(super) ty: Type,
    /// `Option<…>`
    pub(super) optional: bool,
    /// For `Value`, which is nullable by itself.
    pub(super) not_null: bool,
    pub(super) sql_type: Option<String>,
    /// Whether the CHECK of the type is there, and in its own words.
    pub(super) own_check: bool,
    pub(super) default: Option<Default>,
    pub(super) checks: Vec<Check>,
    pub(super) collate: Option<String>,
    /// The expression, and whether it is stored.
    pub(super) generated: Option<(String, bool)>,
    pub(super) touch: Option<String>,
    pub(super) immutable: bool,
    /// What was guessed, or what may be better.
    pub(super) note: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Integer,
    Bool,
    Real,
    Text,
    Blob,
    Bytes(usize),
    Value,
    Enum(Enum),
}

/// Texts that a CHECK lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Enum {
    pub(super) ident: String,
    /// Each variant and its text.
    pub(super) variants: Vec<(String, String)>,
}

impl Enum {
    pub(super) fn has_all(&self, texts: &[String]) -> bool {
        let has = |text: &String| self.variants.iter().any(|(_, value)| value == text);
        texts.iter().all(has)
    }
}

#[derive(Clone, Debug)]
pub(super) enum Default {
    Integer(i64),
    Bool(bool),
    Real(String),
    Text(String),
    Sql(String),
}

#[derive(Clone, Debug)]
pub(super) struct Check {
    pub(super) name: Option<String>,
    pub(super) expression: String,
}

pub(super) use tablature::schema::{Action, Conflict};

#[derive(Clone, Debug)]
pub(super) struct Unique {
    /// None where the struct makes the name.
    pub(super) name: Option<String>,
    pub(super) columns: Vec<usize>,
    /// In the table's statement, with what happens to a row whose values exist.
    pub(super) constraint: Option<Conflict>,
}

#[derive(Clone, Debug)]
pub(super) struct Index {
    pub(super) name: Option<String>,
    pub(super) parts: Vec<Part>,
    pub(super) unique: bool,
    pub(super) filter: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) of: PartOf,
    pub(super) collate: Option<String>,
    pub(super) descending: bool,
}

#[derive(Clone, Debug)]
pub(super) enum PartOf {
    Column(usize),
    Expression(String),
}

#[derive(Clone, Debug)]
pub(super) struct ForeignKey {
    pub(super) name: Option<String>,
    pub(super) columns: Vec<usize>,
    pub(super) target: Target,
    pub(super) on_delete: Action,
    pub(super) on_update: Action,
    pub(super) deferrable: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Target {
    /// The table of a struct: its name, and the columns in Rust and in SQL. Without those in Rust, its primary key.
    Struct {
        ident: String,
        table: String,
        fields: Vec<String>,
        columns: Vec<String>,
    },
    /// A table by its name, of which nothing is checked.
    Name { table: String, columns: Vec<String> },
}

#[derive(Clone, Debug)]
pub(super) struct Trigger {
    pub(super) name: String,
    pub(super) before: bool,
    /// `insert`, `update` or `delete`.
    pub(super) event: &'static str,
    pub(super) of: Vec<usize>,
    pub(super) when: Option<String>,
    pub(super) body: String,
}

#[derive(Clone, Debug)]
pub(super) struct Fts {
    pub(super) name: Option<String>,
    /// Each column, and whether it is only carried along.
    pub(super) columns: Vec<(usize, bool)>,
    pub(super) content: Content,
    pub(super) tokenize: Option<String>,
    pub(super) prefix: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) columnsize: bool,
    pub(super) triggers: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    External,
    None,
    Own,
}
