use tablature::Table;

#[derive(Table)]
#[table(check(total = "price > 0)"))]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(check("price > (0"))]
    price: i64,
    #[column(default_sql = "1) CHECK (2")]
    amount: i64,
}

fn main() {}
