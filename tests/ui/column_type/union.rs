use tablature::ColumnType;

#[derive(ColumnType)]
union Bits {
    number: i64,
}

fn main() {}
