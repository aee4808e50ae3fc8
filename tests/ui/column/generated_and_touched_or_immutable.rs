use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id * 2", touch)]
    double: i64,
    #[column(generated = "id * 3", immutable)]
    triple: i64,
}

fn main() {}
