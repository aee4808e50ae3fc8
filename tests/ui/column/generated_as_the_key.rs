use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(primary_key, generated = "1")]
    id: i64,
    price: i64,
}

fn main() {}
