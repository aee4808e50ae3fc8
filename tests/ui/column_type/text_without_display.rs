use tablature::ColumnType;

#[derive(ColumnType)]
#[column_type(text)]
struct Version {
    major: u8,
    minor: u8,
}

fn main() {}
