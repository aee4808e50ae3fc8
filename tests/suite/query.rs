//! Reading rows.

use expect_test::expect;
use tablature::{Cursor, Insert, Page, Row, Table, named_params, params};

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    author: i64,
    #[column(name = "heading")]
    title: String,
    published: Option<i64>,
    #[column(json)]
    tags: Vec<String>,
}

tablature::schema! { static ALL = [Post]; }

fn filled() -> tablature::Connection {
    let db = ALL.open_in_memory().unwrap();
    let published = [Some(5), None, Some(3), Some(5), None, Some(1), Some(3)];
    let rows = published.into_iter().enumerate().map(|(i, published)| {
        let id = i as i64 + 1;
        Post {
            id,
            author: id % 2,
            title: format!("post {id}"),
            published,
            tags: vec![id.to_string()],
        }
    });
    Post::insert_all(&db, rows).unwrap();
    db
}

fn ids(rows: &[Post]) -> Vec<i64> {
    rows.iter().map(|row| row.id).collect()
}

#[test]
fn sql_follows_the_table() {
    let db = filled();
    assert_eq!(
        ids(&Post::query(&db, "WHERE author = ?1 ORDER BY id DESC LIMIT 2", [1]).unwrap()),
        [7, 5]
    );
    assert_eq!(
        ids(&Post::query(&db, "AS p WHERE 0", ()).unwrap_or_default()),
        [0; 0]
    );
    assert_eq!(
        ids(&Post::query(
            &db,
            "WHERE heading = :title",
            named_params! { ":title": "post 2" }
        )
        .unwrap()),
        [2]
    );
    assert_eq!(
        ids(&Post::query(&db, "WHERE id = ?1 OR heading = ?2", params![3, "post 4"]).unwrap()),
        [3, 4]
    );
    assert_eq!(
        ids(&Post::query(&db, "WHERE id IN (?, ?)", [1, 7].as_slice()).unwrap()),
        [1, 7]
    );
    assert_eq!(
        Post::query_one(&db, "WHERE id = ?1", [2])
            .unwrap()
            .unwrap()
            .tags,
        ["2"]
    );
    assert_eq!(Post::query_one(&db, "WHERE id = ?1", [20]).unwrap(), None);
    assert_eq!(Post::query(&db, "WHERE id < 3", []).unwrap().len(), 2);
    let marks = ["?"; 32].join(", ");
    let sql = format!("WHERE id IN ({marks})");
    assert_eq!(Post::query(&db, &sql, [2; 32]).unwrap().len(), 1);
    let few = Page::by(Post::COLUMNS.id).filter("id < 3", []);
    assert_eq!(few.total(&db).unwrap(), 2);
    // A comment ends with its condition.
    for comment in ["-- few", "/* few */", "/* few", "-- id < ?1\n"] {
        let few = Page::by(Post::COLUMNS.id)
            .filter(&format!("id < ? {comment}"), [4])
            .filter("id > ?", [1]);
        assert_eq!(few.total(&db).unwrap(), 2, "{comment}");
        assert_eq!(Post::page(&db, &few).unwrap().rows.len(), 2, "{comment}");
    }
}

#[test]
fn rows_stream_from_a_statement_that_is_run_again() {
    let db = filled();
    let mut by_author = Post::select(&db, "WHERE author = ?1 ORDER BY id").unwrap();
    for (author, expected) in [(0, vec![2, 4, 6]), (1, vec![1, 3, 5, 7])] {
        let found: Result<Vec<Post>, _> = by_author.rows([author]).unwrap().collect();
        assert_eq!(ids(&found.unwrap()), expected);
    }
    assert_eq!(
        by_author.rows([0]).unwrap().next().unwrap().unwrap().id,
        2,
        "the rest is not read"
    );
}

#[test]
fn projections_and_free_standing_rows() {
    #[derive(Row, Debug, PartialEq)]
    #[row(of = Post)]
    struct Card {
        title: String,
        tags: Vec<String>,
    }
    #[derive(Row, Debug, PartialEq)]
    struct PerAuthor {
        author: i64,
        posts: i64,
        #[column(name = "newest title")]
        newest: Option<String>,
        #[column(json)]
        ids: Vec<i64>,
    }
    let db = filled();
    let cards = Card::query(&db, "WHERE id = 3", ()).unwrap();
    assert_eq!(
        cards,
        [Card {
            title: "post 3".into(),
            tags: vec!["3".into()]
        }]
    );
    let sql = "SELECT author, count(*) AS posts, max(heading) AS \"newest title\", json_group_array(id) AS ids FROM posts GROUP BY author";
    let rows = PerAuthor::query(&db, sql, ()).unwrap();
    assert_eq!(
        rows[0],
        PerAuthor {
            author: 0,
            posts: 3,
            newest: Some("post 6".into()),
            ids: vec![2, 4, 6]
        }
    );
    assert_eq!(
        PerAuthor::select(&db, sql)
            .unwrap()
            .rows(())
            .unwrap()
            .count(),
        2
    );

    let error =
        PerAuthor::query(&db, "SELECT count(*) AS posts, author FROM posts", ()).unwrap_err();
    expect!["`PerAuthor` reads the columns (author, posts, newest title, ids), the statement returns (posts, author); select them in this order, with `AS` where the names differ"]
        .assert_eq(&error.to_string());
}

#[test]
fn pages_follow_each_other_without_gaps() {
    let db = filled();
    let all_pages = |page: Page<Post>| {
        let (mut found, mut page) = (Vec::new(), page);
        loop {
            let paged = Post::page(&db, &page).unwrap();
            found.push(ids(&paged.rows));
            match paged.next {
                Some(cursor) => page = page.after(cursor.to_string().parse::<Cursor>().unwrap()),
                None => {
                    let rows = found.concat().len() as u64;
                    assert_eq!(page.total(&db).unwrap(), rows, "of all pages");
                    return found;
                }
            }
        }
    };
    let published = Page::by(Post::COLUMNS.published);
    assert_eq!(
        all_pages(published.clone().limit(3)),
        [vec![2, 5, 6], vec![3, 7, 1], vec![4]]
    );
    assert_eq!(
        all_pages(published.clone().limit(1)).concat(),
        [2, 5, 6, 3, 7, 1, 4]
    );
    assert_eq!(
        all_pages(published.clone().descending().limit(2)).concat(),
        [4, 1, 7, 3, 6, 5, 2]
    );
    assert_eq!(
        all_pages(
            published
                .limit(2)
                .filter("author = ?1 AND id <> ?2", (1, 3))
        )
        .concat(),
        [5, 7, 1]
    );
    assert_eq!(
        all_pages(Page::by(Post::COLUMNS.title).limit(4)),
        [vec![1, 2, 3, 4], vec![5, 6, 7]]
    );
    assert_eq!(
        all_pages(Page::by(Post::COLUMNS.id).limit(7)),
        [vec![1, 2, 3, 4, 5, 6, 7]],
        "no page behind the last"
    );
    assert_eq!(
        all_pages(Page::by(Post::COLUMNS.id).descending().limit(5)).concat(),
        [7, 6, 5, 4, 3, 2, 1]
    );

    let other = Page::by(Post::COLUMNS.id).after("i1.i2".parse().unwrap());
    expect!["`posts`: the cursor is not one of this order; take it from a page in the same order"]
        .assert_eq(&Post::page(&db, &other).unwrap_err().to_string());
}

#[test]
fn pages_use_an_index() {
    #[derive(Table)]
    #[table(index(at))]
    struct Event {
        #[column(primary_key)]
        id: i64,
        at: i64,
    }
    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(Event::DDL).unwrap();
    let plan: String = db
        .query_row("EXPLAIN QUERY PLAN SELECT event.id FROM event WHERE (\"at\", \"id\") > (1, 2) ORDER BY \"at\", \"id\" LIMIT 2", (), |row| row.get(3))
        .unwrap();
    assert_eq!(
        plan,
        "SEARCH event USING COVERING INDEX event_at_idx (at>?)"
    );
}
