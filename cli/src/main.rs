//! The command line of tablature. Its commands come with migrations.

fn main() {}
