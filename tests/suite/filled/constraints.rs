use super::{all, check, differ};
use tablature::testing;
use tablature::{ColumnType, Connection, Table, ValueError};

/// Reads only what no sample is.
#[derive(Debug, PartialEq)]
struct Iban(String);

impl ColumnType for Iban {
    type NotNull = Self;
    const FACTS: tablature::declare::Facts =
        tablature::declare::Facts::new(tablature::declare::Type::Text);

    fn write(&self) -> Result<tablature::types::ToSqlOutput<'_>, ValueError> {
        self.0.write()
    }

    fn read(value: tablature::types::ValueRef<'_>) -> Result<Self, ValueError> {
        let text = String::read(value)?;
        if text.starts_with("DE89") {
            Ok(Self(text))
        } else {
            Err(ValueError::invalid(&text, "no IBAN"))
        }
    }
}

#[derive(Table, Debug)]
#[table(unique(region, number))]
struct Country {
    #[column(primary_key)]
    id: u8,
    #[column(unique)]
    letter: char,
    #[column(check("length(region) = 1 AND region <> 'a'"))]
    region: char,
    #[column(check("number BETWEEN 100 AND 120"))]
    number: u16,
    #[column(references(Country))]
    part_of: Option<u8>,
    #[column(references(City), on_delete = set_null)]
    capital: Option<u16>,
}

#[derive(Table, Debug)]
struct City {
    #[column(primary_key)]
    id: u16,
    #[column(references(Country))]
    country: u8,
    people: u32,
    area: u16,
    #[column(generated = "people % 250 + area % 100")]
    sum: u8,
    #[column(unique, check("founded > '1000-01-01'"))]
    founded: jiff::civil::Date,
}

#[derive(Table, Debug)]
#[table(primary_key(city, number))]
struct Street {
    #[column(references(City))]
    city: u16,
    number: i16,
    #[column(references(Host))]
    host: Option<url::Url>,
}

#[derive(Table, Debug)]
struct Host {
    #[column(primary_key)]
    url: url::Url,
}

tablature::schema! { static WORLD = [Country, City, Street, Host]; }

#[test]
fn keys_and_checks_hold() {
    check(&WORLD, 50, &[], |db| {
        let countries = all::<Country>(db, 50);
        differ(countries.iter().map(|it| it.number), 15);
        differ(countries.iter().map(|it| it.part_of), 5);
        let cities = all::<City>(db, 50);
        differ(cities.iter().map(|it| it.country), 10);
        differ(cities.iter().map(|it| it.sum), 5);
        let streets = all::<Street>(db, 50);
        assert!(streets.iter().any(|it| it.host.is_some()));
        all::<Host>(db, 50);
    });
}

#[derive(Table, Debug)]
struct Byte {
    #[column(primary_key)]
    id: i64,
    #[column(unique)]
    value: u8,
}

tablature::schema! { static BYTES = [Byte]; }

#[test]
fn a_unique_key_has_as_many_rows_as_its_type_has_values() {
    check(&BYTES, 300, &[], |db| {
        assert_eq!(all::<Byte>(db, 1).len(), 256)
    });
}

/// Each refers to the other: by less than its key can be, and by more.
#[derive(Table, Debug)]
struct Wide {
    #[column(primary_key)]
    id: i64,
    #[column(references(Narrow))]
    narrow: Option<i64>,
}

#[derive(Table, Debug)]
struct Narrow {
    #[column(primary_key)]
    id: i8,
    #[column(references(Wide))]
    wide: u8,
    #[column(references(Wide))]
    second: u8,
}

tablature::schema! { static WIDTHS = [Wide, Narrow]; }

#[test]
fn references_are_read_by_the_one_that_refers() {
    check(&WIDTHS, 50, &[], |db| {
        let rows = all::<Wide>(db, 50);
        assert!(rows.iter().any(|it| it.narrow.is_some()));
        assert!(rows.iter().any(|it| it.id > 5000));
        differ(all::<Narrow>(db, 50).iter().map(|it| it.wide), 2);
    });
}

/// Ranges that no list of samples foresees.
#[derive(Table, Debug)]
struct Range {
    #[column(primary_key)]
    id: i64,
    #[column(unique, check("plain BETWEEN 4000 AND 4100"))]
    plain: i64,
    #[column(unique, check("narrow > 60000"))]
    narrow: u16,
    #[column(unique, check("day >= '2031-01-01' AND day < '2031-03-01'"))]
    day: jiff::civil::Date,
    #[column(
        unique,
        check("at > '2031-01-01T00:00:00.000000000Z' AND at < '2031-01-02'")
    )]
    at: chrono::DateTime<chrono::Utc>,
    #[column(unique, check("clock BETWEEN '08:00' AND '18:00:00.000000000'"))]
    clock: time::Time,
    #[column(unique, check("part > 0 AND part < 1"))]
    part: f32,
}

tablature::schema! { static RANGES = [Range]; }

#[test]
fn ranges_do_not_run_out() {
    check(&RANGES, 50, &[], |db| drop(all::<Range>(db, 50)));
}

#[derive(Table, Debug)]
struct Account {
    #[column(primary_key)]
    id: i64,
    iban: Iban,
}

#[derive(Table, Debug)]
struct Payment {
    #[column(primary_key)]
    id: i64,
    #[column(references(Account))]
    account: i64,
}

#[derive(Table, Debug)]
struct Friend {
    #[column(primary_key)]
    id: i64,
    iban: Option<Iban>,
    #[column(default_sql = "'DE89 0'")]
    other: Iban,
}

tablature::schema! { static BANK = [Account, Payment, Friend]; }

#[test]
fn what_is_not_known_is_said() {
    let expect = [
        (
            "account",
            "no value is known that `Account` reads into `iban`; insert a row, and its value serves as an example",
        ),
        ("payment", "its parent `account` has no rows"),
    ];
    check(&BANK, 20, &expect, |db| {
        let friends = all::<Friend>(db, 20);
        assert!(friends.iter().all(|it| it.iban.is_none()));
    });
}

#[test]
fn a_row_is_an_example() {
    let db = BANK.open_in_memory().unwrap();
    let iban = Iban("DE89 1".to_owned());
    tablature::insert!(&db, Account { iban }).unwrap();
    assert_eq!(testing::fill_for(&BANK, &db, 20, 1).unwrap(), []);
    all::<Account>(&db, 20);
    all::<Payment>(&db, 20);
}

#[test]
fn what_the_structs_do_not_know_is_filled_all_the_same() {
    let db = Connection::open_in_memory().unwrap();
    // As at an earlier stage: another type, another table.
    db.execute_batch(
        "CREATE TABLE byte (id INTEGER PRIMARY KEY, value TEXT NOT NULL, more INTEGER NOT NULL);
         CREATE TABLE other (id INTEGER PRIMARY KEY)",
    )
    .unwrap();
    assert_eq!(testing::fill_for(&BYTES, &db, 20, 1).unwrap(), []);
    for table in ["byte WHERE typeof(value) = 'text'", "other"] {
        let sql = format!("SELECT count(*) FROM {table}");
        assert_eq!(db.query_row(&sql, (), |row| row.get(0)), Ok(20), "{table}");
    }
}

#[test]
fn null_that_only_the_database_allows_is_not_stored() {
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch("CREATE TABLE byte (id INTEGER PRIMARY KEY, value INTEGER)")
        .unwrap();
    assert_eq!(testing::fill_for(&BYTES, &db, 20, 1).unwrap(), []);
    all::<Byte>(&db, 20);
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    let rows = |seed| {
        let db = WORLD.open_in_memory().unwrap();
        testing::fill_for(&WORLD, &db, 20, seed).unwrap();
        format!("{:?}{:?}", all::<Country>(&db, 1), all::<City>(&db, 1))
    };
    assert_eq!(rows(3), rows(3));
    assert_ne!(rows(3), rows(4));
}
