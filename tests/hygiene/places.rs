//! Where a table may stand: two in a module, under private names, in a function, in a block.

use tablature::{Connection, Insert, Row, Table};

mod garden {
    use tablature::Table;

    pub(super) mod beds {
        use tablature::Table;

        #[derive(Table, Debug, PartialEq)]
        pub(in crate::hygiene) struct Bed {
            #[column(primary_key)]
            id: i64,
            name: String,
        }

        #[derive(Table, Debug, PartialEq)]
        #[table(unique(bed, name))]
        pub(in crate::hygiene) struct Plant {
            #[column(primary_key)]
            id: i64,
            #[column(references(Bed))]
            bed: i64,
            name: String,
        }

        impl Bed {
            pub(in crate::hygiene) fn add(db: &tablature::Connection, name: &str) -> i64 {
                tablature::insert!(db, Bed { name }).unwrap()
            }

            pub(in crate::hygiene) fn plant(&self, db: &tablature::Connection, name: &str) -> i64 {
                tablature::upsert!(db, Plant { bed: self.id, name: name } on (bed, name)).unwrap()
            }
        }

        impl Plant {
            pub(in crate::hygiene) fn name(&self) -> &str {
                &self.name
            }
        }
    }

    /// Of the other module's columns, the key alone is known here.
    #[derive(Table)]
    pub(super) struct Sign {
        #[column(primary_key, references(beds::Bed))]
        pub(super) bed: i64,
    }
}

#[test]
fn private_fields_are_for_their_module() {
    use garden::Sign;
    use garden::beds::{Bed, Plant};

    tablature::schema! {
        static GARDEN = [Bed, Plant, Sign];
    }
    let db = GARDEN.open_in_memory().unwrap();
    let bed = Bed::add(&db, "herbs");
    let plant = Bed::get(&db, bed).unwrap().unwrap().plant(&db, "thyme");
    assert_eq!(Plant::get(&db, plant).unwrap().unwrap().name(), "thyme");
    tablature::insert!(&db, Sign { bed }).unwrap();
    assert_eq!(Sign::get(&db, bed).unwrap().unwrap().bed, bed);
}

#[test]
fn a_table_may_be_local() {
    const NAME: &str = "local";

    #[derive(Table, Debug, PartialEq)]
    #[table(name = "locals")]
    struct Local {
        #[column(primary_key)]
        id: i64,
        name: String,
    }

    #[derive(Insert)]
    #[insert(into = Local)]
    struct New {
        name: String,
    }

    #[derive(Row, Debug, PartialEq)]
    #[row(of = Local)]
    struct Name {
        name: String,
    }

    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Local::DDL).unwrap();
    let id = {
        #[derive(Table)]
        struct Local {
            #[column(primary_key)]
            other: i64,
        }

        db.execute_batch(Local::DDL).unwrap();
        let id = tablature::insert!(&db, Local { other: 7 }).unwrap();
        Local::get(&db, id).unwrap().unwrap().other
    };
    assert_eq!(id, 7);
    let id = New { name: NAME.into() }.insert(&db).unwrap();
    assert_eq!(
        Local::get(&db, id).unwrap(),
        Some(Local {
            id,
            name: NAME.into()
        })
    );
    assert_eq!(
        Name::query(&db, "", ()).unwrap(),
        [Name { name: NAME.into() }]
    );
}

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    hash: Option<[u8; Post::HASH]>,
}

impl Post {
    const HASH: usize = 2;
}

type Article = Post;

trait Store {
    type Title: AsRef<str>;

    fn title(&self) -> Self::Title;

    fn store(&self, db: &Connection) -> tablature::Result<i64> {
        Ok(tablature::insert!(
            db,
            Post {
                title: self.title().as_ref()
            }
        )?)
    }
}

struct Fixed<'a, T>(&'a T);

impl<'a, T: AsRef<str> + ?Sized> Store for Fixed<'a, &'a T> {
    type Title = &'a T;

    fn title(&self) -> &'a T {
        self.0
    }
}

fn rename<const ID: i64, T, F>(db: &Connection, title: F) -> tablature::Result<bool>
where
    T: AsRef<str>,
    F: Fn() -> T,
{
    let title = title();
    let changed = tablature::update!(db, Article(ID) { title: title.as_ref() })?;
    Ok(changed)
}

#[test]
fn statements_stand_in_generic_code() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Post::DDL).unwrap();
    assert_eq!(Fixed(&"one").store(&db).unwrap(), 1);
    assert_eq!(Fixed(&"two").store(&db).unwrap(), 2);
    assert!(rename::<2, _, _>(&db, || String::from("three")).unwrap());
    assert!(!rename::<3, _, _>(&db, || "four").unwrap());
    let id = tablature::insert!(
        &db,
        self::Post {
            title: "five",
            hash: [1; Post::HASH]
        }
    )
    .unwrap();
    let titles: Vec<String> = Post::all(&db)
        .unwrap()
        .into_iter()
        .map(|post| post.title)
        .collect();
    assert_eq!(titles, ["one", "three", "five"]);
    assert_eq!(Post::get(&db, id).unwrap().unwrap().hash, Some([1, 1]));
}
