//! Routes: what comes in becomes a call of `library`, in a transaction of `store`, and what comes out becomes JSON.

mod albums;
mod caller;
mod downloads;
mod movies;
mod refused;
mod sessions;
mod shows;

use crate::Error;
use crate::library::{self, Activity, Found, List, Role, Window};
use crate::store::Store;
use axum::extract::{Query, State};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use caller::Caller;
use tablature::{Page, Table};

/// Everything that the server answers.
pub fn routes(store: Store) -> Router {
    Router::new()
        .route("/sessions", post(sessions::start).delete(sessions::end))
        .route("/me", get(sessions::me))
        .route("/me/preferences", put(sessions::prefer))
        .route("/movies", get(movies::list).post(movies::add))
        .route(
            "/movies/{id}",
            get(movies::one)
                .patch(movies::change)
                .delete(movies::remove),
        )
        .route("/shows", get(shows::list).post(shows::add))
        .route("/shows/{id}", get(shows::one).delete(shows::remove))
        .route("/shows/{id}/episodes", post(shows::add_episode))
        .route("/albums", get(albums::list).post(albums::add))
        .route("/downloads", get(downloads::list).post(downloads::queue))
        .route("/downloads/next", post(downloads::take))
        .route("/downloads/{id}/received", post(downloads::receive))
        .route("/search", get(search))
        .route("/activity", get(activity))
        .with_state(store)
}

/// Films, series, episodes and records at once.
async fn search(
    State(store): State<Store>,
    Query(window): Query<Window>,
) -> Result<Json<Vec<Found>>, Error> {
    let typed = window.q.unwrap_or_default();
    let limit = window.limit.unwrap_or(5).clamp(1, 50);
    let found = store.read(move |db| Ok(library::search(db, &typed, limit)?));
    Ok(Json(found.await?))
}

/// The log, the newest first.
async fn activity(
    State(store): State<Store>,
    caller: Caller,
    Query(window): Query<Window>,
) -> Result<Json<List<Activity>>, Error> {
    caller.must_be(Role::Admin)?;
    let limit = window.limit.unwrap_or(20).clamp(1, 100);
    let page = Page::by(Activity::COLUMNS.id).descending().limit(limit);
    let list = store.read(move |db| {
        let total = page.total(db)?;
        let page = match window.after {
            Some(after) => page.after(after.parse()?),
            None => page,
        };
        let page = Activity::page(db, &page)?;
        let next = page.next.map(|cursor| cursor.to_string());
        let items = page.rows;
        Ok(List { total, items, next })
    });
    Ok(Json(list.await?))
}
