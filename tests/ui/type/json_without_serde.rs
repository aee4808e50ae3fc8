use tablature::Table;

struct Tags;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(json)]
    tags: Tags,
}

fn main() {}
