use tablature::Table;

#[derive(Table)]
#[table(frobnicate)]
struct Post {
    #[column(primary_key, sparkling = true)]
    id: i64,
}

fn main() {}
