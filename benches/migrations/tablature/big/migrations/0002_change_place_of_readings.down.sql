-- The way back from change_place_of_readings.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

-- rebuild `readings`: `place` changes its collation from nocase to none
PRAGMA legacy_alter_table = ON;
ALTER TABLE readings RENAME TO readings__old;
PRAGMA legacy_alter_table = OFF;
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
INSERT INTO readings (id, sensor, taken_at, place, value, unit, remark, checked) SELECT id, sensor, taken_at, place, value, unit, remark, checked FROM readings__old;
DROP TABLE readings__old;

CREATE INDEX readings_sensor_taken_at_idx ON readings (sensor, taken_at);
CREATE INDEX readings_place_idx ON readings (place);
