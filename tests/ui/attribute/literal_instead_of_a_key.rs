use tablature::Table;

#[derive(Table)]
#[table("posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
