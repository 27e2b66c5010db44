-- The sentences of each edition whose letters were planned: what a correction has to compare, and what its audience need
-- not be told again. The text goes when the letters' bytes go; hashes stay.
CREATE TABLE told (
    edition INTEGER NOT NULL REFERENCES editions (id),
    position INTEGER NOT NULL,
    -- The number of the item as printed.
    item TEXT NOT NULL,
    -- Hashes that name the case: of its case number and of its title, as a JSON list.
    matter TEXT NOT NULL,
    sentence TEXT NOT NULL,
    -- Hashes of the words that carry its meaning and of its numbers, as JSON lists.
    words TEXT NOT NULL,
    numbers TEXT NOT NULL,
    text TEXT,
    PRIMARY KEY (edition, position)
) STRICT;
