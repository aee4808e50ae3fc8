use tablature::Table;

#[derive(Table)]
#[table(trigger(name = "log", after = insert, when = "(new.id > 0", body = "SELECT 1);"))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
