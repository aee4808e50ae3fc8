use crate::attr::{ContentAttr, DetailAttr};
use crate::model::{Fts, Table};
use crate::report::Report;
use syn::LitStr;

/// See <https://www.sqlite.org/fts5.html>.
pub(super) fn check(table: &Table<'_>, fts: &Fts, report: &mut Report) {
    if !fts.columns.is_empty() && fts.columns.iter().all(|column| column.unindexed) {
        report.at(
            fts.span,
            "at least one column is searched; take one `unindexed` away",
        );
    }
    if fts.columns.len() > 500 {
        report.at(fts.span, "at most 500 columns are searched");
    }
    for column in &fts.columns {
        let field = &table.fields.0[column.column];
        if field.column.eq_ignore_ascii_case("rank") || field.column.eq_ignore_ascii_case("rowid") {
            report.at(
                field.ident.span(),
                format!(
                    "FTS5 has a column `{}` of its own; name this one otherwise",
                    field.column
                ),
            );
        }
    }
    if !fts.columnsize && fts.content == Some(ContentAttr::None) {
        report.at(
            fts.span,
            "`content = none` needs the column sizes: take `columnsize = false` away",
        );
    }
    if let Some(tokenize) = &fts.tokenize {
        tokenizer(tokenize, fts.detail, report);
    }
    if let Some(prefix) = &fts.prefix {
        prefixes(prefix, report);
    }
}

/// The options of each of SQLite's tokenizers. Others may be registered with a connection, and are left to it.
const TOKENIZERS: &[(&str, &[&str])] = &[
    (
        "unicode61",
        &[
            "remove_diacritics",
            "categories",
            "tokenchars",
            "separators",
        ],
    ),
    ("ascii", &["tokenchars", "separators"]),
    ("trigram", &["case_sensitive", "remove_diacritics"]),
];

fn tokenizer(literal: &LitStr, detail: DetailAttr, report: &mut Report) {
    let text = literal.value();
    let mut words = words(&text);
    if words.first().is_some_and(|word| word == "porter") {
        words.remove(0);
        if words.is_empty() {
            return;
        }
    }
    let Some((name, options)) = words.split_first() else {
        return report.at(
            literal.span(),
            "expected a tokenizer: `unicode61`, `ascii`, `porter` or `trigram`",
        );
    };
    let Some((_, known)) = TOKENIZERS.iter().find(|(tokenizer, _)| tokenizer == name) else {
        return;
    };
    for pair in options.chunks(2) {
        if !known.contains(&pair[0].as_str()) {
            report.at(
                literal.span(),
                format!(
                    "`{name}` has no option `{}`; it has `{}`",
                    pair[0],
                    known.join("`, `")
                ),
            );
        } else if pair.len() == 1 {
            report.at(
                literal.span(),
                format!("the option `{}` has no value", pair[0]),
            );
        }
    }
    if name == "trigram" && detail != DetailAttr::Full {
        report.at(
            literal.span(),
            "`trigram` finds words by the places of their parts; take `detail` away",
        );
    }
}

/// Words, and texts in single quotes.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = if first == '\'' {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else {
            rest.find(char::is_whitespace).unwrap_or(rest.len())
        };
        words.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    words
}

fn prefixes(literal: &LitStr, report: &mut Report) {
    let text = literal.value();
    let lengths: Vec<&str> = text.split_whitespace().collect();
    let legal = |length: &&str| {
        length
            .parse::<u16>()
            .is_ok_and(|length| (1..=999).contains(&length))
    };
    if lengths.is_empty() || lengths.len() > 31 || !lengths.iter().all(legal) {
        report.at(
            literal.span(),
            "expected lengths from 1 to 999 with spaces between them: `prefix = \"2 3\"`",
        );
    }
}
