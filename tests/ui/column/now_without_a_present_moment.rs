use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(default = now)]
    public: bool,
    #[column(touch)]
    hash: Vec<u8>,
}

fn main() {}
