//! The user has the names that the expansions use inside: for fields, variables, constants and types.

use tablature::{ColumnType, Connection, Insert, Row, Table};

#[derive(Table, Debug, PartialEq, Clone)]
#[table(
    index(name, where = "name > 0"),
    unique(unique, name = "name"),
    fts(tokenize, prefix)
)]
struct Entry {
    #[column(primary_key)]
    key: i64,
    values: i64,
    to: i64,
    db: i64,
    row: i64,
    self_: i64,
    bind: i64,
    sql: i64,
    given: i64,
    value: i64,
    value0: i64,
    position: i64,
    name: i64,
    unique: i64,
    index: i64,
    rowid: i64,
    tokenize: String,
    prefix: String,
    of: i64,
    on: i64,
}

#[derive(Insert)]
#[insert(into = Entry)]
struct GIVEN<'to> {
    key: i64,
    values: i64,
    to: i64,
    db: i64,
    row: i64,
    self_: i64,
    bind: i64,
    sql: i64,
    given: i64,
    value: i64,
    value0: i64,
    position: i64,
    name: i64,
    unique: i64,
    index: i64,
    rowid: i64,
    tokenize: &'to str,
    prefix: &'to str,
    of: i64,
    on: i64,
}

#[derive(Row, Debug, PartialEq)]
#[row(of = Entry)]
struct Values {
    values: i64,
    row: i64,
    position: i64,
    value: i64,
}

#[test]
fn a_column_may_be_called_like_a_variable_of_the_expansion() {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(Entry::DDL).unwrap();
    let (values, to, db, row, self_, bind, sql, given) = (1, 2, 3, 4, 5, 6, 7, 8);
    let (value, value0, position, name, unique, index) = (9, 10, 11, 12, 13, 14);
    let (rowid, tokenize, prefix, of, on) = (15, "a", "b", 16, 17);
    let new = GIVEN {
        key: 1,
        values,
        to,
        db,
        row,
        self_,
        bind,
        sql,
        given,
        value,
        value0,
        position,
        name,
        unique,
        index,
        rowid,
        tokenize,
        prefix,
        of,
        on,
    };
    let key = new.insert(&connection).unwrap();
    let read = Values::query(&connection, "WHERE key = ?1", [key]).unwrap();
    assert_eq!(
        read,
        [Values {
            values,
            row,
            position,
            value
        }]
    );

    let key = tablature::upsert!(
        &connection,
        Entry {
            key, values: to, to: values, db: row, row: db, self_: bind, bind: self_, sql: given, given: sql,
            value: value0, value0: value, position: name, name: position, unique: index, index: unique,
            rowid: of, tokenize: prefix, prefix: tokenize, of: rowid, on
        } on (key)
    )
    .unwrap();
    let entry = Entry::get(&connection, key).unwrap().unwrap();
    assert_eq!([entry.values, entry.to, entry.db, entry.row], [2, 1, 4, 3]);
    assert_eq!(
        [entry.self_, entry.bind, entry.sql, entry.given],
        [6, 5, 8, 7]
    );
    assert_eq!(
        [entry.value, entry.value0, entry.position, entry.name],
        [10, 9, 12, 11]
    );
    assert_eq!(
        [entry.unique, entry.index, entry.rowid, entry.of],
        [14, 13, 16, 15]
    );
    assert_eq!(Entry::search(&connection, "a", 9).unwrap()[0].row.on, on);
}

#[derive(Table, Debug, PartialEq)]
struct Note {
    #[column(primary_key)]
    id: i64,
    text: String,
    stars: Option<i64>,
}

/// The constants of the expansion, as the user's.
#[test]
fn an_expression_sees_the_constants_and_variables_of_the_user() {
    const GIVEN: i64 = 1;
    const SQL: &str = "sql";
    const KEY: i64 = 2;
    const LENGTH: i64 = 3;
    const TEXT: &str = "text";

    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(Note::DDL).unwrap();
    let (db, bind, to, given, value0, value1) = (&connection, 1, 2, 3, 4, 5);
    tablature::insert!(
        db,
        Note {
            id: GIVEN,
            text: SQL,
            stars: LENGTH
        }
    )
    .unwrap();
    tablature::insert!(
        &connection,
        Note {
            id: bind + to,
            text: TEXT,
            stars: value1 + value0
        }
    )
    .unwrap();
    let (sql, db) = (GIVEN, KEY);
    tablature::update!(&connection, Note(sql) { text: TEXT, stars: db }).unwrap();
    tablature::upsert!(
        &connection,
        Note {
            id: given,
            text: SQL,
            stars: KEY
        }
    )
    .unwrap();
    let key = given;
    tablature::update!(&connection, Note(key) { stars: value0 }).unwrap();
    assert_eq!(
        Note::all(&connection).unwrap(),
        [
            Note {
                id: 1,
                text: "text".into(),
                stars: Some(2)
            },
            Note {
                id: 3,
                text: "sql".into(),
                stars: Some(4)
            },
        ]
    );
}

mod types {
    use super::{ColumnType, Table};

    /// The name that the expansion would give to the handles of `Post`'s columns.
    #[derive(ColumnType, Debug, PartialEq)]
    pub(super) struct PostColumns(pub(super) i64);

    #[derive(Table, Debug, PartialEq)]
    pub(super) struct Post {
        #[column(primary_key)]
        pub(super) id: i64,
        pub(super) columns: PostColumns,
    }

    /// The names of the traits and of what they are made of.
    pub(super) mod tables {
        use super::super::{ColumnType, Table as Derive};

        #[derive(Derive, Debug, PartialEq)]
        pub(in super::super) struct Table {
            #[column(primary_key)]
            pub(in super::super) id: i64,
            pub(in super::super) of: Option<Facts>,
        }

        #[derive(ColumnType, Debug, PartialEq)]
        pub(in super::super) enum Facts {
            None,
            Some,
            Ok,
            Err,
        }

        #[derive(Derive, Debug, PartialEq)]
        pub(in super::super) struct Column {
            #[column(primary_key, references(Table))]
            pub(in super::super) id: i64,
            #[column(default = "err")]
            pub(in super::super) facts: Facts,
        }
    }
}

#[test]
fn a_type_may_be_called_like_one_of_the_expansion() {
    use types::tables::{Column, Facts, Table as Entity};
    use types::{Post, PostColumns};

    tablature::schema! { static ALL = [Post, Entity, Column]; }
    let db = ALL.open_in_memory().unwrap();
    let post = tablature::insert!(
        &db,
        Post {
            columns: PostColumns(3)
        }
    )
    .unwrap();
    let table = tablature::insert!(&db, Entity { of: Facts::None }).unwrap();
    tablature::insert!(&db, Entity { of: None }).unwrap();
    let column = tablature::insert!(
        &db,
        Column {
            id: table,
            facts: None
        }
    )
    .unwrap();
    tablature::insert!(
        &db,
        Column {
            id: 2,
            facts: Facts::None
        }
    )
    .unwrap();
    assert_eq!(
        Post::get(&db, post).unwrap().unwrap().columns,
        PostColumns(3)
    );
    let facts: Vec<_> = Entity::all(&db)
        .unwrap()
        .into_iter()
        .map(|table| table.of)
        .collect();
    assert_eq!(facts, [Some(Facts::None), None]);
    assert_eq!(Column::get(&db, column).unwrap().unwrap().facts, Facts::Err);
    assert_eq!(Column::get(&db, 2).unwrap().unwrap().facts, Facts::None);
}
