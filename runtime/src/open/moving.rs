use super::Schema;
use crate::report::Report;
use crate::sqlite::run::{self, Applied, Loss, MigrateError, MigrateOptions};
use rusqlite::Connection;

/// To a migration, forth and back.
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

    /// What [`migrate_down_to`](Self::migrate_down_to) would take away: the rows of tables that it drops, and the values of
    /// columns. It takes them without asking; a program that asks its user asks with this.
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
    /// let db = BLOG.open_in_memory()?;
    /// assert!(BLOG.losses(&db, 1)?.is_empty());
    /// tablature::insert!(&db, Post { title: "Hello", subtitle: "dear" })?;
    /// assert_eq!(BLOG.losses(&db, 1)?.to_string(), "the values of `posts.subtitle`, 1 in all");
    /// # Ok(())
    /// # }
    /// ```
    pub fn losses(&self, db: &Connection, version: i64) -> Result<Report<Loss>, MigrateError> {
        self.ours()?;
        run::losses_to(db, &self.work(&MigrateOptions::new()), version).map(Report::from)
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
}
