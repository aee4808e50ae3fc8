use tablature::Table;

#[derive(Table)]
#[table(check(price > 0))]
struct Line {
    #[column(primary_key)]
    id: i64,
    price: i64,
}

fn main() {}
