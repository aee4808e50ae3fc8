//! sqlx: each file in a transaction of its own, on a thread of the connection.

#[path = "../../answer.rs"]
mod answer;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlStr};

fn main() {
    let migrations = answer::files().into_iter().map(|(stem, sql)| {
        let (number, name) = stem.split_once('_').unwrap();
        let sql = SqlStr::from_static(sql.leak());
        let number = number.parse().unwrap();
        Migration::new(
            number,
            name.to_owned().into(),
            MigrationType::ReversibleUp,
            sql,
            false,
        )
    });
    let migrator = Migrator::with_migrations(migrations.collect());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    answer::answer(|_, settings, path| {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true);
        let options = match settings {
            "wal" => options
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal),
            _ => options,
        };
        runtime.block_on(async {
            let mut db = options.connect().await.unwrap();
            migrator.run(&mut db).await.unwrap();
            db.close().await.unwrap();
        });
    });
}
