//! The database behind the server: one connection writes, several read.
//!
//! SQLite has one writer at a time. Here writers stand in line for the only connection that writes, so none of them is
//! ever told that the database is busy, and each sees what the one before it has written. In WAL mode readers wait for
//! nobody.

use crate::Error;
use crate::library::LIBRARY;
use r2d2::{ManageConnection, Pool};
use std::fs::File;
use std::path::{Path, PathBuf};
use tablature::Connection;
use tablature::rusqlite::TransactionBehavior;
use tokio::task::spawn_blocking;

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// The pools. A clone is the same store.
#[derive(Clone, Debug)]
pub struct Store {
    readers: Pool<Connections>,
    writer: Pool<Connections>,
}

/// Makes the connections of a pool, as `schema!` opens them: with foreign keys, WAL and a cache of statements.
#[derive(Clone, Debug)]
struct Connections {
    path: PathBuf,
    query_only: bool,
}

impl Store {
    /// Brings the database to the newest version, or makes it, and opens the pools.
    pub fn open(path: impl AsRef<Path>, readers: u32) -> Result<Self, Error> {
        let path = path.as_ref().to_owned();
        migrate(&path)?;
        let pool = |query_only, connections| {
            let path = path.clone();
            Pool::builder()
                .max_size(connections)
                .test_on_check_out(false)
                .build(Connections { path, query_only })
        };
        Ok(Self {
            readers: pool(true, readers)?,
            writer: pool(false, 1)?,
        })
    }

    /// Reads in one transaction, so that a page and its total are of one moment.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let readers = self.readers.clone();
        spawn_blocking(move || work(&*readers.get()?.transaction()?)).await?
    }

    /// Writes in one transaction: all, or nothing where `work` fails. It is a writer from the start, so what it reads
    /// cannot have changed when it writes.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let writer = self.writer.clone();
        spawn_blocking(move || {
            let mut db = writer.get()?;
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        })
        .await?
    }
}

/// refinery looks what is pending before it locks the database: of two servers that start at once, the second would run
/// what the first has run. So one waits for the other before it looks.
fn migrate(path: &Path) -> Result<(), Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let lock = File::create(beside)?;
    lock.lock()?;
    migrations().run(&mut LIBRARY.open(path)?)?;
    Ok(())
}

/// refinery, with the files of `migrations`: it runs each in a transaction of its own.
pub fn migrations() -> refinery::Runner {
    embedded::migrations::runner()
}

impl ManageConnection for Connections {
    type Connection = Connection;
    type Error = tablature::Error;

    fn connect(&self) -> tablature::Result<Connection> {
        let db = LIBRARY.open(&self.path)?;
        db.pragma_update(None, "query_only", self.query_only)?;
        Ok(db)
    }

    /// A file does not hang up.
    fn is_valid(&self, _: &mut Connection) -> tablature::Result<()> {
        Ok(())
    }

    /// Whoever left a transaction open must not hand it to the next.
    fn has_broken(&self, db: &mut Connection) -> bool {
        !db.is_autocommit()
    }
}
