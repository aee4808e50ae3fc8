//! A library of books, whose second migration rebuilds a table with children, an AUTOINCREMENT counter and full-text
//! search. What happens to it under faults is in `tests/`.

mod state;
pub mod vfs;

pub use state::State;

use tablature::Table;

/// Who writes.
#[derive(Table)]
#[table(name = "authors")]
pub struct Author {
    /// The key.
    #[column(primary_key)]
    pub id: i64,
    /// As on the cover.
    pub name: String,
}

/// What the second migration rebuilds.
#[derive(Table)]
#[table(name = "books", index(author_id), index(title), fts(title, blurb))]
pub struct Book {
    /// The key.
    #[column(primary_key, autoincrement)]
    pub id: i64,
    /// A parent.
    #[column(references(Author), on_delete = cascade)]
    pub author_id: i64,
    /// The name.
    #[column(collate = nocase)]
    pub title: String,
    /// What the back says.
    pub blurb: String,
    /// When it came out.
    #[column(default = 1900)]
    pub year: i64,
}

/// What a naive rebuild of the books would lose.
#[derive(Table)]
#[table(name = "loans", index(book_id))]
pub struct Loan {
    /// The key.
    #[column(primary_key)]
    pub id: i64,
    /// A parent.
    #[column(references(Book), on_delete = cascade)]
    pub book_id: i64,
    /// Who has it.
    pub reader: String,
}

tablature::schema! {
    /// Authors, books and loans.
    #[schema(migrations = "migrations")]
    pub static LIBRARY = [Author, Book, Loan];
}
