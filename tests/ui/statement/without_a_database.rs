use tablature::Table;

#[derive(Table)]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn write() -> tablature::Result<()> {
    tablature::insert!(Post { title: "Hello" })?;
    Ok(())
}

fn main() {}
