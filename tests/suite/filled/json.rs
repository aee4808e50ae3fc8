use super::{all, check, differ};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tablature::Table;

#[derive(Serialize, Deserialize, Debug, Default, PartialEq)]
#[serde(default)]
struct Settings {
    dark: bool,
    size: u8,
}

#[derive(Table, Debug)]
struct Documents {
    #[column(primary_key)]
    id: i64,
    any: serde_json::Value,
    maybe: Option<serde_json::Value>,
    #[column(json)]
    tags: Vec<String>,
    #[column(json)]
    counts: BTreeMap<String, u32>,
    #[column(json)]
    settings: Settings,
    #[column(json)]
    pair: Option<(u8, u8)>,
    #[column(json, check = false)]
    list: Vec<u16>,
}

tablature::schema! { static DOCUMENTS = [Documents]; }

#[test]
fn json_of_common_types() {
    check(&DOCUMENTS, 50, &[], |db| {
        let rows = all::<Documents>(db, 50);
        differ(rows.iter().map(|it| &it.any), 20);
        differ(rows.iter().map(|it| &it.tags), 2);
        differ(rows.iter().map(|it| &it.counts), 3);
        differ(rows.iter().map(|it| &it.list), 3);
        differ(rows.iter().map(|it| it.pair), 2);
    });
}
