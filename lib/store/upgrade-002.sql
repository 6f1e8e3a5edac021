-- Runs are looked up by their time: histories of a day, records as of then.
CREATE INDEX run_at ON run (office, at);
