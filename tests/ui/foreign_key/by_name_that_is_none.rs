use tablature::Table;

#[derive(Table)]
#[table(foreign_key(a, references("authors"()), name = ""))]
struct Post {
    #[column(references("authors"(id)))]
    a: i64,
    #[column(references("authors"("a", "b")))]
    b: i64,
}

fn main() {}
