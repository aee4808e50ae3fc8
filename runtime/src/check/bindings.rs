use rusqlite::{BindIndex, Params, ParamsFromIter, Statement, ToSql};

/// What [`execute_checked`](super::Checked::execute_checked) takes: every form of parameters that rusqlite has, so that
/// a call of `execute` keeps its arguments.
///
/// ```
/// use tablature::check::Checked as _;
/// use tablature::rusqlite::{named_params, params, params_from_iter};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let db = tablature::Connection::open_in_memory()?;
/// db.execute_batch("CREATE TABLE posts (slug, title)")?;
/// let sql = "INSERT INTO posts (slug, title) VALUES (:slug, :title)";
/// db.execute_checked(sql, params!["a", 1])?;
/// db.execute_checked(sql, named_params! { ":slug": "a", ":title": 1 })?;
/// db.execute_checked(sql, &[(":slug", "a"), (":title", "A")])?;
/// db.execute_checked(sql, params_from_iter(["a", "A"]))?;
/// db.execute_checked("DELETE FROM posts", [])?;
/// # Ok(())
/// # }
/// ```
pub trait Bindings: Params {
    /// The names that have values, as the statement has them; none for values by position, which rusqlite counts.
    #[doc(hidden)]
    fn names(&self, _: &Statement<'_>) -> Option<Vec<String>> {
        None
    }
}

impl Bindings for () {}
impl<T, const N: usize> Bindings for [T; N] where Self: Params {}
impl<T: ToSql + ?Sized, const N: usize> Bindings for &[&T; N] where Self: Params {}
impl Bindings for &[&dyn ToSql] {}
impl<I: IntoIterator<Item: ToSql>> Bindings for ParamsFromIter<I> {}

impl<S: BindIndex, T: ToSql> Bindings for &[(S, T)] {
    fn names(&self, statement: &Statement<'_>) -> Option<Vec<String>> {
        Some(names(statement, self.iter().map(|it| it.0)))
    }
}

impl<S: BindIndex, T: ToSql + ?Sized, const N: usize> Bindings for &[(S, &T); N]
where
    Self: Params,
{
    fn names(&self, statement: &Statement<'_>) -> Option<Vec<String>> {
        Some(names(statement, self.iter().map(|it| it.0)))
    }
}

/// rusqlite takes numbers and C strings as names too; a `?` that is meant by its number is named by it.
fn names<S: BindIndex>(statement: &Statement<'_>, given: impl Iterator<Item = S>) -> Vec<String> {
    let name = |given: S| match given.idx(statement) {
        Ok(number) => statement
            .parameter_name(number)
            .map_or_else(|| format!("?{number}"), str::to_owned),
        Err(rusqlite::Error::InvalidParameterName(name)) => name,
        Err(error) => error.to_string(),
    };
    given.map(name).collect()
}

macro_rules! tuples {
    () => {};
    ($first:ident $($name:ident)*) => {
        impl<$first: ToSql, $($name: ToSql),*> Bindings for ($first, $($name,)*) {}
        tuples! { $($name)* }
    };
}

tuples! { A B C D E F G H I J K L M N O P }
