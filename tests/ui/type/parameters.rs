use tablature::Table;

#[derive(Table)]
struct Post<T, const N: usize> {
    #[column(primary_key)]
    id: T,
    hash: [u8; N],
}

fn main() {}
