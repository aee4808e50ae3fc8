use tablature::Table;

#[derive(Table)]
#[table(trigger(name = "log", after = insert, body = "SELECT 1;"))]
#[table(trigger(name = "Log", after = delete, body = "SELECT 1;"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
