//! What the README shows is what there is.

#[expect(dead_code, reason = "an example that runs as a program of its own")]
mod quickstart {
    include!("../../examples/quickstart/src/main.rs");

    pub(super) fn ddl() -> String {
        BLOG.ddl()
    }
}

const README: &str = include_str!("../../README.md");

fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_example_is_the_one_that_runs() {
    assert_eq!(
        block("rust,no_run"),
        include_str!("../../examples/quickstart/src/main.rs")
    );
}

#[test]
fn the_sql_is_the_one_it_makes() {
    assert_eq!(block("sql"), quickstart::ddl());
}

#[test]
fn every_attribute_has_a_line_in_the_reference() {
    let reference = include_str!("../../macros/src/attributes.md");
    for (source, prefix) in [
        (include_str!("../../macros/src/attr/column.rs"), "column"),
        (include_str!("../../macros/src/attr/table.rs"), "table"),
    ] {
        let (_, keys) = source.split_once("const KEYS: Keys = &[").unwrap();
        let keys = keys.split_once("];").unwrap().0;
        for line in keys
            .lines()
            .filter_map(|line| line.trim().strip_prefix("(\""))
            .chain(
                keys.lines()
                    .filter_map(|line| line.trim().strip_prefix('"'))
                    .filter(|line| line.ends_with("\",") && !line.contains(' ')),
            )
        {
            let key = line.split('"').next().unwrap();
            assert!(
                reference.contains(&format!("`{key}")) || reference.contains(&format!(", `{key}")),
                "{prefix}: {key}"
            );
        }
    }
}
