use crate::arguments::Explain;
use crate::calls::Calls;
use crate::failure::{Failure, from_here};
use crate::generate::print_json;
use crate::project::Project;
use crate::source::{quoted, replayed};
use crate::statements::{Marked, Seen, judge};
use crate::terminal::{ADVICE, show};
use serde_json::{Value, json};
use std::fmt::Write as _;
use tablature::check::{Access, Complaint, Shortcoming, complaints, query_plan};
use tablature::inspect;
use tablature::migrations::dump::DumpedTable;

/// Every statement of the sources whose plan an index would change, and every foreign key without one.
pub(crate) fn run(command: &Explain) -> Result<(), Failure> {
    let project = Project::load(&command.package)?;
    let calls = Calls::of(&project)?;
    let (mut explained, mut plans) = (Vec::new(), String::new());
    let mut statements = 0;
    let judged = judge(&project, &calls, |seen| {
        if !has_plan(seen.sql()) {
            return Ok(());
        }
        statements += 1;
        if command.plans {
            plans.push_str(&plan(&calls, seen)?);
        }
        for complaint in complaints(seen.db, seen.sql()).map_err(Failure::error)? {
            explained.push(Explained::new(&project, &calls, seen, complaint));
        }
        Ok(())
    })?;
    let keys = foreign_keys(&project)?;
    let is_ok = explained.iter().all(|it| it.write.is_none()) && keys.is_empty();
    if command.json {
        print_json(&json!({
            "status": if is_ok { "ok" } else { "failed" },
            "statements": statements,
            "refused": judged.marked.len(),
            "findings": explained.iter().map(Explained::json).collect::<Vec<_>>(),
            "foreign_keys": keys,
            "not_checked": judged.json(&calls)["not_checked"],
        }))?;
    } else {
        let refused = match judged.marked.len() {
            0 => String::new(),
            1 => "1 finding of `cargo tablature check` comes first\n".to_owned(),
            count => format!("{count} findings of `cargo tablature check` come first\n"),
        };
        let text = judged.text(&calls, command.list);
        let count = match statements {
            1 => "1 statement has a plan".to_owned(),
            count => format!("{count} statements have a plan"),
        };
        show(&format!("{plans}{text}{refused}{count}\n"))?;
        for it in explained.iter().filter(|it| it.write.is_none()) {
            let message = from_here(it.marked.shown.trim_end());
            show(&format!("{ADVICE}note:{ADVICE:#} {message}\n"))?;
        }
    }
    explained.retain(|it| it.write.is_some());
    let findings: Vec<String> = explained.into_iter().map(|it| it.marked.shown).collect();
    match is_ok {
        true => Ok(()),
        false if command.json => Err(Failure::Found(Vec::new())),
        false => Err(Failure::Found([findings, keys].concat())),
    }
}

/// What only defines or sets something has none.
fn has_plan(sql: &str) -> bool {
    let words = [
        "select", "insert", "replace", "update", "delete", "with", "values",
    ];
    crate::statements::begins(sql, &words)
}

fn plan(calls: &Calls, seen: &Seen<'_>) -> Result<String, Failure> {
    let plan = query_plan(seen.db, seen.sql()).map_err(Failure::error)?;
    let place = &seen.call.place;
    let line = calls.files.get(place.file).position(place.bytes.start).0;
    let words: Vec<&str> = seen.sql().split_whitespace().collect();
    let mut text = format!(
        "{}:{line}: {}\n",
        calls.files.shown(place.file),
        words.join(" ")
    );
    for line in plan.to_string().lines() {
        let _ = writeln!(text, "  {line}");
    }
    Ok(text)
}

struct Explained {
    marked: Marked,
    complaint: Complaint,
    write: Option<String>,
}

impl Explained {
    fn new(project: &Project, calls: &Calls, seen: &Seen<'_>, complaint: Complaint) -> Self {
        let table = &complaint.table;
        let what = match complaint.shortcoming {
            Shortcoming::Scan => format!("all rows of `{table}` are read to choose among them"),
            Shortcoming::InnerScan => {
                format!("all rows of `{table}` are read anew for each row of another table")
            }
            _ => format!("rows of `{table}` are sorted, since no index has them in this order"),
        };
        let write = complaint.index.as_ref().map(|columns| {
            let row = project.dump.tables.iter().find(|it| it.name == *table);
            row.map_or_else(
                || format!("an index on ({})", columns.join(", ")),
                |it| attribute(it, columns),
            )
        });
        let message = match &write {
            Some(write) => format!("{what}; with {write} they would not be"),
            None => format!("{what}; no index on its columns is known that would help"),
        };
        let place = seen.text.place(&seen.range);
        let place = place.unwrap_or(seen.call.place.clone());
        Self {
            marked: Marked::new(calls, &place, message, &[]),
            complaint,
            write,
        }
    }

    fn json(&self) -> Value {
        json!({
            "file": self.marked.file,
            "line": self.marked.line,
            "column": self.marked.column,
            "message": self.marked.message,
            "table": self.complaint.table,
            "kind": match self.complaint.shortcoming {
                Shortcoming::Scan => "scan",
                Shortcoming::InnerScan => "inner_scan",
                _ => "sort",
            },
            "index": self.complaint.index,
            "write": self.write,
        })
    }
}

/// Attributes name columns by their fields; `unique` alone would be taken for the option.
fn attribute(table: &DumpedTable, columns: &[String]) -> String {
    let part = |it: &String| {
        let (column, order) = match it.strip_suffix(" desc") {
            Some(column) => (column, " desc"),
            None => (it.as_str(), ""),
        };
        match table.field(column) {
            "unique" => format!("r#unique{order}"),
            field => format!("{field}{order}"),
        }
    };
    let parts: Vec<String> = columns.iter().map(part).collect();
    format!("`#[table(index({}))]` on `{}`", parts.join(", "), table.row)
}

/// The foreign keys whose rows are found by reading the whole table when a row that they refer to goes or changes.
fn foreign_keys(project: &Project) -> Result<Vec<String>, Failure> {
    let db = replayed(&project.migrations, project.dump.runner)?;
    let mut found = Vec::new();
    for table in &inspect(&db).map_err(Failure::error)?.tables {
        for key in &table.foreign_keys {
            let equal: Vec<String> = key
                .from
                .iter()
                .map(|it| format!("{} = ?", quoted(it)))
                .collect();
            let sql = format!(
                "SELECT * FROM {} WHERE {}",
                quoted(&table.name),
                equal.join(" AND ")
            );
            let plan = query_plan(&db, &sql).map_err(Failure::error)?;
            let scans = plan
                .steps
                .iter()
                .any(|it| matches!(it.access, Access::Scan { .. }));
            if scans {
                let columns = key.from.join(", ");
                let (name, parent) = (&table.name, &key.parent);
                let row = project.dump.tables.iter().find(|it| it.name == *name);
                let write = row.map_or_else(
                    || format!("make an index on ({columns})"),
                    |it| format!("write {}", attribute(it, &key.from)),
                );
                found.push(format!(
                    "`{name}` ({columns}) refers to `{parent}` and has no index: each DELETE of a row of `{parent}` reads all of `{name}`; {write}"
                ));
            }
        }
    }
    Ok(found)
}
