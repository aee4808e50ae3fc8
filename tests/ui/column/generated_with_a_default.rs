use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    price: i64,
    #[column(generated = "price * 2", default = 0)]
    double: i64,
    #[column(generated = "price * 3", default_sql = "0")]
    triple: i64,
}

fn main() {}
