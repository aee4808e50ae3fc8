//! Full-text search stays right whatever is done to the table.

use tablature::search::{Search, words};
use tablature::{Connection, Insert, Table};

#[derive(Table, Clone, Debug)]
#[table(fts(title weight 5, body))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    slug: String,
    title: String,
    body: Option<String>,
    #[column(default = 0)]
    views: i64,
    #[column(touch)]
    updated: i64,
}

#[derive(Table)]
#[table(fts(body, content = none))]
struct Bare {
    #[column(primary_key)]
    id: i64,
    body: String,
}

#[derive(Table)]
#[table(fts(body, content = own))]
struct Own {
    #[column(primary_key)]
    id: i64,
    body: String,
}

tablature::schema! { static POSTS = [Post, Bare, Own]; }

fn integrity(db: &Connection, when: &str) {
    for fts in ["post_fts", "own_fts", "bare_fts"] {
        // Rank 1 compares the index with the text that it was made of, where there is some.
        let rank = i64::from(fts != "bare_fts");
        db.execute(
            &format!("INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', ?1)"),
            [rank],
        )
        .unwrap_or_else(|error| panic!("{fts} after {when}: {error}"));
    }
}

#[test]
fn every_kind_of_statement_keeps_the_index_in_step() {
    let db = POSTS.open_in_memory().unwrap();
    for statement in [
        "INSERT INTO post (id, slug, title, body) VALUES (1, 'a', 'apple', 'red'), (2, 'b', 'banana', NULL)",
        "INSERT OR REPLACE INTO post (id, slug, title) VALUES (1, 'a', 'apricot')",
        "INSERT OR REPLACE INTO post (id, slug, title) VALUES (3, 'a', 'avocado')",
        "REPLACE INTO post (id, slug, title) VALUES (2, 'a', 'all at once')",
        "INSERT OR IGNORE INTO post (id, slug, title) VALUES (9, 'a', 'never')",
        "INSERT INTO post (id, slug, title) VALUES (2, 'c', 'x') ON CONFLICT (id) DO UPDATE SET title = 'upserted'",
        "UPDATE post SET id = 20 WHERE id = 2",
        "UPDATE post SET rowid = 21 WHERE id = 20",
        "UPDATE post SET _rowid_ = 22, body = 'moved' WHERE id = 21",
        "INSERT INTO post (id, slug, title) VALUES (30, 'd', 'd')",
        "UPDATE OR REPLACE post SET slug = 'd' WHERE id = 22",
        "UPDATE OR IGNORE post SET slug = 'd'",
        "UPDATE post SET views = views + 1",
        "UPDATE post SET title = lower(title), body = coalesce(body, '') || ' more'",
        "INSERT INTO bare (body) VALUES ('one'), ('two'); UPDATE bare SET body = 'three' WHERE id = 1; UPDATE bare SET id = 7 WHERE id = 2; REPLACE INTO bare VALUES (7, 'four')",
        "INSERT INTO own (body) VALUES ('one'), ('two'); UPDATE own SET body = 'three' WHERE id = 1; UPDATE own SET id = 7 WHERE id = 2; REPLACE INTO own VALUES (7, 'four')",
        "VACUUM",
        "DELETE FROM own WHERE id = 7; DELETE FROM bare WHERE id = 7",
        "DELETE FROM post",
    ] {
        db.execute_batch(statement)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
        integrity(&db, statement);
    }
    assert_eq!(Bare::search(&db, "three", 9).unwrap()[0].row.id, 1);
    assert_eq!(Bare::search(&db, "four OR two OR one", 9).unwrap().len(), 0);
}

/// Without `recursive_triggers`, REPLACE leaves stale words behind: what `open` is for, and that the test can fail.
#[test]
fn replace_needs_the_settings_of_open() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(&POSTS.ddl()).unwrap();
    db.execute_batch("INSERT INTO post (id, slug, title) VALUES (1, 'a', 'apple'); REPLACE INTO post (id, slug, title) VALUES (1, 'a', 'pear')").unwrap();
    assert!(
        db.execute_batch("INSERT INTO post_fts (post_fts, rank) VALUES ('integrity-check', 1)")
            .is_err()
    );
}

#[test]
fn random_statements_keep_the_index_in_step() {
    let seed = std::env::var("TABLATURE_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(0x5EED_u64);
    let rounds = std::env::var("TABLATURE_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(20);
    println!("TABLATURE_SEED={seed} TABLATURE_ROUNDS={rounds}");
    let mut state = seed;
    let mut random = move |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    let vocabulary = ["red", "green", "blue", "rust", "it's", "naïve", "日本語"];
    for _ in 0..rounds {
        let db = POSTS.open_in_memory().unwrap();
        for _ in 0..40 {
            let text: Vec<&str> = (0..random(6))
                .map(|_| vocabulary[random(7) as usize])
                .collect();
            let (id, other, text) = (random(6) as i64 + 1, random(6) as i64 + 1, text.join(" "));
            let sql = match random(9) {
                0 => {
                    "INSERT OR REPLACE INTO post (id, slug, title, body) VALUES (?1, 's' || ?2, ?3, ?3)"
                }
                1 => {
                    "INSERT OR IGNORE INTO post (id, slug, title, body) VALUES (?1, 's' || ?2, ?3, NULL)"
                }
                2 => "UPDATE OR REPLACE post SET slug = 's' || ?2, title = ?3 WHERE id = ?1",
                3 => "UPDATE OR IGNORE post SET id = ?2, body = ?3 WHERE id = ?1",
                4 => "UPDATE OR REPLACE post SET rowid = ?2 WHERE id = ?1 AND ?3 IS NOT NULL",
                5 => "DELETE FROM post WHERE id = ?1 AND ?2 > 2 AND ?3 <> ''",
                6 => {
                    "INSERT INTO post (id, slug, title) VALUES (?1, 's' || ?2, ?3) ON CONFLICT DO UPDATE SET title = excluded.title"
                }
                7 => "UPDATE post SET views = ?2 WHERE id = ?1 AND ?3 IS NOT NULL",
                _ => "REPLACE INTO own (id, body) VALUES (?1, ?3 || ?2)",
            };
            db.execute(sql, (id, other, &text))
                .unwrap_or_else(|error| panic!("{sql} ({id}, {other}, {text}): {error}"));
            integrity(&db, sql);
        }
    }
}

#[test]
fn hits_come_best_first_with_snippets_and_highlights() {
    let db = POSTS.open_in_memory().unwrap();
    for (slug, title, body) in [
        ("a", "Gardens", "about rust on tools"),
        ("b", "Rust", "about rows"),
        ("c", "Cooking", "soup"),
    ] {
        tablature::insert!(&db, Post { slug, title, body }).unwrap();
    }
    let hits = Post::search(&db, words("rust").highlight().marks("[", "]"), 10).unwrap();
    let shown: Vec<_> = hits
        .iter()
        .map(|hit| {
            (
                hit.row.slug.as_str(),
                hit.snippet.as_deref(),
                hit.highlights.clone(),
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                "b",
                Some("[Rust]"),
                vec![Some("[Rust]".into()), Some("about rows".into())]
            ),
            (
                "a",
                Some("about [rust] on tools"),
                vec![Some("Gardens".into()), Some("about [rust] on tools".into())]
            ),
        ],
        "the title weighs more"
    );
    assert!(hits[0].rank < hits[1].rank);
    assert_eq!(
        Post::search(&db, words("rust").offset(1), 10).unwrap()[0]
            .row
            .slug,
        "a"
    );
    let filtered = words("rus")
        .prefix()
        .filter("slug > ? AND ?2 = 'x'", ("a", "x"))
        .filter("views = ?1", [0]);
    assert_eq!(filtered.total::<Post>(&db).unwrap(), 1);
    assert_eq!(Post::search(&db, filtered, 10).unwrap().len(), 1);
    let behind = words("rust").offset(1);
    assert_eq!(
        behind.total::<Post>(&db).unwrap(),
        2,
        "the offset is part of a page"
    );
}

#[test]
fn what_a_person_types_is_never_an_error() {
    let db = POSTS.open_in_memory().unwrap();
    tablature::insert!(
        &db,
        Post {
            slug: "a",
            title: "c++ and \"quotes\" AND rust's (world)"
        }
    )
    .unwrap();
    let found = |typed: &str| {
        let search = words(typed).prefix();
        let total = search.total::<Post>(&db).unwrap();
        let hits = Post::search(&db, search, 9).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(hits.len() as u64, total, "{typed}");
        hits.len()
    };
    for typed in [
        "", " ", "\"", "\"\"", "(", ")", "*", "AND", "OR NOT", "NEAR(", "a:", "title:", "{title}",
        "^rust", "-", "+", "'", "\0", "rust\0", ":", "col : x", "\\", "日本", "😀",
    ] {
        found(typed);
    }
    assert_eq!(
        (
            found("c++"),
            found("\"quotes"),
            found("AND rus"),
            found("(world"),
            found("nothing")
        ),
        (1, 1, 1, 1, 0)
    );
    let refused = Search::from("rust AND").total::<Post>(&db).unwrap_err();
    for error in [Post::search(&db, "rust AND", 9).unwrap_err(), refused] {
        assert_eq!(
            error.to_string(),
            "`rust AND` is not a full-text query: fts5: syntax error near \"\"; pass what a person has typed through `search::words`"
        );
    }
}

#[test]
fn an_index_without_positions_takes_words_apart() {
    #[derive(Table)]
    #[table(fts(body, detail = none))]
    struct Note {
        #[column(primary_key)]
        id: i64,
        body: String,
    }
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Note::DDL).unwrap();
    Note {
        id: 1,
        body: "well-known c++ things".into(),
    }
    .insert(&db)
    .unwrap();
    assert_eq!(
        Note::search(&db, words("well-known \"things").prefix(), 9)
            .unwrap()
            .len(),
        1
    );
}
