-- // One table for objects of every kind, and one for what they are found by.
-- Keys and index values are the bytes of their UTF-8, so that their order is that of code points in every
-- database and whatever its collation. Every statement may run again after a crash in the middle.

CREATE TABLE IF NOT EXISTS changelog (
    id NUMERIC(20, 0) NOT NULL PRIMARY KEY,
    applied_at VARCHAR(25) NOT NULL,
    description VARCHAR(255) NOT NULL
);

CREATE TABLE IF NOT EXISTS item (
    kind VARCHAR(32) NOT NULL,
    item_key BYTEA NOT NULL,
    version BIGINT NOT NULL,
    body VARCHAR(1048576) NOT NULL,
    PRIMARY KEY (kind, item_key)
);

-- Column "taken" is the value again where it is unique, and null where it is not: nulls never clash.
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

-- //@UNDO

DROP TABLE IF EXISTS item_index;

DROP TABLE IF EXISTS item;

DROP TABLE IF EXISTS changelog;
