use super::{Runner, file_names, moment, next_version, read};
use expect_test::{Expect, expect};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

/// A folder of its own, which goes away with it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[&str]) -> Self {
        let root =
            std::env::temp_dir().join(format!("tablature-files-{}-{name}", std::process::id()));
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, format!("-- {file}\n")).unwrap();
        }
        Self(root)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn check(name: &str, runner: Runner, files: &[&str], expect: Expect) {
    let folder = Folder::new(name, files);
    let said = match read(&folder.0.join("migrations"), runner) {
        Err(error) => error.to_string(),
        Ok(migrations) => {
            let line = |it: &super::Migration| {
                let (up, down) = (it.up.trim_end(), it.down.as_deref().map(str::trim_end));
                format!("{} {up} {down:?}\n", it.version)
            };
            migrations.iter().map(line).collect::<Vec<_>>().concat()
        }
    };
    let root = folder.0.to_str().unwrap();
    expect.assert_eq(&said.replace(root, "").replace('\\', "/"));
}

#[test]
fn files_become_migrations_in_the_order_of_their_numbers() {
    check("none", Runner::Tablature, &[], expect![[""]]);
    check(
        "ours",
        Runner::Tablature,
        &[
            "migrations/10_b.up.sql",
            "migrations/9_a.up.sql",
            "migrations/9_a.down.sql",
            "migrations/notes.md",
            "migrations_down/x.sql",
        ],
        expect![[r#"
            9 -- migrations/9_a.up.sql Some("-- migrations/9_a.down.sql")
            10 -- migrations/10_b.up.sql None
        "#]],
    );
    check(
        "refinery",
        Runner::Refinery,
        &[
            "migrations/V001__a.sql",
            "migrations/V002__b.sql",
            "migrations_down/V001__a.sql",
        ],
        expect![[r#"
            1 -- migrations/V001__a.sql Some("-- migrations_down/V001__a.sql")
            2 -- migrations/V002__b.sql None
        "#]],
    );
}

#[test]
fn what_is_wrong_is_named_by_path() {
    check(
        "malformed",
        Runner::D1,
        &["migrations/a.sql"],
        expect!["`/migrations/a.sql` is no migration for d1: call it `0001_create_posts.sql`"],
    );
    check(
        "twice",
        Runner::D1,
        &["migrations/0001_a.sql", "migrations/1_b.sql"],
        expect![
            "`/migrations/0001_a.sql` and `/migrations/1_b.sql` have one number; give the newer one the next number"
        ],
    );
    check(
        "no_up",
        Runner::D1,
        &["migrations/0001_a.sql", "migrations_down/0001_b.sql"],
        expect![
            "`/migrations_down/0001_b.sql` has no up file of the same number and name; add it, or take this one away"
        ],
    );
}

#[test]
fn what_is_written_is_read() {
    for runner in Runner::ALL {
        let (up, down) = file_names(Path::new("migrations"), runner, 20_250_108_000_000, "a_b");
        let folder = Folder::new(
            &format!("written-{runner}"),
            &[up.to_str().unwrap(), down.to_str().unwrap()],
        );
        let migrations = read(&folder.0.join("migrations"), runner).unwrap();
        assert_eq!(migrations[0].name, "a_b");
        assert_eq!(migrations[0].up_path, folder.0.join(up));
        assert_eq!(migrations[0].down_path, Some(folder.0.join(down)));
        assert_eq!(
            next_version(runner, &migrations, UNIX_EPOCH),
            20_250_108_000_001
        );
    }
}

#[test]
fn a_moment_is_its_digits() {
    let check = |seconds, digits| {
        assert_eq!(moment(UNIX_EPOCH + Duration::from_secs(seconds)), digits);
    };
    check(0, 19_700_101_000_000);
    check(951_782_399, 20_000_228_235_959);
    check(951_782_400, 20_000_229_000_000);
    check(951_868_800, 20_000_301_000_000);
    check(4_107_542_399, 21_000_228_235_959);
    check(4_107_542_400, 21_000_301_000_000);
    check(1_798_761_599, 20_261_231_235_959);
}
