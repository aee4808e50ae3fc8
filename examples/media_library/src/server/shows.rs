use super::Caller;
use crate::Error;
use crate::library::{self, Action, Activity, Episode, NewShow, Role, Show, ShowFilter};
use crate::library::{List, Window};
use crate::store::Store;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tablature::{Insert, Page, Table};

/// A series with its episodes.
#[derive(Serialize)]
pub(super) struct Whole {
    #[serde(flatten)]
    show: Show,
    episodes: Vec<Episode>,
}

impl Whole {
    /// Children come in the order of their keys; these have one of their own.
    fn of((show, mut episodes): (Show, Vec<Episode>)) -> Self {
        episodes.sort_by_key(|it| (it.season, it.number));
        Self { show, episodes }
    }
}

/// An episode that is to be added; the path says of which series.
#[derive(Deserialize)]
pub(super) struct NewEpisode {
    season: i64,
    number: i64,
    title: String,
    overview: Option<String>,
    aired_on: Option<Date>,
}

/// Two queries, however many series there are.
pub(super) async fn list(
    State(store): State<Store>,
    Query(window): Query<Window>,
    Query(filter): Query<ShowFilter>,
) -> Result<Json<List<Whole>>, Error> {
    let newest = Page::by(Show::COLUMNS.added_at).descending();
    let list = store.read(move |db| {
        let mut list = library::list(db, newest, &window, &filter)?;
        let shows = std::mem::take(&mut list.items);
        let episodes: Vec<Vec<Episode>> = Show::children_of(db, &shows)?;
        let pairs = shows.into_iter().zip(episodes);
        Ok(list.with(pairs.map(Whole::of).collect()))
    });
    Ok(Json(list.await?))
}

pub(super) async fn one(
    State(store): State<Store>,
    Path(id): Path<i64>,
) -> Result<Json<Whole>, Error> {
    let whole = store.read(move |db| {
        let show = Show::get(db, id)?.ok_or(Error::NotFound("show"))?;
        let episodes = show.children::<Episode>(db)?;
        Ok(Whole::of((show, episodes)))
    });
    Ok(Json(whole.await?))
}

pub(super) async fn add(
    State(store): State<Store>,
    caller: Caller,
    Json(new): Json<NewShow>,
) -> Result<(StatusCode, Json<Show>), Error> {
    caller.must_be(Role::Member)?;
    let show = store.write(move |db| {
        let id = new.insert(db)?;
        Activity::log(db, &caller.user, Action::Added, json!({ "show": id }))?;
        Show::get(db, id)?.ok_or(Error::NotFound("show"))
    });
    Ok((StatusCode::CREATED, Json(show.await?)))
}

pub(super) async fn add_episode(
    State(store): State<Store>,
    caller: Caller,
    Path(show_id): Path<i64>,
    Json(new): Json<NewEpisode>,
) -> Result<(StatusCode, Json<Episode>), Error> {
    caller.must_be(Role::Member)?;
    let episode = store.write(move |db| {
        let NewEpisode {
            season,
            number,
            title,
            overview,
            aired_on,
        } = new;
        let episode = tablature::insert_returning!(
            db,
            Episode {
                show_id,
                season,
                number,
                title,
                overview,
                aired_on
            }
        )?;
        let detail = json!({ "episode": episode.id });
        Activity::log(db, &caller.user, Action::Added, detail)?;
        Ok(episode)
    });
    Ok((StatusCode::CREATED, Json(episode.await?)))
}

/// Its episodes go with it, and so do their downloads: foreign keys cascade.
pub(super) async fn remove(
    State(store): State<Store>,
    caller: Caller,
    Path(id): Path<i64>,
) -> Result<StatusCode, Error> {
    caller.must_be(Role::Admin)?;
    let removed = store.write(move |db| {
        if !Show::delete(db, id)? {
            return Err(Error::NotFound("show"));
        }
        Ok(Activity::log(
            db,
            &caller.user,
            Action::Removed,
            json!({ "show": id }),
        )?)
    });
    removed.await?;
    Ok(StatusCode::NO_CONTENT)
}
