use super::{database, execute, same};
use crate::plans::model::Schema;
use crate::plans::mutate::Changed;
use crate::plans::rows::{self, Kept, Snapshot};
use tablature::migrations::{self, Migration};
use tablature::plan::{self, Code, Hazard, Hints, PlanError, ProofError, Target, Version};
use tablature::rusqlite::Connection;
use tablature::{inspect, testing};

/// One pair, for one target.
pub(super) struct Case<'a> {
    pub(super) from: &'a Schema,
    pub(super) changed: &'a Changed,
    pub(super) before: &'a [String],
    pub(super) a: &'a Connection,
    pub(super) b: &'a Connection,
    pub(super) hints: &'a Hints,
    pub(super) target: Target,
    pub(super) seed: u64,
}

impl Case<'_> {
    pub(super) fn check(&self, script: &mut String) -> Result<Vec<String>, String> {
        let (from, to) = (inspect(self.a).unwrap(), inspect(self.b).unwrap());
        let proved = match plan::proved(&from, &to, self.hints, self.target) {
            Ok(proved) => proved,
            Err(ProofError::Plan(PlanError::Refused(hazards)))
                if self.changed.asks || hazards.iter().all(deserved) =>
            {
                return Ok(vec!["asked".to_owned()]);
            }
            Err(error) => {
                if let Ok(plan) = plan::plan(&from, &to, self.hints, self.target) {
                    *script = plan.script();
                }
                return Err(format!("not proved: {error}"));
            }
        };
        *script = proved.up.script();
        if self.seed.is_multiple_of(8) {
            let again =
                plan::proved(&from, &to, self.hints, self.target).map_err(|it| it.to_string())?;
            if again.up.script() != *script {
                return Err("planned in another way the second time".to_owned());
            }
        }
        if self.target.version < Version::new(3, 53) {
            let new = |line: &&str| {
                line.starts_with("ALTER TABLE")
                    && [
                        " DROP NOT NULL",
                        " SET NOT NULL",
                        " DROP CONSTRAINT ",
                        " ADD CONSTRAINT ",
                        " ADD CHECK ",
                    ]
                    .iter()
                    .any(|it| line.contains(it))
            };
            if let Some(line) = script.lines().find(new) {
                return Err(format!("{} does not know `{line}`", self.target.version));
            }
        }
        let mut told = Vec::new();
        if proved.up.is_empty() {
            told.push("no change".to_owned());
        }
        let down = match &proved.down {
            Ok(down) => Some(down.script()),
            Err(reason) => {
                let words: String = reason
                    .chars()
                    .map(|it| if it.is_ascii_digit() { '#' } else { it })
                    .take(60)
                    .collect();
                told.push(format!("no way back: {words}"));
                None
            }
        };
        for rows in [5, 1, 0] {
            let db = database(self.before)?;
            if rows > 0 {
                testing::fill(&db, rows, self.seed).map_err(|it| format!("cannot fill: {it}"))?;
            }
            match self.run(&db, script, down.as_deref(), &to)? {
                Outcome::Done => return Ok(told),
                Outcome::NotBack(why) => {
                    if std::env::var_os("TABLATURE_TELL").is_some() {
                        return Err(format!(
                            "refused on the way back: {why}\n-- down\n{}",
                            down.unwrap_or_default()
                        ));
                    }
                    told.push(format!("refused on the way back: {why}"));
                    script.push_str("\n-- down\n");
                    script.push_str(&down.unwrap_or_default());
                    return Ok(told);
                }
                Outcome::Refused(why) => {
                    let refuses = proved.up.hazards.iter().any(|it| it.code.refuses_rows());
                    if !refuses || rows == 0 {
                        return Err(format!(
                            "refuses rows without a word: {why}; hazards {:?}",
                            proved.up.hazards
                        ));
                    }
                    told.push(if rows == 5 {
                        format!("refused: {why}")
                    } else {
                        format!("refused with any rows: {why}")
                    });
                }
            }
        }
        Ok(told)
    }

    fn run(
        &self,
        db: &Connection,
        up: &str,
        down: Option<&str>,
        to: &tablature::schema::Schema,
    ) -> Result<Outcome, String> {
        let kept: Vec<Kept> = rows::kept(db, self.from, self.changed);
        let start = Snapshot::take(db, &kept)?;
        let in_step = rows::fts_in_step(db, self.from).is_ok();
        let everything = rows::dump(db)?;
        let foretold = migrations::preflight(db, &[Migration::new(1, "next", up)]);
        let foretold = foretold.map_err(|it| it.to_string())?;
        if let Err(why) = execute(db, up, self.target) {
            return if rows::dump(db)? == everything {
                let foretold = if foretold.is_empty() {
                    ""
                } else {
                    ", foretold"
                };
                refused(&why).map(|why| Outcome::Refused(format!("{why}{foretold}")))
            } else {
                Err(format!("half done: {why}"))
            };
        }
        if !foretold.is_empty() {
            return Err(format!("foretold, and did not happen: {foretold}"));
        }
        same(db, to).map_err(|it| format!("elsewhere: {it}"))?;
        start.compare(db, &kept, false)?;
        sound(db, &self.changed.to)?;
        if in_step {
            rows::fts_in_step(db, &self.changed.to)?;
        }
        let now = inspect(db).unwrap();
        let next =
            plan::plan(&now, to, &Hints::default(), self.target).map_err(|it| it.to_string())?;
        if !next.is_empty() {
            return Err(format!("and then\n{}", next.script()));
        }
        let Some(down) = down else {
            return Ok(Outcome::Done);
        };
        let everything = rows::dump(db)?;
        if let Err(why) = execute(db, down, self.target) {
            return if rows::dump(db)? == everything {
                refused(&why).map(Outcome::NotBack)
            } else {
                Err(format!("half back: {why}"))
            };
        }
        let down = |why: String| format!("down: {why}\n-- down\n{down}");
        same(db, &inspect(self.a).unwrap()).map_err(|it| down(format!("elsewhere: {it}")))?;
        start.compare(db, &kept, true).map_err(down)?;
        sound(db, self.from).map_err(down)?;
        Ok(Outcome::Done)
    }
}

enum Outcome {
    Done,
    Refused(String),
    NotBack(String),
}

/// Whether it is the rows that do not allow it.
fn refused(why: &str) -> Result<String, String> {
    let rows = [
        "constraint failed",
        "cannot store",
        "datatype mismatch",
        "rows without a parent",
        "non-constant default",
    ];
    match rows.iter().find(|it| why.contains(**it)) {
        Some(words) => Ok((*words).to_owned()),
        None => Err(format!("does not run: {why}")),
    }
}

fn sound(db: &Connection, schema: &Schema) -> Result<(), String> {
    let integrity = rows::rows(db, "PRAGMA integrity_check")?;
    if integrity != ["[\"ok\"]"] {
        return Err(format!("integrity: {integrity:?}"));
    }
    let orphans = rows::rows(db, "PRAGMA foreign_key_check")?;
    if !orphans.is_empty() {
        return Err(format!("orphans: {orphans:?}"));
    }
    for fts in &schema.fts {
        let name = rows::quoted(&fts.name);
        let check = format!("INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)");
        db.execute_batch(&check)
            .map_err(|error| format!("fts `{}`: {error}", fts.name))?;
    }
    Ok(())
}

/// A question that a generated change may well raise: blobs and other types do not become each other, and the values of a
/// key do not change alone.
fn deserved(hazard: &Hazard) -> bool {
    matches!(hazard.code, Code::NoConversion | Code::ReferencedKey)
}
