use super::parts::fresh;
use crate::plans::model::{
    Column, Fts, FtsKind, Id, Index, Piece, Schema, Table, Trigger, View, class, sql,
};
use crate::plans::random::Random;

fn name(schema: &Schema, random: &mut Random, plain: &[&str], hostile: &[&str]) -> String {
    fresh(random, plain, hostile, |name| {
        schema.taken().contains(&name.to_lowercase())
    })
}

pub(crate) fn add_index(schema: &mut Schema, random: &mut Random, table: Id) -> bool {
    let Some(table) = schema.table(table).cloned() else {
        return false;
    };
    let mut columns: Vec<&Column> = table.columns.iter().collect();
    random.shuffle(&mut columns);
    columns.truncate(1 + random.below(2));
    let parts = columns.iter().map(|column| {
        let suffix = if random.chance(25) { " DESC" } else { "" };
        match (class(column.kind), random.below(6)) {
            ("text", 0) => (sql("lower({})", &[column.id]), suffix),
            ("text", 1) => (sql("{}", &[column.id]), " COLLATE NOCASE"),
            ("integer", 0) => (sql("{} + 1", &[column.id]), suffix),
            _ => (sql("{}", &[column.id]), suffix),
        }
    });
    let parts = parts.collect();
    let filter = random.chance(20).then(|| {
        let column = table.columns[random.below(table.columns.len())].id;
        sql(
            ["{} IS NOT NULL", "{} > 0", "{} <> 'x'"][random.below(3)],
            &[column],
        )
    });
    let name = name(
        schema,
        random,
        &["by_name", "by_title", "ix_a", "ix_b", "recent"],
        &["ix \"q\"", "Index One", "unique", "ix__new"],
    );
    schema.indexes.push(Index {
        name,
        table: table.id,
        unique: random.chance(30),
        parts,
        filter,
    });
    true
}

pub(crate) fn add_view(schema: &mut Schema, random: &mut Random) -> bool {
    let own = name(
        schema,
        random,
        &["v_all", "v_some", "report"],
        &["view", "the view", "v\"1"],
    );
    let table: Option<&Table> = schema.tables.get(random.below(schema.tables.len()));
    let Some(table) = table else { return false };
    let column = |random: &mut Random| table.columns[random.below(table.columns.len())].id;
    let view = random.one(&schema.views);
    let text = match (random.below(10), view) {
        (0 | 1, Some(view)) => sql("AS SELECT * FROM {} -- of a view", &[view.id]),
        (2, _) => sql("AS SELECT * FROM {}", &[table.id]),
        (3, _) if random.chance(30) => sql("AS SELECT x FROM table_that_is_gone", &[]),
        (4, _) => {
            let (a, b) = (column(random), column(random));
            sql(
                "(one, \"Two 2\") AS SELECT {}, {} FROM {} WHERE {} IS NOT NULL",
                &[a, b, table.id, a],
            )
        }
        (5, _) => {
            let a = column(random);
            sql(
                "AS SELECT a.{} AS x, count(*) AS n FROM {} AS a JOIN {} AS b ON b.{} = a.{} GROUP BY 1",
                &[a, table.id, table.id, a, a],
            )
        }
        _ => {
            let (a, b) = (column(random), column(random));
            sql(
                "AS SELECT {} AS v1, upper({}) AS v2 FROM {} ORDER BY 1",
                &[a, b, table.id],
            )
        }
    };
    let id = schema.id();
    schema.views.push(View {
        id,
        name: own,
        text,
    });
    true
}

pub(crate) fn add_trigger(schema: &mut Schema, random: &mut Random) -> bool {
    let own = name(
        schema,
        random,
        &["tr_touch", "tr_log", "on_change"],
        &["trigger", "tr \"x\"", "Tr;1"],
    );
    let Some(table) = random.one(&schema.tables) else {
        return false;
    };
    let column = |random: &mut Random| table.columns[random.below(table.columns.len())].id;
    let log = schema
        .tables
        .iter()
        .find(|it| it.name.eq_ignore_ascii_case("change_log"))
        .cloned();
    let touched: Vec<Id> = table
        .columns
        .iter()
        .filter(|it| it.kind == "DATETIME" || it.kind.is_empty())
        .map(|it| it.id)
        .collect();
    let shown = schema.views.iter().find(|it| matches!(it.text.first(), Some(Piece::Sql(text)) if text.starts_with("AS SELECT ") && text.len() < 11)).cloned();
    let text = match (random.below(3), log, shown) {
        (0, Some(log), _) if log.id != table.id => {
            let event = [
                "AFTER INSERT",
                "AFTER DELETE",
                "AFTER UPDATE",
                "BEFORE UPDATE",
                "BEFORE INSERT",
            ][random.below(5)];
            let row = if event.ends_with("DELETE") {
                "old"
            } else {
                "new"
            };
            let what = log.columns.get(1).map_or(log.columns[0].id, |it| it.id);
            let (a, b) = (column(random), column(random));
            sql(
                &format!(
                    "{event} ON {{}} FOR EACH ROW WHEN {row}.{{}} IS NOT NULL BEGIN INSERT INTO {{}} ({{}}) VALUES ({row}.{{}}); END"
                ),
                &[table.id, a, log.id, what, b],
            )
        }
        (1, _, Some(view)) if view.text.len() > 5 => {
            let into = table
                .columns
                .iter()
                .find(|it| it.generated.is_none())
                .map_or(table.columns[0].id, |it| it.id);
            sql(
                "INSTEAD OF INSERT ON {} BEGIN INSERT INTO {} ({}) VALUES (new.v1); END",
                &[view.id, table.id, into],
            )
        }
        _ => {
            let (Some(key), Some(touched)) = (table.rowid(), random.one(&touched)) else {
                return false;
            };
            let of = column(random);
            sql(
                "AFTER UPDATE OF {} ON {} BEGIN UPDATE {} SET {} = 'touched' WHERE {} = new.{}; END",
                &[of, table.id, table.id, touched, key, key],
            )
        }
    };
    schema.triggers.push(Trigger { name: own, text });
    true
}

pub(crate) fn add_fts(schema: &mut Schema, random: &mut Random) -> bool {
    let fits = |it: &&Table| it.rowid().is_some() && !fts_columns(it).is_empty();
    let tables: Vec<Table> = schema.tables.iter().filter(fits).cloned().collect();
    let Some(table) = random.one(&tables) else {
        return false;
    };
    let mut columns = fts_columns(&table);
    random.shuffle(&mut columns);
    columns.truncate(1 + random.below(2));
    let kind = [
        FtsKind::External,
        FtsKind::External,
        FtsKind::Own,
        FtsKind::Contentless,
    ][random.below(4)];
    let id = schema.id();
    let name = name(
        schema,
        random,
        &["search", "posts_fts", "docs"],
        &["full text", "fts\"x"],
    );
    schema.fts.push(Fts {
        id,
        name,
        table: table.id,
        columns,
        kind,
        options: fts_options(random),
    });
    true
}

pub(crate) fn fts_options(random: &mut Random) -> &'static str {
    [
        "",
        "",
        "tokenize='porter unicode61'",
        "prefix='2 3'",
        "detail=column",
    ][random.below(5)]
}

pub(crate) fn fts_columns(table: &Table) -> Vec<Id> {
    let reserved = ["rank", "rowid", "_rowid_", "oid"];
    let fits = |it: &&Column| {
        class(it.kind) == "text" && !reserved.contains(&it.name.to_lowercase().as_str())
    };
    table.columns.iter().filter(fits).map(|it| it.id).collect()
}
