use tablature::Table;

#[derive(Table)]
struct User {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Message {
    #[column(primary_key)]
    id: i64,
}

fn messages(db: &tablature::Connection, user: &User) {
    user.children::<Message>(db);
}

fn main() {}
