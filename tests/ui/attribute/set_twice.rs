use tablature::Table;

#[derive(Table)]
#[table(name = "posts")]
#[table(name = "articles")]
struct Post {
    #[column(primary_key, primary_key)]
    id: i64,
}

fn main() {}
