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
    #[column(references(User))]
    sender: i64,
    #[column(references(User))]
    recipient: i64,
}

fn sender(db: &tablature::Connection, message: &Message) {
    message.parent::<User>(db);
}

fn main() {}
