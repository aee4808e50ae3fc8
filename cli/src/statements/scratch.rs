use crate::calls::Registered;
use crate::failure::Failure;
use crate::project::Project;
use crate::source::replayed;
use tablature::Connection;
use tablature::check::{self, Statement, StatementError};
use tablature::migrations::Runner;
use tablature::rusqlite::config::DbConfig;

/// The databases that a statement may be meant for: that of the migrations, with what its function creates; the same with
/// what its file creates; and where the function creates a table that the migrations have too, one of its own.
pub(super) struct Scratch {
    migrated: Connection,
    with_file: Connection,
    own: Option<Connection>,
    /// What is set while a statement is prepared stays there.
    settings: Connection,
    is_strict: bool,
    registered: Registered,
}

impl Scratch {
    pub(super) fn of(project: &Project, registered: &Registered) -> Result<Self, Failure> {
        let runner = project.dump.runner;
        let is_strict = runner == Runner::Tablature;
        let migrated = || -> Result<Connection, Failure> {
            let db = replayed(&project.migrations, runner)?;
            settled(&db, is_strict, registered)?;
            db.execute_batch("SAVEPOINT calls")
                .map_err(Failure::error)?;
            Ok(db)
        };
        Ok(Self {
            migrated: migrated()?,
            with_file: migrated()?,
            own: None,
            settings: tablature::plan::scratch().map_err(Failure::error)?,
            is_strict,
            registered: registered.clone(),
        })
    }

    /// Forgets what another file has created. What the migrations have already, this one keeps from there.
    pub(super) fn enter_file(&mut self, made: &[String]) -> Result<(), Failure> {
        back(&self.with_file)?;
        for sql in made {
            // Where it fails, the statements that need it fail too, and say so.
            let _ = self.with_file.execute_batch(sql);
        }
        Ok(())
    }

    pub(super) fn enter_function(&mut self) -> Result<(), Failure> {
        self.own = None;
        back(&self.migrated)
    }

    /// The first database that prepares it; otherwise what the nearest one says.
    pub(super) fn prepare(&self, sql: &str) -> (Result<Statement, StatementError>, &Connection) {
        if begins(sql, &["pragma"]) {
            return (check::statement(&self.settings, sql), &self.settings);
        }
        let nearest = self.own.as_ref().unwrap_or(&self.migrated);
        let said = check::statement(nearest, sql);
        // What is there already is what makes the database one of its own.
        if said.is_ok() || exists(&said) {
            let said =
                said.or_else(|error| check::statement(&self.settings, sql).map_err(|_| error));
            return (said, nearest);
        }
        let again = check::statement(&self.with_file, sql);
        let has_table = |said: &Result<Statement, StatementError>| {
            let message = said.as_ref().err().map(ToString::to_string);
            message.is_none_or(|it| !it.starts_with("no table "))
        };
        // Where the file has made the table, what it says of the columns counts.
        if again.is_ok() || (has_table(&again) && !has_table(&said)) {
            return (again, &self.with_file);
        }
        let again = check::statement(&self.migrated, sql);
        if again.is_ok() {
            (again, &self.migrated)
        } else {
            (said, nearest)
        }
    }

    /// Runs what was prepared, so that later statements see it. What does not run now, as the index of a table that is
    /// somewhere else, they do not see.
    pub(super) fn define(&mut self, sql: &str) {
        let nearest = self.own.as_ref().unwrap_or(&self.migrated);
        if let Err(error) = nearest.execute_batch(sql)
            && error.to_string().contains("already exists")
            && self.own.is_none()
            && let Ok(own) = tablature::plan::scratch()
            && settled(&own, self.is_strict, &self.registered).is_ok()
            && own.execute_batch(sql).is_ok()
        {
            self.own = Some(own);
        }
    }
}

/// What our runner opens takes no text in double quotes.
fn settled(db: &Connection, is_strict: bool, registered: &Registered) -> Result<(), Failure> {
    if is_strict {
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)
            .map_err(Failure::error)?;
    }
    registered.register(db).map_err(Failure::error)
}

fn back(db: &Connection) -> Result<(), Failure> {
    db.execute_batch("ROLLBACK TO calls")
        .map_err(Failure::error)
}

fn exists(said: &Result<Statement, StatementError>) -> bool {
    said.as_ref()
        .is_err_and(|error| error.to_string().contains("already exists"))
}

/// Whether the first word of a statement is one of these.
pub(crate) fn begins(sql: &str, words: &[&str]) -> bool {
    let start = check::statements(sql).into_iter().next();
    let statement = start.map_or("", |it| &sql[it]);
    let end = statement.find(|it: char| !it.is_ascii_alphabetic());
    let word = &statement[..end.unwrap_or(statement.len())];
    words.iter().any(|it| word.eq_ignore_ascii_case(it))
}
