use crate::random::Random;
use crate::{check, check_read, refusals};
use expect_test::expect;
use rust_decimal::Decimal;
use tablature::types::{ToSqlOutput, ValueRef};
use tablature::{ColumnType, Connection, Insert, Table};
use url::Url;
use uuid::Uuid;

#[test]
fn a_uuid_is_its_sixteen_bytes() {
    check(Uuid::nil(), "X'00000000000000000000000000000000'");
    check(Uuid::max(), "X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF'");
    check(
        Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8),
        "X'67E5504410B1426F9247BB680E5FE0C8'",
    );
    expect![[r#"
        expected a blob of 16 bytes (a UUID that is stored as text needs `#[column(text)]`), found the text '67e55044-10b1-426f-9247-bb680e5fe0c8'
        expected 16 bytes, found 4
        expected 16 bytes, found 0
        expected a blob, found the integer 7
        expected a blob, found NULL
    "#]].assert_eq(&refusals::<Uuid>(&[
        "'67e55044-10b1-426f-9247-bb680e5fe0c8'",
        "x'67e55044'",
        "x''",
        "7",
        "NULL",
    ]));
}

#[derive(Table, Debug, PartialEq)]
struct Account {
    #[column(primary_key)]
    id: Uuid,
    #[column(text)]
    external: Uuid,
    #[column(text)]
    other: Option<Uuid>,
}

#[test]
fn a_uuid_is_a_key_or_a_text() {
    expect![[r#"
        CREATE TABLE account (
          id BLOB NOT NULL PRIMARY KEY CONSTRAINT id_length CHECK (length(id) = 16),
          external TEXT NOT NULL,
          other TEXT
        ) STRICT;
    "#]]
    .assert_eq(Account::DDL);
    let db = Connection::open_in_memory().unwrap();
    db.execute_batch(Account::DDL).unwrap();
    let account = Account {
        id: Uuid::from_u128(1),
        external: Uuid::from_u128(2),
        other: None,
    };
    assert_eq!(account.insert(&db).unwrap(), account.id);
    assert_eq!(Account::get(&db, account.id).unwrap(), Some(account));
    let text: String = db
        .query_row("SELECT external FROM account", (), |row| row.get(0))
        .unwrap();
    assert_eq!(text, "00000000-0000-0000-0000-000000000002");

    let error = db.execute("UPDATE account SET id = x'01'", ()).unwrap_err();
    expect!["CHECK constraint failed: id_length"].assert_eq(&error.to_string());
}

#[test]
fn a_url_is_its_text() {
    for (url, stored) in [
        ("https://example.org", "'https://example.org/'"),
        (
            "HTTPS://Bücher.example:443/ä?q=it's#top",
            "'https://xn--bcher-kva.example/%C3%A4?q=it%27s#top'",
        ),
        ("mailto:ann@example.org", "'mailto:ann@example.org'"),
        ("data:,it's", "'data:,it''s'"),
        ("file:///tmp/a%20b", "'file:///tmp/a%20b'"),
    ] {
        check(Url::parse(url).unwrap(), stored);
    }
    expect![[r#"
        cannot read 'example.org': relative URL without a base
        cannot read '': relative URL without a base
        cannot read 'https://': empty host
        expected a text, found a blob of 1 bytes
    "#]]
    .assert_eq(&refusals::<Url>(&[
        "'example.org'",
        "''",
        "'https://'",
        "x'68'",
    ]));
}

#[test]
fn a_decimal_keeps_its_scale() {
    for stored in [
        "0",
        "0.00",
        "1.50",
        "-1.5",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
        "0.0000000000000000000000000001",
        "-0.0000000000000000000000000001",
    ] {
        check(
            Decimal::from_str_exact(stored).unwrap(),
            &format!("'{stored}'"),
        );
    }
    check(Decimal::MAX, "'79228162514264337593543950335'");
    check(Decimal::MIN, "'-79228162514264337593543950335'");
    check_read("'+1.10'", &Decimal::new(110, 2));
    check_read("'1.10'", &Decimal::new(11, 1));
    expect![[r#"
        cannot read '': Invalid decimal: empty
        cannot read '1,5': Invalid decimal: unknown character
        cannot read '1e3': Invalid decimal: unknown character
        cannot read 'NaN': Invalid decimal: unknown character
        cannot read '79228162514264337593543950336': Invalid decimal: overflow from too many digits
        cannot read '0.00000000000000000000000000001': Number has a high precision that can not be represented.
        cannot read '1.00000000000000000000000000001': Number has a high precision that can not be represented.
        expected a text, found the number 1.5
        expected a text, found the integer 1
    "#]].assert_eq(&refusals::<Decimal>(&[
        "''",
        "'1,5'",
        "'1e3'",
        "'NaN'",
        "'79228162514264337593543950336'",
        "'0.00000000000000000000000000001'",
        "'1.00000000000000000000000000001'",
        "1.5",
        "1",
    ]));
}

/// `==` on decimals does not see the scale and the sign of zero, their bytes do.
#[test]
fn every_decimal_comes_back_bit_by_bit() {
    const SEED: u64 = 1_795_225_244;
    let mut random = Random::new(SEED);
    for _ in 0..10_000 {
        let mut part = || match random.below(4) {
            0 => 0,
            1 => random.below(1_000),
            _ => u32::try_from(random.next() >> 32).unwrap(),
        };
        let (low, middle, high) = (part(), part(), part());
        let (negative, scale) = (random.below(2) == 1, random.below(29));
        let mut decimal = Decimal::from_parts(low, middle, high, false, scale);
        decimal.set_sign_negative(negative);
        let written = decimal.write().unwrap();
        let ToSqlOutput::Owned(value) = &written else {
            panic!("{written:?}");
        };
        let read = Decimal::read(ValueRef::from(value)).unwrap();
        assert_eq!(
            read.serialize(),
            decimal.serialize(),
            "{decimal}, seed {SEED}"
        );
    }
}
