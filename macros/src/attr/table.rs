use super::constraint::{CheckAttr, ForeignKeyAttr};
use super::fts::FtsAttr;
use super::index::{IndexAttr, UniqueAttr};
use super::key::{Keys, Set, Slot, flag, items, nested, value};
use super::list::{column, option};
use super::trigger::TriggerAttr;
use crate::case::Case;
use crate::report::Report;
use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Path, parenthesized};

/// `#[table(…)]` on a struct.
#[derive(Default)]
pub(crate) struct TableAttr {
    pub(crate) name: Slot<LitStr>,
    pub(crate) rename_all: Slot<Case>,
    pub(crate) renamed_from: Slot<LitStr>,
    pub(crate) krate: Slot<Path>,
    pub(crate) strict: Slot<bool>,
    pub(crate) without_rowid: Slot<()>,
    pub(crate) index_foreign_keys: Slot<bool>,
    pub(crate) primary_key: Slot<Vec<Ident>>,
    pub(crate) key_conflict: Slot<Ident>,
    pub(crate) uniques: Vec<UniqueAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) checks: Vec<CheckAttr>,
    pub(crate) foreign_keys: Vec<ForeignKeyAttr>,
    pub(crate) fts: Slot<FtsAttr>,
    pub(crate) triggers: Vec<TriggerAttr>,
}

const KEYS: Keys = &[
    ("name", "name = \"posts\""),
    ("rename_all", "rename_all = \"camelCase\""),
    ("renamed_from", "renamed_from = \"articles\""),
    ("crate", "crate = path::to::tablature"),
    ("strict", "strict = false"),
    ("without_rowid", "without_rowid"),
    ("index_foreign_keys", "index_foreign_keys = false"),
    ("primary_key", "primary_key(a, b)"),
    ("unique", "unique(a, b)"),
    ("index", "index(a, b desc)"),
    ("check", "check(a_before_b = \"a < b\")"),
    (
        "foreign_key",
        "foreign_key(a, b, references(Other(x, y)), on_delete = cascade)",
    ),
    ("fts", "fts(title, body, tokenize = \"porter unicode61\")"),
    (
        "trigger",
        "trigger(name = \"log\", after = update, of(a), when = \"…\", body = \"…\")",
    ),
];

impl TableAttr {
    pub(crate) fn read(attributes: &[Attribute], report: &mut Report) -> Self {
        let mut this = Self::default();
        nested(
            attributes,
            "table",
            KEYS,
            report,
            |key, span, input, report| {
                match key {
                    "name" => Set::once(&mut this.name, span, value(input)?, report),
                    "rename_all" => {
                        if let Some(case) = report.ok(Case::parse(&value(input)?)) {
                            Set::once(&mut this.rename_all, span, case, report);
                        }
                    }
                    "renamed_from" => {
                        Set::once(&mut this.renamed_from, span, value(input)?, report)
                    }
                    "crate" => Set::once(&mut this.krate, span, value(input)?, report),
                    "strict" => Set::once(&mut this.strict, span, flag(input)?, report),
                    "without_rowid" => Set::once(&mut this.without_rowid, span, (), report),
                    "index_foreign_keys" => {
                        Set::once(&mut this.index_foreign_keys, span, flag(input)?, report)
                    }
                    _ => {
                        if !KEYS.iter().any(|(name, _)| *name == key) {
                            return Ok(false);
                        }
                        let content;
                        parenthesized!(content in input);
                        this.read_list(key, span, &content, report);
                    }
                }
                Ok(true)
            },
        );
        this
    }

    fn read_list(&mut self, key: &str, span: Span, input: ParseStream<'_>, report: &mut Report) {
        match key {
            "primary_key" => {
                let mut columns = Vec::new();
                let right = items(input, report, |input, report| {
                    if !option(input, "on_conflict", &mut self.key_conflict, report)? {
                        columns.push(column(input, &["on_conflict"])?);
                    }
                    Ok(())
                });
                if columns.is_empty() && right {
                    report.at(span, "a primary key has columns: `primary_key(a, b)`");
                }
                Set::once(&mut self.primary_key, span, columns, report);
            }
            "unique" => self.uniques.push(UniqueAttr::read(span, input, report)),
            "index" => self.indexes.push(IndexAttr::read(span, input, report)),
            "check" => self.checks.extend(CheckAttr::read(span, input, report)),
            "foreign_key" => self
                .foreign_keys
                .push(ForeignKeyAttr::read(span, input, report)),
            "fts" => {
                let fts = FtsAttr::read(span, input, report);
                Set::once(&mut self.fts, span, fts, report);
            }
            _ => self.triggers.push(TriggerAttr::read(span, input, report)),
        }
    }
}
