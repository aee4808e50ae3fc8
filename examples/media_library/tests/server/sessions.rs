//! Signing in, and what becomes of it.

use super::app::App;
use jiff::{SignedDuration, Timestamp};
use media_library::library::{Session, User};
use tablature::Table;
use uuid::Uuid;

async fn status(app: &App, token: &str) -> u16 {
    app.send(token, "GET /me", "").await.0
}

/// A session that ends at a moment relative to now.
async fn session(app: &App, ends_in: SignedDuration) -> String {
    let token = Uuid::new_v4();
    let expires_at = Timestamp::now() + ends_in;
    let insert = app.store.write(move |db| {
        tablature::insert!(
            db,
            Session {
                token,
                user_id: 1,
                expires_at
            }
        )?;
        Ok(())
    });
    insert.await.unwrap();
    token.to_string()
}

async fn sessions(app: &App) -> u64 {
    app.store.read(|db| Ok(Session::count(db)?)).await.unwrap()
}

#[tokio::test]
async fn a_session_holds_until_it_expires() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let lasting = session(&app, SignedDuration::from_secs(60)).await;
    let expired = session(&app, SignedDuration::from_nanos(-1)).await;
    assert_eq!(
        (status(&app, &lasting).await, status(&app, &expired).await),
        (200, 401)
    );
}

#[tokio::test]
async fn signing_in_clears_away_what_has_expired() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let lasting = session(&app, SignedDuration::from_secs(60)).await;
    session(&app, SignedDuration::from_secs(-60)).await;
    session(&app, SignedDuration::from_secs(-1)).await;
    app.sign_in("ANN@example.org").await;
    assert_eq!(
        (sessions(&app).await, status(&app, &lasting).await),
        (2, 200)
    );
}

#[tokio::test]
async fn signing_out_ends_one_session() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let (phone, tablet) = (
        app.sign_in("ann@example.org").await,
        app.sign_in("ann@example.org").await,
    );
    assert_eq!(app.send(&phone, "DELETE /sessions", "").await.0, 204);
    assert_eq!(
        (status(&app, &phone).await, status(&app, &tablet).await),
        (401, 200)
    );
}

#[tokio::test]
async fn who_is_not_active_is_not_let_in() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = app.sign_in("ben@example.org").await;
    let deactivate = app
        .store
        .write(|db| Ok(tablature::update!(db, User(2) { active: false })?));
    assert!(deactivate.await.unwrap());
    assert_eq!(status(&app, &token).await, 401);
    let again = app
        .send("", "POST /sessions", r#"{"email": "ben@example.org"}"#)
        .await;
    assert_eq!(again.0, 404);
}

#[tokio::test]
async fn a_token_that_is_none_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let unknown = Uuid::new_v4().to_string();
    for token in ["x", "' OR 1", unknown.as_str()] {
        assert_eq!(status(&app, token).await, 401, "{token}");
    }
}
