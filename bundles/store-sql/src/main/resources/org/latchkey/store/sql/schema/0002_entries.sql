-- // What an item is indexed under stands in its own row, so that no index by item is needed.
-- One row and one index entry for each value that an item is found by, and another table for those that are unique.
-- Variable "packed" is all entries of one item as class Packed writes them, which every database says differently.
-- Every statement may run again after a crash in the middle.

ALTER TABLE item ADD COLUMN IF NOT EXISTS entries BYTEA DEFAULT '' NOT NULL;

-- No primary key: that a value is there once follows from the item's row, and to check it would cost a read for each.
CREATE TABLE IF NOT EXISTS item_entry (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL
);

CREATE INDEX IF NOT EXISTS item_entry_order ON item_entry (kind, field, entry, item_key);

CREATE TABLE IF NOT EXISTS item_unique (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL,
    PRIMARY KEY (kind, field, entry)
);

-- Empty if an earlier attempt came as far as the last statement.
CREATE TABLE IF NOT EXISTS item_index (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL,
    taken BYTEA,
    PRIMARY KEY (kind, field, entry, item_key)
);

CREATE INDEX IF NOT EXISTS item_index_item ON item_index (kind, item_key);

UPDATE item SET entries = (
    SELECT ${packed} FROM item_index x WHERE x.kind = item.kind AND x.item_key = item.item_key
) WHERE EXISTS (
    SELECT 1 FROM item_index x WHERE x.kind = item.kind AND x.item_key = item.item_key
);

-- What is there while the old table is not empty was left by an attempt that was cut.
DELETE FROM item_entry WHERE EXISTS (SELECT 1 FROM item_index);

DELETE FROM item_unique WHERE EXISTS (SELECT 1 FROM item_index);

INSERT INTO item_entry (kind, field, entry, item_key)
    SELECT kind, field, entry, item_key FROM item_index WHERE taken IS NULL;

INSERT INTO item_unique (kind, field, entry, item_key)
    SELECT kind, field, entry, item_key FROM item_index WHERE taken IS NOT NULL;

DROP TABLE item_index;

-- //@UNDO

CREATE TABLE IF NOT EXISTS item_index (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL,
    taken BYTEA,
    PRIMARY KEY (kind, field, entry, item_key)
);

CREATE UNIQUE INDEX IF NOT EXISTS item_index_taken ON item_index (kind, field, taken);

CREATE INDEX IF NOT EXISTS item_index_item ON item_index (kind, item_key);

-- Empty if an earlier attempt came beyond their removal.
CREATE TABLE IF NOT EXISTS item_entry (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL
);

CREATE TABLE IF NOT EXISTS item_unique (
    kind VARCHAR(32) NOT NULL,
    field VARCHAR(32) NOT NULL,
    entry BYTEA NOT NULL,
    item_key BYTEA NOT NULL,
    PRIMARY KEY (kind, field, entry)
);

INSERT INTO item_index (kind, field, entry, item_key, taken)
    SELECT kind, field, entry, item_key, NULL FROM item_entry e WHERE NOT EXISTS (
        SELECT 1 FROM item_index x
        WHERE x.kind = e.kind AND x.field = e.field AND x.entry = e.entry AND x.item_key = e.item_key
    );

INSERT INTO item_index (kind, field, entry, item_key, taken)
    SELECT kind, field, entry, item_key, entry FROM item_unique u WHERE NOT EXISTS (
        SELECT 1 FROM item_index x
        WHERE x.kind = u.kind AND x.field = u.field AND x.entry = u.entry AND x.item_key = u.item_key
    );

DROP TABLE item_entry;

DROP TABLE item_unique;

ALTER TABLE item DROP COLUMN IF EXISTS entries;
