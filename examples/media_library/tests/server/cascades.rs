//! What goes along, what stays, and what writes itself.

use super::app::App;
use media_library::library::{Activity, Download, Episode, Movie, Session, User};
use tablature::{Table, testing};

#[tokio::test]
async fn a_series_takes_its_episodes_and_their_downloads_along() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = app.sign_in("ann@example.org").await;
    for body in [
        r#"{"episode_id": 2, "size": 1}"#,
        r#"{"movie_id": 1, "size": 1}"#,
    ] {
        assert_eq!(app.send(&token, "POST /downloads", body).await.0, 201);
    }
    assert_eq!(app.send(&token, "DELETE /shows/1", "").await.0, 204);
    let left = app.store.read(|db| {
        testing::check(db).unwrap();
        Ok((Episode::count(db)?, Download::query(db, "", ())?))
    });
    let (episodes, downloads) = left.await.unwrap();
    assert_eq!(
        (episodes, downloads.len(), downloads[0].movie_id),
        (0, 1, Some(1))
    );
    assert_eq!(
        app.get("/search?q=juve").await.as_array().map(Vec::len),
        Some(0)
    );
}

#[tokio::test]
async fn the_log_outlives_who_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = app.sign_in("ben@example.org").await;
    app.send(&token, "POST /movies", r#"{"title": "Häxan"}"#)
        .await;
    let left = app.store.write(|db| {
        let before = Activity::count(db)?;
        User::delete(db, 2)?;
        Ok((before, Session::count(db)?, Activity::all(db)?))
    });
    let (before, sessions, log) = left.await.unwrap();
    assert_eq!((before, sessions, log.len()), (2, 0, 2));
    assert!(log.iter().all(|line| line.user_id.is_none()));
}

#[tokio::test]
async fn nobody_changes_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    app.sign_in("ben@example.org").await;
    let detail = serde_json::json!({ "forged": true });
    let forged = app
        .store
        .write(move |db| Ok(tablature::update!(db, Activity(1) { detail })?));
    let error = forged.await.unwrap_err().to_string();
    assert_eq!(
        error,
        "`activity`: refused by a trigger: activity.detail is immutable"
    );
}

#[tokio::test]
async fn a_change_is_dated_and_the_day_of_adding_stays() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let movie = |app: &App| app.store.clone();
    let read = |db: &tablature::Connection| Ok(Movie::get(db, 1)?.unwrap());
    // Only an UPDATE that sets the column by itself may date a row back.
    let old = "UPDATE movies SET updated_at = '2020-01-01T00:00:00.000000000Z' WHERE id = 1";
    movie(&app)
        .write(move |db| Ok(db.execute(old, ())?))
        .await
        .unwrap();
    let before = movie(&app).read(read).await.unwrap();
    let token = app.sign_in("ben@example.org").await;
    app.send(&token, "PATCH /movies/1", r#"{"overview": "Trains."}"#)
        .await;
    let after = movie(&app).read(read).await.unwrap();
    assert_eq!(after.added_at, before.added_at);
    assert!(after.updated_at > before.updated_at);
    assert_eq!(app.get("/movies?q=railwayman").await["total"], 0);
    assert_eq!(app.get("/movies?q=trains").await["total"], 1);
}

#[tokio::test]
async fn what_fails_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let failed = app.store.write(|db| {
        tablature::insert!(
            db,
            Movie {
                title: "Half",
                genres: vec![]
            }
        )?;
        tablature::insert!(
            db,
            Movie {
                title: "",
                genres: vec![]
            }
        )?;
        Ok(())
    });
    assert!(failed.await.is_err());
    assert_eq!(app.get("/movies").await["total"], 4);
    assert_eq!(app.get("/movies?q=half").await["total"], 0);
}

#[tokio::test]
async fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let written = app.store.read(|db| Ok(Movie::delete(db, 1)?));
    assert!(written.await.unwrap_err().to_string().contains("readonly"));
}
