use tablature::Row;

#[derive(Row)]
struct Title {
    title: &'static str,
}

fn main() {}
