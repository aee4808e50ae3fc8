//! Updates and deletes.

use tablature::{Insert, Table, update};

#[derive(Table, Clone, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(default = "draft")]
    status: String,
    note: Option<String>,
    #[column(generated = "length(title)")]
    length: i64,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(primary_key(b, a))]
struct Link {
    a: i64,
    b: String,
}

tablature::schema! { static ALL = [Post, Link]; }

fn post(id: i64, title: &str) -> Post {
    Post {
        id,
        title: title.into(),
        status: "new".into(),
        note: Some("n".into()),
        length: title.chars().count() as i64,
    }
}

#[test]
fn a_row_is_updated_by_its_key() {
    let db = ALL.open_in_memory().unwrap();
    Post::insert_all(&db, [post(1, "a"), post(2, "b")]).unwrap();
    assert!(post(2, "changed").update(&db).unwrap());
    assert!(!post(3, "nobody").update(&db).unwrap());
    assert_eq!(Post::all(&db).unwrap(), [post(1, "a"), post(2, "changed")]);
}

#[test]
fn named_columns_are_updated() {
    let db = ALL.open_in_memory().unwrap();
    post(1, "a").insert(&db).unwrap();
    assert!(update!(&db, Post(1) { title: "b", note: None, status: None }).unwrap());
    assert!(!update!(&db, Post(&2) { note: "nobody" }).unwrap());
    assert_eq!(
        Post::get(&db, 1).unwrap(),
        Some(Post {
            note: None,
            status: "draft".into(),
            ..post(1, "b")
        })
    );
}

#[test]
fn rows_are_deleted_and_looked_for_by_key() {
    let db = ALL.open_in_memory().unwrap();
    post(1, "a").insert(&db).unwrap();
    assert!(Post::exists(&db, 1).unwrap() && Post::delete(&db, 1).unwrap());
    assert!(!Post::exists(&db, 1).unwrap() && !Post::delete(&db, 1).unwrap());
    assert_eq!(
        (Post::count(&db).unwrap(), Post::get(&db, 1).unwrap()),
        (0, None)
    );
}

#[test]
fn a_key_of_several_columns_is_a_tuple_in_the_order_of_the_key() {
    let db = ALL.open_in_memory().unwrap();
    let link = Link {
        a: 1,
        b: "x".into(),
    };
    assert_eq!(link.insert(&db).unwrap(), ("x".to_owned(), 1));
    assert!(link.update(&db).unwrap());
    assert_eq!(Link::get(&db, ("x", 1)).unwrap(), Some(link.clone()));
    assert_eq!(Link::get(&db, ("y", 1)).unwrap(), None);
    link.upsert(&db).unwrap();
    assert!(Link::delete(&db, (&link.b, link.a)).unwrap());
}

#[test]
fn held_statements_do_the_same() {
    let db = ALL.open_in_memory().unwrap();
    let mut posts = Post::prepared(&db);
    for id in 1..=3 {
        assert_eq!(posts.insert(&post(id, "a")).unwrap(), id);
    }
    assert_eq!(posts.insert_or_ignore(&post(1, "z")).unwrap(), None);
    posts.upsert(&post(1, "upserted")).unwrap();
    assert!(posts.update(&post(2, "updated")).unwrap());
    assert!(posts.delete(3).unwrap());
    assert_eq!(posts.get(1).unwrap(), Some(post(1, "upserted")));
    assert_eq!(posts.get(2).unwrap(), Some(post(2, "updated")));
    assert_eq!(posts.get(3).unwrap(), None);
}
