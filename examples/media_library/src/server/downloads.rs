use super::Caller;
use crate::Error;
use crate::library::{Download, NewDownload, Titled};
use crate::store::Store;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use tablature::Table;

/// What has come since the last time.
#[derive(Deserialize)]
pub(super) struct Received {
    bytes: i64,
}

/// The caller's own.
pub(super) async fn list(
    State(store): State<Store>,
    caller: Caller,
) -> Result<Json<Vec<Titled>>, Error> {
    let list = store.read(move |db| {
        let own = caller.user.children::<Download>(db)?;
        Download::titled(db, own)
    });
    Ok(Json(list.await?))
}

pub(super) async fn queue(
    State(store): State<Store>,
    caller: Caller,
    Json(new): Json<NewDownload>,
) -> Result<(StatusCode, Json<Download>), Error> {
    let queued = store.write(move |db| {
        let id = new.queue(db, &caller.user)?;
        Download::get(db, id)?.ok_or(Error::NotFound("download"))
    });
    Ok((StatusCode::CREATED, Json(queued.await?)))
}

/// For whoever carries the files: the next one that waits, or null.
pub(super) async fn take(
    State(store): State<Store>,
    _: Caller,
) -> Result<Json<Option<Download>>, Error> {
    Ok(Json(store.write(Download::take).await?))
}

pub(super) async fn receive(
    State(store): State<Store>,
    _: Caller,
    Path(id): Path<i64>,
    Json(Received { bytes }): Json<Received>,
) -> Result<Json<Download>, Error> {
    let download = store.write(move |db| Download::receive(db, id, bytes));
    let download = download.await?.ok_or(Error::NotFound("running download"))?;
    Ok(Json(download))
}
