use tablature::{Row, Table};

#[derive(Table)]
struct Post<'a> {
    #[column(primary_key)]
    id: i64,
    title: &'a str,
}

#[derive(Row)]
struct Title<'a> {
    title: &'a str,
}

fn main() {}
