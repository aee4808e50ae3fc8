use tablature::Table;

#[derive(Table)]
#[table(name = "posts" "articles")]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
