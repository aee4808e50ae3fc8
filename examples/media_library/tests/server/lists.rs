//! Filters, totals and pages.

use super::app::{App, encoded, titles};
use serde_json::{Value, json};

async fn check(uri: &str, total: u64, expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let list = App::new(&folder).await.get(uri).await;
    assert_eq!(
        (list["total"].as_u64(), titles(&list)),
        (Some(total), expected.to_vec()),
        "{uri}"
    );
}

#[tokio::test]
async fn the_newest_come_first() {
    let all = [
        "Le Voyage dans la Lune",
        "Metropolis",
        "Nosferatu",
        "The General",
    ];
    check("/movies", 4, &all).await;
}

#[tokio::test]
async fn each_filter_narrows() {
    check(
        "/movies?genre=adventure",
        2,
        &["Le Voyage dans la Lune", "The General"],
    )
    .await;
    check("/movies?genre=adv", 0, &[]).await;
    check("/movies?classification=adults", 1, &["Nosferatu"]).await;
    check("/movies?from=1926-12-31", 2, &["Metropolis", "The General"]).await;
    check("/movies?until=1922-03-03", 1, &["Le Voyage dans la Lune"]).await;
    check("/shows?status=ended", 1, &["Fantômas"]).await;
    check("/shows?status=running", 0, &[]).await;
    check("/albums?artist_id=1&genre=ragtime", 1, &["Piano Rags"]).await;
    check("/albums?artist_id=2", 0, &[]).await;
}

#[tokio::test]
async fn filters_go_together() {
    check(
        "/movies?genre=adventure&classification=all&from=1910-01-01",
        1,
        &["The General"],
    )
    .await;
    check("/movies?genre=horror&classification=all", 0, &[]).await;
}

#[tokio::test]
async fn the_total_is_that_of_all_pages() {
    check("/movies?limit=1", 4, &["Le Voyage dans la Lune"]).await;
    check(
        "/movies?limit=1&genre=adventure",
        2,
        &["Le Voyage dans la Lune"],
    )
    .await;
}

#[tokio::test]
async fn a_search_is_narrowed_by_the_same_filters() {
    check(
        "/movies?q=the",
        4,
        &[
            "The General",
            "Metropolis",
            "Nosferatu",
            "Le Voyage dans la Lune",
        ],
    )
    .await;
    check("/movies?q=ci&genre=drama", 1, &["Metropolis"]).await;
    check(
        "/movies?q=the&until=1926-01-01&classification=adults",
        1,
        &["Nosferatu"],
    )
    .await;
    check("/movies?q=the&limit=2", 4, &["The General", "Metropolis"]).await;
    check("/movies?q=", 0, &[]).await;
}

/// Every row once, in the same order as on one page.
async fn check_pages(uri: &str, rows: usize) {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = app.sign_in("ben@example.org").await;
    for number in 0..rows {
        let body = json!({ "title": format!("Moon {number}"), "genres": ["moon"] });
        let (status, _) = app.send(&token, "POST /movies", &body.to_string()).await;
        assert_eq!(status, 201);
    }
    let whole = app.get(&format!("{uri}&limit=100")).await;
    let (mut seen, mut after) = (Vec::new(), String::new());
    loop {
        let page = app.get(&format!("{uri}&limit=7{after}")).await;
        assert_eq!(page["total"], whole["total"]);
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|it| it["id"].clone()),
        );
        match &page["next"] {
            Value::String(next) => after = format!("&after={}", encoded(next)),
            _ => break,
        }
    }
    let whole: Vec<Value> = whole["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].clone())
        .collect();
    assert_eq!(seen.len(), rows);
    assert_eq!(seen, whole);
}

#[tokio::test]
async fn pages_have_every_row_once() {
    for rows in [7, 21, 40] {
        check_pages("/movies?genre=moon", rows).await;
        check_pages("/movies?q=moo&genre=moon", rows).await;
    }
}

#[tokio::test]
async fn a_list_of_series_has_their_episodes() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let token = app.sign_in("ben@example.org").await;
    app.send(&token, "POST /shows", r#"{"title": "Les Vampires"}"#)
        .await;
    let list = app.get("/shows").await;
    let of = |show: usize| list["items"][show]["episodes"].as_array().unwrap().len();
    assert_eq!(
        (titles(&list), of(0), of(1)),
        (vec!["Les Vampires", "Fantômas"], 0, 3)
    );
}
