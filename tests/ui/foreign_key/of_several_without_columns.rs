use tablature::Table;

#[derive(Table)]
struct Author {
    #[column(primary_key)]
    id: i64,
}

#[derive(Table)]
#[table(foreign_key(references(Author)))]
struct Post {
    #[column(primary_key)]
    id: i64,
}

fn main() {}
