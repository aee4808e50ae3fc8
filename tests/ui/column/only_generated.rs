use tablature::Table;

#[derive(Table)]
struct Line {
    #[column(generated = "1")]
    one: i64,
}

fn main() {}
