//! Tables and statements that come out of macros, whose names have the hygiene of two places.

use tablature::{ColumnType, Connection, Insert, Row, Table};

macro_rules! entity {
    ($(#[$meta:meta])* $visibility:vis $name:ident ($row:ident, $new:ident) { $($field:ident: $ty:ty),* $(,)? }) => {
        #[derive(Table, Debug, PartialEq, Clone)]
        $(#[$meta])*
        $visibility struct $name {
            #[column(primary_key)]
            id: i64,
            #[column(default = "plain")]
            kind: Kind,
            $($field: $ty,)*
            #[column(touch)]
            updated_at: i64,
        }

        #[derive(Row, Debug, PartialEq)]
        #[row(of = $name)]
        $visibility struct $row {
            id: i64,
            $($field: $ty),*
        }

        #[derive(Insert)]
        #[insert(into = $name)]
        $visibility struct $new<'a> {
            kind: &'a Kind,
            $($field: &'a $ty),*
        }

        impl $name {
            fn add(db: &Connection, $($field: &$ty),*) -> tablature::Result<i64> {
                let value0 = Kind::Plain;
                Ok(tablature::insert!(db, $name { kind: value0, $($field),* })?)
            }
        }
    };
}

#[derive(ColumnType, Debug, PartialEq, Clone)]
enum Kind {
    Plain,
    Special,
}

entity! {
    #[table(name = "products", index(name, price desc), fts(name))]
    pub(crate) Product (ProductPrice, NewProduct) { name: String, price: i64, hash: Option<[u8; 4]> }
}

entity! {
    Shop (ShopRow, NewShop) { values: Vec<u8>, to: Option<String> }
}

macro_rules! set {
    ($db:expr, $table:ident [$key:expr] $field:ident = $value:expr) => {{
        let bind = $key;
        tablature::update!($db, $table(bind) { $field: $value })
    }};
}

macro_rules! columns {
    ($name:ident: $($variant:ident = $number:expr),*) => {
        #[derive(ColumnType, Debug, PartialEq)]
        #[column_type(integer)]
        enum $name {
            $($variant = $number),*
        }
    };
}

columns!(Level: Low = 1, High = 1 + 1);

#[derive(Table, Debug, PartialEq)]
struct Alarm {
    #[column(primary_key)]
    id: i64,
    level: Level,
}

tablature::schema! {
    static STORE = [Product, Shop, Alarm];
}

#[test]
fn a_macro_makes_tables() {
    let db = STORE.open_in_memory().unwrap();
    let id = Product::add(&db, &"tea".into(), &3, &None).unwrap();
    let new = NewProduct {
        kind: &Kind::Special,
        name: &"cup".into(),
        price: &9,
        hash: &Some(*b"hash"),
    };
    let cup = new.insert(&db).unwrap();
    let (bind, db2) = (id, &db);
    assert!(set!(db2, Product[bind] price = bind + 3).unwrap());
    let prices = ProductPrice::query(&db, "ORDER BY id", ()).unwrap();
    assert_eq!(
        prices[0],
        ProductPrice {
            id,
            name: "tea".into(),
            price: 4,
            hash: None
        }
    );
    assert_eq!(Product::get(&db, cup).unwrap().unwrap().kind, Kind::Special);
    assert_eq!(Product::search(&db, "cup", 1).unwrap()[0].row.id, cup);

    let shop = Shop::add(&db, &vec![1], &None).unwrap();
    NewShop {
        kind: &Kind::Plain,
        values: &vec![2],
        to: &Some("all".into()),
    }
    .insert(&db)
    .unwrap();
    assert_eq!(Shop::get(&db, shop).unwrap().unwrap().values, [1]);
    assert_eq!(
        ShopRow::query(&db, "WHERE \"to\" = ?1", ["all"])
            .unwrap()
            .len(),
        1
    );

    let alarm = tablature::insert!(&db, Alarm { level: Level::High }).unwrap();
    assert_eq!(
        Alarm::get(&db, alarm).unwrap().unwrap(),
        Alarm {
            id: alarm,
            level: Level::High
        }
    );
    let stored: i64 = db
        .query_row("SELECT level FROM alarm", (), |row| row.get(0))
        .unwrap();
    assert_eq!(stored, 2);
}
