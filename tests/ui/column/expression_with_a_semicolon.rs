use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id * 2;")]
    double: i64,
}

fn main() {}
