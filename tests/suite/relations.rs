//! From a row to its parent and to its children.

use expect_test::{Expect, expect};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tablature::{Connection, Insert, Related, Table};

/// A key of every kind: a text with another collation, a blob, a pair; a tree; two keys to one table.
#[derive(Table, Clone, Debug, PartialEq)]
struct Author {
    #[column(primary_key)]
    id: i64,
    #[column(unique, collate = nocase)]
    nick: Option<String>,
    #[column(unique)]
    code: Vec<u8>,
}

#[derive(Table, Clone, Debug, PartialEq)]

struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author))]
    author: Option<i64>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Alias {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author(nick)))]
    nick: Option<String>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Badge {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author(code)))]
    code: Vec<u8>,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(primary_key(row, seat))]
struct Seat {
    row: String,
    seat: f64,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "keys", foreign_key(row, seat, references(Seat)))]
struct Ticket {
    #[column(primary_key)]
    key: i64,
    row: String,
    seat: f64,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Folder {
    #[column(primary_key)]
    id: i64,
    #[column(references(Self))]
    parent: Option<i64>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Message {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author))]
    r#from: i64,
    #[column(references(Author))]
    to: i64,
}

tablature::schema! {
    static ALL = [Author, Post, Alias, Badge, Seat, Ticket, Folder, Message];
}

fn database() -> Connection {
    let db = ALL.open_in_memory().unwrap();
    db.execute_batch(
        "INSERT INTO author VALUES (1, 'Ann', x'00ff'), (2, 'b' || char(0) || 'b', x''), (3, NULL, x'74');
         INSERT INTO post VALUES (1, 1), (2, NULL), (3, 1), (4, 3);
         INSERT INTO alias VALUES (1, 'ANN'), (2, 'b' || char(0) || 'B'), (3, NULL);
         INSERT INTO badge VALUES (1, x'00ff'), (2, x''), (3, x'74'), (4, x'00ff');
         INSERT INTO seat VALUES ('a', 1.5), ('a', 9e999), ('b', 1.5), ('\"', -0.1);
         INSERT INTO keys VALUES (1, 'a', 1.5), (2, 'a', 9e999), (3, '\"', -0.1);
         INSERT INTO folder VALUES (1, NULL), (2, 1), (3, 1), (4, 3);
         INSERT INTO message VALUES (1, 1, 2), (2, 2, 1), (3, 1, 1)",
    )
    .unwrap();
    db
}

/// The keys of each row's children, one by one and all at once; and each child finds its parent again.
fn check<P, C>(relation: tablature::Relation<C, P>, key: impl Fn(&C) -> i64, expect: Expect)
where
    P: Table + Clone + PartialEq + std::fmt::Debug,
    C: Table + Clone + PartialEq + std::fmt::Debug,
{
    let db = database();
    let parents = P::all(&db).unwrap();
    let each: Vec<Vec<C>> = parents
        .iter()
        .map(|it| it.children_by(&db, relation).unwrap())
        .collect();
    assert_eq!(P::children_of_by(&db, &parents, relation).unwrap(), each);
    let all = C::all(&db).unwrap();
    let found: Vec<Option<P>> = all
        .iter()
        .map(|it| it.parent_by(&db, relation).unwrap())
        .collect();
    assert_eq!(C::parents_of_by(&db, &all, relation).unwrap(), found);
    for (parent, children) in parents.iter().zip(&each) {
        for child in children {
            assert_eq!(
                child.parent_by(&db, relation).unwrap().as_ref(),
                Some(parent)
            );
        }
    }
    let keys: Vec<String> = each
        .iter()
        .map(|it| {
            it.iter()
                .map(|it| key(it).to_string())
                .collect::<Vec<_>>()
                .join(",")
        })
        .collect();
    let orphans = found.iter().filter(|it| it.is_none()).count();
    expect.assert_eq(&format!(
        "{relation:?}: {} / {orphans} without",
        keys.join(" ")
    ));
}

#[test]
fn children_are_those_that_the_foreign_key_means() {
    check(
        Post::RELATIONS.author,
        |it| it.id,
        expect!["post (author) references author (id): 1,3  4 / 1 without"],
    );
    check(
        Alias::RELATIONS.nick,
        |it| it.id,
        expect!["alias (nick) references author (nick): 1 2  / 1 without"],
    );
    check(
        Badge::RELATIONS.code,
        |it| it.id,
        expect!["badge (code) references author (code): 1,4 2 3 / 0 without"],
    );
    check(
        Ticket::RELATIONS.row_seat,
        |it| it.key,
        expect!["keys (row, seat) references seat (row, seat): 1 2  3 / 0 without"],
    );
    check(
        Folder::RELATIONS.parent,
        |it| it.id,
        expect!["folder (parent) references folder (id): 2,3  4  / 1 without"],
    );
    check(
        Message::RELATIONS.r#from,
        |it| it.id,
        expect!["message (from) references author (id): 1,3 2  / 0 without"],
    );
    check(
        Message::RELATIONS.to,
        |it| it.id,
        expect!["message (to) references author (id): 2,3 1  / 0 without"],
    );
}

#[test]
fn where_one_key_leads_to_a_table_it_needs_no_name() {
    let db = database();
    let posts = Post::all(&db).unwrap();
    assert_eq!(posts[0].parent::<Author>(&db).unwrap().unwrap().id, 1);
    assert!(posts[1].parent::<Author>(&db).unwrap().is_none());
    let authors = Author::all(&db).unwrap();
    assert_eq!(authors[0].children::<Post>(&db).unwrap().len(), 2);
    let posts_of: Vec<Vec<Post>> = Author::children_of(&db, &authors).unwrap();
    assert_eq!(posts_of.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0, 1]);
    let authors_of: Vec<Option<Author>> = Post::parents_of(&db, &posts).unwrap();
    assert_eq!(authors_of[3].as_ref().unwrap().id, 3);
    assert!(Author::children_of::<Post>(&db, &[]).unwrap().is_empty());
    let root = Folder {
        id: 1,
        parent: None,
    };
    assert_eq!(root.children::<Folder>(&db).unwrap().len(), 2);
    Folder {
        id: 9,
        parent: Some(4),
    }
    .insert(&db)
    .unwrap();
}

#[test]
fn children_of_many_are_looked_up_and_not_searched_for() {
    let mut db = database();
    db.execute_batch(
        "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
         INSERT INTO post SELECT i, 3 FROM n",
    )
    .unwrap();
    let steps = Arc::new(AtomicU64::new(0));
    let counted = steps.clone();
    db.progress_handler(
        1,
        Some(move || {
            counted.fetch_add(1, Ordering::Relaxed);
            false
        }),
    )
    .unwrap();
    let authors = Author::query(&db, "WHERE id < 3", ()).unwrap();
    let before = steps.load(Ordering::Relaxed);
    let posts: Vec<Vec<Post>> = Author::children_of(&db, &authors).unwrap();
    assert_eq!(posts.iter().map(Vec::len).collect::<Vec<_>>(), [2, 0]);
    let steps = steps.load(Ordering::Relaxed) - before;
    assert!((1..1000).contains(&steps), "{steps}");
}
