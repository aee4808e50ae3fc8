# Every test: the README's command.
test:
    cargo test --workspace --all-features

# The macros without what other crates of the workspace switch on.
alone:
    cargo check -p tablature-macros

# Plans between generated schemas, and generated INSERTs, at length.
property:
    TABLATURE_ROUNDS=10000 cargo test --all-features --test plans property
    TABLATURE_ROUNDS=10000 cargo test -p tablature --all-features --lib property

# Migrations under kill -9, a full disk, errors of the disk and many processes; at length with `TABLATURE_FAULTS=full`.
faults:
    cargo test -p tablature-faults -- --nocapture

# The files for other runners, run by those runners, on databases with rows.
interop:
    npm ci --prefix interop/d1 --ignore-scripts --no-audit --no-fund
    cd interop/check && cargo test --locked
    EDGE_NOTES_D1=1 cargo test -p edge_notes --test notes d1

# Rewrites expected texts after an intended change.
bless:
    UPDATE_EXPECT=1 cargo test --test suite --test plans
    UPDATE_EXPECT=1 cargo test -p cargo-tablature
    TRYBUILD=overwrite cargo test --test ui

fmt:
    cargo fmt --all -- --check

clippy:
    cargo clippy --workspace --all-targets --all-features -- -D warnings

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --all-features --no-deps

# The measurements of the README; `--json` for machines.
bench *arguments:
    cargo bench -- {{arguments}}

# Migrations beside refinery, sqlx, rusqlite_migration and SQLite alone: packages of their own, since each links its SQLite.
bench-migrations *arguments:
    benches/migrations/run.py {{arguments}}

# What the derives add to compile time.
compile-time:
    python3 scripts/compile_time.py

# What `sql!` adds to it.
checked-time:
    python3 scripts/checked_time.py
