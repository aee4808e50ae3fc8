use super::Schema;
use crate::diff::{Change, diff};
use crate::migrations::dump::Hint;
use crate::migrations::{Runner, Script, State, without_histories};
use crate::plan::{Hints, PlanError, Step, Target, plan};
use crate::report::Report;
use crate::sqlite::inspect::{InspectError, inspect};
use crate::sqlite::run::{
    self, Applied, End, Foreign, MigrateError, MigrateOptions, Orphans, Refusal, Work,
};
use rusqlite::Connection;

/// Why a database could not be brought to the structs without migrations. It is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PushError {
    /// Something would be lost, or has to be answered.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// A schema cannot be read.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// Foreign keys can only be switched outside a transaction.
    #[error("cannot push inside a transaction; end it first")]
    InTransaction,
    /// Rows refer to rows that are not there.
    #[error(
        "afterwards, {rows} rows of `{table}` would refer to rows of `{parent}` that are not there; delete or mend them first"
    )]
    ForeignKeys {
        /// The table of the rows.
        table: String,
        /// The table that they refer to.
        parent: String,
        /// How many there are.
        rows: i64,
    },
    /// A step fails.
    #[error("cannot push: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl From<Orphans> for PushError {
    fn from(orphans: Orphans) -> Self {
        let Orphans {
            table,
            parent,
            rows,
        } = orphans;
        Self::ForeignKeys {
            table,
            parent,
            rows,
        }
    }
}

impl Schema {
    /// Applies the pending migrations as far as a number; later ones stay pending.
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
    /// assert_eq!(BLOG.pending(&db)?[0].name, "add_subtitle_to_posts");
    /// assert_eq!(BLOG.migrate(&mut db)?.len(), 1);
    /// assert_eq!(BLOG.migrate_down_to(&mut db, 1)?[0].version, 2);
    /// # Ok(())
    /// # }
    /// ```
    pub fn migrate_to(
        &self,
        db: &mut Connection,
        version: i64,
    ) -> Result<Report<Applied>, MigrateError> {
        self.ours()?;
        run::migrate_to(db, &self.work(&MigrateOptions::new()), version).map(Report::from)
    }

    /// Undoes the migrations after a number, the newest first, all or none: with the way back that was kept when they
    /// were applied, so a program goes back from what a newer one has done. See [`migrate_to`](Self::migrate_to).
    pub fn migrate_down_to(
        &self,
        db: &mut Connection,
        version: i64,
    ) -> Result<Report<Applied>, MigrateError> {
        self.migrate_down_with(db, version, &MigrateOptions::new())
    }

    /// The same with options: a backup, or somebody who is told.
    pub fn migrate_down_with(
        &self,
        db: &mut Connection,
        version: i64,
        options: &MigrateOptions,
    ) -> Result<Report<Applied>, MigrateError> {
        self.ours()?;
        run::undo_to(db, &self.work(options), version).map(Report::from)
    }

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

    /// Brings a database to the structs without migrations: for development and tests. What would be lost is refused, if
    /// the hints do not allow it; what the database has besides stays. Returns the steps; a second time there are none.
    ///
    /// What `renamed_from`, `backfill` and `using` say on the structs need not be said in the hints.
    ///
    /// ```
    /// # use tablature::{Connection, Table};
    /// # #[derive(Table)]
    /// # #[table(name = "posts")]
    /// # struct Post { #[column(primary_key)] id: i64, title: String, subtitle: Option<String> }
    /// # tablature::schema! { static BLOG = [Post]; }
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let mut db = Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT")?;
    /// let steps = BLOG.push(&mut db, &Default::default())?;
    /// assert_eq!(steps[0].sql, "ALTER TABLE posts ADD COLUMN subtitle TEXT");
    /// assert!(BLOG.push(&mut db, &Default::default())?.is_empty());
    /// # Ok(())
    /// # }
    /// ```
    pub fn push(&self, db: &mut Connection, hints: &Hints) -> Result<Report<Step>, PushError> {
        if !db.is_autocommit() {
            return Err(PushError::InTransaction);
        }
        let from = inspect(db)?;
        let mut to = self.of_structs()?;
        to.take_over(&from, |_, _| true);
        let mut hints = hints.clone();
        let attributes: Vec<Hint> = self.tables().flat_map(Hint::of).collect();
        for hint in Hint::ahead(&attributes, &from, &to) {
            hints.add(hint);
        }
        let plan = plan(&from, &to, &hints, Target::new(Runner::Tablature))?;
        if plan.is_empty() {
            return Ok(Vec::new().into());
        }
        run::exclusively(db, End::Commit, |db| {
            db.execute_batch(&plan.script()).map_err(PushError::from)
        })?;
        Ok(plan.steps.into())
    }

    /// Writes into the history that the migrations up to a number have been applied, without running them: for a database
    /// that was made in another way. It must be as they leave it, or it is refused. Returns how many they are.
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
        let Some(foreign) = run::foreign(db, self.migrations)? else {
            return Ok(None);
        };
        foreign.has_all(self.migrations)?;
        run::baseline(db, &self.work(&MigrateOptions::new()), foreign.version)?;
        Ok(Some(foreign))
    }

    /// Takes the migrations as they are here for those that were applied, and returns the numbers of those that are others
    /// than the history says: for the case that somebody has looked, and knows that they do the same.
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

    fn of_structs(&self) -> Result<crate::schema::Schema, InspectError> {
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
