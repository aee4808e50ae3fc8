use tablature::ColumnType;

struct Author;

#[derive(ColumnType)]
struct Writer(Author);

fn main() {}
