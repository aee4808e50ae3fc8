use super::Object;
use crate::schema::{Fts, FtsColumn, same_name, unquoted};
use crate::sql::tokens::Tokens;
use std::collections::BTreeMap;

/// Columns and options. See <https://www.sqlite.org/fts5.html#fts5_table_creation_and_initialization>.
pub(super) fn read(object: &Object, arguments: Option<Tokens<'_>>) -> Fts {
    let mut columns = Vec::new();
    let mut options = BTreeMap::new();
    for mut argument in arguments.iter().flat_map(Tokens::list) {
        let Some(name) = argument.name() else {
            continue;
        };
        if argument.eat(&["="]) {
            options.insert(name.to_ascii_lowercase(), value(&argument.rest()));
        } else {
            let unindexed = argument
                .rest()
                .split_whitespace()
                .any(|word| same_name(word, "unindexed"));
            columns.push(FtsColumn { name, unindexed });
        }
    }
    Fts {
        name: object.name.clone(),
        columns,
        options,
        sql: object.sql.clone(),
    }
}

fn value(text: &str) -> String {
    let text = unquoted(text.trim());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
