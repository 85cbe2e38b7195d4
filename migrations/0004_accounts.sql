-- Who belongs to the staff, how they sign in, and what they did. No password is kept, and no token: only hashes.

CREATE TABLE accounts (
    id         TEXT   NOT NULL PRIMARY KEY,
    email      TEXT   NOT NULL UNIQUE,
    name       TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    county     TEXT,
    created_at BIGINT NOT NULL,
    ended_at   BIGINT
);

-- One at a time for an account: a newer one takes the place of the one before.
CREATE TABLE invitations (
    account_id TEXT   NOT NULL PRIMARY KEY REFERENCES accounts (id),
    code_hash  TEXT   NOT NULL UNIQUE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id         TEXT   NOT NULL PRIMARY KEY,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    name       TEXT   NOT NULL,
    credential TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT
);

CREATE INDEX passkeys_by_account ON passkeys (account_id);

-- What the server has asked a browser and waits to be answered, once.
CREATE TABLE ceremonies (
    id         TEXT   NOT NULL PRIMARY KEY,
    purpose    TEXT   NOT NULL,
    state      TEXT   NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE sessions (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    id         TEXT   NOT NULL UNIQUE,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    device     TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account_id);

-- Only added to. Each line's hash is made from the one before, so that a line that is changed or gone shows.
CREATE TABLE audit_log (
    number     BIGINT NOT NULL PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT,
    act        TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    hash       TEXT   NOT NULL
);

-- One row: the end of the log. Whoever holds it adds to the log, everyone else waits.
CREATE TABLE audit_log_end (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number BIGINT NOT NULL,
    hash   TEXT   NOT NULL
);

INSERT INTO audit_log_end (id, number, hash) VALUES (1, 0, '');
