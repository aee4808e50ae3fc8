//! What a statement runs on, and what it does with the values it is given.

use expect_test::expect;
use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use tablature::{Connection, Insert, Table, Transaction};

#[derive(Table, Debug, PartialEq)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
    #[column(default = 3)]
    stars: i64,
}

fn open() -> Connection {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Post::DDL).unwrap();
    db
}

fn check(db: &Connection, expect: &[&str]) {
    let posts = Post::query(db, "ORDER BY id", ()).unwrap();
    let titles: Vec<&str> = posts.iter().map(|post| post.title.as_str()).collect();
    assert_eq!(titles, expect);
}

/// What a pool hands out: it derefs to a connection, and goes back when it is dropped.
struct Guard(Option<Connection>, Rc<RefCell<Vec<Connection>>>);

impl Deref for Guard {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.0.as_ref().unwrap()
    }
}

impl DerefMut for Guard {
    fn deref_mut(&mut self) -> &mut Connection {
        self.0.as_mut().unwrap()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.1.borrow_mut().extend(self.0.take());
    }
}

#[derive(Clone)]
struct Pool(Rc<RefCell<Vec<Connection>>>);

impl Pool {
    fn get(&self) -> Result<Guard, tablature::rusqlite::Error> {
        match self.0.borrow_mut().pop() {
            Some(connection) => Ok(Guard(Some(connection), Rc::clone(&self.0))),
            None => Err(tablature::rusqlite::Error::InvalidQuery),
        }
    }
}

#[test]
fn whatever_derefs_to_a_connection_is_one() {
    let mut db = open();
    tablature::insert!(&db, Post { title: "shared" }).unwrap();
    tablature::insert!(&mut db, Post { title: "exclusive" }).unwrap();
    tablature::insert!(db, Post { title: "by name" }).unwrap();
    {
        let exclusive = &mut db;
        tablature::insert!(
            exclusive,
            Post {
                title: "reborrowed"
            }
        )
        .unwrap();
        tablature::update!(&*exclusive, Post(1) { title: "first" }).unwrap();
    }
    {
        let mut transaction = db.transaction().unwrap();
        tablature::insert!(
            &transaction,
            Post {
                title: "transaction"
            }
        )
        .unwrap();
        let savepoint = transaction.savepoint().unwrap();
        tablature::insert!(&savepoint, Post { title: "savepoint" }).unwrap();
        savepoint.commit().unwrap();
        tablature::insert!(
            transaction,
            Post {
                title: "transaction by name"
            }
        )
        .unwrap();
        transaction.commit().unwrap();
    }
    {
        let transaction: Transaction<'_> = db.unchecked_transaction().unwrap();
        tablature::insert!(
            &transaction,
            Post {
                title: "rolled back"
            }
        )
        .unwrap();
    }
    let shared = Rc::new(db);
    tablature::insert!(&shared, Post { title: "counted" }).unwrap();
    tablature::insert!(
        Rc::clone(&shared),
        Post {
            title: "counted by value"
        }
    )
    .unwrap();
    let boxed: Box<dyn Deref<Target = Connection>> = Box::new(Rc::clone(&shared));
    tablature::insert!(&**boxed, Post { title: "boxed" }).unwrap();
    check(
        &shared,
        &[
            "first",
            "exclusive",
            "by name",
            "reborrowed",
            "transaction",
            "savepoint",
            "transaction by name",
            "counted",
            "counted by value",
            "boxed",
        ],
    );
}

#[test]
fn a_pool_is_asked_once_and_gets_its_connection_back() -> tablature::Result<()> {
    let pool = Pool(Rc::new(RefCell::new(vec![open()])));
    let id = tablature::insert!(pool.get()?, Post { title: "temporary" })?;
    tablature::insert!(&pool.get()?, Post { title: "borrowed" })?;
    tablature::update!(&mut *pool.get()?, Post(id) { title: "changed" })?;
    let mut guard = pool.get()?;
    tablature::insert!(guard, Post { title: "held" })?;
    tablature::insert!(
        &mut guard,
        Post {
            title: "held exclusively"
        }
    )?;
    tablature::upsert!(
        &guard,
        Post {
            id,
            title: "held",
            stars: 1
        }
    )?;
    check(&guard, &["held", "borrowed", "held", "held exclusively"]);
    Ok(())
}

fn add<C: Deref<Target = Connection>>(db: &C, title: &impl ToString) -> tablature::Result<i64> {
    Ok(tablature::insert!(
        db,
        Post {
            title: title.to_string()
        }
    )?)
}

#[test]
fn a_function_is_generic_over_its_connection() {
    let mut db = open();
    add(&&db, &1).unwrap();
    add(&db.transaction().unwrap(), &'a').unwrap();
    let db = Rc::new(db);
    add(&db, &"x").unwrap();
    check(&db, &["1", "x"]);
}

#[test]
fn values_are_borrowed_and_evaluated_once_in_order() {
    let db = open();
    let calls = RefCell::new(Vec::new());
    let call = |name: &'static str| {
        calls.borrow_mut().push(name);
        name
    };
    let connection = || {
        call("db");
        &db
    };
    let title = String::from("kept");
    tablature::insert!(
        connection(),
        Post {
            stars: i64::from(call("stars") == "stars"),
            title
        }
    )
    .unwrap();
    let id = tablature::insert_returning!(
        connection(),
        Post {
            title: call("title")
        }
    )
    .unwrap()
    .id;
    tablature::update!(connection(), Post({ call("key"); id }) { title: format!("{title}{}", call("value")) })
        .unwrap();
    assert_eq!(title, "kept");
    expect![[r#"
        [
            "db",
            "stars",
            "db",
            "title",
            "db",
            "value",
            "key",
        ]
    "#]]
    .assert_debug_eq(&calls.borrow());
    expect![[r#"
        [
            Post {
                id: 1,
                title: "kept",
                stars: 1,
            },
            Post {
                id: 2,
                title: "keptvalue",
                stars: 3,
            },
        ]
    "#]]
    .assert_debug_eq(&Post::all(&db).unwrap());
}

#[test]
fn a_value_is_any_expression() {
    let db = open();
    let (two, title) = (2_i32, Some("none given"));
    let cell = Cell::new(5_i64);
    let fallible = || -> tablature::Result<i64> {
        Ok(tablature::insert!(
            &db,
            Post {
                id: i64::from(two) * 2 + 1,
                title: if two > 1 { "more" } else { "less" },
                stars: cell.get() * 2 - 1,
            }
        )?)
    };
    let id = fallible().unwrap();
    tablature::update!(&db, Post(id - 1 + 1) { stars: -cell.get(), title: title.unwrap_or_default() }).unwrap();
    tablature::insert!(
        &db,
        Post {
            title: match two {
                2 => "two",
                _ => "?",
            },
            stars: None
        }
    )
    .unwrap();
    let closure = |title: &str| {
        tablature::insert!(
            &db,
            Post {
                title: title,
                stars: Some(1)
            }
        )
        .unwrap()
    };
    let last = closure("closure");
    tablature::insert!(
        &db,
        Post {
            title: "",
            stars: {
                let stars = 7;
                stars
            }
        },
    )
    .unwrap();
    tablature::insert!(
        &db,
        Post {
            title: *title.as_ref().unwrap(),
            stars: [8_i64, 9][1]
        }
    )
    .unwrap();
    let rows = Post::query(&db, "ORDER BY id", ()).unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (row.id, row.title.as_str(), row.stars))
        .collect();
    assert_eq!(
        rows,
        [
            (5, "none given", -5),
            (6, "two", 3),
            (last, "closure", 1),
            (8, "", 7),
            (9, "none given", 9)
        ]
    );
    let row = Post {
        id: 1,
        title: String::new(),
        stars: 0,
    };
    assert_eq!(row.insert(&db).unwrap(), 1);
}
