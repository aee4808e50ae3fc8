use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write(db: &str) -> tablature::Result<()> {
    tablature::insert!(db, Post { title: "Hello" })?;
    Ok(())
}

fn main() {}
