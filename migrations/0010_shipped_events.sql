-- When the events that ship with the program were put in: once, and never again after somebody has removed them.
ALTER TABLE library ADD COLUMN events_shipped_at BIGINT;
