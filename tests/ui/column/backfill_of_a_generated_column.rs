use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id", backfill = "1")]
    title: String,
}

fn main() {}
