use tablature::Table;

#[derive(Table)]
#[table(trigger(name = "log", after = insert, body = "SELECT 'x;"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
