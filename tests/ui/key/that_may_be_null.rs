use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    slug: Option<String>,
}

fn main() {}
