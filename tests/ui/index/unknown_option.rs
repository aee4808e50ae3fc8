use tablature::Table;

#[derive(Table)]
#[table(index(title, filter = "id > 0"), unique(title, where = "id > 0"))]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn main() {}
