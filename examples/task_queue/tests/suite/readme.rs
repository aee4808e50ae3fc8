//! What the README shows is what there is.

use std::process::Command;

const README: &str = include_str!("../../README.md");

fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

#[test]
fn the_tour_prints_what_the_readme_says() {
    let tour = Command::new(env!("CARGO_BIN_EXE_task_queue"))
        .output()
        .unwrap();
    assert!(tour.status.success(), "{tour:?}");
    assert_eq!(String::from_utf8(tour.stdout).unwrap(), block("text"));
}

#[test]
fn the_statement_is_the_one_that_runs() {
    let words = |sql: &str| sql.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(block("sql")), words(task_queue::statements::CLAIM));
}
