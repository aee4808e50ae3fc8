//! The images.

use tablature::{ColumnType, Table};

/// What an image is stored as.
#[derive(ColumnType, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// `.jpg`
    Jpeg,
    /// `.png`
    Png,
    /// `.webp`
    Webp,
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
    /// What it was before it was made smaller.
    pub format: Format,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}
