use tablature::Table;

#[derive(Table)]
#[table(check())]
struct Post {
    #[column(primary_key, check())]
    id: i64,
}

fn main() {}
