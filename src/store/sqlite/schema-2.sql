-- Layouts whose reading a person has seen. Rows are ended, never removed.
CREATE TABLE layouts (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    committee TEXT NOT NULL,
    -- The forms as a JSON list.
    forms TEXT NOT NULL,
    source TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE TRIGGER layouts_are_never_removed BEFORE DELETE ON layouts
BEGIN SELECT RAISE (ABORT, 'confirmed layouts are ended, not removed'); END;

-- What a file tells of its meeting, to know the same minutes in another format, and an agenda's minutes.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL UNIQUE,
    committee TEXT NOT NULL,
    meeting_date TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('minutes', 'agenda')),
    approval TEXT NOT NULL CHECK (approval IN ('draft', 'unknown', 'approved')),
    words TEXT NOT NULL,
    -- Printed numbers, titles and case numbers as a JSON list.
    items TEXT NOT NULL
) STRICT;

CREATE INDEX documents_by_meeting ON documents (committee, meeting_date);

-- What a person has to look at because later minutes correct earlier ones.
CREATE TABLE tasks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    committee TEXT NOT NULL,
    told_on TEXT NOT NULL,
    about TEXT,
    source TEXT NOT NULL,
    said TEXT NOT NULL,
    -- Letters and digits of the sentence: the same one in another format is the same task.
    said_key TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    done_by TEXT,
    note TEXT,
    UNIQUE (committee, told_on, said_key)
) STRICT;

-- What a committee has to come back to: an item put off, a promise. Found by the program, confirmed and closed by persons.
CREATE TABLE follow_ups (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    committee TEXT NOT NULL,
    since TEXT NOT NULL,
    source TEXT NOT NULL,
    number TEXT NOT NULL,
    title TEXT NOT NULL,
    subheading TEXT,
    case_number TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('postponed', 'promise')),
    said TEXT NOT NULL,
    -- Letters and digits of the sentence: the same one in another format is the same matter.
    said_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'closed')),
    -- The later meeting, and its item, in which it seems to have come back.
    returned_on TEXT,
    returned_in TEXT,
    -- A person said that it was still open after this meeting.
    kept_until TEXT,
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by TEXT,
    note TEXT,
    UNIQUE (committee, since, number, said_key)
) STRICT;
