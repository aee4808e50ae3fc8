use std::fmt;

/// Something that a step can lose, or a question that has to be answered before there can be a step.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hazard {
    /// Which kind.
    pub code: Code,
    /// What happens, and to which table and column.
    pub reason: String,
    /// What to write or to give. What answers is a flag of the command line, as `` `--allow drop:posts` ``; where the hazard
    /// is displayed, it is the method of [`Hints`](super::Hints) that does the same.
    pub fix: String,
}

/// What a hazard asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing: the migration fails as a whole, and loses nothing, where rows do not allow it.
    Refuses,
    /// Agreement: values are lost, or become others.
    Loses,
    /// An answer: there is more than one way.
    Asks,
}

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident = $code:literal, $severity:ident, $words:literal;)*) => {
        /// The kinds of hazards. Their codes do not change.
        ///
        /// ```
        /// use tablature::plan::Code;
        ///
        /// assert_eq!(Code::NoValue.code(), "T103");
        /// assert!(Code::ALL.contains(&Code::NoValue));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$meta])* #[doc = concat!($code, ": ", $words, ".")] $name,)*
        }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// `T103`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// What it is about, in a line.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$name => $words),* }
            }

            /// What it asks for.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }

            /// Whether a migration that has it may fail on rows.
            pub const fn refuses_rows(self) -> bool {
                matches!(self.severity(), Severity::Refuses) || matches!(self, Self::Conversion)
            }
        }
    };
}

codes! {
    DropTable = "T101", Loses, "a table is dropped with its rows";
    DropColumn = "T102", Loses, "a column is dropped with its values";
    NoValue = "T103", Asks, "a column that is NOT NULL has no value for the rows that exist";
    Rename = "T104", Asks, "something is gone and something like it is new: renamed, or dropped and added";
    DiscardRows = "T105", Loses, "the rows of a table are discarded";
    Generated = "T106", Loses, "a generated column takes the place of values";
    FtsText = "T107", Loses, "text that only a full-text table has is lost, or it cannot be filled again";
    VirtualTable = "T108", Loses, "a virtual table is made anew, without its rows";
    Dangling = "T109", Asks, "a table is dropped to which rows still refer";
    NoConversion = "T110", Asks, "a column gets a type that no value of the old one can become";
    ReferencedKey = "T111", Asks, "the values of a key change to which others refer";
    Conversion = "T112", Loses, "a column gets another type; values become others, or do not fit";
    NotNull = "T201", Refuses, "a column becomes NOT NULL; rows with NULL are refused";
    Retype = "T202", Refuses, "a column gets another type, in which every number stays equal";
    NewCheck = "T203", Refuses, "a new check; rows that break it are refused";
    NewUnique = "T204", Refuses, "a new unique key; rows with equal values are refused";
    NewForeignKey = "T205", Refuses, "a new foreign key; rows without a parent are refused";
    PrimaryKey = "T206", Refuses, "another primary key; rows with equal or missing keys are refused";
    Strict = "T207", Refuses, "a table becomes strict; values of another type are refused";
    Collation = "T208", Refuses, "another collation; unique keys may refuse texts that are equal in it";
    OrphansFollow = "T209", Refuses, "rows that break a new foreign key follow its action";
    NullToDefault = "T210", Refuses, "a column becomes NOT NULL; rows with NULL get its default";
    Values = "T211", Refuses, "values are given to rows; those that a constraint does not allow are refused";
    ListedValues = "T212", Refuses, "a check lists the values of a column; rows with others are refused";
}

impl Hazard {
    /// A hazard of a kind.
    pub fn new(code: Code, reason: impl Into<String>, fix: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            fix: fix.into(),
        }
    }
}

impl fmt::Display for Hazard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.code(), self.reason)?;
        if !self.fix.is_empty() {
            write!(f, "; {}", in_rust(&self.fix))?;
        }
        Ok(())
    }
}

/// A program has no flags. Between backticks stands what is to be written.
fn in_rust(fix: &str) -> String {
    let parts = fix.split('`').enumerate();
    let said = parts.map(|(at, part)| match method(part) {
        Some(method) if at % 2 == 1 => method,
        _ => part.to_owned(),
    });
    said.collect::<Vec<_>>().join("`")
}

fn method(flag: &str) -> Option<String> {
    let (name, value) = flag.split_once(' ').unwrap_or((flag, ""));
    let method = match name {
        "--rename" => "rename",
        "--backfill" => "backfill",
        "--using" => "using",
        "--map" => "map",
        "--allow" => "allow",
        "--orphans" => return Some("Hints::orphans = Orphans::Follow".to_owned()),
        _ => return None,
    };
    Some(match value {
        "" => format!("Hints::{method}"),
        value => format!("Hints::{method}({value:?})"),
    })
}

#[cfg(test)]
mod tests {
    use super::{Code, Hazard};
    use expect_test::{Expect, expect};

    fn check(fix: &str, expect: Expect) {
        let hazard = Hazard::new(Code::DropTable, "why", fix);
        expect.assert_eq(&hazard.to_string());
    }

    #[test]
    fn flags_are_told_as_methods() {
        check("", expect!["T101: why"]);
        check(
            "agree with `--allow drop:posts`",
            expect![[r#"T101: why; agree with `Hints::allow("drop:posts")`"#]],
        );
        check(
            "give `--using posts.day=…` or `#[column(using = \"…\")]`",
            expect![[
                r#"T101: why; give `Hints::using("posts.day=…")` or `#[column(using = "…")]`"#
            ]],
        );
        check(
            "with `--map` or `--using`",
            expect!["T101: why; with `Hints::map` or `Hints::using`"],
        );
        check(
            "`--orphans follow` gives them its action",
            expect!["T101: why; `Hints::orphans = Orphans::Follow` gives them its action"],
        );
        check(
            "a file has `-- text` and --allow in it",
            expect!["T101: why; a file has `-- text` and --allow in it"],
        );
    }
}
