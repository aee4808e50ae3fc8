use tablature::Table;

#[derive(Table)]
#[table(primary_key(a, b))]
struct Pair {
    a: i64,
    #[column(generated = "a * 2")]
    b: i64,
}

fn main() {}
