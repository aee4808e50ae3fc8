use tablature::Table;

#[derive(Table)]
enum Status {
    Draft,
}

fn main() {}
