-- The outbox anew: the text of an edition is kept once, each letter's head beside its row, and a claim has a holder whose
-- lease ends it.

-- What the letters of an edition share, from the first byte behind the head.
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES editions (id),
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (edition, sha256)
) STRICT;

-- Whoever has claimed letters. The time is the database's own, in milliseconds: the clocks of two machines differ.
CREATE TABLE holders (
    id TEXT PRIMARY KEY,
    lease_until INTEGER NOT NULL
) STRICT;

CREATE TABLE new_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    edition INTEGER NOT NULL REFERENCES editions (id),
    -- One letter per person, however the address is capitalised.
    address TEXT NOT NULL COLLATE NOCASE,
    name TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'list')),
    message_id TEXT NOT NULL UNIQUE,
    -- Of the whole message as it goes out; it stays when the bytes are purged.
    sha256 TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'at_dot', 'sent', 'rejected', 'expired', 'suppressed',
                                         'cancelled', 'unknown', 'bounced')),
    -- Who claimed it last; it stays with a letter of unknown fate, since that one may still hear the answer.
    holder TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_attempt_at INTEGER,
    next_attempt_at INTEGER,
    -- How often its fate was unknown, and how often it went again because of that.
    unknowns INTEGER NOT NULL DEFAULT 0,
    resends INTEGER NOT NULL DEFAULT 0,
    last_reply TEXT,
    updated_at INTEGER NOT NULL,
    UNIQUE (edition, address)
) STRICT;

INSERT INTO new_letters (id, edition, address, name, kind, message_id, state, attempts, first_attempt_at, next_attempt_at,
                         unknowns, last_reply, updated_at)
SELECT id, edition, address, name, 'person', message_id, replace(state, 'at-dot', 'at_dot'), attempts, first_attempt_at,
       next_attempt_at, state = 'unknown', last_reply, updated_at
FROM letters;

-- Apart from the rows above, which change at every step and stay small that way. A letter without a body is whole here.
CREATE TABLE heads (
    letter INTEGER PRIMARY KEY REFERENCES new_letters (id),
    body INTEGER REFERENCES bodies (id),
    bytes BLOB NOT NULL
) STRICT;

INSERT INTO heads (letter, bytes) SELECT id, bytes FROM letters WHERE bytes IS NOT NULL;

DROP TABLE letters;
ALTER TABLE new_letters RENAME TO letters;

CREATE INDEX letters_by_time ON letters (edition, next_attempt_at, id) WHERE state = 'waiting';
CREATE INDEX letters_by_state ON letters (edition, state);
CREATE INDEX letters_by_holder ON letters (holder) WHERE holder IS NOT NULL;
CREATE INDEX heads_by_body ON heads (body);

-- Letters whose rows were removed after their time: what is left of them is their number.
CREATE TABLE tallies (
    edition INTEGER NOT NULL REFERENCES editions (id),
    state TEXT NOT NULL,
    letters INTEGER NOT NULL,
    resends INTEGER NOT NULL,
    PRIMARY KEY (edition, state)
) STRICT;
