use crate::plans::model::{Column, ForeignKey, Id, Schema, Table, Test, class, sql};
use crate::plans::random::Random;

const PLAIN: [&str; 16] = [
    "name",
    "title",
    "age",
    "status",
    "body",
    "created_at",
    "email",
    "score",
    "kind",
    "parent_id",
    "note",
    "slug",
    "amount",
    "data",
    "position",
    "Owner",
];
const HOSTILE: [&str; 16] = [
    "order",
    "it's",
    "a b",
    "say \"hi\"",
    "Größe",
    "MixedCase",
    "group",
    "semi;colon",
    "x--y",
    "1st",
    "back`tick",
    "%s",
    "select",
    "naïve col",
    "new",
    "_rowid_",
];
const TABLES: [&str; 12] = [
    "users",
    "posts",
    "comments",
    "tags",
    "orders",
    "items",
    "events",
    "files",
    "notes",
    "teams",
    "Albums",
    "users__old",
];
const HOSTILE_TABLES: [&str; 10] = [
    "table",
    "it's",
    "two words",
    "Ünïcode",
    "we\"ird",
    "values",
    "x__new",
    "9lives",
    "semi;colon",
    "tick`s",
];

pub(crate) fn table_name(schema: &Schema, random: &mut Random) -> String {
    fresh(random, &TABLES, &HOSTILE_TABLES, |name| {
        schema.taken().contains(&name.to_lowercase())
    })
}

pub(crate) fn column_name(table: &Table, random: &mut Random) -> String {
    if random.chance(2)
        && !table
            .columns
            .iter()
            .any(|it| it.name.eq_ignore_ascii_case("rowid"))
    {
        return "rowid".to_owned();
    }
    fresh(random, &PLAIN, &HOSTILE, |name| {
        table
            .columns
            .iter()
            .any(|it| it.name.to_lowercase() == name.to_lowercase())
    })
}

pub(crate) fn fresh(
    random: &mut Random,
    plain: &[&str],
    hostile: &[&str],
    taken: impl Fn(&str) -> bool,
) -> String {
    let mut name = String::new();
    for round in 0..12 {
        let words = if random.chance(80) { plain } else { hostile };
        random.pick(words).clone_into(&mut name);
        if round > 4 {
            name = format!("{name}{}", random.below(90));
        }
        if !taken(&name) {
            return name;
        }
    }
    while taken(&name) {
        name.push('_');
    }
    name
}

pub(crate) fn kind(strict: bool, random: &mut Random) -> &'static str {
    if strict {
        return ["INTEGER", "INT", "TEXT", "TEXT", "REAL", "BLOB", "ANY"][random.below(7)];
    }
    [
        "INTEGER",
        "INTEGER",
        "INT",
        "BIGINT",
        "TEXT",
        "TEXT",
        "TEXT",
        "varchar(10)",
        "VARCHAR(255)",
        "REAL",
        "Double Precision",
        "BLOB",
        "",
        "NUMERIC",
        "DECIMAL(10, 2)",
        "BOOLEAN",
        "DATETIME",
        "Date",
        "nvarchar(20)",
        "ANY",
        "unsigned big int",
    ][random.below(21)]
}

pub(crate) fn bare(schema: &mut Schema, name: String, kind: &'static str) -> Column {
    Column {
        id: schema.id(),
        name,
        kind,
        not_null: false,
        null_conflict: "",
        default: None,
        collation: None,
        generated: None,
    }
}

pub(crate) fn column(schema: &mut Schema, table: &Table, random: &mut Random) -> Column {
    let mut column = bare(
        schema,
        column_name(table, random),
        kind(table.strict, random),
    );
    let others: Vec<&Column> = table
        .columns
        .iter()
        .filter(|it| it.generated.is_none() && ["text", "integer"].contains(&class(it.kind)))
        .collect();
    if random.chance(12) && !others.is_empty() {
        generate(&mut column, others[random.below(others.len())], random);
        return column;
    }
    if random.chance(50) {
        column.default = Some(default(column.kind, random));
    }
    column.not_null = random.chance(35);
    if column.not_null {
        column.null_conflict = super::conflict(random);
    }
    if class(column.kind) == "text" && random.chance(20) {
        column.collation = Some(["NOCASE", "RTRIM", "BINARY", "nocase"][random.below(4)]);
    }
    column
}

/// Makes a column one that is computed from another.
pub(crate) fn generate(column: &mut Column, from: &Column, random: &mut Random) {
    let (kind, templates): (_, &[&str]) = match class(from.kind) {
        "text" => (
            "TEXT",
            &[
                "lower({})",
                "substr({}, 1, 3)",
                "{} || '!'",
                "coalesce({}, '')",
            ],
        ),
        _ => (
            "INTEGER",
            &["{} * 2", "coalesce({}, 0) + 1", "{} > 7", "- {}"],
        ),
    };
    column.kind = kind;
    column.generated = Some((sql(random.pick(templates), &[from.id]), random.chance(50)));
    (column.default, column.not_null, column.collation) = (None, false, None);
}

pub(crate) fn default(kind: &str, random: &mut Random) -> String {
    let list: &[&str] = match class(kind) {
        "integer" => &[
            "0",
            "1",
            "-1",
            "42",
            "NULL",
            "(1 + 2)",
            "(abs(-5))",
            "+7",
            "0x10",
        ],
        "text" => &[
            "''",
            "'it''s'",
            "'a \"b\"; --'",
            "NULL",
            "CURRENT_TIMESTAMP",
            "(lower('ABC'))",
            "\"dq text\"",
            "'new'",
            "(datetime('now'))",
            "'Größe'",
        ],
        "real" => &["0.5", "-1.5", "1e3", "0", "(1.0 / 4)"],
        _ if kind.is_empty() || kind == "ANY" => &["'x'", "1", "NULL", "x'00ff'", "(1.5)"],
        _ if kind == "BLOB" => &["x''", "x'00FF'", "(zeroblob(2))", "NULL"],
        _ => &[
            "CURRENT_TIMESTAMP",
            "0",
            "(datetime('now'))",
            "current_date",
            "'2024-01-01'",
        ],
    };
    random.pick(list).to_owned()
}

/// A check that speaks of columns without one.
pub(crate) fn test(table: &Table, random: &mut Random) -> Option<Test> {
    let free = |it: &&Column| {
        it.generated.is_none()
            && !table.in_key(it.id)
            && !table
                .checks
                .iter()
                .any(|check| check.test.columns().contains(&it.id))
    };
    let referring: Vec<Id> = table
        .foreign_keys
        .iter()
        .flat_map(|it| it.from.clone())
        .collect();
    let columns: Vec<&Column> = table
        .columns
        .iter()
        .filter(free)
        .filter(|it| !referring.contains(&it.id))
        .collect();
    let column = *columns.get(random.below(columns.len()))?;
    let undefaulted = column.default.as_deref().is_none_or(|it| it == "NULL");
    Some(match class(column.kind) {
        "text" => match random.below(5) {
            0 | 1 if undefaulted => Test::Enum(
                column.id,
                vec![
                    "draft".to_owned(),
                    "live".to_owned(),
                    "it's gone".to_owned(),
                ],
            ),
            2 if undefaulted => Test::Json(column.id),
            3 => Test::Length(column.id, [40, 100][random.below(2)]),
            _ if undefaulted => Test::Filled(column.id),
            _ => Test::Length(column.id, 50),
        },
        "integer" => {
            let other = columns
                .iter()
                .find(|it| it.id != column.id && class(it.kind) == "integer");
            match other.filter(|_| random.chance(30)) {
                Some(other) => Test::Ordered(column.id, other.id),
                None => Test::Range(column.id, -1, [100, 1000][random.below(2)]),
            }
        }
        _ => return None,
    })
}

/// A foreign key from a table to any, itself included, with columns made for it.
pub(crate) fn foreign_key(schema: &mut Schema, random: &mut Random, from: Id) -> bool {
    let parents: Vec<Id> = schema.tables.iter().map(|it| it.id).collect();
    let parent = random.one(&parents).unwrap();
    let (child, parent) = (
        schema.table(from).unwrap().clone(),
        schema.table(parent).unwrap().clone(),
    );
    let Some(to) = random.one(&schema.targets(&parent)) else {
        return false;
    };
    let cyclic = {
        let position = |id| schema.tables.iter().position(|it| it.id == id);
        position(parent.id) >= position(child.id)
    };
    let not_null = !cyclic && random.chance(20);
    let mut table = child.clone();
    let mut columns = Vec::new();
    for &target in &to {
        let target = parent.column(target).unwrap().clone();
        let kind = match (table.strict, class(target.kind)) {
            (true, "integer") => "INTEGER",
            (true, "text") => "TEXT",
            (true, _) => "ANY",
            (false, _) if target.kind == "INTEGER" => ["INTEGER", "INT", "BIGINT"][random.below(3)],
            (false, _) => target.kind,
        };
        let mut column = bare(schema, column_name(&table, random), kind);
        column.collation = target.collation;
        column.not_null = not_null;
        columns.push(column.id);
        table.columns.push(column);
    }
    let implicit = parent.key.as_ref().is_some_and(|it| it.columns == to) && random.chance(50);
    let name = random.chance(50).then(|| format!("fk_{}", schema.id()));
    let key = ForeignKey {
        name,
        from: columns,
        parent: parent.id,
        to,
        implicit,
        on_delete: action(random),
        on_update: action(random),
        deferred: random.chance(15),
    };
    table.foreign_keys.push(key);
    *schema.table_mut(from) = table;
    true
}

pub(crate) fn action(random: &mut Random) -> &'static str {
    [
        "NO ACTION",
        "NO ACTION",
        "RESTRICT",
        "CASCADE",
        "CASCADE",
        "SET NULL",
        "SET DEFAULT",
    ][random.below(7)]
}
