use crate::schema::same_name;
use rusqlite::{Connection, Statement};

/// The tables and views of a database by name, with their columns: what a message can suggest.
///
/// ```
/// use tablature::{Connection, check::Names};
///
/// let db = Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")?;
/// let names = Names::of(&db)?;
/// assert_eq!(names.table("Posts").unwrap().columns[1].name, "title");
/// # Ok::<(), tablature::rusqlite::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Names {
    /// Those of all schemas of the connection, in SQLite's order.
    pub tables: Vec<TableName>,
}

/// A table or view.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TableName {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<ColumnName>,
    /// Whether it holds rows of its own: no view, no virtual table, none of SQLite's own.
    pub is_table: bool,
}

/// A column.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ColumnName {
    /// Its name.
    pub name: String,
    /// Whether an INSERT gives it a value: it is not generated, and not hidden in a virtual table.
    pub is_given: bool,
    /// Whether every INSERT must name it: it is NOT NULL, has no default, and is not the rowid.
    pub is_required: bool,
}

impl Names {
    /// Reads them.
    pub fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut tables = Vec::new();
        let mut list = db.prepare("SELECT schema, name, type, wr FROM pragma_table_list")?;
        let mut columns_of = db.prepare(COLUMNS)?;
        let mut rows = list.query(())?;
        while let Some(row) = rows.next()? {
            let (schema, name): (String, String) = (row.get(0)?, row.get(1)?);
            let (kind, without_rowid): (String, bool) = (row.get(2)?, row.get(3)?);
            let is_table = kind == "table" && !name.starts_with("sqlite_");
            // What cannot be read has no columns: a view that has lost its table, a table of a module that is missing.
            let columns = columns(&mut columns_of, [&name, &schema], without_rowid);
            let columns = columns.unwrap_or_default();
            tables.push(TableName {
                name,
                columns,
                is_table,
            });
        }
        Ok(Self { tables })
    }

    /// The table of a name, whatever its case.
    pub fn table(&self, name: &str) -> Option<&TableName> {
        self.tables.iter().find(|it| same_name(&it.name, name))
    }
}

impl TableName {
    /// The column of a name, whatever its case.
    pub fn column(&self, name: &str) -> Option<&ColumnName> {
        self.columns.iter().find(|it| same_name(&it.name, name))
    }

    /// The columns that an INSERT without a list gives values to.
    pub fn given(&self) -> impl Iterator<Item = &str> {
        let given = self.columns.iter().filter(|it| it.is_given);
        given.map(|it| it.name.as_str())
    }
}

/// Whether a column is required, and whether it is the rowid, unless the table has none.
const COLUMNS: &str = "SELECT name, hidden, \"notnull\" AND dflt_value IS NULL,
    upper(type) = 'INTEGER' AND pk = 1 AND count(*) FILTER (WHERE pk > 0) OVER () = 1
FROM pragma_table_xinfo(?1, ?2)";

fn columns(
    statement: &mut Statement<'_>,
    table_and_schema: [&String; 2],
    without_rowid: bool,
) -> rusqlite::Result<Vec<ColumnName>> {
    let columns = statement.query_map(table_and_schema, |row| {
        let is_given = row.get::<_, i64>(1)? == 0;
        let is_rowid = row.get::<_, bool>(3)? && !without_rowid;
        Ok(ColumnName {
            name: row.get(0)?,
            is_given,
            is_required: is_given && row.get(2)? && !is_rowid,
        })
    })?;
    columns.collect()
}
