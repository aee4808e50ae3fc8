use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(backfill = "'draft")]
    title: String,
}

fn main() {}
