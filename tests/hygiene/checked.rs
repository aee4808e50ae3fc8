//! `sql!` where nothing is called as usual.

#[no_implicit_prelude]
mod no_prelude {
    pub(super) fn forms(db: &::tablature::Connection) -> ::tablature::Result<i64> {
        let title = "One";
        ::tablature::sql!("INSERT INTO authors (id, email) VALUES (?1, ?2)", 1, title)
            .execute(db)?;
        let (id, _) = ::tablature::sql!(
            (i64, ::std::string::String),
            "SELECT id, email FROM authors WHERE email = :title",
            title = title
        )
        .one(db)?;
        ::std::result::Result::Ok(id)
    }
}

#[expect(
    dead_code,
    unused_macros,
    non_camel_case_types,
    non_upper_case_globals,
    reason = "the names are to be in the way, not to be used"
)]
mod shadowed {
    use ::tablature::{Connection, sql};

    struct Option;
    struct str;
    struct usize;
    struct Fetch;
    struct Statement;
    struct Probe;
    struct INTEGER;
    struct TEXT;
    trait Known {}
    trait Fits {}
    trait Other {}
    trait Stored {}
    trait Sized {}
    mod tablature {}
    mod std {}
    mod core {}
    mod __private {}
    const Some: () = ();
    const None: () = ();
    const COLUMNS: () = ();
    const FIELDS: () = ();
    const ORDER: () = ();
    const STATEMENT: () = ();
    macro_rules! include_str {
        () => {};
    }

    pub(super) fn forms(db: &Connection) -> ::tablature::Result<i64> {
        let changed = sql!("UPDATE authors SET email = ?1 WHERE id = ?2", "two", 1).execute(db)?;
        assert_eq!(changed, 1);
        Ok(sql!(i64, "SELECT id FROM authors WHERE email = ?1", "two").one(db)?)
    }
}

mod renamed {
    pub(super) use tablature as orm;

    pub(super) fn forms(db: &orm::Connection) -> orm::Result<i64> {
        Ok(orm::sql!(i64, "SELECT count(*) FROM authors WHERE id <> ?1", 0).one(db)?)
    }
}

#[test]
fn the_forms_are_the_same() {
    let db = tablature::Connection::open_in_memory().unwrap();
    db.execute_batch(include_str!(
        "../checked/migrations/0001_create_authors_and_posts.up.sql"
    ))
    .unwrap();
    assert_eq!(no_prelude::forms(&db).unwrap(), 1);
    assert_eq!(shadowed::forms(&db).unwrap(), 1);
    assert_eq!(renamed::forms(&db).unwrap(), 1);
}
