use tablature::Table;

struct Version;

#[derive(Table)]
struct Release {
    #[column(primary_key)]
    id: i64,
    #[column(text)]
    version: Option<Version>,
}

fn main() {}
