use tablature::Table;

#[derive(Table)]
#[column(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
