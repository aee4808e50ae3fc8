//! Every way to insert.

mod bulk;

use tablature::{
    ColumnType, Connection, Insert, Prepared, Table, insert, insert_returning, upsert,
};

#[derive(ColumnType, Clone, Copy, Debug, PartialEq)]
enum Status {
    Draft,
    Published,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(unique(author, slug), index(status))]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    slug: String,
    #[column(default = "untitled")]
    title: String,
    #[column(default = "draft")]
    status: Status,
    #[column(json)]
    tags: Option<Vec<String>>,
    note: Option<String>,
    #[column(immutable, default = 7)]
    origin: i64,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Setting {
    #[column(primary_key)]
    name: String,
    value: Vec<u8>,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(primary_key(tenant, code), without_rowid)]
struct Pair {
    tenant: i64,
    #[column(default_sql = "lower(hex(randomblob(4)))")]
    code: String,
    value: f64,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Line {
    text: String,
}

tablature::schema! { static ALL = [Post, Setting, Pair, Line]; }

fn post(id: i64, slug: &str) -> Post {
    Post {
        id,
        author: 1,
        slug: slug.into(),
        title: "t".into(),
        status: Status::Published,
        tags: Some(vec!["a".into()]),
        note: None,
        origin: 1,
    }
}

#[test]
fn a_row_goes_in_and_comes_out() {
    let db = ALL.open_in_memory().unwrap();
    let row = post(5, "a");
    assert_eq!(row.insert(&db).unwrap(), 5);
    assert_eq!(Post::get(&db, 5).unwrap(), Some(row));
}

#[test]
fn any_subset_of_columns() {
    let db = ALL.open_in_memory().unwrap();
    let (author, slug) = (1, String::from("a"));
    let id = insert!(
        &db,
        Post {
            author,
            slug: &slug,
            tags: Some(vec!["x".to_owned()])
        }
    )
    .unwrap();
    let stored = Post::get(&db, id).unwrap().unwrap();
    assert_eq!(
        (
            stored.title.as_str(),
            stored.status,
            stored.tags,
            stored.note
        ),
        ("untitled", Status::Draft, Some(vec!["x".to_owned()]), None)
    );

    let id = insert!(
        &db,
        Post {
            author: 2,
            slug: "b",
            note: "bare value for an option",
            title: None,
            status: None,
            tags: None
        }
    )
    .unwrap();
    let stored = Post::get(&db, id).unwrap().unwrap();
    assert_eq!(
        (stored.title.as_str(), stored.status),
        ("untitled", Status::Draft),
        "None means the default"
    );
    assert_eq!(
        (stored.tags, stored.note.as_deref()),
        (None, Some("bare value for an option"))
    );

    let (title, note) = (Some("given"), Some(String::from("owned")));
    let id = insert!(
        &db,
        Post {
            author: 3,
            slug: "c",
            title,
            note: note.as_deref(),
            status: Some(Status::Published)
        }
    )
    .unwrap();
    let stored = Post::get(&db, id).unwrap().unwrap();
    assert_eq!(
        (stored.title.as_str(), stored.note, stored.status),
        ("given", note, Status::Published)
    );
}

#[test]
fn values_are_evaluated_once_and_in_order() {
    let db = ALL.open_in_memory().unwrap();
    let mut calls = Vec::new();
    let mut next = |name| {
        calls.push(name);
        calls.len() as i64
    };
    insert!(
        &db,
        Post {
            author: next("author"),
            slug: format!("s{}", next("slug")),
            origin: next("origin")
        }
    )
    .unwrap();
    assert_eq!(calls, ["author", "slug", "origin"]);
}

#[test]
fn the_key_comes_back_whatever_it_is() {
    let db = ALL.open_in_memory().unwrap();
    assert_eq!(
        insert!(
            &db,
            Setting {
                name: "theme",
                value: b"dark"
            }
        )
        .unwrap(),
        "theme"
    );
    assert_eq!(
        Setting {
            name: "x".into(),
            value: vec![0]
        }
        .insert(&db)
        .unwrap(),
        "x"
    );
    assert_eq!(
        Pair {
            tenant: 1,
            code: "c".into(),
            value: 0.5
        }
        .insert(&db)
        .unwrap(),
        (1, "c".to_owned())
    );
    let (tenant, code) = insert!(
        &db,
        Pair {
            tenant: 2,
            value: 1.5
        }
    )
    .unwrap();
    assert_eq!((tenant, code.len()), (2, 8), "made by the database");
    let pair = Pair::get(&db, (2, code.as_str())).unwrap();
    assert_eq!(
        pair,
        Some(Pair {
            tenant,
            code,
            value: 1.5
        })
    );
    assert_eq!(
        insert!(&db, Line { text: "a" }).unwrap(),
        1,
        "the rowid, without a primary key"
    );
}

#[test]
fn a_struct_of_some_columns() {
    #[derive(Insert)]
    #[insert(into = Post)]
    struct NewPost<'a> {
        author: i64,
        slug: &'a str,
        title: Option<&'a str>,
        note: Option<&'a str>,
        tags: &'a Option<Vec<String>>,
    }
    let db = ALL.open_in_memory().unwrap();
    let new = NewPost {
        author: 1,
        slug: "a",
        title: None,
        note: Some("n"),
        tags: &None,
    };
    let id = new.insert(&db).unwrap();
    let stored = Post::get(&db, id).unwrap().unwrap();
    assert_eq!(
        (stored.title.as_str(), stored.note.as_deref(), stored.tags),
        ("untitled", Some("n"), None)
    );
    assert_eq!(new.insert_or_ignore(&db).unwrap(), None);
    assert_eq!(new.upsert_on(&db, &["slug", "author"]).unwrap(), id);
    assert_eq!(
        new.upsert(&db).unwrap_err().to_string(),
        "`post`: an upsert needs all columns of the primary key; add them to the struct, or use `upsert_on`"
    );
    assert_eq!(
        new.upsert_on(&db, &["slug"]).unwrap_err().to_string(),
        "`post` has no unique key of exactly the columns (slug); add `#[table(unique(…))]`"
    );
    let mut held = Prepared::new(&db);
    assert_eq!(held.insert(&NewPost { slug: "b", ..new }).unwrap(), id + 1);
    assert_eq!(held.get(id).unwrap().unwrap().slug, "a");
}

#[test]
fn inserted_rows_come_back_whole() {
    let db = ALL.open_in_memory().unwrap();
    let row = insert_returning!(
        &db,
        Post {
            author: 1,
            slug: "a"
        }
    )
    .unwrap();
    assert_eq!(Post::get(&db, row.id).unwrap(), Some(row.clone()));
    assert_eq!(post(9, "z").insert_returning(&db).unwrap(), post(9, "z"));
    assert!(
        insert_returning!(
            &db,
            Post {
                author: 1,
                slug: "a"
            }
        )
        .unwrap_err()
        .to_string()
        .contains("post_author_slug_key")
    );
}

#[test]
fn upserts_by_primary_key_and_by_unique_key() {
    let db = ALL.open_in_memory().unwrap();
    post(1, "a").upsert(&db).unwrap();
    let changed = Post {
        title: "new".into(),
        origin: 99,
        ..post(1, "a")
    };
    changed.upsert(&db).unwrap();
    assert_eq!(
        Post::get(&db, 1).unwrap(),
        Some(Post {
            origin: 1,
            ..changed
        }),
        "the immutable column stays"
    );

    assert_eq!(
        upsert!(&db, Post { author: 1, slug: "a", title: "by slug" } on (author, slug)).unwrap(),
        1
    );
    assert_eq!(
        upsert!(&db, Post { author: 1, slug: "b", title: "a second" } on (slug, author)).unwrap(),
        2
    );
    assert_eq!(
        upsert!(
            &db,
            Post {
                id: 2,
                author: 1,
                slug: "c"
            }
        )
        .unwrap(),
        2
    );
    let rows = Post::query(&db, "ORDER BY id", ()).unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| (row.slug.as_str(), row.title.as_str()))
            .collect::<Vec<_>>(),
        [("a", "by slug"), ("c", "a second")]
    );
    assert_eq!(
        upsert!(
            &db,
            Setting {
                name: "n",
                value: vec![1]
            }
        )
        .unwrap(),
        "n"
    );
}

#[test]
fn ignoring_forgives_only_a_row_that_is_there() {
    let db = ALL.open_in_memory().unwrap();
    assert_eq!(post(1, "a").insert_or_ignore(&db).unwrap(), Some(1));
    assert_eq!(post(1, "b").insert_or_ignore(&db).unwrap(), None);
    assert_eq!(post(2, "a").insert_or_ignore(&db).unwrap(), None);
    let setting = Setting {
        name: "n".into(),
        value: vec![],
    };
    assert_eq!(setting.insert_or_ignore(&db).unwrap().as_deref(), Some("n"));
    assert_eq!(setting.insert_or_ignore(&db).unwrap(), None);
}

#[test]
fn rusqlite_takes_the_same_types() {
    let db = Connection::open_in_memory().unwrap();
    let status: Status = db
        .query_row("SELECT ?1", [Status::Published], |row| row.get(0))
        .unwrap();
    assert_eq!(status, Status::Published);
}
