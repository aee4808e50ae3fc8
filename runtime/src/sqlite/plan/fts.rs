use super::Names;
use super::planner::{Planner, Stop, Written, name, names, text};
use crate::plan::Cost;
use crate::schema::{Fts, Schema, Table, same_name};
use crate::sql::tokens::Tokens;

/// A full-text table that is gone or defined in another way. Text that only it has is kept until the new one is there.
pub(super) fn take_down(
    planner: &mut Planner<'_>,
    now: &Schema,
    fts: &str,
    words: &str,
) -> Result<(), Stop> {
    let reason = format!("fts `{fts}` {words}");
    let Some(old) = now.fts(fts) else {
        return Ok(());
    };
    let to = planner.to;
    let new = to
        .fts(fts)
        .filter(|new| new.content().is_none() && !old.contentless());
    if new.is_none() {
        return planner.step(
            Cost::Instant,
            reason,
            format!("DROP TABLE {}", name(&old.name)),
        );
    }
    let aside = planner.free_name(&old.name, "__old")?;
    planner.step(Cost::Instant, &reason, "PRAGMA legacy_alter_table = ON")?;
    planner.step(
        Cost::Instant,
        &reason,
        format!("ALTER TABLE {} RENAME TO {}", name(&old.name), name(&aside)),
    )?;
    planner.step(Cost::Instant, reason, "PRAGMA legacy_alter_table = OFF")
}

/// The full-text tables that are missing, and the text of all that the migration has left behind.
pub(super) fn create(planner: &mut Planner<'_>, before: &Schema) -> Result<(), Stop> {
    let to = planner.to;
    for new in &to.fts {
        let now = planner.now()?;
        if now.fts(&new.name).is_some() {
            if is_stale(planner, new) {
                refill(planner, new)?;
            }
            continue;
        }
        planner.step(
            Cost::Instant,
            format!("create fts `{}`", new.name),
            new.sql.clone(),
        )?;
        let aside = now
            .fts
            .iter()
            .find(|it| to.fts(&it.name).is_none() && is_aside(it, new));
        match aside {
            Some(aside) => take_over(planner, before, new, aside)?,
            None => fill(planner, before, new)?,
        }
    }
    Ok(())
}

fn is_aside(old: &Fts, new: &Fts) -> bool {
    old.name
        .trim_end_matches('_')
        .strip_suffix("__old")
        .is_some_and(|it| same_name(it, &new.name))
}

fn take_over(
    planner: &mut Planner<'_>,
    before: &Schema,
    new: &Fts,
    aside: &Fts,
) -> Result<(), Stop> {
    let reason = format!("fill fts `{}`", new.name);
    let kept = new.columns.iter().filter(|it| {
        aside
            .columns
            .iter()
            .any(|old| same_name(&old.name, &it.name))
    });
    let kept: Vec<String> = kept.map(|it| it.name.clone()).collect();
    if kept.len() < new.columns.len() && copied_by_trigger(planner, new).is_some() {
        fill(planner, before, new)?;
    } else if !kept.is_empty() {
        let kept = names(&kept);
        let sql = format!(
            "INSERT INTO {} (rowid, {kept}) SELECT rowid, {kept} FROM {}",
            name(&new.name),
            name(&aside.name)
        );
        planner.step(Cost::Scan, &reason, sql)?;
    }
    planner.step(
        Cost::Instant,
        reason,
        format!("DROP TABLE {}", name(&aside.name)),
    )
}

/// Text that stands elsewhere is read from there. Tables that were not there before have no rows.
fn fill(planner: &mut Planner<'_>, before: &Schema, new: &Fts) -> Result<(), Stop> {
    let reason = format!("fill fts `{}`", new.name);
    if let Some(content) = new.content() {
        let now = planner.now()?;
        let known = before.table(content).is_some() || now.view(content).is_some();
        if known && (now.table(content).is_some() || now.view(content).is_some()) {
            return rebuild(planner, reason, new);
        }
    } else if let Some((table, sql)) = copied_by_trigger(planner, new)
        && before.table(&table).is_some()
    {
        return planner.step(Cost::Scan, reason, sql);
    }
    Ok(())
}

/// One over columns that are not there cannot be filled; that is how it is wanted.
fn rebuild(planner: &mut Planner<'_>, reason: String, fts: &Fts) -> Result<(), Stop> {
    let sql = command(fts, "rebuild");
    if planner.runs(&sql) {
        planner.step(Cost::Scan, reason, sql)?;
    }
    Ok(())
}

fn refill(planner: &mut Planner<'_>, fts: &Fts) -> Result<(), Stop> {
    let reason = format!("fts `{}` follows its table", fts.name);
    if fts.content().is_some() {
        return rebuild(planner, reason, fts);
    }
    let Some((_, sql)) = copied_by_trigger(planner, fts) else {
        return Ok(());
    };
    let deletes = fts
        .options
        .get("contentless_delete")
        .is_some_and(|it| it == "1");
    let clear = if fts.contentless() && !deletes {
        command(fts, "delete-all")
    } else {
        format!("DELETE FROM {}", name(&fts.name))
    };
    planner.step(Cost::Scan, &reason, clear)?;
    planner.step(Cost::Scan, reason, sql)
}

/// See <https://www.sqlite.org/fts5.html#special_insert_commands>.
fn command(fts: &Fts, command: &str) -> String {
    let table = name(&fts.name);
    format!("INSERT INTO {table} ({table}) VALUES ({})", text(command))
}

/// Whether rows were written that it has indexed, while no trigger could tell it.
fn is_stale(planner: &Planner<'_>, fts: &Fts) -> bool {
    let of: Names = sources(planner, fts);
    planner.written.iter().any(|(table, what)| {
        let indexed = |column: &str| match planner.to.table(table) {
            // Values that are computed may follow any column.
            Some(table) => fts
                .columns
                .iter()
                .any(|it| same_name(&it.name, column) || is_computed(table, &it.name)),
            None => true,
        };
        of.contains(table)
            && match what {
                Written::Everything => true,
                Written::Column(column) => {
                    fts.content()
                        .is_none_or(|it| planner.to.table(it).is_none())
                        || indexed(column)
                }
            }
    })
}

fn is_computed(table: &Table, column: &str) -> bool {
    table.column(column).is_none_or(|it| it.generated.is_some())
}

/// The tables whose text it holds.
fn sources(planner: &Planner<'_>, fts: &Fts) -> Names {
    let to = planner.to;
    let mut names = Names::default();
    match fts.content() {
        Some(content) => match to.view(content) {
            Some(view) => {
                for table in to.tables.iter().filter(|it| view.sql.mentions(&it.name)) {
                    names.insert(&table.name);
                }
            }
            None => drop(names.insert(content)),
        },
        None => {
            if let Some((table, _)) = copied_by_trigger(planner, fts) {
                names.insert(&table);
            }
        }
    }
    names
}

/// The table from which a trigger copies each new row, and the statement that copies all of them at once.
fn copied_by_trigger(planner: &Planner<'_>, fts: &Fts) -> Option<(String, String)> {
    planner.to.triggers.iter().find_map(|trigger| {
        let (columns, values) = insert_of(trigger.sql.text(), &fts.name)?;
        let sql = format!(
            "INSERT INTO {} ({columns}) SELECT {values} FROM {}",
            name(&fts.name),
            name(&trigger.table)
        );
        Some((trigger.table.clone(), sql))
    })
}

/// Columns and values of `AFTER INSERT ON t BEGIN INSERT INTO fts (…) VALUES (…); END`, without `new.`.
fn insert_of(trigger: &str, fts: &str) -> Option<(String, String)> {
    let mut tokens = Tokens::new(trigger);
    while !tokens.is("after") {
        tokens.next()?;
    }
    if !tokens.eat(&["after", "insert", "on"]) {
        return None;
    }
    tokens.name()?;
    tokens.eat(&["for", "each", "row"]);
    let heads = tokens.eat(&["begin", "insert", "into"]) && same_name(&tokens.name()?, fts);
    let columns = tokens.parenthesised().filter(|_| heads)?.rest();
    let mut values = tokens.eat(&["values"]).then(|| tokens.parenthesised())??;
    let mut written = String::new();
    while !values.is_empty() {
        if values.eat(&["new", "."]) {
            continue;
        }
        let mark = values.mark();
        values.next();
        if !written.is_empty() {
            written.push(' ');
        }
        written.push_str(&values.since(mark));
    }
    tokens.next()?;
    tokens.eat(&["end"]).then_some((columns, written))
}
