use tablature::Table;

mod people {
    #[derive(tablature::Table)]
    pub struct Author {
        #[column(primary_key)]
        id: i64,
        #[column(unique)]
        email: String,
    }
}

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    #[column(references(people::Author(email)))]
    author: String,
}

fn main() {}
