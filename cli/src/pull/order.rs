//! What is said at fields comes before what is said at the table, in the DDL too.

use super::model::{Conflict, Index, Part, PartOf, Struct, Unique};

impl Struct {
    /// The unique key that a field says; further ones of the same column stand at the table.
    pub(super) fn unique_of_field(&self, position: usize) -> Option<usize> {
        self.uniques.iter().position(|it| {
            let plain = it.constraint.is_none_or(|it| it == Conflict::Abort);
            it.columns == [position] && it.name.is_none() && plain
        })
    }

    /// The index that a field says.
    pub(super) fn index_of_field(&self, position: usize) -> Option<usize> {
        self.indexes.iter().position(|it| {
            let plain = matches!(
                it.parts.as_slice(),
                [Part { of: PartOf::Column(at), collate: None, descending: false }] if *at == position
            );
            plain && it.name.is_none() && it.filter.is_none() && !it.unique
        })
    }

    pub(super) fn uniques_of_table(&self) -> impl Iterator<Item = &Unique> {
        let said = self.said(Self::unique_of_field);
        let all = self.uniques.iter().enumerate();
        all.filter(move |(at, _)| !said.contains(at))
            .map(|(_, it)| it)
    }

    pub(super) fn indexes_of_table(&self) -> impl Iterator<Item = &Index> {
        let said = self.said(Self::index_of_field);
        let all = self.indexes.iter().enumerate();
        all.filter(move |(at, _)| !said.contains(at))
            .map(|(_, it)| it)
    }

    /// As the derive has them.
    pub(super) fn in_order(mut self) -> Self {
        let uniques = self.said(Self::unique_of_field);
        let uniques = uniques.into_iter().map(|at| &self.uniques[at]);
        let uniques = uniques.chain(self.uniques_of_table()).cloned().collect();
        let indexes = self.said(Self::index_of_field);
        let indexes = indexes.into_iter().map(|at| &self.indexes[at]);
        let indexes = indexes.chain(self.indexes_of_table()).cloned().collect();
        (self.uniques, self.indexes) = (uniques, indexes);
        self
    }

    fn said(&self, of_field: impl Fn(&Self, usize) -> Option<usize>) -> Vec<usize> {
        (0..self.fields.len())
            .filter_map(|position| of_field(self, position))
            .collect()
    }
}
