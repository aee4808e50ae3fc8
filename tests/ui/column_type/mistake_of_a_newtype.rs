use tablature::{ColumnType, Table};

#[derive(ColumnType)]
#[column_type(jason)]
struct Tags(Vec<String>);

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    tags: Tags,
}

fn main() {}
