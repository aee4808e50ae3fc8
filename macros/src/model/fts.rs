use super::resolve::Fields;
use super::table::name;
use crate::attr::{ContentAttr, DetailAttr, FtsAttr, Set};
use crate::report::Report;
use proc_macro2::Span;
use syn::{Ident, LitStr};

pub(crate) struct Fts {
    pub(crate) span: Span,
    pub(crate) name: Option<String>,
    pub(crate) columns: Vec<FtsColumn>,
    pub(crate) content: Option<ContentAttr>,
    pub(crate) tokenize: Option<LitStr>,
    pub(crate) prefix: Option<LitStr>,
    pub(crate) detail: DetailAttr,
    pub(crate) columnsize: bool,
    pub(crate) triggers: bool,
}

pub(crate) struct FtsColumn {
    pub(crate) column: usize,
    pub(crate) weight: String,
    pub(crate) unindexed: bool,
}

impl Fts {
    pub(super) fn new(fts: &Set<FtsAttr>, fields: &Fields<'_>, report: &mut Report) -> Self {
        let value = &fts.value;
        let names: Vec<Ident> = value
            .columns
            .iter()
            .map(|column| column.column.clone())
            .collect();
        let positions = fields.positions(&names, report);
        let columns = value
            .columns
            .iter()
            .zip(positions)
            .map(|(column, position)| {
                if let (Some((span, _)), true) = (&column.weight, column.unindexed) {
                    report.at(*span, "a column that is not searched has no weight");
                }
                let weight = column
                    .weight
                    .as_ref()
                    .map_or_else(|| "1.0".to_owned(), |(_, weight)| weight.clone());
                FtsColumn {
                    column: position,
                    weight,
                    unindexed: column.unindexed,
                }
            });
        Self {
            span: fts.key,
            columns: columns.collect(),
            name: name(value.name.as_ref(), report),
            content: value.content.as_ref().map(|content| content.value),
            tokenize: value
                .tokenize
                .as_ref()
                .map(|tokenize| tokenize.value.clone()),
            prefix: value.prefix.as_ref().map(|prefix| prefix.value.clone()),
            detail: value
                .detail
                .as_ref()
                .map_or(DetailAttr::Full, |detail| detail.value),
            columnsize: value
                .columnsize
                .as_ref()
                .is_none_or(|columnsize| columnsize.value),
            triggers: value.triggers.as_ref().is_none_or(|it| it.value),
        }
    }
}
