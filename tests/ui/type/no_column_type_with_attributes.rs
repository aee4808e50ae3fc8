use tablature::Table;

struct Author;

#[derive(Table)]
#[table(index(author), fts(author))]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(unique, default = "x", check("author > 0"))]
    author: Author,
}

fn main() {}
