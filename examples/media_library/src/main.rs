//! `media_library [DATABASE]`: the server on port 3000, with a few films and series in a new database.

#![expect(clippy::print_stdout, reason = "it says where it listens")]

use media_library::store::Store;
use media_library::{Error, demo, server};
use std::{env, io};
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let path = env::args().nth(1).unwrap_or_else(|| "media.db".to_owned());
    let store = Store::open(&path, 4)?;
    store.write(demo::fill).await?;
    let listener = TcpListener::bind("127.0.0.1:3000").await?;
    println!("{path} on http://{}", listener.local_addr()?);
    axum::serve(listener, server::routes(store)).await?;
    Ok(())
}

/// What ends the program.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Library(#[from] Error),
    #[error(transparent)]
    Network(#[from] io::Error),
}
