use tablature::Table;

#[derive(Table)]
#[table(primary_key(tennant, id), unique(heading))]
struct Post {
    tenant: i64,
    id: i64,
    #[column(name = "heading")]
    title: String,
}

fn main() {}
