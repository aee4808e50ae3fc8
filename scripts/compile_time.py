#!/usr/bin/env python3
"""What the derive costs to compile, next to serde's.

Three crates of 100 structs with ten columns each differ in nothing but the derives: none, serde's two, and Table with a
primary key, an index and a schema of all. All three depend on the same crates and link SQLite, so that what differs is
the derive. Variants take turns; dependencies are built before. The scratch crates stay in target/compile-time. What is
compared is the CPU's time in user mode, which other processes disturb least, and of several rounds the best.
"""

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "target" / "compile-time"
VARIANTS = ["none", "serde", "table"]
TYPES = ["i64", "String", "Option<String>", "bool", "f64", "Option<i64>", "String", "i32", "Vec<u8>"]


def struct(variant: str, number: int, last: str) -> str:
    """Ten columns; the last one has this name."""
    lines = []
    if variant == "serde":
        lines.append("#[derive(serde::Serialize, serde::Deserialize)]")
    if variant == "table":
        lines.append("#[derive(tablature::Table)]")
        lines.append("#[table(index(column_1, column_2))]")
    lines.append(f"pub struct Row{number} {{")
    if variant == "table":
        lines.append("    #[column(primary_key)]")
    lines.append("    pub id: i64,")
    for position, kind in enumerate(TYPES, start=1):
        name = last if position == len(TYPES) else f"column_{position}"
        lines.append(f"    pub {name}: {kind},")
    lines.append("}\n")
    return "\n".join(lines)


def source(variant: str, structs: int, answer: int, last: str) -> str:
    """The crate's one file: the number is what a function returns, the name is that of a column in the middle."""
    parts = [
        struct(variant, number, last if number == structs // 2 else "column_9")
        for number in range(structs)
    ]
    if variant == "table":
        tables = ", ".join(f"Row{number}" for number in range(structs))
        parts.append(f"tablature::schema! {{ static SCHEMA = [{tables}]; }}\n")
        connection = "SCHEMA.open_in_memory().unwrap()"
    else:
        connection = "tablature::Connection::open_in_memory().unwrap()"
    parts.append(f"fn answer() -> i64 {{\n    {answer}\n}}\n")
    parts.append(
        "fn main() {\n"
        f"    let db = {connection};\n"
        '    let one: i64 = db.query_row("SELECT ?1", [answer()], |row| row.get(0)).unwrap();\n'
        "    std::process::exit(i32::from(one != answer()));\n"
        "}\n"
    )
    return "\n".join(parts)


def manifest(variant: str) -> str:
    return (
        f'[package]\nname = "compile-time-{variant}"\nversion = "0.0.0"\nedition = "2024"\npublish = false\n\n'
        f"[dependencies]\ntablature = {{ path = {json.dumps(str(REPOSITORY / 'runtime'))} }}\n"
        'serde = { version = "1", features = ["derive"] }\n'
    )


class Crate:
    """One variant; each change of its file is another than the last."""

    def __init__(self, variant: str, structs: int):
        self.variant, self.structs = variant, structs
        self.answer, self.last = 0, "column_9"
        self.file = FOLDER / variant / "src" / "main.rs"
        self.file.parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / variant / "Cargo.toml").write_text(manifest(variant))
        self.write()

    def write(self) -> None:
        self.file.write_text(source(self.variant, self.structs, self.answer, self.last))

    def change_nothing(self) -> None:
        os.utime(self.file)

    def change_function(self) -> None:
        self.answer += 1
        self.write()

    def change_struct(self) -> None:
        self.last = "column_9" if self.last != "column_9" else "column_nine"
        self.write()

    def cargo(self, command: str, incremental: bool = True) -> tuple[float, float]:
        """Seconds: wall, and the CPU's in user mode of all processes."""
        arguments = ["cargo", command, "--quiet", "--offline", "--package", f"compile-time-{self.variant}"]
        # What a caller sets for its own build must not reach this one.
        environment = {
            key: value
            for key, value in os.environ.items()
            if not re.match("CARGO_(PROFILE|ENCODED|BUILD)|RUSTFLAGS", key)
        }
        environment["CARGO_TARGET_DIR"] = str(FOLDER / "target")
        environment["CARGO_INCREMENTAL"] = str(int(incremental))
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(arguments, cwd=FOLDER, env=environment, capture_output=True, text=True)
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return wall, after.ru_utime - before.ru_utime


# What is changed, and what is run then: with the state of the last run, or without.
WORKS = {
    "check of everything": (Crate.change_nothing, "check", False),
    "check, a function changed": (Crate.change_function, "check", True),
    "check, a struct changed": (Crate.change_struct, "check", True),
    "build, a function changed": (Crate.change_function, "build", True),
    "build, a struct changed": (Crate.change_struct, "build", True),
}


def prepare(structs: int) -> list[Crate]:
    """The scratch workspace with its dependencies built, at the versions of the repository's lock file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    members = json.dumps(VARIANTS)
    (FOLDER / "Cargo.toml").write_text(f'[workspace]\nmembers = {members}\nresolver = "3"\n')
    (FOLDER / "Cargo.lock").write_text((REPOSITORY / "Cargo.lock").read_text())
    return [Crate(variant, structs) for variant in VARIANTS]


def measure(crates: list[Crate], work: str, rounds: int) -> list[dict]:
    """The best of the rounds, per clock."""
    change, command, incremental = WORKS[work]
    times = {variant: [] for variant in VARIANTS}
    for round_number in range(rounds + 1):
        turn = round_number % len(crates)
        for crate in crates[turn:] + crates[:turn]:
            change(crate)
            taken = crate.cargo(command, incremental)
            # The first round builds the dependencies, and writes the state that the others find.
            if round_number > 0:
                times[crate.variant].append(taken)
    rows = []
    for clock, name in enumerate(["wall", "user"]):
        none, serde, table = (min(taken[clock] for taken in times[variant]) for variant in VARIANTS)
        rows.append(
            {
                "work": work,
                "clock": name,
                "none": round(none, 3),
                "serde": round(serde, 3),
                "table": round(table, 3),
                "serde_adds": round(serde - none, 3),
                "table_adds": round(table - none, 3),
                "ratio": round((table - none) / (serde - none), 2) if serde > none else None,
            }
        )
    return rows


def show_head(structs: int, rounds: int) -> None:
    print(f"{structs} structs of ten columns; the best of {rounds} rounds, in seconds.")
    print("Adds: what the derive costs beyond the same structs without one.\n")
    heads = ["none", "serde", "Table", "serde adds", "Table adds", "Table / serde"]
    print(f"{'':<34}" + "".join(f"{head:>14}" for head in heads), flush=True)


def show(row: dict) -> None:
    ratio = "-" if row["ratio"] is None else f"{row['ratio']:.2f}"
    numbers = [row["none"], row["serde"], row["table"], row["serde_adds"], row["table_adds"]]
    cells = "".join(f"{number:>14.3f}" for number in numbers)
    print(f"{row['work'] + ', ' + row['clock']:<34}{cells}{ratio:>14}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--structs", type=int, default=100)
    parser.add_argument("--json", action="store_true", help="for machines")
    arguments = parser.parse_args()
    crates = prepare(arguments.structs)
    if not arguments.json:
        show_head(arguments.structs, arguments.rounds)
    rows = []
    for work in WORKS:
        for row in measure(crates, work, arguments.rounds):
            rows.append(row)
            if not arguments.json:
                show(row)
    if arguments.json:
        print(json.dumps({"structs": arguments.structs, "rounds": arguments.rounds, "works": rows}, indent=2))


if __name__ == "__main__":
    main()
