use super::{Part, SqlFile, parse};
use crate::migrations::Runner;
use expect_test::{Expect, expect};

fn check(runner: Runner, files: &[&str], expect: Expect) {
    let mut said = Vec::new();
    for file in files {
        for (file, place) in [
            (SqlFile::inside(file, ""), "inside"),
            (SqlFile::beside(file, ""), "beside"),
        ] {
            let name = parse(runner, file);
            match name.part {
                Part::Foreign => {}
                Part::Malformed => said.push(format!("{place} {}: malformed\n", file.name)),
                part => said.push(format!(
                    "{place} {part:?} {} {} {}\n",
                    name.version, name.name, name.stem
                )),
            }
        }
    }
    expect.assert_eq(&said.concat());
}

#[test]
fn each_runner_has_names_of_its_own() {
    check(
        Runner::Tablature,
        &[
            "0001_a_b.up.sql",
            "0001_a_b.down.sql",
            "1_a.sql",
            "_a.up.sql",
            "1_.up.sql",
            "9223372036854775808_a.up.sql",
            "1-a.up.sql",
            "0007_größe ü.up.sql",
        ],
        expect![[r#"
            inside Up 1 a_b 0001_a_b
            inside Down 1 a_b 0001_a_b
            inside 1_a.sql: malformed
            inside _a.up.sql: malformed
            inside 1_.up.sql: malformed
            inside 9223372036854775808_a.up.sql: malformed
            inside 1-a.up.sql: malformed
            inside Up 7 größe ü 0007_größe ü
        "#]],
    );
    check(
        Runner::Sqlx,
        &[
            "20250108000000_a.up.sql",
            "20250108000000_a.down.sql",
            "3_simple.sql",
        ],
        expect![[r#"
            inside Up 20250108000000 a 20250108000000_a
            inside Down 20250108000000 a 20250108000000_a
            inside Up 3 simple 3_simple
        "#]],
    );
    check(
        Runner::Refinery,
        &[
            "V001__a_b.sql",
            "U2__c.sql",
            "V1_a.sql",
            "V1__a.down.sql",
            "V1.1__a.sql",
            "001__a.sql",
        ],
        expect![[r#"
            inside Up 1 a_b V001__a_b
            beside Down 1 a_b V001__a_b
            inside Up 2 c U2__c
            beside Down 2 c U2__c
            inside V1_a.sql: malformed
            beside V1_a.sql: malformed
            inside V1__a.down.sql: malformed
            beside V1__a.down.sql: malformed
            inside V1.1__a.sql: malformed
            beside V1.1__a.sql: malformed
            inside 001__a.sql: malformed
            beside 001__a.sql: malformed
        "#]],
    );
    check(
        Runner::D1,
        &["0001_a.sql", "a.sql"],
        expect![[r#"
        inside Up 1 a 0001_a
        beside Down 1 a 0001_a
        inside a.sql: malformed
        beside a.sql: malformed
    "#]],
    );
}
