//! The README says what the tour prints.

use super::folder;

#[test]
fn the_tour_prints_what_the_readme_says() {
    let mut printed = Vec::new();
    edge_notes::tour::run(&mut printed, &folder("tour")).unwrap();
    let printed = String::from_utf8(printed).unwrap();
    let readme = include_str!("../../README.md");
    let blocks = readme.split("```").skip(1).step_by(2);
    let shown: Vec<&str> = blocks.filter_map(|it| it.strip_prefix("text\n")).collect();
    assert_eq!(shown.join("\n"), printed);
}
