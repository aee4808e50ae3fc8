//! What is answered to what, whole.

use super::app::{App, still};
use expect_test::{Expect, expect};
use std::fmt::Write as _;

/// Each line is `METHOD /path body`, sent by somebody.
async fn check(email: &str, requests: &[&str], expected: Expect) {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = match email {
        "" => String::new(),
        email => app.sign_in(email).await,
    };
    let mut said = String::new();
    for line in requests {
        let mut words = line.splitn(3, ' ');
        let request = [words.next().unwrap(), words.next().unwrap()].join(" ");
        let body = words.next().unwrap_or_default();
        let (status, body) = app.send(&token, &request, body).await;
        let body = still(body);
        writeln!(said, "{line}\n{status} {body}").unwrap();
    }
    expected.assert_eq(&said);
}

#[tokio::test]
async fn a_film_is_added_changed_and_removed() {
    check(
        "ann@example.org",
        &[
            r#"POST /movies {"title": "Safety Last!", "released_on": "1923-04-01", "genres": ["comedy"]}"#,
            r#"PATCH /movies/5 {"classification": "all", "overview": "A clock is climbed."}"#,
            r#"PATCH /movies/5 {"classification": null, "genres": []}"#,
            "GET /movies/5",
            "DELETE /movies/5",
            "DELETE /movies/5",
            "GET /movies/5",
            "GET /activity?limit=2",
        ],
        expect![[r#"
            POST /movies {"title": "Safety Last!", "released_on": "1923-04-01", "genres": ["comedy"]}
            201 {"added_at":"2026-11-21T09:00:00Z","classification":null,"genres":["comedy"],"id":5,"overview":"","released_on":"1923-04-01","title":"Safety Last!","updated_at":"2026-11-21T09:00:00Z"}
            PATCH /movies/5 {"classification": "all", "overview": "A clock is climbed."}
            200 {"added_at":"2026-11-21T09:00:00Z","classification":"all","genres":["comedy"],"id":5,"overview":"A clock is climbed.","released_on":"1923-04-01","title":"Safety Last!","updated_at":"2026-11-21T09:00:00Z"}
            PATCH /movies/5 {"classification": null, "genres": []}
            200 {"added_at":"2026-11-21T09:00:00Z","classification":null,"genres":[],"id":5,"overview":"A clock is climbed.","released_on":"1923-04-01","title":"Safety Last!","updated_at":"2026-11-21T09:00:00Z"}
            GET /movies/5
            200 {"added_at":"2026-11-21T09:00:00Z","classification":null,"genres":[],"id":5,"overview":"A clock is climbed.","released_on":"1923-04-01","title":"Safety Last!","updated_at":"2026-11-21T09:00:00Z"}
            DELETE /movies/5
            204 null
            DELETE /movies/5
            404 {"error":"there is no such movie"}
            GET /movies/5
            404 {"error":"there is no such movie"}
            GET /activity?limit=2
            200 {"items":[{"action":"removed","at":"2026-11-21T09:00:00Z","detail":{"movie":5},"id":5,"user_id":1},{"action":"changed","at":"2026-11-21T09:00:00Z","detail":{"movie":5},"id":4,"user_id":1}],"next":"i4","total":5}
        "#]],
    )
    .await;
}

#[tokio::test]
async fn what_the_tables_refuse_is_told() {
    check(
        "ben@example.org",
        &[
            r#"POST /movies {"title": ""}"#,
            r#"POST /movies {"title": "X", "classification": "toddlers"}"#,
            r#"PATCH /movies/1 {"year": 1926}"#,
            r#"POST /shows/1/episodes {"season": 1, "number": 3, "title": "Again"}"#,
            r#"POST /shows/9/episodes {"season": 1, "number": 1, "title": "Of nothing"}"#,
            r#"POST /downloads {"size": 10}"#,
            r#"POST /downloads {"movie_id": 1, "album_id": 1, "size": 10}"#,
            r#"POST /albums {"artist": "SCOTT JOPLIN", "title": "Piano Rags"}"#,
            "GET /movies?after=hello",
            "GET /movies?after=i1",
            "GET /movies?q=moon&after=hello",
        ],
        expect![[r#"
            POST /movies {"title": ""}
            422 {"error":"`movies`: the row breaks the check `title_not_empty`: length(title) > 0"}
            POST /movies {"title": "X", "classification": "toddlers"}
            422 "Failed to deserialize the JSON body into the target type: classification: unknown variant `toddlers`, expected one of `all`, `teens`, `adults` at line 1 column 43"
            PATCH /movies/1 {"year": 1926}
            422 "Failed to deserialize the JSON body into the target type: year: unknown field `year`, expected one of `title`, `overview`, `released_on`, `classification`, `genres` at line 1 column 7"
            POST /shows/1/episodes {"season": 1, "number": 3, "title": "Again"}
            409 {"error":"`episodes`: another row has this `show_id`, `season`, `number` (unique key `episodes_show_id_season_number_key`)"}
            POST /shows/9/episodes {"season": 1, "number": 1, "title": "Of nothing"}
            422 {"error":"`episodes`: `show_id` refers to a row of `shows` that does not exist"}
            POST /downloads {"size": 10}
            422 {"error":"`downloads`: the row breaks the check `one_item`: (movie_id IS NOT NULL) + (episode_id IS NOT NULL) + (album_id IS NOT NULL) = 1"}
            POST /downloads {"movie_id": 1, "album_id": 1, "size": 10}
            422 {"error":"`downloads`: the row breaks the check `one_item`: (movie_id IS NOT NULL) + (episode_id IS NOT NULL) + (album_id IS NOT NULL) = 1"}
            POST /albums {"artist": "SCOTT JOPLIN", "title": "Piano Rags"}
            409 {"error":"`albums`: another row has this `artist_id`, `title` (unique key `albums_artist_id_title_key`)"}
            GET /movies?after=hello
            400 {"error":"`after` is not where a page of this list has ended"}
            GET /movies?after=i1
            400 {"error":"`movies`: the cursor is not one of this order; take it from a page in the same order"}
            GET /movies?q=moon&after=hello
            400 {"error":"`after` is not where a page of this list has ended"}
        "#]],
    )
    .await;
}

#[tokio::test]
async fn who_may_do_what() {
    check(
        "",
        &["GET /me", r#"POST /movies {"title": "X"}"#],
        expect![[r#"
            GET /me
            401 {"error":"sign in first, with `POST /sessions`"}
            POST /movies {"title": "X"}
            401 {"error":"sign in first, with `POST /sessions`"}
        "#]],
    )
    .await;
    check(
        "ben@example.org",
        &["DELETE /movies/1", "DELETE /shows/1", "GET /activity"],
        expect![[r#"
            DELETE /movies/1
            403 {"error":"this takes another role"}
            DELETE /shows/1
            403 {"error":"this takes another role"}
            GET /activity
            403 {"error":"this takes another role"}
        "#]],
    )
    .await;
}

#[tokio::test]
async fn a_download_goes_through_the_queue() {
    check(
        "ben@example.org",
        &[
            r#"POST /downloads {"episode_id": 2, "size": 100}"#,
            r#"POST /downloads/1/received {"bytes": 60}"#,
            "POST /downloads/next",
            "POST /downloads/next",
            r#"POST /downloads/1/received {"bytes": 60}"#,
            r#"POST /downloads/1/received {"bytes": 90}"#,
            r#"POST /downloads/1/received {"bytes": 40}"#,
            r#"POST /downloads/1/received {"bytes": 40}"#,
            "GET /downloads",
        ],
        expect![[r#"
            POST /downloads {"episode_id": 2, "size": 100}
            201 {"album_id":null,"created_at":"2026-11-21T09:00:00Z","episode_id":2,"id":1,"movie_id":null,"received":0,"size":100,"status":"queued","updated_at":"2026-11-21T09:00:00Z","user_id":2}
            POST /downloads/1/received {"bytes": 60}
            404 {"error":"there is no such running download"}
            POST /downloads/next
            200 {"album_id":null,"created_at":"2026-11-21T09:00:00Z","episode_id":2,"id":1,"movie_id":null,"received":0,"size":100,"status":"running","updated_at":"2026-11-21T09:00:00Z","user_id":2}
            POST /downloads/next
            200 null
            POST /downloads/1/received {"bytes": 60}
            200 {"album_id":null,"created_at":"2026-11-21T09:00:00Z","episode_id":2,"id":1,"movie_id":null,"received":60,"size":100,"status":"running","updated_at":"2026-11-21T09:00:00Z","user_id":2}
            POST /downloads/1/received {"bytes": 90}
            422 {"error":"`downloads`: the row breaks the check `progress`: received <= size"}
            POST /downloads/1/received {"bytes": 40}
            200 {"album_id":null,"created_at":"2026-11-21T09:00:00Z","episode_id":2,"id":1,"movie_id":null,"received":100,"size":100,"status":"done","updated_at":"2026-11-21T09:00:00Z","user_id":2}
            POST /downloads/1/received {"bytes": 40}
            404 {"error":"there is no such running download"}
            GET /downloads
            200 [{"album_id":null,"created_at":"2026-11-21T09:00:00Z","episode_id":2,"id":1,"movie_id":null,"received":100,"size":100,"status":"done","title":"Juve versus Fantômas","updated_at":"2026-11-21T09:00:00Z","user_id":2}]
        "#]],
    )
    .await;
}

#[tokio::test]
async fn preferences_are_one_value() {
    check(
        "ben@example.org",
        &[
            r#"PUT /me/preferences {"language": "fr", "autoplay": true}"#,
            r#"PUT /me/preferences {"language": "de"}"#,
            "GET /me",
        ],
        expect![[r#"
            PUT /me/preferences {"language": "fr", "autoplay": true}
            200 {"active":true,"created_at":"2026-11-21T09:00:00Z","email":"ben@example.org","id":2,"name":"Ben","preferences":{"autoplay":true,"language":"fr"},"role":"member","updated_at":"2026-11-21T09:00:00Z"}
            PUT /me/preferences {"language": "de"}
            200 {"active":true,"created_at":"2026-11-21T09:00:00Z","email":"ben@example.org","id":2,"name":"Ben","preferences":{"autoplay":false,"language":"de"},"role":"member","updated_at":"2026-11-21T09:00:00Z"}
            GET /me
            200 {"active":true,"created_at":"2026-11-21T09:00:00Z","email":"ben@example.org","id":2,"name":"Ben","preferences":{"autoplay":false,"language":"de"},"role":"member","updated_at":"2026-11-21T09:00:00Z"}
        "#]],
    )
    .await;
}

#[tokio::test]
async fn an_artist_is_there_once() {
    check(
        "ben@example.org",
        &[
            r#"POST /albums {"artist": "scott joplin", "title": "School of Ragtime"}"#,
            "GET /albums",
        ],
        expect![[r#"
            POST /albums {"artist": "scott joplin", "title": "School of Ragtime"}
            201 {"added_at":"2026-11-21T09:00:00Z","artist":{"id":1,"name":"Scott Joplin"},"artist_id":1,"genres":[],"id":2,"overview":"","released_on":null,"title":"School of Ragtime","updated_at":"2026-11-21T09:00:00Z"}
            GET /albums
            200 {"items":[{"added_at":"2026-11-21T09:00:00Z","artist":{"id":1,"name":"Scott Joplin"},"artist_id":1,"genres":[],"id":2,"overview":"","released_on":null,"title":"School of Ragtime","updated_at":"2026-11-21T09:00:00Z"},{"added_at":"2026-11-21T09:00:00Z","artist":{"id":1,"name":"Scott Joplin"},"artist_id":1,"genres":["ragtime"],"id":1,"overview":"Rags from the piano rolls.","released_on":null,"title":"Piano Rags","updated_at":"2026-11-21T09:00:00Z"}],"next":null,"total":2}
        "#]],
    )
    .await;
}
