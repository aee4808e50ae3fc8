use tablature::Row;

#[derive(Row)]
struct Title {
    #[column(renamed_from = "headline")]
    title: String,
}

fn main() {}
