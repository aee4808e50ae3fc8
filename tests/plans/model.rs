//! A schema as the generator thinks of it. Everything refers to tables and columns by number: a rename changes one name.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) type Id = u32;

/// SQL with the names left open.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    Sql(String),
    Name(Id),
}

pub(crate) type Sql = Vec<Piece>;

/// `{}` stands for the next name.
pub(crate) fn sql(template: &str, names: &[Id]) -> Sql {
    let mut pieces = Vec::new();
    for (at, part) in template.split("{}").enumerate() {
        if at > 0 {
            pieces.push(Piece::Name(names[at - 1]));
        }
        pieces.push(Piece::Sql(part.to_owned()));
    }
    pieces
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Schema {
    pub(crate) tables: Vec<Table>,
    pub(crate) indexes: Vec<Index>,
    pub(crate) fts: Vec<Fts>,
    pub(crate) views: Vec<View>,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) last_id: Id,
}

#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) key: Option<Key>,
    pub(crate) uniques: Vec<Unique>,
    pub(crate) checks: Vec<Check>,
    pub(crate) foreign_keys: Vec<ForeignKey>,
    pub(crate) strict: bool,
    pub(crate) without_rowid: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) not_null: bool,
    pub(crate) null_conflict: &'static str,
    pub(crate) default: Option<String>,
    pub(crate) collation: Option<&'static str>,
    /// The expression, and whether it is stored.
    pub(crate) generated: Option<(Sql, bool)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) columns: Vec<Id>,
    pub(crate) autoincrement: bool,
    pub(crate) conflict: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Unique {
    pub(crate) columns: Vec<Id>,
    pub(crate) conflict: &'static str,
}

#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) name: Option<String>,
    pub(crate) test: Test,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Test {
    Enum(Id, Vec<String>),
    Range(Id, i64, i64),
    Length(Id, i64),
    Filled(Id),
    Json(Id),
    Ordered(Id, Id),
}

#[derive(Clone, Debug)]
pub(crate) struct ForeignKey {
    pub(crate) name: Option<String>,
    pub(crate) from: Vec<Id>,
    pub(crate) parent: Id,
    pub(crate) to: Vec<Id>,
    /// `REFERENCES parent`, without columns.
    pub(crate) implicit: bool,
    pub(crate) on_delete: &'static str,
    pub(crate) on_update: &'static str,
    pub(crate) deferred: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Index {
    pub(crate) name: String,
    pub(crate) table: Id,
    pub(crate) unique: bool,
    pub(crate) parts: Vec<(Sql, &'static str)>,
    pub(crate) filter: Option<Sql>,
}

#[derive(Clone, Debug)]
pub(crate) struct Fts {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) table: Id,
    pub(crate) columns: Vec<Id>,
    pub(crate) kind: FtsKind,
    pub(crate) options: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FtsKind {
    External,
    Own,
    Contentless,
}

#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// What follows the name.
    pub(crate) text: Sql,
}

#[derive(Clone, Debug)]
pub(crate) struct Trigger {
    pub(crate) name: String,
    /// What follows the name.
    pub(crate) text: Sql,
}

impl Schema {
    pub(crate) fn id(&mut self) -> Id {
        self.last_id += 1;
        self.last_id
    }

    pub(crate) fn table(&self, id: Id) -> Option<&Table> {
        self.tables.iter().find(|it| it.id == id)
    }

    pub(crate) fn table_mut(&mut self, id: Id) -> &mut Table {
        self.tables.iter_mut().find(|it| it.id == id).unwrap()
    }

    pub(crate) fn names(&self) -> BTreeMap<Id, &str> {
        let mut names = BTreeMap::new();
        for table in &self.tables {
            names.insert(table.id, table.name.as_str());
            names.extend(table.columns.iter().map(|it| (it.id, it.name.as_str())));
        }
        names.extend(self.fts.iter().map(|it| (it.id, it.name.as_str())));
        names.extend(self.views.iter().map(|it| (it.id, it.name.as_str())));
        names
    }

    /// Every name of an object, in lower case: tables, indexes, views and triggers share them.
    pub(crate) fn taken(&self) -> BTreeSet<String> {
        let tables = self.tables.iter().map(|it| &it.name);
        let names = tables
            .chain(self.indexes.iter().map(|it| &it.name))
            .chain(self.fts.iter().map(|it| &it.name))
            .chain(self.views.iter().map(|it| &it.name))
            .chain(self.triggers.iter().map(|it| &it.name));
        names.map(|it| it.to_lowercase()).collect()
    }

    /// The sets of columns by which a row of a table can be found.
    pub(crate) fn targets(&self, table: &Table) -> Vec<Vec<Id>> {
        let mut targets: Vec<Vec<Id>> = table.uniques.iter().map(|it| it.columns.clone()).collect();
        targets.extend(table.key.iter().map(|it| it.columns.clone()));
        for index in &self.indexes {
            let columns = index
                .parts
                .iter()
                .map(|(part, suffix)| match part.as_slice() {
                    [Piece::Sql(a), Piece::Name(id), Piece::Sql(b)]
                        if a.is_empty() && b.is_empty() && !suffix.contains("COLLATE") =>
                    {
                        Some(*id)
                    }
                    _ => None,
                });
            let columns: Option<Vec<Id>> = columns.collect();
            let whole = index.table == table.id && index.unique && index.filter.is_none();
            targets.extend(columns.filter(|_| whole));
        }
        targets
    }
}

impl Table {
    pub(crate) fn column(&self, id: Id) -> Option<&Column> {
        self.columns.iter().find(|it| it.id == id)
    }

    pub(crate) fn column_mut(&mut self, id: Id) -> &mut Column {
        self.columns.iter_mut().find(|it| it.id == id).unwrap()
    }

    pub(crate) fn in_key(&self, id: Id) -> bool {
        self.key.as_ref().is_some_and(|it| it.columns.contains(&id))
    }

    /// The column that is the rowid.
    pub(crate) fn rowid(&self) -> Option<Id> {
        let key = self
            .key
            .as_ref()
            .filter(|it| it.columns.len() == 1 && !self.without_rowid)?;
        let column = self.column(key.columns[0])?;
        column
            .kind
            .eq_ignore_ascii_case("integer")
            .then_some(column.id)
    }

    /// A name by which the rowid can be reached.
    pub(crate) fn rowid_name(&self) -> Option<&'static str> {
        let free = |name: &&str| {
            !self
                .columns
                .iter()
                .any(|it| it.name.eq_ignore_ascii_case(name))
        };
        ["rowid", "_rowid_", "oid"]
            .into_iter()
            .find(free)
            .filter(|_| !self.without_rowid)
    }
}

impl Test {
    pub(crate) fn columns(&self) -> Vec<Id> {
        match self {
            Self::Ordered(a, b) => vec![*a, *b],
            Self::Enum(a, _)
            | Self::Range(a, ..)
            | Self::Length(a, _)
            | Self::Filled(a)
            | Self::Json(a) => vec![*a],
        }
    }

    pub(crate) fn sql(&self) -> Sql {
        match self {
            Self::Enum(column, values) => {
                let values: Vec<String> = values
                    .iter()
                    .map(|it| format!("'{}'", it.replace('\'', "''")))
                    .collect();
                sql(&format!("{{}} IN ({})", values.join(", ")), &[*column])
            }
            Self::Range(column, low, high) => {
                sql(&format!("{{}} BETWEEN {low} AND {high}"), &[*column])
            }
            Self::Length(column, most) => sql(&format!("length({{}}) <= {most}"), &[*column]),
            Self::Filled(column) => sql("{} <> ''", &[*column]),
            Self::Json(column) => sql("{} IS NULL OR json_valid({})", &[*column, *column]),
            Self::Ordered(a, b) => sql("{} IS NULL OR {} IS NULL OR {} <= {}", &[*a, *b, *a, *b]),
        }
    }
}

pub(crate) fn mentions(sql: &Sql, id: Id) -> bool {
    sql.contains(&Piece::Name(id))
}

/// What a column holds, roughly.
pub(crate) fn class(kind: &str) -> &'static str {
    let kind = kind.to_uppercase();
    let has = |words: &[&str]| words.iter().any(|it| kind.contains(it));
    if has(&["INT", "BOOL"]) {
        "integer"
    } else if has(&["CHAR", "TEXT", "CLOB"]) {
        "text"
    } else if has(&["REAL", "DOUB", "FLOA", "NUM", "DEC"]) {
        "real"
    } else {
        "other"
    }
}

/// See <https://www.sqlite.org/datatype3.html#determination_of_column_affinity>.
pub(crate) fn affinity(kind: &str, strict: bool) -> &'static str {
    let upper = kind.to_uppercase();
    let has = |words: &[&str]| words.iter().any(|it| upper.contains(it));
    if has(&["INT"]) {
        "integer"
    } else if has(&["CHAR", "CLOB", "TEXT"]) {
        "text"
    } else if has(&["BLOB"]) || kind.is_empty() || (strict && upper == "ANY") {
        "none"
    } else if has(&["REAL", "FLOA", "DOUB"]) {
        "real"
    } else {
        "numeric"
    }
}
