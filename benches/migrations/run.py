#!/usr/bin/env python3
"""What migrating takes, next to refinery, sqlx, rusqlite_migration and SQLite alone.

Four programs, since each links its own SQLite, are built, started once, and take turns, in another order each round. Each
answers with wall time and the CPU time of its process. Quoted are the best rounds, and the median of the rounds' ratios.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent.parent / "target" / "migrations"
OURS = "tablature"
PROGRAMS = {OURS: "migrate-tablature", "refinery": "migrate-refinery", "sqlx": "migrate-sqlx",
            "rusqlite_migration": "migrate-rusqlite-migration"}


class Program:
    """One that waits for its turn."""

    def __init__(self, folder, name):
        environment = dict(os.environ, CARGO_TARGET_DIR=str(TARGET))
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=HERE / folder, env=environment, check=True)
        # Whether the heap shrinks after each round is the C library's whim, and the page faults cost more than what is measured.
        environment = dict(os.environ, MALLOC_TRIM_THRESHOLD_="100000000", MALLOC_TOP_PAD_="10000000")
        self.process = subprocess.Popen([TARGET / "release" / name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        env=environment)

    def take(self, work, settings, path):
        """Wall time and CPU time in nanoseconds."""
        self.process.stdin.write(f"{work} {settings} {path}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{work} {settings} failed")
        return [int(word) for word in answer.split()]


def rounds(count, candidates):
    """Name to its times, in rounds in which every candidate has its turn."""
    times = {name: [] for name in candidates}
    for _ in range(count):
        for name in random.sample(list(candidates), len(candidates)):
            times[name].append(candidates[name]())
    return times


def show(title, times, to, per=1, unit="ms", divisor=1e6):
    """One line for each candidate; the ratio is of it to `to`."""
    print(f"\n{title}")
    print(f"{'':24}{'wall best':>12}{'median':>12}{'ratio':>8}{'CPU best':>12}{'median':>12}{'ratio':>8}")
    for name, taken in times.items():
        line = f"{name:24}"
        for clock in (0, 1):
            own = [it[clock] for it in taken]
            ratio = statistics.median(a[clock] / b[clock] for a, b in zip(taken, times[to]))
            for value in (min(own), statistics.median(own)):
                line += f"{value / per / divisor:9.3f} {unit}"
            line += f"{ratio:8.2f}"
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--rebuilds", type=int, default=7, help="rounds of the rebuild of 1,000,000 rows; 0 for none")
    parser.add_argument("--folder", help="where the databases are made; by default the folder for temporary files")
    arguments = parser.parse_args()
    programs = {folder: Program(folder, name) for folder, name in PROGRAMS.items()}
    ours = programs[OURS]

    with tempfile.TemporaryDirectory(dir=arguments.folder) as scratch:
        scratch = Path(scratch)
        number = iter(range(1_000_000))

        def fresh(program, settings, work="migrate"):
            return lambda: program.take(work, settings, scratch / f"{next(number)}.db")

        shop = scratch / "shop.db"
        ours.take("migrate", "default", shop)
        opened = {work: lambda work=work: ours.take(work, "default", shop) for work in ("plain", "open")}
        show("open with 50 applied migrations, next to a plain open with the same pragmas",
             rounds(arguments.rounds, opened), "plain", per=500, unit="us", divisor=1e3)

        for settings, title in [
            ("default", "as each tool opens a file: tablature WAL and NORMAL, the others DELETE and FULL"),
            ("wal", "all WAL and NORMAL"),
            ("delete", "all DELETE and FULL"),
        ]:
            candidates = {name: fresh(program, settings) for name, program in programs.items()}
            candidates["SQLite alone"] = fresh(ours, settings, "alone")
            show(f"50 migrations on a fresh file, {title}", rounds(arguments.rounds, candidates), OURS)

        if arguments.rebuilds:
            full = scratch / "full.db"
            ours.take("fill", "default", full)

            def rebuild(work):
                path = scratch / "rebuilt.db"
                shutil.copyfile(full, path)
                os.sync()
                return ours.take(work, "default", path)

            candidates = {work: lambda work=work: rebuild(work) for work in ("bare", "rebuild")}
            show("a rebuild of 1,000,000 rows with two indexes, next to the bare recipe",
                 rounds(arguments.rebuilds, candidates), "bare")


if __name__ == "__main__":
    main()
