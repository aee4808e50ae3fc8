use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key, autoincrement)]
    slug: String,
}

fn main() {}
