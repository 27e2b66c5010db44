-- What an edition is: a letter of a meeting, or a notice about such a letter, which then has the same way out.
ALTER TABLE editions ADD COLUMN kind TEXT NOT NULL DEFAULT 'letter';
-- The edition that a notice is about.
ALTER TABLE editions ADD COLUMN about INTEGER;
-- An embargo: not before this, whatever the schedule says.
ALTER TABLE editions ADD COLUMN not_before INTEGER;
-- When the last of its letters was settled: from then on the hours of those count that wait for it.
ALTER TABLE editions ADD COLUMN completed_at INTEGER;

-- What was quoted in which edition, by hashes: after a leak they tell who was sent a sentence, also when no text is left.
CREATE TABLE traces (
    key BLOB NOT NULL,
    edition INTEGER NOT NULL REFERENCES editions (id),
    -- The item as printed.
    item TEXT NOT NULL,
    -- A whole sentence; else a few of its words.
    whole INTEGER NOT NULL,
    PRIMARY KEY (key, edition, item, whole)
) STRICT, WITHOUT ROWID;

CREATE INDEX traces_by_edition ON traces (edition);

-- When each part of the daemon last worked, and since when it has not.
CREATE TABLE beats (
    part TEXT PRIMARY KEY,
    ok_at INTEGER,
    failing_since INTEGER,
    problem TEXT
) STRICT;

-- The times of schedules that came, each once, with how many were missed before it.
CREATE TABLE schedule_runs (
    schedule TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    ran_at INTEGER NOT NULL,
    missed INTEGER NOT NULL,
    editions INTEGER NOT NULL,
    PRIMARY KEY (schedule, due_at)
) STRICT;

-- What was given to the relay, in order, to be written into the ledger outside the database. The numbers never start anew.
CREATE TABLE hand_overs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id TEXT NOT NULL,
    -- The relay said that it did not take it.
    returned INTEGER NOT NULL
) STRICT;

-- Letters that the ledger knows and this database, restored from a copy, did not.
CREATE TABLE handed_over_elsewhere (
    message_id TEXT PRIMARY KEY
) STRICT;
