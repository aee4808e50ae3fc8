use tablature::Table;

#[derive(Table)]
#[table(nmae = "posts")]
struct Post {
    #[column(primary_key, defualt = 1)]
    id: i64,
}

fn main() {}
