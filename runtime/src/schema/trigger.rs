use super::Expression;
use crate::sql::tokens::Tokens;

/// A trigger.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The table or view that fires it.
    pub table: String,
    /// The statement that makes it.
    pub sql: Expression,
}

/// What the statement of a trigger says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TriggerParts {
    /// When it runs.
    pub timing: Timing,
    /// What fires it.
    pub event: Event,
    /// The columns that arm an UPDATE trigger; all when empty.
    pub of: Vec<String>,
    /// The condition under which it runs.
    pub when: Option<String>,
    /// Its statements, without comments.
    pub body: String,
}

/// When a trigger runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timing {
    /// Before the row changes.
    Before,
    /// After it has changed.
    After,
    /// In its place, on a view.
    InsteadOf,
}

/// What fires a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A new row.
    Insert,
    /// A changed row.
    Update,
    /// A row that goes away.
    Delete,
}

impl Trigger {
    /// What its statement says; none where it is not understood.
    ///
    /// ```
    /// use tablature::{Connection, schema::Event};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let db = Connection::open_in_memory()?;
    /// db.execute_batch(
    ///     "CREATE TABLE posts (title TEXT, edits INTEGER);
    ///      CREATE TRIGGER edited AFTER UPDATE OF title ON posts WHEN new.title <> old.title
    ///      BEGIN UPDATE posts SET edits = edits + 1 WHERE rowid = new.rowid; END",
    /// )?;
    /// let parts = tablature::inspect(&db)?.triggers[0].parts().unwrap();
    /// assert_eq!((parts.event, parts.of), (Event::Update, vec!["title".to_owned()]));
    /// assert_eq!(parts.body, "UPDATE posts SET edits = edits + 1 WHERE rowid = new.rowid;");
    /// # Ok(())
    /// # }
    /// ```
    pub fn parts(&self) -> Option<TriggerParts> {
        let mut tokens = Tokens::new(self.sql.text());
        tokens.eat(&["create"]);
        let _ = tokens.eat(&["temp"]) || tokens.eat(&["temporary"]);
        tokens.eat(&["trigger"]);
        tokens.eat(&["if", "not", "exists"]);
        name(&mut tokens)?;
        let timing = if tokens.eat(&["after"]) {
            Timing::After
        } else if tokens.eat(&["instead", "of"]) {
            Timing::InsteadOf
        } else {
            tokens.eat(&["before"]);
            Timing::Before
        };
        let event = match tokens.name()?.to_ascii_lowercase().as_str() {
            "insert" => Event::Insert,
            "update" => Event::Update,
            "delete" => Event::Delete,
            _ => return None,
        };
        let mut of = Vec::new();
        if tokens.eat(&["of"]) {
            of.push(tokens.name()?);
            while tokens.eat(&[","]) {
                of.push(tokens.name()?);
            }
        }
        if !tokens.eat(&["on"]) {
            return None;
        }
        name(&mut tokens)?;
        tokens.eat(&["for", "each", "row"]);
        let when = tokens.eat(&["when"]).then(|| {
            let mark = tokens.mark();
            while !tokens.is_empty() && !tokens.is("begin") {
                if tokens.parenthesised().is_none() {
                    tokens.next();
                }
            }
            tokens.since(mark)
        });
        if !tokens.eat(&["begin"]) {
            return None;
        }
        let mark = tokens.mark();
        let mut end = mark;
        while !tokens.is_empty() {
            if tokens.is("end") {
                end = tokens.mark();
            }
            tokens.next();
        }
        tokens.back_to(end);
        Some(TriggerParts {
            timing,
            event,
            of,
            when,
            body: tokens.since(mark),
        })
    }
}

/// A name, and perhaps that of its schema before it.
fn name(tokens: &mut Tokens<'_>) -> Option<String> {
    let name = tokens.name()?;
    if tokens.eat(&["."]) {
        return tokens.name();
    }
    Some(name)
}
