use super::{Schema, same_name};
use crate::diff::Object;

impl Schema {
    /// Takes over what another schema has under names that this one has not, if it is wanted: the objects of a database
    /// that no struct speaks of.
    ///
    /// ```
    /// use tablature::{Connection, inspect};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = Connection::open_in_memory()?;
    /// let mut schema = inspect(&db)?;
    /// db.execute_batch("CREATE TABLE posts (title TEXT); CREATE VIEW titles AS SELECT title FROM posts")?;
    /// schema.take_over(&inspect(&db)?, |_, name| name != "titles");
    /// assert!(schema.table("posts").is_some() && schema.view("titles").is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn take_over(&mut self, other: &Self, wanted: impl Fn(Object, &str) -> bool) {
        add(
            &mut self.tables,
            &other.tables,
            |it| &it.name,
            |it| wanted(Object::Table, it),
        );
        add(
            &mut self.fts,
            &other.fts,
            |it| &it.name,
            |it| wanted(Object::Fts, it),
        );
        add(
            &mut self.virtuals,
            &other.virtuals,
            |it| &it.name,
            |it| wanted(Object::Virtual, it),
        );
        add(
            &mut self.views,
            &other.views,
            |it| &it.name,
            |it| wanted(Object::View, it),
        );
        add(
            &mut self.indexes,
            &other.indexes,
            |it| &it.name,
            |it| wanted(Object::Index, it),
        );
        add(
            &mut self.triggers,
            &other.triggers,
            |it| &it.name,
            |it| wanted(Object::Trigger, it),
        );
        // What stands on a table goes with it.
        let tables = &self.tables;
        let stands = |name: &str| tables.iter().any(|it| same_name(&it.name, name));
        self.indexes.retain(|it| stands(&it.table));
        let views = &self.views;
        self.triggers.retain(|it| {
            stands(&it.table) || views.iter().any(|view| same_name(&view.name, &it.table))
        });
    }
}

fn add<T: Clone>(
    ours: &mut Vec<T>,
    theirs: &[T],
    name: impl Fn(&T) -> &String,
    wanted: impl Fn(&str) -> bool,
) {
    for it in theirs {
        let known = ours.iter().any(|ours| same_name(name(ours), name(it)));
        if !known && wanted(name(it)) {
            ours.push(it.clone());
        }
    }
}
