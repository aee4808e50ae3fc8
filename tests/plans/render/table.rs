use super::Spelling;
use crate::plans::model::{Column, ForeignKey, Id, Table};

impl Spelling<'_> {
    pub(super) fn table(&mut self, table: &Table) -> String {
        let mut columns: Vec<(Id, Vec<String>)> = table
            .columns
            .iter()
            .map(|it| (it.id, self.clauses(it)))
            .collect();
        let (inline, mut constraints) = self.constraints(table);
        for (id, clause) in inline {
            let holder = columns.iter_mut().find(|it| it.0 == id);
            holder.unwrap().1.push(clause);
        }
        let mut lines = Vec::new();
        for ((id, mut clauses), column) in columns.into_iter().zip(&table.columns) {
            if !self.plain {
                self.random.shuffle(&mut clauses);
            }
            let kind = if self.chance(15) {
                column.kind.to_lowercase()
            } else {
                column.kind.to_owned()
            };
            let name = self.own(self.names[&id]);
            let mut line = name;
            for clause in std::iter::once(kind)
                .chain(clauses)
                .filter(|it| !it.is_empty())
            {
                // SQLite takes a comment before GENERATED for a part of the type.
                let space = self.space();
                line.push_str(if clause.starts_with("GENERATED") {
                    " "
                } else {
                    space
                });
                line.push_str(&clause);
            }
            lines.push(line);
        }
        if !self.plain {
            self.random.shuffle(&mut constraints);
        }
        lines.extend(constraints);
        let mut options = Vec::new();
        options.extend(table.strict.then(|| self.word("STRICT")));
        options.extend(table.without_rowid.then(|| self.word("WITHOUT ROWID")));
        let (create, name) = (self.word("CREATE TABLE"), self.own(&table.name));
        let (before, between) = (self.space(), self.space());
        format!(
            "{create} {name} ({before}{}) {}",
            lines.join(&format!(",{between}")),
            options.join(", ")
        )
    }

    /// Those in the definitions of columns, and those of the table.
    fn constraints(&mut self, table: &Table) -> (Vec<(Id, String)>, Vec<String>) {
        let (mut inline, mut constraints) = (Vec::new(), Vec::new());
        if let Some(key) = &table.key {
            let auto = if key.autoincrement {
                " AUTOINCREMENT"
            } else {
                ""
            };
            if key.columns.len() == 1 && (key.autoincrement || !self.chance(30)) {
                inline.push((
                    key.columns[0],
                    format!("{}{}{auto}", self.word("PRIMARY KEY"), key.conflict),
                ));
            } else {
                constraints.push(format!(
                    "PRIMARY KEY ({}){}",
                    self.list(&key.columns),
                    key.conflict
                ));
            }
        }
        for unique in &table.uniques {
            if unique.columns.len() == 1 && !self.chance(30) {
                inline.push((
                    unique.columns[0],
                    format!("{}{}", self.word("UNIQUE"), unique.conflict),
                ));
            } else {
                constraints.push(format!(
                    "UNIQUE ({}){}",
                    self.list(&unique.columns),
                    unique.conflict
                ));
            }
        }
        for check in &table.checks {
            let text = format!(
                "{}{} ({})",
                self.named(check.name.as_ref()),
                self.word("CHECK"),
                self.sql(&check.test.sql())
            );
            match check.test.columns().as_slice() {
                [column] if !self.chance(40) => inline.push((*column, text)),
                _ => constraints.push(text),
            }
        }
        for key in &table.foreign_keys {
            let name = self.named(key.name.as_ref());
            let references = self.references(key);
            match key.from.as_slice() {
                [column] if !self.chance(40) => {
                    inline.push((*column, format!("{name}{references}")))
                }
                _ => constraints.push(format!(
                    "{name}FOREIGN KEY ({}) {references}",
                    self.list(&key.from)
                )),
            }
        }
        (inline, constraints)
    }

    fn clauses(&mut self, column: &Column) -> Vec<String> {
        let mut clauses = Vec::new();
        if column.not_null {
            clauses.push(format!("{}{}", self.word("NOT NULL"), column.null_conflict));
        } else if self.chance(5) {
            clauses.push("NULL".to_owned());
        }
        if let Some(default) = &column.default {
            let number = default.bytes().all(|it| it.is_ascii_digit());
            let default = if number && self.chance(20) {
                format!("({default})")
            } else {
                default.clone()
            };
            clauses.push(format!("{} {default}", self.word("DEFAULT")));
        }
        if let Some(collation) = column.collation {
            clauses.push(format!("{} {collation}", self.word("COLLATE")));
        }
        if let Some((expression, stored)) = &column.generated {
            let always = if self.chance(50) {
                ""
            } else {
                "GENERATED ALWAYS "
            };
            let stored = match stored {
                true => " STORED",
                false if self.chance(50) => " VIRTUAL",
                false => "",
            };
            clauses.push(format!("{always}AS ({}){stored}", self.sql(expression)));
        }
        clauses
    }

    fn references(&mut self, key: &ForeignKey) -> String {
        let to = if key.implicit {
            String::new()
        } else {
            format!(" ({})", self.list(&key.to))
        };
        let mut clauses = [String::new(), String::new()];
        for (at, (on, action)) in [("DELETE", key.on_delete), ("UPDATE", key.on_update)]
            .into_iter()
            .enumerate()
        {
            if action != "NO ACTION" || self.chance(10) {
                clauses[at] = format!(" ON {on} {action}");
            }
        }
        if self.chance(50) {
            clauses.reverse();
        }
        let deferred = match key.deferred {
            true => " DEFERRABLE INITIALLY DEFERRED",
            false if self.chance(5) => " NOT DEFERRABLE",
            false => "",
        };
        format!(
            "{} {}{to}{}{deferred}",
            self.word("REFERENCES"),
            self.name(key.parent),
            clauses.concat()
        )
    }
}
