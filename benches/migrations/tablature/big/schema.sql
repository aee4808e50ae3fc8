-- The schema after the last migration, written by `cargo tablature generate`.
-- tablature schema 1
-- migration 0001_create_readings 510998a2a5b89a23
-- migration 0002_change_place_of_readings b6ec6c752d20439b

-- table readings
CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  sensor INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  place TEXT NOT NULL COLLATE nocase,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  remark TEXT,
  checked INTEGER NOT NULL CONSTRAINT checked_values CHECK (checked IN (0, 1))
) STRICT;

CREATE INDEX readings_sensor_taken_at_idx ON readings (sensor, taken_at);
CREATE INDEX readings_place_idx ON readings (place);
