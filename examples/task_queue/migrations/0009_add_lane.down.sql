-- The way back from add_lane.
-- Runs in a transaction with foreign keys off, and they are checked before it ends.

DROP INDEX tasks_lanes;
ALTER TABLE tasks DROP COLUMN lane;
