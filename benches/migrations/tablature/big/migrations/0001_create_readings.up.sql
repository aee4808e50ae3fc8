-- table `readings` is new
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

CREATE TABLE readings (
  id INTEGER PRIMARY KEY,
  sensor INTEGER NOT NULL,
  taken_at INTEGER NOT NULL,
  place TEXT NOT NULL,
  value REAL NOT NULL,
  unit TEXT NOT NULL,
  remark TEXT,
  checked INTEGER NOT NULL CONSTRAINT checked_values CHECK (checked IN (0, 1))
) STRICT;

CREATE INDEX readings_sensor_taken_at_idx ON readings (sensor, taken_at);
CREATE INDEX readings_place_idx ON readings (place);
