use tablature::Table;

#[derive(Table)]
#[table(index())]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
