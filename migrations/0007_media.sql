-- Pictures and documents. The bytes lie in the database, not in a folder: so several machines share them without
-- sharing a disk, a backup of the database is a backup of everything, and a file and its row are never apart.

CREATE TABLE media (
    id          TEXT   NOT NULL PRIMARY KEY,
    kind        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    called      TEXT   NOT NULL,
    owner       TEXT   NOT NULL,
    description TEXT,
    hash        TEXT   NOT NULL,
    size        BIGINT NOT NULL,
    account_id  TEXT   NOT NULL REFERENCES accounts (id),
    uploaded_at BIGINT NOT NULL,
    removed_at  BIGINT
);

-- The same file is kept once by each county.
CREATE UNIQUE INDEX media_once_by_owner ON media (owner, hash) WHERE removed_at IS NULL;

-- Apart from the rest, so that listing files reads none of them. Gone when the file is removed.
CREATE TABLE media_bytes (
    media_id TEXT  NOT NULL PRIMARY KEY REFERENCES media (id),
    bytes    BYTEA NOT NULL
);

-- How many bytes each county keeps. Judged and moved by the same statement, so that two uploads at once cannot both
-- take the last room.
CREATE TABLE media_usage (
    owner TEXT   NOT NULL PRIMARY KEY,
    used  BIGINT NOT NULL
);
