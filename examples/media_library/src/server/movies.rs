use super::Caller;
use crate::Error;
use crate::library::{self, Action, Activity, Movie, MovieChange, MovieFilter, NewMovie, Role};
use crate::library::{List, Window};
use crate::store::Store;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde_json::json;
use tablature::{Insert, Page, Table};

pub(super) async fn list(
    State(store): State<Store>,
    Query(window): Query<Window>,
    Query(filter): Query<MovieFilter>,
) -> Result<Json<List<Movie>>, Error> {
    let newest = Page::by(Movie::COLUMNS.added_at).descending();
    let list = store.read(move |db| library::list(db, newest, &window, &filter));
    Ok(Json(list.await?))
}

pub(super) async fn one(
    State(store): State<Store>,
    Path(id): Path<i64>,
) -> Result<Json<Movie>, Error> {
    let movie = store.read(move |db| found(Movie::get(db, id)?));
    Ok(Json(movie.await?))
}

pub(super) async fn add(
    State(store): State<Store>,
    caller: Caller,
    Json(new): Json<NewMovie>,
) -> Result<(StatusCode, Json<Movie>), Error> {
    caller.must_be(Role::Member)?;
    let movie = store.write(move |db| {
        let id = new.insert(db)?;
        Activity::log(db, &caller.user, Action::Added, json!({ "movie": id }))?;
        found(Movie::get(db, id)?)
    });
    Ok((StatusCode::CREATED, Json(movie.await?)))
}

pub(super) async fn change(
    State(store): State<Store>,
    caller: Caller,
    Path(id): Path<i64>,
    Json(change): Json<MovieChange>,
) -> Result<Json<Movie>, Error> {
    caller.must_be(Role::Member)?;
    let movie = store.write(move |db| {
        if change.apply(db, id)? {
            Activity::log(db, &caller.user, Action::Changed, json!({ "movie": id }))?;
        }
        found(Movie::get(db, id)?)
    });
    Ok(Json(movie.await?))
}

pub(super) async fn remove(
    State(store): State<Store>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Result<StatusCode, Error> {
    caller.must_be(Role::Admin)?;
    let removed = store.write(move |db| {
        if !Movie::delete(db, id)? {
            return Err(Error::NotFound("movie"));
        }
        Ok(Activity::log(
            db,
            &caller.user,
            Action::Removed,
            json!({ "movie": id }),
        )?)
    });
    removed.await?;
    Ok(StatusCode::NO_CONTENT)
}

fn found(movie: Option<Movie>) -> Result<Movie, Error> {
    movie.ok_or(Error::NotFound("movie"))
}
