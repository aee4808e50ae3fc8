use tablature::ColumnType;

#[derive(ColumnType)]
enum Status {
    Draft,
    Published { at: i64 },
    Rejected(String),
}

fn main() {}
