use tablature::Connection;

mod blog {
    #[derive(tablature::Table)]
    pub struct Post {
        #[column(primary_key)]
        pub id: i64,
        title: String,
    }
}

fn write(db: &Connection) -> tablature::Result<()> {
    tablature::insert!(db, blog::Post { title: "Hello" })?;
    Ok(())
}

fn main() {}
