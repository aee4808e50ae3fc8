use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(check("price > ?"))]
    price: i64,
}

fn main() {}
