use super::Schema;
use crate::diff::{Change, diff};
use crate::migrations::{Runner, Script, State, without_histories};
use crate::report::Report;
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::run::{self, Applied, Foreign, MigrateError, MigrateOptions, Refusal, Work};
use rusqlite::Connection;

impl Schema {
    /// What a database has had of the migrations, and what it has had besides.
    ///
    /// ```
    /// # use tablature::{Connection, Table, migrations::StateOf};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let db = BLOG.open_in_memory()?;
    /// assert!(BLOG.status(&db)?.iter().all(|migration| migration.is == StateOf::Applied));
    /// # Ok(())
    /// # }
    /// ```
    pub fn status(&self, db: &Connection) -> Result<Report<State>, MigrateError> {
        self.ours()?;
        run::states(db, self.migrations).map(Report::from)
    }

    /// The migrations that are still to come. See [`migrate_to`](Self::migrate_to).
    pub fn pending(&self, db: &Connection) -> Result<Report<Script<'static>>, MigrateError> {
        self.ours()?;
        run::pending_of(db, self.migrations).map(Report::from)
    }

    /// The rows that the pending migrations would refuse for a new NOT NULL, CHECK, unique or foreign key, counted without
    /// changing anything. Only what is certain is told: of values that a migration itself writes, nothing is.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = Connection::open_in_memory()?;
    /// BLOG.migrate_to(&mut db, 1)?;
    /// assert_eq!(BLOG.preflight(&db)?.to_string(), "no row is refused");
    /// # Ok(())
    /// # }
    /// ```
    pub fn preflight(&self, db: &Connection) -> Result<Report<Refusal>, MigrateError> {
        self.ours()?;
        run::preflight_of(db, &self.work(&MigrateOptions::new())).map(Report::from)
    }

    /// Runs the pending migrations and takes them back: whether they would succeed on these rows, and how long each takes.
    /// Meanwhile nobody else can write.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = Connection::open_in_memory()?;
    /// assert_eq!(BLOG.dry_run(&mut db)?.len(), 2);
    /// assert_eq!(BLOG.pending(&db)?.len(), 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn dry_run(&self, db: &mut Connection) -> Result<Report<Applied>, MigrateError> {
        self.ours()?;
        run::dry_run(db, &self.work(&MigrateOptions::new())).map(Report::from)
    }

    /// What a database has otherwise than the structs say: tables, columns, constraints, indexes, full-text tables and
    /// triggers, each difference in words. What it has besides is not ours to judge.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String }
    /// # tablature::schema! { static BLOG = [Post]; }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT) STRICT")?;
    /// let differences = BLOG.verify(&db)?;
    /// assert_eq!(differences[0].to_string(), "`posts.title` becomes NOT NULL");
    /// # Ok(())
    /// # }
    /// ```
    pub fn verify(&self, db: &Connection) -> Result<Report<Change>, InspectError> {
        let found = inspect(db)?;
        let mut structs = self.of_structs()?;
        // Foreign keys may lead to tables that no struct describes.
        structs.take_over(&found, |_, _| true);
        let mut changes = diff(&found, &structs);
        changes.retain(|change| !matches!(change, Change::Drop(..)));
        Ok(changes.into())
    }

    /// Writes into the history that the migrations up to a number have been applied, without running them: for a database
    /// that was made in another way. It must be as they leave it, or it is refused. Returns how many the history did not have.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT")?;
    /// BLOG.baseline(&mut db, 1)?;
    /// assert_eq!(BLOG.migrate(&mut db)?[0].version, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn baseline(&self, db: &mut Connection, version: i64) -> Result<usize, MigrateError> {
        self.ours()?;
        run::baseline(db, &self.work(&MigrateOptions::new()), version)
    }

    /// Takes over the history of refinery, sqlx, `rusqlite_migration`, wrangler or diesel: what they have applied under a
    /// number, and what their numbers count, has been applied. None where none of them was here.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = Connection::open_in_memory()?;
    /// db.execute_batch(
    ///     "CREATE TABLE refinery_schema_history (version INTEGER PRIMARY KEY, name TEXT, applied_on TEXT, checksum TEXT);
    ///      INSERT INTO refinery_schema_history (version, name) VALUES (1, 'create_posts');
    ///      CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT",
    /// )?;
    /// assert!(BLOG.migrate(&mut db).unwrap_err().to_string().contains("refinery"));
    /// assert_eq!(BLOG.adopt(&mut db)?.unwrap().version, 1);
    /// assert_eq!(BLOG.migrate(&mut db)?[0].version, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn adopt(&self, db: &mut Connection) -> Result<Option<Foreign>, MigrateError> {
        self.ours()?;
        run::adopt(db, &self.work(&MigrateOptions::new()))
    }

    /// Takes the migrations as they are here for those that were applied, their ways back too, and returns the numbers of those
    /// that are others than the history says: for the case that somebody has looked, and knows that they do the same.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! {
    /// #     #[schema(migrations = "src/migrations/example/migrations")]
    /// #     static BLOG = [Post];
    /// # }
    /// # fn main() -> tablature::Result<()> {
    /// let mut db = BLOG.open_in_memory()?;
    /// db.execute_batch("UPDATE tablature_migrations SET checksum = '0' WHERE version = 1")?;
    /// assert_eq!(BLOG.repair(&mut db)?, [1]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn repair(&self, db: &mut Connection) -> Result<Vec<i64>, MigrateError> {
        self.ours()?;
        run::repair(db, self.migrations)
    }

    pub(super) fn work<'a>(&self, options: &'a MigrateOptions) -> Work<'a> {
        Work {
            scripts: self.migrations,
            hooks: self.hooks,
            options,
        }
    }

    pub(super) fn of_structs(&self) -> Result<crate::schema::Schema, InspectError> {
        let db = crate::plan::scratch()?;
        db.execute_batch(&self.ddl())?;
        inspect(&db).map(without_histories)
    }

    /// Migrations of others are theirs to run.
    pub(super) fn ours(&self) -> Result<(), MigrateError> {
        match self.source {
            Some(source) if source.runner != Runner::Tablature => Err(MigrateError::OtherRunner {
                schema: self.name,
                runner: source.runner,
            }),
            _ => Ok(()),
        }
    }
}
