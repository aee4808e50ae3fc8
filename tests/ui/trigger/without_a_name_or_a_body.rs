use tablature::Table;

#[derive(Table)]
#[table(trigger(after = insert, body = "SELECT 1;"))]
#[table(trigger(after = insert, name = "log"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
