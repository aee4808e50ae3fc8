use tablature::{Connection, Insert};

struct NewPost {
    title: String,
}

fn write<I: Insert>(db: &Connection, row: &I) {
    let _ = row.insert(db);
}

fn main() {
    write(&Connection::open_in_memory().unwrap(), &NewPost { title: String::new() });
}
