use tablature::Table;

#[derive(Table)]
#[table(check(positive = "price > 0", positive = "amount > 0"))]
struct Line {
    #[column(primary_key)]
    id: i64,
    price: i64,
    amount: i64,
}

fn main() {}
