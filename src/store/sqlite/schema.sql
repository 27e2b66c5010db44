CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE files (
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    disposition TEXT NOT NULL,
    reason TEXT
) STRICT;

CREATE TABLE editions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    committee TEXT NOT NULL,
    audience TEXT NOT NULL,
    meeting_date TEXT NOT NULL,
    revision INTEGER NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'released', 'planned', 'complete', 'cancelled')),
    reason TEXT,
    released_at INTEGER,
    due_at INTEGER,
    subject TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- How many letters were planned, written with them: the left side of the balance.
    planned INTEGER,
    UNIQUE (committee, audience, meeting_date, revision),
    UNIQUE (committee, audience, meeting_date, source)
) STRICT;

CREATE TABLE approvals (
    edition INTEGER NOT NULL REFERENCES editions (id),
    content TEXT NOT NULL,
    by TEXT NOT NULL,
    at INTEGER NOT NULL,
    note TEXT,
    PRIMARY KEY (edition, content)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN SELECT RAISE (ABORT, 'the audit log is append-only'); END;

CREATE TABLE letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES editions (id),
    -- One letter per person, however the address is capitalised.
    address TEXT NOT NULL COLLATE NOCASE,
    name TEXT,
    message_id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'at-dot', 'sent', 'rejected', 'expired', 'suppressed',
                                         'cancelled', 'unknown', 'bounced')),
    bytes BLOB,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_attempt_at INTEGER,
    next_attempt_at INTEGER,
    last_reply TEXT,
    updated_at INTEGER NOT NULL,
    UNIQUE (edition, address)
) STRICT;

CREATE INDEX letters_by_time ON letters (next_attempt_at) WHERE state = 'waiting';
CREATE INDEX letters_by_state ON letters (edition, state);
