use super::Expression;

/// An index that has a statement of its own.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: String,
    /// Whether two rows must differ in it.
    pub unique: bool,
    /// What it sorts by.
    pub parts: Vec<IndexPart>,
    /// Which rows it holds, if not all.
    pub filter: Option<Expression>,
    /// The statement that makes it.
    pub sql: String,
}

/// What an index sorts by.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexPart {
    /// A column, or an expression.
    pub expression: Expression,
    /// How its texts are compared, if it says so; in lower case.
    pub collation: Option<String>,
    /// From high to low.
    pub descending: bool,
}

impl Index {
    /// The names in it, without quotes; of an expression, its text.
    pub(crate) fn columns(&self) -> Vec<String> {
        let text = |part: &IndexPart| super::unquoted(part.expression.text().trim());
        self.parts.iter().map(text).collect()
    }

    /// Whether a column or another name stands in it.
    pub fn mentions(&self, name: &str) -> bool {
        let filter = self.filter.as_ref();
        self.parts.iter().any(|part| part.expression.mentions(name))
            || filter.is_some_and(|filter| filter.mentions(name))
    }
}
