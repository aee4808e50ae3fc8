//! What people type.

use super::app::{App, encoded};

const HOSTILE: [&str; 22] = [
    "\"",
    "\"\"\"",
    "'",
    "*",
    "moon*",
    "-moon",
    "moon OR",
    "AND",
    "NOT moon",
    "NEAR(moon, 2)",
    "title:moon",
    "nosuch:moon",
    "(",
    "^moon",
    "{title} : moon",
    "moon'; DROP TABLE movies; --",
    "%",
    "\0moon\0",
    "🌙",
    "  ",
    "a\u{301}",
    "\\",
];

#[tokio::test]
async fn hostile_input_is_words() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    for typed in HOSTILE {
        for list in ["/movies", "/shows", "/albums", "/search"] {
            app.get(&format!("{list}?q={}", encoded(typed))).await;
            let filtered = format!("{list}?genre={}&limit=0", encoded(typed));
            app.get(&filtered).await;
        }
    }
    assert_eq!(app.get("/movies").await["total"], 4);
}

#[tokio::test]
async fn a_word_that_is_long_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    let typed = "moon".repeat(2_000);
    assert_eq!(app.get(&format!("/movies?q={typed}")).await["total"], 0);
}

#[tokio::test]
async fn accents_and_beginnings_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::new(&folder).await;
    for typed in ["fantomas", "FANTÔ", "fant", "versus juve"] {
        let found = app.get(&format!("/search?q={}", encoded(typed))).await;
        let ids: Vec<_> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["id"].as_i64())
            .collect();
        assert!(ids.contains(&Some(2)), "{typed}: {found}");
    }
}
