use tablature::{Result, Table, Transaction};

#[derive(Table)]
#[table(name = "posts")]
struct Post {
    #[column(primary_key)]
    id: i64,
    title: String,
}

fn fill(_: &Transaction<'_>) -> Result<()> {
    Ok(())
}

tablature::schema! {
    #[schema(migrations = "migrations", hook(up = fill))]
    static BLOG = [Post];
}

fn main() {}
