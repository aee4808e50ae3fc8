//! A table that is large enough for its rebuild to be measured.

use tablature::Table;

#[derive(Table)]
#[table(name = "readings", index(sensor, taken_at), index(place))]
pub(crate) struct Reading {
    #[column(primary_key)]
    id: i64,
    sensor: i64,
    taken_at: i64,
    #[column(collate = nocase)]
    place: String,
    value: f64,
    unit: String,
    remark: Option<String>,
    checked: bool,
}

tablature::schema! {
    #[schema(migrations = "big/migrations")]
    pub(crate) static BIG = [Reading];
}
