use tablature::{Insert, Table};

#[derive(Table)]
struct Line {
    #[column(primary_key)]
    id: i64,
    #[column(generated = "id * 2")]
    double: i64,
}

#[derive(Insert)]
#[insert(into = Line)]
struct NewLine {
    double: i64,
}

fn main() {}
