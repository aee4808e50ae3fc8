use tablature::Table;

#[derive(Table)]
#[table(trigger(name = "log", after = change, body = "SELECT 1;"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
