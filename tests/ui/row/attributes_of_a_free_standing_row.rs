use tablature::Row;

#[derive(Row)]
struct Count {
    #[column(name = "count(*)", default = 0)]
    posts: i64,
}

fn main() {}
