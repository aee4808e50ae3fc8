//! The names of files: what each runner calls its migrations, and where their downs lie.
//!
//! refinery reads every folder below its own, and wrangler takes every SQL file for an up: their downs lie in a folder
//! beside it, `migrations_down` for `migrations`. diesel and `rusqlite_migration` have a folder for each migration, and in it
//! `up.sql` and `down.sql`.

#[cfg(test)]
mod tests;

use super::Runner;
use std::fmt;

/// A file that `schema!` has found, or the command line has read.
#[derive(Clone, Copy, Debug)]
pub struct SqlFile<'a> {
    pub(crate) name: &'a str,
    /// In the folder of downs.
    pub(crate) beside: bool,
    pub(crate) sql: &'a str,
}

/// What `#[schema(migrations = …)]` names.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The static's name.
    pub name: &'static str,
    /// From the folder of the crate.
    pub folder: &'static str,
    /// Who runs them.
    pub runner: Runner,
    /// The oldest version of the database.
    pub target: Option<&'static str>,
    /// All SQL files, and those in the folder beside.
    pub files: &'static [SqlFile<'static>],
    /// The text of `schema.sql`.
    pub recorded: Option<&'static str>,
    /// Why the folder could not be read.
    pub problem: Option<&'static str>,
    /// The numbers of the migrations that have functions of the program beside them.
    pub hooks: &'static [i64],
}

/// A migration's SQL, up and down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Script<'a> {
    /// The number.
    pub version: i64,
    /// The name without the number.
    pub name: &'a str,
    /// The file's name without its endings: `0001_create_posts`.
    pub stem: &'a str,
    /// What leads to the next schema.
    pub up: &'a str,
    /// What leads back.
    pub down: Option<&'a str>,
}

impl fmt::Display for Script<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {}", self.version, self.name)
    }
}

/// The name of a file, understood.
#[derive(Clone, Copy, Debug)]
pub struct FileName<'a> {
    pub(crate) part: Part,
    pub(crate) version: i64,
    pub(crate) name: &'a str,
    pub(crate) stem: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Up,
    Down,
    /// Not a name that the runner understands.
    Malformed,
    /// In a folder that is not this runner's.
    Foreign,
}

/// What is wrong with the files of a folder, by their positions.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    Malformed(usize),
    /// Two files of one version.
    Twice(usize, usize),
    /// A down without its up.
    NoUp(usize),
}

impl<'a> SqlFile<'a> {
    /// A file of the folder of migrations.
    pub const fn inside(name: &'a str, sql: &'a str) -> Self {
        Self {
            name,
            beside: false,
            sql,
        }
    }

    /// A file of the folder beside it.
    pub const fn beside(name: &'a str, sql: &'a str) -> Self {
        Self {
            name,
            beside: true,
            sql,
        }
    }
}

/// The name of a file in the runner's words.
pub(crate) const fn parse(runner: Runner, file: SqlFile<'_>) -> FileName<'_> {
    let malformed = FileName {
        part: Part::Malformed,
        version: 0,
        name: "",
        stem: file.name,
    };
    if file.beside && !runner.has_folder_of_downs() {
        return FileName {
            part: Part::Foreign,
            ..malformed
        };
    }
    let Some(rest) = without_end(file.name, ".sql") else {
        return malformed;
    };
    let is_in_folder = without_end(rest, "/up").is_some() || without_end(rest, "/down").is_some();
    if is_in_folder != runner.has_folders() {
        return FileName {
            part: if is_in_folder {
                Part::Foreign
            } else {
                Part::Malformed
            },
            ..malformed
        };
    }
    let (part, stem) = match runner {
        Runner::Refinery | Runner::D1 => (if file.beside { Part::Down } else { Part::Up }, rest),
        Runner::Diesel | Runner::RusqliteMigration => match without_end(rest, "/down") {
            Some(stem) => (Part::Down, stem),
            None => match without_end(rest, "/up") {
                Some(stem) => (Part::Up, stem),
                None => return malformed,
            },
        },
        Runner::Tablature | Runner::Sqlx => match without_end(rest, ".down") {
            Some(stem) => (Part::Down, stem),
            None => match (without_end(rest, ".up"), runner) {
                (Some(stem), _) => (Part::Up, stem),
                // sqlx knows migrations that have no way back.
                (None, Runner::Sqlx) => (Part::Up, rest),
                (None, _) => return malformed,
            },
        },
    };
    let digits = match (runner, stem.as_bytes()) {
        (Runner::Refinery, [b'V' | b'U', ..]) => stem.split_at(1).1,
        (Runner::Refinery, _) => return malformed,
        _ => stem,
    };
    let Some((version, rest)) = number(digits, matches!(runner, Runner::Diesel)) else {
        return malformed;
    };
    let name = match (runner, rest.as_bytes()) {
        (Runner::Refinery, [b'_', b'_', ..]) => rest.split_at(2).1,
        (Runner::RusqliteMigration, [b'-', ..]) => rest.split_at(1).1,
        (Runner::Refinery | Runner::RusqliteMigration, _) => return malformed,
        (_, [b'_', ..]) => rest.split_at(1).1,
        _ => return malformed,
    };
    if !is_name(runner, name) {
        return malformed;
    }
    FileName {
        part,
        version,
        name,
        stem,
    }
}

/// refinery's names are words; the others take what stands there.
const fn is_name(runner: Runner, name: &str) -> bool {
    let (mut rest, any) = (name.as_bytes(), !matches!(runner, Runner::Refinery));
    while let [byte, more @ ..] = rest {
        match *byte {
            b'a'..=b'z' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | 0x80.. => {}
            b' '.. if any => {}
            _ => return false,
        }
        rest = more;
    }
    !name.is_empty()
}

/// The number in front, and what follows it. diesel writes a moment with hyphens, and leaves them out when it compares.
const fn number(text: &str, hyphens: bool) -> Option<(i64, &str)> {
    let (mut rest, mut number) = (text.as_bytes(), 0_i64);
    while let [digit @ (b'0'..=b'9' | b'-'), more @ ..] = rest {
        if matches!(*digit, b'-') {
            if !hyphens {
                break;
            }
            rest = more;
            continue;
        }
        let digit = (*digit - b'0') as i64;
        if number > (i64::MAX - digit) / 10 {
            return None;
        }
        (number, rest) = (number * 10 + digit, more);
    }
    let digits = text.len() - rest.len();
    if digits == 0 {
        return None;
    }
    Some((number, text.split_at(digits).1))
}

const fn without_end<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    if text.len() < end.len() {
        return None;
    }
    let (start, rest) = text.as_bytes().split_at(text.len() - end.len());
    if !same(rest, end.as_bytes()) {
        return None;
    }
    // A byte that `end` begins with begins a character.
    Some(text.split_at(start.len()).0)
}

/// The names of all files; `N` is how many there are.
pub const fn names<const N: usize>(source: &Source) -> [FileName<'static>; N] {
    let mut names = [FileName {
        part: Part::Foreign,
        version: 0,
        name: "",
        stem: "",
    }; N];
    let mut i = 0;
    while i < N {
        names[i] = parse(source.runner, source.files[i]);
        i += 1;
    }
    names
}

/// The first thing that is wrong.
pub(crate) const fn fault(names: &[FileName<'_>]) -> Option<Fault> {
    let (mut i, mut sorted, mut near) = (0, true, 0);
    while i < names.len() {
        match names[i].part {
            Part::Malformed => return Some(Fault::Malformed(i)),
            Part::Foreign => {}
            part => {
                let mut earlier = i;
                while earlier > 0 {
                    earlier -= 1;
                    let other = &names[earlier];
                    if matches!(other.part, Part::Foreign) {
                        continue;
                    }
                    if other.version == names[i].version && other.part as u8 == part as u8 {
                        return Some(Fault::Twice(earlier, i));
                    }
                    // As long as numbers grow, equal ones are neighbours.
                    sorted &= other.version <= names[i].version;
                    if sorted && other.version < names[i].version {
                        break;
                    }
                }
                if matches!(part, Part::Down) {
                    match partner(names, i, Part::Up, near) {
                        Some(up) => near = up + 1,
                        None => return Some(Fault::NoUp(i)),
                    }
                }
            }
        }
        i += 1;
    }
    None
}

/// The other file of a migration. It is looked for from `near` on first, since files lie in one order.
const fn partner(names: &[FileName<'_>], of: usize, part: Part, near: usize) -> Option<usize> {
    let (mut i, mut left) = (near, names.len());
    while left > 0 {
        if i >= names.len() {
            i = 0;
        }
        if names[i].version == names[of].version
            && names[i].part as u8 == part as u8
            && same(names[i].name.as_bytes(), names[of].name.as_bytes())
        {
            return Some(i);
        }
        (i, left) = (i + 1, left - 1);
    }
    None
}

/// Whether two texts are one. The compiler's interpreter runs it: patterns are cheaper to it than an index that counts.
pub(crate) const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let (
        [a0, a1, a2, a3, a4, a5, a6, a7, more_a @ ..],
        [b0, b1, b2, b3, b4, b5, b6, b7, more_b @ ..],
    ) = (a, b)
    {
        let first = (*a0 ^ *b0) | (*a1 ^ *b1) | (*a2 ^ *b2) | (*a3 ^ *b3);
        if first | (*a4 ^ *b4) | (*a5 ^ *b5) | (*a6 ^ *b6) | (*a7 ^ *b7) != 0 {
            return false;
        }
        (a, b) = (more_a, more_b);
    }
    while let ([first_a, more_a @ ..], [first_b, more_b @ ..]) = (a, b) {
        if *first_a != *first_b {
            return false;
        }
        (a, b) = (more_a, more_b);
    }
    true
}

/// How many migrations there are.
pub const fn count(names: &[FileName<'_>]) -> usize {
    let (mut i, mut count) = (0, 0);
    while i < names.len() {
        if matches!(names[i].part, Part::Up) {
            count += 1;
        }
        i += 1;
    }
    count
}

/// The migrations in the order of their versions; `N` is how many there are.
pub const fn scripts<const N: usize>(
    source: &Source,
    names: &[FileName<'static>],
) -> [Script<'static>; N] {
    let mut scripts = [Script {
        version: 0,
        name: "",
        stem: "",
        up: "",
        down: None,
    }; N];
    let (mut i, mut filled, mut near) = (0, 0, 0);
    let has_downs = N < names.len();
    while i < names.len() {
        if matches!(names[i].part, Part::Up) {
            let down = if has_downs {
                partner(names, i, Part::Down, near)
            } else {
                None
            };
            let script = Script {
                version: names[i].version,
                name: names[i].name,
                stem: names[i].stem,
                up: source.files[i].sql,
                down: match down {
                    Some(down) => {
                        near = down + 1;
                        Some(source.files[down].sql)
                    }
                    None => None,
                },
            };
            // The names are sorted as texts; as numbers, few are elsewhere.
            let mut at = filled;
            while at > 0 && scripts[at - 1].version > script.version {
                scripts[at] = scripts[at - 1];
                at -= 1;
            }
            scripts[at] = script;
            filled += 1;
        }
        i += 1;
    }
    scripts
}
