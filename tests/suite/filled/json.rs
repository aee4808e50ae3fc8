use super::{all, check, differ};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tablature::{Table, testing};

#[derive(Serialize, Deserialize, Debug, Default, PartialEq)]
#[serde(default)]
struct Settings {
    dark: bool,
    size: u8,
}

#[derive(Table, Debug)]
struct Documents {
    #[column(primary_key)]
    id: i64,
    any: serde_json::Value,
    maybe: Option<serde_json::Value>,
    #[column(json)]
    tags: Vec<String>,
    #[column(json)]
    counts: BTreeMap<String, u32>,
    #[column(json)]
    settings: Settings,
    #[column(json)]
    pair: Option<(u8, u8)>,
    #[column(json, check = false)]
    list: Vec<u16>,
}

tablature::schema! { static DOCUMENTS = [Documents]; }

#[test]
fn json_of_common_types() {
    check(&DOCUMENTS, 50, &[], |db| {
        let rows = all::<Documents>(db, 50);
        differ(rows.iter().map(|it| &it.any), 20);
        differ(rows.iter().map(|it| &it.tags), 2);
        differ(rows.iter().map(|it| &it.counts), 3);
        differ(rows.iter().map(|it| &it.list), 3);
        differ(rows.iter().map(|it| it.pair), 2);
    });
}

/// No sample has these fields.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Photo {
    width: u32,
    height: u8,
    title: String,
    address: std::net::IpAddr,
    url: Option<String>,
    tags: Vec<String>,
    ratio: f32,
    public: bool,
}

#[derive(Table, Debug)]
struct Image {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    photo: Photo,
    #[column(json)]
    thumbnail: Option<Photo>,
}

tablature::schema! { static GALLERY = [Image]; }

#[test]
fn json_of_a_struct_with_plain_fields() {
    check(&GALLERY, 50, &[], |db| {
        let rows = all::<Image>(db, 50);
        differ(rows.iter().map(|it| &it.photo), 10);
        differ(rows.iter().map(|it| it.photo.url.is_some()), 2);
        differ(rows.iter().map(|it| it.thumbnail.is_some()), 2);
    });
}

/// Of what lies deeper nothing is known.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Shape {
    kind: Kind,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Kind {
    Circle { radius: u8 },
}

#[derive(Table, Debug)]
struct Drawing {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    shape: Shape,
}

#[derive(Table, Debug)]
struct Frame {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    inner: Option<Shape>,
}

tablature::schema! { static SHAPES = [Drawing, Frame]; }

#[test]
fn json_of_other_types_is_null_or_follows_an_example() {
    let expect = "no value is known that `Drawing` reads into `shape`; insert a row, and its value serves as an example";
    check(&SHAPES, 20, &[("drawing", expect)], |db| {
        assert!(all::<Frame>(db, 20).iter().all(|it| it.inner.is_none()));
        let kind = Kind::Circle { radius: 3 };
        tablature::insert!(
            db,
            Drawing {
                shape: Shape { kind }
            }
        )
        .unwrap();
        assert_eq!(testing::fill_for(&SHAPES, db, 20, 1).unwrap(), []);
        all::<Drawing>(db, 21);
    });
}
