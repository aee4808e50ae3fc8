use tablature::Table;

#[derive(Table)]
#[table(name = "sqlite_posts")]
struct Post {
    #[column(primary_key, name = "")]
    id: i64,
    #[column(name = "a\0b")]
    title: String,
}

fn main() {}
