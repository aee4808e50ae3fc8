use crate::migrations::Script;
use rusqlite::Connection;

/// A mark of the migrations in `user_version`, written in their transaction: reading it costs one page, and the schema is
/// not even parsed. It is negative, as no application numbers its own versions; one that does keeps its number, and the
/// history is read instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark(i32);

impl Mark {
    pub(super) fn of(scripts: &[Script<'_>]) -> Self {
        let mut state = 0xCBF2_9CE4_8422_2325_u64;
        for script in scripts {
            for text in [script.stem, script.up] {
                mix(&mut state, text.as_bytes());
            }
        }
        // The sign, and the 31 bits that the multiplications have stirred best.
        Self((state >> 33) as i32 | i32::MIN)
    }

    pub(super) fn is_on(self, db: &Connection) -> rusqlite::Result<bool> {
        Ok(read(db)? == self.0)
    }

    pub(super) fn write(self, db: &Connection) -> rusqlite::Result<()> {
        write(db, self.0)
    }
}

/// After a way back, the history has to be read again.
pub(super) fn erase(db: &Connection) -> rusqlite::Result<()> {
    write(db, 0)
}

/// The same, if it is one of ours: of these scripts, or of the first of them. Any other number is the application's.
pub(super) fn erase_own(db: &Connection, scripts: &[Script<'_>]) -> rusqlite::Result<()> {
    let now = read(db)?;
    let ours = (0..=scripts.len()).any(|count| Mark::of(&scripts[..count]).0 == now);
    if ours { erase(db) } else { Ok(()) }
}

/// What is not ours stays; and who may only read has nothing to write where it is there already.
fn write(db: &Connection, mark: i32) -> rusqlite::Result<()> {
    let now = read(db)?;
    if now > 0 || now == mark {
        return Ok(());
    }
    db.pragma_update(None, "user_version", mark)
}

fn read(db: &Connection) -> rusqlite::Result<i32> {
    db.query_row("PRAGMA user_version", (), |row| row.get(0))
}

/// Eight bytes at a time: it runs at every `open`.
fn mix(state: &mut u64, bytes: &[u8]) {
    let mut chunks = bytes.chunks_exact(8);
    let mut step = |word: u64| {
        *state = (*state ^ word)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            .rotate_left(29);
    };
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        step(u64::from_le_bytes(word));
    }
    for byte in chunks.remainder() {
        step(u64::from(*byte));
    }
    step(bytes.len() as u64);
}

#[cfg(test)]
mod tests {
    use super::super::tests::{migrate, undo_to};
    use crate::migrations::Script;
    use rusqlite::Connection;

    const FIRST: Script<'static> = Script {
        version: 1,
        name: "a",
        stem: "0001_a",
        up: "CREATE TABLE a (b)",
        down: Some("DROP TABLE a"),
    };

    fn version(db: &Connection) -> i32 {
        super::read(db).unwrap()
    }

    #[test]
    fn nothing_is_read_when_the_mark_is_there() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db, &[FIRST]).unwrap();
        assert!(version(&db) < 0);
        // Only who reads the history can miss it.
        db.execute_batch("ALTER TABLE tablature_migrations RENAME TO elsewhere")
            .unwrap();
        assert!(migrate(&mut db, &[FIRST]).unwrap().is_empty());
        db.execute_batch("ALTER TABLE elsewhere RENAME TO tablature_migrations")
            .unwrap();
        let changed = Script {
            up: "CREATE TABLE a (c)",
            ..FIRST
        };
        assert!(migrate(&mut db, &[changed]).is_err());
        undo_to(&mut db, &[], 0).unwrap();
        assert_eq!(version(&db), 0);
        assert_eq!(migrate(&mut db, &[FIRST]).unwrap().len(), 1);
    }

    #[test]
    fn a_number_of_the_application_stays() {
        let mut db = Connection::open_in_memory().unwrap();
        db.execute_batch("PRAGMA user_version = 7").unwrap();
        migrate(&mut db, &[FIRST]).unwrap();
        assert_eq!(version(&db), 7);
        assert!(migrate(&mut db, &[FIRST]).unwrap().is_empty());
        undo_to(&mut db, &[FIRST], 0).unwrap();
        assert_eq!(version(&db), 7);
    }
}
