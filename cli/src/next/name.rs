use std::collections::BTreeSet;
use tablature::diff::{Change, Object};

/// A name that says what changes: `add_subtitle_to_posts`.
pub(super) fn suggest(changes: &[Change], first: bool) -> String {
    let tables = distinct(changes.iter().filter_map(table));
    let created: Vec<&str> = changes
        .iter()
        .filter_map(|it| match it {
            Change::Create(Object::Table, name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    if first && created.len() > 2 {
        return "initial".to_owned();
    }
    // What comes along with a table or column needs no word: its index, its full-text table, its trigger.
    let mut own = changes.iter().filter(|it| table(it).is_some());
    if let (Some(only), None) = (own.next(), own.next()) {
        return clean(&one(only));
    }
    let name = match (changes, created.as_slice()) {
        ([change], _) => one(change),
        (_, created) if !created.is_empty() => format!("create_{}", joined(created)),
        _ => match tables.as_slice() {
            [table] => on_one_table(table, changes),
            tables => format!("change_{}", joined(tables)),
        },
    };
    clean(&name)
}

/// What every runner takes for a name: small letters, digits and `_`.
pub(super) fn clean(name: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        if !word.is_empty() {
            words.push(word.to_lowercase());
        }
    }
    let name = words.join("_");
    let short: String = name.chars().take(60).collect();
    if short.is_empty() {
        "change".to_owned()
    } else {
        short.trim_end_matches('_').to_owned()
    }
}

fn one(change: &Change) -> String {
    match change {
        Change::Create(object, name) => format!("create_{}{name}", kind(*object)),
        Change::Drop(object, name) => format!("drop_{}{name}", kind(*object)),
        Change::Replace(object, name) => format!("change_{}{name}", kind(*object)),
        Change::RenameTable(from, to) => format!("rename_{from}_to_{to}"),
        Change::RenameColumn(table, from, to) => format!("rename_{from}_to_{to}_in_{table}"),
        Change::AddColumn(table, column) => format!("add_{column}_to_{table}"),
        Change::DropColumn(table, column) => format!("drop_{column}_from_{table}"),
        Change::AlterColumn(table, column, _) => format!("change_{column}_of_{table}"),
        Change::AddConstraint(table, words) => format!("add_{}_to_{table}", constraint(words)),
        Change::DropConstraint(table, words) => format!("drop_{}_from_{table}", constraint(words)),
        other => format!("change_{}", other.subject()),
    }
}

fn on_one_table(table: &str, changes: &[Change]) -> String {
    let added: Vec<&str> = changes
        .iter()
        .filter_map(|it| match it {
            Change::AddColumn(_, column) => Some(column.as_str()),
            _ => None,
        })
        .collect();
    // What comes along with a column needs no word: its checks, its index, the full-text table.
    let others = changes.iter().any(|it| {
        matches!(
            it,
            Change::DropColumn(..)
                | Change::AlterColumn(..)
                | Change::RenameColumn(..)
                | Change::RenameTable(..)
                | Change::PrimaryKey(_)
        )
    });
    if added.is_empty() || others {
        let columns = distinct(changes.iter().filter_map(Change::column));
        let constraints = changes.iter().filter_map(|it| match it {
            Change::AddConstraint(_, words) | Change::DropConstraint(_, words) => {
                Some(constraint(words))
            }
            _ => None,
        });
        let constraints: BTreeSet<String> = constraints.collect();
        return match columns.as_slice() {
            [] if constraints.len() == 1 => {
                format!("change_{}_of_{table}", Vec::from_iter(constraints).concat())
            }
            [column] => format!("change_{column}_of_{table}"),
            _ => format!("change_{table}"),
        };
    }
    format!("add_{}_to_{table}", joined(&added))
}

/// A check by its name, a key by its first column.
fn constraint(words: &str) -> String {
    let (start, end) = if words.starts_with("foreign key") {
        ('(', [',', ')'])
    } else {
        ('`', ['`', '`'])
    };
    let name = words
        .split_once(start)
        .and_then(|(_, it)| it.split(end).next());
    match name {
        Some(column) if start == '(' => format!("{column}_fkey"),
        Some(name) => name.to_owned(),
        None => "constraint".to_owned(),
    }
}

/// The table that a change is about; an index or a trigger is not asked.
fn table(change: &Change) -> Option<&str> {
    match change {
        Change::Create(Object::Table, name) | Change::Drop(Object::Table, name) => Some(name),
        Change::Create(..) | Change::Drop(..) | Change::Replace(..) => None,
        other => Some(other.subject()),
    }
}

fn kind(object: Object) -> &'static str {
    match object {
        Object::Index => "index_",
        Object::View => "view_",
        Object::Trigger => "trigger_",
        _ => "",
    }
}

fn joined(names: &[&str]) -> String {
    match names {
        [] => "schema".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}_and_{two}"),
        [one, two, three] => format!("{one}_{two}_and_{three}"),
        [one, two, rest @ ..] => format!("{one}_{two}_and_{}_more", rest.len()),
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut distinct: Vec<&str> = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}
