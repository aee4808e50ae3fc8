/// Inserts a row of any subset of columns and returns its primary key.
///
/// ```
/// use tablature::Table;
///
/// #[derive(Table)]
/// struct Post {
///     #[column(primary_key)]
///     id: i64,
///     title: String,
///     #[column(default = "draft")]
///     status: String,
/// }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let title = "Hello";
/// let id = tablature::insert!(&db, Post { title })?;
/// assert_eq!(Post::get(&db, id)?.unwrap().status, "draft");
/// # Ok(())
/// # }
/// ```
///
/// The columns that are left out get their default, or NULL. `None` for a column that is NOT NULL and has a default means
/// the default. Compile errors, each at its token: a column that the table does not have, a value of another type, a
/// column that must have a value and has none, a generated column.
#[macro_export]
macro_rules! insert {
    ($($input:tt)*) => {
        $crate::__private::insert_into!([$crate] $($input)*)
    };
}

/// The same as [`insert!`], and returns the whole row as it is stored.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String, #[column(default = "draft")] status: String }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let post = tablature::insert_returning!(&db, Post { title: "Hello" })?;
/// assert_eq!(post.status, "draft");
/// # Ok(())
/// # }
/// ```
///
/// SQLite's RETURNING costs about three times a plain insert.
#[macro_export]
macro_rules! insert_returning {
    ($($input:tt)*) => {
        $crate::__private::insert_returning_into!([$crate] $($input)*)
    };
}

/// Inserts a row, or updates the one that has its values in the columns of a unique key. Returns the primary key.
///
/// Without `on` it is the primary key that is met. The update writes the given columns, except the key's and those that
/// are immutable.
///
/// ```
/// # use tablature::Table;
/// #[derive(Table)]
/// #[table(unique(author, slug))]
/// struct Post { #[column(primary_key)] id: i64, author: i64, slug: String, title: String }
///
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// let id = tablature::upsert!(&db, Post { author: 1, slug: "a", title: "A" } on (author, slug))?;
/// let same = tablature::upsert!(&db, Post { author: 1, slug: "a", title: "B" } on (author, slug))?;
/// assert_eq!(id, same);
/// tablature::upsert!(&db, Post { id, author: 1, slug: "a", title: "C" })?;
/// assert_eq!(Post::get(&db, id)?.unwrap().title, "C");
/// # Ok(())
/// # }
/// ```
#[macro_export]
macro_rules! upsert {
    ($($input:tt)*) => {
        $crate::__private::upsert_into!([$crate] $($input)*)
    };
}

/// Updates some columns of the row that has a primary key. False if there is none.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # fn main() -> tablature::Result<()> {
/// # let db = tablature::Connection::open_in_memory()?;
/// # db.execute_batch(Post::DDL)?;
/// # tablature::insert!(&db, Post { id: 1, title: "Hello" })?;
/// assert!(tablature::update!(&db, Post(1) { title: "Goodbye", subtitle: None })?);
/// assert!(!tablature::update!(&db, Post(2) { title: "Nobody" })?);
/// # Ok(())
/// # }
/// ```
///
/// A key of several columns is a tuple: `Post((tenant, id))`.
#[macro_export]
macro_rules! update {
    ($($input:tt)*) => {
        $crate::__private::update_of!([$crate] $($input)*)
    };
}

/// Names all tables of an application, and makes the static that opens its databases.
///
/// ```
/// use tablature::Table;
///
/// #[derive(Table)]
/// struct Author { #[column(primary_key)] id: i64, name: String }
///
/// #[derive(Table)]
/// struct Post { #[column(primary_key)] id: i64, #[column(references(Author))] author_id: i64, title: String }
///
/// tablature::schema! {
///     /// Everything the blog stores.
///     pub static BLOG = [Author, Post];
/// }
///
/// # fn main() -> tablature::Result<()> {
/// let db = BLOG.open_in_memory()?;
/// tablature::insert!(&db, Author { id: 1, name: "Ann" })?;
/// tablature::insert!(&db, Post { author_id: 1, title: "Hello" })?;
/// # Ok(())
/// # }
/// ```
///
/// # Migrations
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// tablature::schema! {
///     #[schema(migrations = "src/migrations/example/migrations")]
///     static BLOG = [Post];
/// }
///
/// assert_eq!(BLOG.migrations()[1].stem, "0002_add_subtitle_to_posts");
/// # BLOG.open_in_memory().unwrap();
/// ```
///
/// | in `#[schema(…)]` | says |
/// |---|---|
/// | `migrations = "migrations"` | the folder of migrations, from the folder of `Cargo.toml`; `schema.sql` stands beside it |
/// | `runner = tablature` | who runs them: [`tablature`, `refinery`, `sqlx`, `d1`, `diesel` or `rusqlite_migration`](crate::migrations::Runner) |
/// | `sqlite = "3.40"` | the oldest version of SQLite that they run on |
/// | `hook(2, up = fill_slugs, down = empty_slugs)` | functions beside migration 2, for what SQL cannot say of the rows |
///
/// A hook is a `fn(&Transaction) -> Result<(), E>`. It runs inside the transaction: `up` after the SQL of its migration,
/// `down` before that of the way back. It may change rows, not the schema. Only the program has it, so the command line
/// leaves such a migration to the program, and an older program does not go back from it.
///
/// With migrations, the program carries their files, and [`open`](crate::Schema::open) applies those that are pending if
/// the runner is `tablature`. The program only compiles when `schema.sql`, which `cargo tablature generate` writes, has
/// the DDL of every struct and lists every migration. In tests that is not asked; instead there is a test,
/// `blog_migrations_match_structs` for a static `BLOG`, that replays the migrations: see
/// [`check_migrations`](crate::Schema::check_migrations). Such a `schema!` stands in a module, not in a function.
///
/// | runner | up | down |
/// |---|---|---|
/// | `tablature` | `migrations/0001_create_posts.up.sql` | `migrations/0001_create_posts.down.sql` |
/// | `refinery` | `migrations/V001__create_posts.sql` | `migrations_down/V001__create_posts.sql` |
/// | `sqlx` | `migrations/20250108000000_create_posts.up.sql` | `migrations/20250108000000_create_posts.down.sql` |
/// | `d1` | `migrations/0001_create_posts.sql` | `migrations_down/0001_create_posts.sql` |
/// | `diesel` | `migrations/2025-01-08-000000_create_posts/up.sql` | `migrations/2025-01-08-000000_create_posts/down.sql` |
/// | `rusqlite_migration` | `migrations/01-create_posts/up.sql` | `migrations/01-create_posts/down.sql` |
///
/// A down may be missing. refinery and wrangler take every SQL file that they find for an up, so downs lie beside.
///
/// # Compile errors
///
/// At the table in the list: it is listed twice, has the name of another one, has a foreign key to a table that is not
/// listed, or is not what `schema.sql` says. At the folder: it is not there, a file's name is not the runner's, two files
/// have one number, a down has no up, `schema.sql` is not there, does not list a migration, or has another table.
#[macro_export]
macro_rules! schema {
    ($($input:tt)*) => {
        $crate::__private::schema_static!([$crate] $($input)*);
    };
}

/// A statement that SQLite has read while compiling, on the tables that the crate's migrations make.
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # tablature::schema! {
/// #     #[schema(migrations = "src/migrations/example/migrations")]
/// #     static BLOG = [Post];
/// # }
/// # fn main() -> tablature::Result<()> {
/// # let db = BLOG.open_in_memory()?;
/// use tablature::sql;
///
/// sql!("INSERT INTO posts (title) VALUES (?1)", "Hello").execute(&db)?;
///
/// let typed = "Hel";
/// let found = sql!(Post, "SELECT * FROM posts WHERE title LIKE :start || '%'", start = typed).all(&db)?;
/// let count: i64 = sql!(i64, "SELECT count(*) FROM posts").one(&db)?;
/// let (id, title) = sql!((i64, String), "SELECT id, title FROM posts").one(&db)?;
/// # assert_eq!((found.len(), count, id, title.as_str()), (1, 1, 1, "Hello"));
/// # Ok(())
/// # }
/// ```
///
/// Before the statement stands what a row is: a struct with `#[derive(Table)]` or `#[derive(Row)]`, one column, or a tuple
/// of up to eight. The columns of a struct are found by their names while compiling, and read by position. With rows there
/// are [`all`](crate::Fetch::all), [`one`](crate::Fetch::one), [`optional`](crate::Fetch::optional) and
/// [`each`](crate::Fetch::each), without any [`execute`](crate::Execute::execute).
///
/// Behind the statement stand the arguments, in the order of the parameters, or by name: `start = typed` is for `:start`,
/// `@start` and `$start`. They are borrowed, as by `format_args!`: to keep the query in a variable, keep what is made for an
/// argument in one too. A statement is prepared once for each connection.
///
/// # Compile errors
///
/// The statement is refused where SQLite refuses it: syntax, a table, column or function that is not there, the columns of
/// an INSERT against its values. So are a column that is NOT NULL without a default and left out of an INSERT; arguments that
/// are missing, or too many; columns that are not the fields of the struct. Only what is certain is compared further:
///
/// - An argument that stands alone in `column = ?1`, with any comparison, in SET, or in VALUES, with the type of the column.
/// - A column of a result that is a column of a table, with the field: its type, and whether it may be NULL. One that a
///   WHERE, ON or HAVING names may have been kept from being NULL, and is not asked. Neither is an expression: `count(*)`
///   and `coalesce(subtitle, '')` can be read into a field with or without `Option`. Neither is a column of a view.
/// - A column behind an outer join with the field: it is NULL where no row matches, whatever its table says, unless a
///   condition or a foreign key may keep such rows out. In a statement of several SELECTs, or one that joins a table with
///   itself, that is not asked: read it into an `Option`.
///
/// # Where the migrations are
///
/// In `migrations`, beside `Cargo.toml`, in the form of this crate. Otherwise `Cargo.toml` says so:
///
/// ```toml
/// [package.metadata.tablature]
/// migrations = "database/migrations"
/// runner = "refinery"
/// ```
///
/// There is no other source: no database, no environment variable, and nothing is written. A function that the program
/// registers, an extension that it loads, a database that it attaches and a table that it makes by itself are not there while
/// compiling; for those there is [`Row::query`](crate::Row::query). The SQLite that reads the statement is the one that
/// rusqlite carries, also where the program links another. A new migration is noticed by `schema.sql`, which
/// `cargo tablature generate` writes; without that file, a change of the crate is needed too.
///
/// # Lists
///
/// `IN` has as many values as [`list`](crate::list) is given:
///
/// ```
/// # use tablature::Table;
/// # #[derive(Table)]
/// # #[table(name = "posts")]
/// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
/// # tablature::schema! {
/// #     #[schema(migrations = "src/migrations/example/migrations")]
/// #     static BLOG = [Post];
/// # }
/// # fn main() -> tablature::Result<()> {
/// # let db = BLOG.open_in_memory()?;
/// let ids = [1, 2, 3];
/// let some = tablature::sql!(
///     Post,
///     "SELECT * FROM posts WHERE id IN (SELECT value FROM json_each(?1))",
///     tablature::list(&ids),
/// )
/// .all(&db)?;
/// # assert!(some.is_empty());
/// # Ok(())
/// # }
/// ```
#[cfg(feature = "checked")]
#[macro_export]
macro_rules! sql {
    ($($input:tt)*) => {
        $crate::__private::sql_checked!([$crate] $($input)*)
    };
}
