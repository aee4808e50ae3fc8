//! The images.

use tablature::{ColumnType, Connection, HookResult, Table, Transaction};

/// What an image is stored as.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.jpg`
    Jpeg,
    /// `.png`
    Png,
    /// `.webp`
    Webp,
    /// `.avif`, since version 3.
    Avif,
}

/// An image that was seen at least once.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "files", check(has_pixels = "width > 0 AND height > 0"))]
pub struct File {
    /// Given by the database.
    #[column(primary_key)]
    pub id: i64,
    /// Where it was when it was seen last.
    #[column(unique)]
    pub path: String,
    /// The path as it is searched: in lower case, in any script, which SQLite's `lower` does not do.
    #[column(index, default = "")]
    pub folded: String,
    /// What it is stored as.
    pub format: Format,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

impl File {
    /// Adds an image, or writes down what it is now. Returns its key, which stays the same.
    pub fn see(
        db: &Connection,
        path: &str,
        format: Format,
        (width, height): (u32, u32),
    ) -> tablature::Result<i64> {
        let folded = path.to_lowercase();
        let id = tablature::upsert!(db, File { path, folded, format, width, height } on (path))?;
        Ok(id)
    }

    /// For [`starting_with`](Self::starting_with). A range, unlike LIKE, takes `%` and `_` for what they are.
    pub const STARTING: &str =
        "WHERE folded >= ?1 AND folded < ?1 || char(0x10FFFF) ORDER BY folded LIMIT 50";

    /// The images whose path starts with a text, whatever its case.
    pub fn starting_with(db: &Connection, start: &str) -> tablature::Result<Vec<Self>> {
        Ok(Self::query(db, Self::STARTING, [start.to_lowercase()])?)
    }
}

/// Runs with migration 3. Its SQL is that of version 3 for good: `File` is the table of today.
pub(crate) fn fold_paths(db: &Transaction<'_>) -> HookResult {
    let mut paths = db.prepare("SELECT id, path FROM files")?;
    let mut fold = db.prepare("UPDATE files SET folded = ?2 WHERE id = ?1")?;
    let mut rows = paths.query(())?;
    while let Some(row) = rows.next()? {
        let (id, path): (i64, String) = (row.get(0)?, row.get(1)?);
        fold.execute((id, path.to_lowercase()))?;
    }
    Ok(())
}
