use tablature::Table;

#[derive(Table)]
#[table(trigger(name = "log", before = insert, after = insert, body = "SELECT 1;"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
