use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(renamed_from = headline)]
    title: String,
}

fn main() {}
