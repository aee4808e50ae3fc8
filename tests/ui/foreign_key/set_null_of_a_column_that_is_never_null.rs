use tablature::Table;

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(Author), on_delete = set_null)]
    author: i64,
}

fn main() {}
