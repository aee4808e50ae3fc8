# Every test: the README's command.
test:
    cargo test --workspace --all-features

# Plans between generated schemas, at length.
property:
    TABLATURE_ROUNDS=10000 cargo test --all-features --test plans property

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

# What the derives add to compile time.
compile-time:
    python3 scripts/compile_time.py

# What `sql!` adds to it.
checked-time:
    python3 scripts/checked_time.py
