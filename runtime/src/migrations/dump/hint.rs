use super::Hint;
use crate::declare;
use crate::schema::Schema;

impl Hint {
    /// What the attributes of a struct say.
    pub(crate) fn of(table: &declare::Table) -> Vec<Self> {
        let name = || table.name.to_owned();
        let renamed = table.renamed_from.map(|from| Self::RenameTable {
            from: from.to_owned(),
            to: name(),
        });
        let mut hints: Vec<Self> = renamed.into_iter().collect();
        for column in table.columns {
            let here = || column.name.to_owned();
            hints.extend(column.renamed_from.map(|from| Self::RenameColumn {
                table: name(),
                from: from.to_owned(),
                to: here(),
            }));
            hints.extend(column.backfill.map(|expression| Self::Backfill {
                table: name(),
                column: here(),
                expression: expression.to_owned(),
            }));
            hints.extend(column.using.map(|expression| Self::Using {
                table: name(),
                column: here(),
                expression: expression.to_owned(),
            }));
        }
        hints
    }

    /// Those whose change is still to come: attributes stay in the code, and changes do not.
    ///
    /// ```
    /// use tablature::migrations::dump::Hint;
    /// use tablature::{Connection, inspect};
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let hint = Hint::RenameTable { from: "articles".into(), to: "posts".into() };
    /// let db = Connection::open_in_memory()?;
    /// db.execute_batch("CREATE TABLE articles (id INTEGER PRIMARY KEY)")?;
    /// let before = inspect(&db)?;
    /// db.execute_batch("ALTER TABLE articles RENAME TO posts")?;
    /// let after = inspect(&db)?;
    /// let hints = [hint];
    /// assert_eq!(Hint::ahead(&hints, &before, &after).len(), 1);
    /// assert_eq!(Hint::ahead(&hints, &after, &after).len(), 0);
    /// # Ok(())
    /// # }
    /// ```
    pub fn ahead<'h>(hints: &'h [Self], from: &Schema, to: &Schema) -> Vec<&'h Self> {
        let comes = |hint: &&Self| match hint {
            Self::RenameTable { from: old, to: new } => {
                from.table(old).is_some() && from.table(new).is_none()
            }
            _ => false,
        };
        let mut ahead: Vec<&Self> = hints.iter().filter(comes).collect();
        // A column may take another name and another type at once.
        for renames in [true, false] {
            let of_columns = hints.iter().filter(|hint| {
                matches!(hint, Self::RenameColumn { .. }) == renames
                    && hint.changes_a_column(&ahead, from, to)
            });
            let of_columns: Vec<&Self> = of_columns.collect();
            ahead.extend(of_columns);
        }
        ahead
    }

    fn changes_a_column(&self, renamed: &[&Self], from: &Schema, to: &Schema) -> bool {
        let (Self::RenameColumn { table, .. }
        | Self::Backfill { table, .. }
        | Self::Using { table, .. }) = self
        else {
            return false;
        };
        let old = renamed.iter().find_map(|hint| match hint {
            Self::RenameTable { from, to } if to == table => Some(from),
            _ => None,
        });
        let (Some(before), Some(after)) = (from.table(old.unwrap_or(table)), to.table(table))
        else {
            return false;
        };
        let column_before = |column: &String| {
            let old = renamed.iter().find_map(|hint| match hint {
                Self::RenameColumn {
                    table: of,
                    from,
                    to,
                } if of == table && to == column => Some(from),
                _ => None,
            });
            before.column(old.unwrap_or(column))
        };
        match self {
            Self::RenameTable { .. } => false,
            Self::RenameColumn { from, to, .. } => {
                before.column(from).is_some() && before.column(to).is_none()
            }
            Self::Backfill { column, .. } => match column_before(column) {
                None => true,
                Some(old) => {
                    let new = after.column(column);
                    !before.refuses_null(old) && new.is_some_and(|it| it.not_null.is_some())
                }
            },
            Self::Using { column, .. } => {
                let pair = column_before(column).zip(after.column(column));
                pair.is_some_and(|(old, new)| {
                    !old.declared_type.eq_ignore_ascii_case(&new.declared_type)
                })
            }
        }
    }
}
