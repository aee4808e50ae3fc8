#!/usr/bin/env python3
"""What the feature `checked` costs to compile.

Two crates of 200 functions differ in nothing but the statements that they run: through rusqlite, written by hand, and
through `sql!`. The tables are those of 20 migrations, and each statement is another. Variants take turns; of several
rounds the best is told. Besides, a build of all dependencies is timed from nothing, with the feature and without. The
scratch crates stay in target/checked-time.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "target" / "checked-time"
VARIANTS = ["hand", "sql"]
TABLES = 20
HEAD = {
    "hand": "use tablature::{Connection, rusqlite::Result};\n",
    "sql": "use tablature::{Connection, Result, sql};\n",
}


def migration(number: int) -> str:
    return (
        f"CREATE TABLE posts{number} (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, slug TEXT NOT NULL,\n"
        f"  title TEXT NOT NULL, body TEXT NOT NULL, rating REAL, published_at TEXT) STRICT;\n"
        f"CREATE UNIQUE INDEX posts{number}_slug ON posts{number} (slug);\n"
    )


def function(variant: str, number: int) -> str:
    """Reads two columns, one row or many, or writes."""
    table, limit = f"posts{number % TABLES}", number + 1
    kind = number % 3
    select = f"SELECT id, title FROM {table} WHERE author_id = ?1 AND slug <> ?2 ORDER BY id LIMIT {limit}"
    insert = f"INSERT INTO {table} (author_id, slug, title, body) VALUES (?1, ?2, ?2, 'body {number}')"
    count = f"SELECT count(*) FROM {table} WHERE author_id = ?1 OR slug = ?2 LIMIT {limit}"
    arguments = "(author, slug)"
    if kind == 0:
        kept, hand, ours = (
            "Vec<(i64, String)>",
            f'db.prepare_cached("{select}")?.query_map({arguments}, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()',
            f'Ok(sql!((i64, String), "{select}", author, slug).all(db)?)',
        )
    elif kind == 1:
        kept, hand, ours = (
            "usize",
            f'db.prepare_cached("{insert}")?.execute({arguments})',
            f'sql!("{insert}", author, slug).execute(db)',
        )
    else:
        kept, hand, ours = (
            "i64",
            f'db.prepare_cached("{count}")?.query_row({arguments}, |row| row.get(0))',
            f'Ok(sql!(i64, "{count}", author, slug).one(db)?)',
        )
    body = hand if variant == "hand" else ours
    return f"pub fn run{number}(db: &Connection, author: i64, slug: &str) -> Result<{kept}> {{\n    {body}\n}}\n"


def source(variant: str, functions: int, answer: int) -> str:
    parts = [HEAD[variant]]
    parts.extend(function(variant, number) for number in range(functions))
    parts.append(f"pub fn answer() -> i64 {{\n    {answer}\n}}\n")
    return "\n".join(parts)


def manifest(variant: str) -> str:
    features = ', features = ["checked"]' if variant == "sql" else ""
    return (
        f'[package]\nname = "checked-time-{variant}"\nversion = "0.0.0"\nedition = "2024"\npublish = false\n\n'
        f"[workspace]\n\n[dependencies]\n"
        f"tablature = {{ path = {json.dumps(str(REPOSITORY / 'runtime'))}{features} }}\n"
    )


class Crate:
    """One variant, a workspace of its own: features of one must not reach the other."""

    def __init__(self, variant: str, functions: int):
        self.variant, self.functions, self.answer = variant, functions, 0
        self.folder = FOLDER / variant
        (self.folder / "src").mkdir(parents=True, exist_ok=True)
        (self.folder / "migrations").mkdir(exist_ok=True)
        (self.folder / "Cargo.toml").write_text(manifest(variant))
        (self.folder / "Cargo.lock").write_text((REPOSITORY / "Cargo.lock").read_text())
        (self.folder / "schema.sql").write_text("")
        for number in range(TABLES):
            name = f"{number + 1:04}_create_posts{number}.up.sql"
            (self.folder / "migrations" / name).write_text(migration(number))
        self.write()

    def write(self) -> None:
        (self.folder / "src" / "lib.rs").write_text(source(self.variant, self.functions, self.answer))

    def change_function(self) -> None:
        self.answer += 1
        self.write()

    def remove_target(self) -> None:
        shutil.rmtree(self.folder / "target", ignore_errors=True)

    def cargo(self, *arguments: str, incremental: bool = True) -> tuple[float, float]:
        """Seconds: wall, and the CPU's in user mode of all processes."""
        # What a caller sets for its own build must not reach this one.
        environment = {
            key: value
            for key, value in os.environ.items()
            if not re.match("CARGO_(PROFILE|ENCODED|BUILD|TARGET)|RUSTFLAGS", key)
        }
        environment["CARGO_INCREMENTAL"] = str(int(incremental))
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(
            ["cargo", *arguments, "--quiet", "--offline"],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
        )
        wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(done.stderr)
        return wall, after.ru_utime - before.ru_utime


# What is done before, what is run then, and with the state of the last run or without.
WORKS = {
    "build of everything, from nothing": (Crate.remove_target, ["build"], True),
    "check of the crate": (Crate.change_function, ["check"], False),
    "check, a function changed": (Crate.change_function, ["check"], True),
    "build, a function changed": (Crate.change_function, ["build"], True),
}


def measure(crates: list[Crate], work: str, rounds: int) -> list[dict]:
    """The best of the rounds, per clock."""
    change, command, incremental = WORKS[work]
    from_nothing = change is Crate.remove_target
    times = {crate.variant: [] for crate in crates}
    # The first round builds the dependencies, and writes the state that the others find.
    warm_up = 0 if from_nothing else 1
    for round_number in range(rounds + warm_up):
        turn = round_number % len(crates)
        for crate in crates[turn:] + crates[:turn]:
            change(crate)
            taken = crate.cargo(*command, incremental=incremental)
            if round_number >= warm_up:
                times[crate.variant].append(taken)
    rows = []
    for clock, name in enumerate(["wall", "user"]):
        hand, ours = (min(taken[clock] for taken in times[variant]) for variant in VARIANTS)
        rows.append(
            {
                "work": work,
                "clock": name,
                "hand": round(hand, 3),
                "sql": round(ours, 3),
                "adds": round(ours - hand, 3),
            }
        )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--clean-rounds", type=int, default=1, help="of the build from nothing")
    parser.add_argument("--functions", type=int, default=200)
    parser.add_argument("--json", action="store_true", help="for machines")
    arguments = parser.parse_args()
    crates = [Crate(variant, arguments.functions) for variant in VARIANTS]
    if not arguments.json:
        print(f"{arguments.functions} statements, {TABLES} migrations; the best of {arguments.rounds} rounds, in seconds.\n")
        print(f"{'':<44}{'by hand':>12}{'sql!':>12}{'adds':>12}", flush=True)
    rows = []
    for work in WORKS:
        rounds = arguments.clean_rounds if work.startswith("build of everything") else arguments.rounds
        for row in measure(crates, work, rounds):
            rows.append(row)
            if not arguments.json:
                name = f"{row['work']}, {row['clock']}"
                print(f"{name:<44}{row['hand']:>12.3f}{row['sql']:>12.3f}{row['adds']:>12.3f}", flush=True)
    if arguments.json:
        print(json.dumps({"functions": arguments.functions, "rounds": arguments.rounds, "works": rows}, indent=2))


if __name__ == "__main__":
    main()
