use super::Caller;
use crate::Error;
use crate::library::{self, Action, Activity, Album, AlbumFilter, Artist, NewAlbum, Role};
use crate::library::{List, Window};
use crate::store::Store;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Serialize;
use serde_json::json;
use tablature::{Page, Table};

/// A record with who made it.
#[derive(Serialize)]
pub(super) struct Credited {
    #[serde(flatten)]
    album: Album,
    artist: Option<Artist>,
}

pub(super) async fn list(
    State(store): State<Store>,
    Query(window): Query<Window>,
    Query(filter): Query<AlbumFilter>,
) -> Result<Json<List<Credited>>, Error> {
    let newest = Page::by(Album::COLUMNS.added_at).descending();
    let list = store.read(move |db| {
        let mut list = library::list(db, newest, &window, &filter)?;
        let albums = std::mem::take(&mut list.items);
        let artists = Album::parents_of::<Artist>(db, &albums)?;
        let pairs = albums.into_iter().zip(artists);
        let credited = |(album, artist)| Credited { album, artist };
        Ok(list.with(pairs.map(credited).collect()))
    });
    Ok(Json(list.await?))
}

pub(super) async fn add(
    State(store): State<Store>,
    caller: Caller,
    Json(new): Json<NewAlbum>,
) -> Result<(StatusCode, Json<Credited>), Error> {
    caller.must_be(Role::Member)?;
    let added = store.write(move |db| {
        let id = new.store(db)?;
        Activity::log(db, &caller.user, Action::Added, json!({ "album": id }))?;
        let album = Album::get(db, id)?.ok_or(Error::NotFound("album"))?;
        let artist = album.parent::<Artist>(db)?;
        Ok(Credited { album, artist })
    });
    Ok((StatusCode::CREATED, Json(added.await?)))
}
