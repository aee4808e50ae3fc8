//! A framework hands tablature on: under another name, and without the rest of it.

use expect_test::expect;

mod framework {
    pub(crate) mod db {
        pub(crate) use tablature::*;
    }

    /// What the expansions may name, and nothing else.
    pub(crate) mod least {
        pub(crate) use tablature::{__private, __text};
    }
}

mod through_a_path {
    use super::framework::db as orm;

    #[derive(orm::ColumnType, Debug, PartialEq)]
    #[column_type(crate = orm)]
    pub(super) enum Status {
        Draft,
        Published,
    }

    #[derive(orm::Table, Debug, PartialEq)]
    #[table(crate = super::framework::db)]
    pub(super) struct Author {
        #[column(primary_key)]
        pub(super) id: i64,
        pub(super) name: String,
    }

    #[derive(orm::Table, Debug, PartialEq)]
    #[table(crate = orm, fts(title))]
    pub(super) struct Post {
        #[column(primary_key)]
        pub(super) id: i64,
        #[column(references(Author))]
        pub(super) author: i64,
        pub(super) title: String,
        #[column(default = "draft")]
        pub(super) status: Status,
        #[column(json)]
        pub(super) tags: Vec<String>,
    }

    #[derive(orm::Insert)]
    #[insert(into = Post, crate = crate::hygiene::reexported::framework::db)]
    pub(super) struct NewPost<'a> {
        pub(super) author: i64,
        pub(super) title: &'a str,
        pub(super) tags: &'a Vec<String>,
    }

    #[derive(orm::Row, Debug, PartialEq)]
    #[row(of = Post, crate = self::orm)]
    pub(super) struct Title {
        pub(super) title: String,
    }

    orm::schema! {
        pub(super) static BLOG = [Author, Post];
    }
}

#[test]
fn the_function_like_macros_work_through_a_reexport() {
    use framework::db::{Insert as _, Row as _, Table as _, insert as add};
    use through_a_path::{Author, BLOG, NewPost, Post, Status, Title};

    let db = BLOG.open_in_memory().unwrap();
    let author = add!(&db, Author { name: "Ann" }).unwrap();
    let tags = vec![];
    let id = NewPost {
        author,
        title: "Hello",
        tags: &tags,
    }
    .insert(&db)
    .unwrap();
    framework::db::update!(&db, Post(id) { status: Status::Published }).unwrap();
    framework::db::upsert!(
        &db,
        Post {
            id,
            author,
            title: "Bye",
            tags: &tags
        }
    )
    .unwrap();
    let added = framework::db::insert_returning!(
        &db,
        Post {
            author,
            title: "More",
            tags
        }
    )
    .unwrap();
    expect![[r#"
        [
            Post {
                id: 1,
                author: 1,
                title: "Bye",
                status: Published,
                tags: [],
            },
        ]
    "#]]
    .assert_debug_eq(&Post::query(&db, "WHERE id <> ?1", [added.id]).unwrap());
    let titles = Title::query(&db, "WHERE author = ?1 ORDER BY id", [author]).unwrap();
    assert_eq!(titles.len(), 2);
}

mod least {
    use tablature::{ColumnType, Insert, Row, Table};

    #[derive(ColumnType)]
    #[column_type(crate = super::framework::least, json)]
    pub(super) struct Place(pub(super) f64, pub(super) f64);

    impl serde::Serialize for Place {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            (self.0, self.1).serialize(to)
        }
    }

    impl<'de> serde::Deserialize<'de> for Place {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            <(f64, f64)>::deserialize(from).map(|(x, y)| Place(x, y))
        }
    }

    #[derive(Table)]
    #[table(crate = super::framework::least, index(name))]
    pub(super) struct City {
        #[column(primary_key)]
        pub(super) id: i64,
        pub(super) name: String,
        pub(super) place: Place,
    }

    #[derive(Insert)]
    #[insert(crate = super::framework::least, into = City)]
    pub(super) struct NewCity {
        pub(super) name: String,
        pub(super) place: Place,
    }

    #[derive(Row)]
    #[row(crate = super::framework::least, of = City)]
    pub(super) struct Name {
        pub(super) name: String,
    }
}

#[test]
fn the_private_module_is_all_that_an_expansion_names() {
    use least::{City, Name, NewCity, Place};
    use tablature::{Insert as _, Row as _, Table as _};

    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(City::DDL).unwrap();
    let id = NewCity {
        name: "Graz".into(),
        place: Place(47.1, 15.4),
    }
    .insert(&db)
    .unwrap();
    let city = City::get(&db, id).unwrap().unwrap();
    assert_eq!((city.id, city.place.0, city.place.1), (1, 47.1, 15.4));
    assert_eq!(Name::query(&db, "", ()).unwrap()[0].name, city.name);
}
