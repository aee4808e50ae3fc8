use tablature::Table;

#[derive(Table)]
union Bits {
    number: i64,
}

fn main() {}
