use tablature::Table;

#[derive(Table)]
#[table(unique(title, on_conflict = replace))]
#[table(unique(slug, constraint, on_conflict = merge))]
#[table(primary_key(title, on_conflict = never))]
struct Post {
    title: String,
    slug: String,
}

fn main() {}
