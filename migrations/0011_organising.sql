-- What organisers have written and decided, beside what is counted.

-- Every plan of an event that was saved.
CREATE TABLE event_versions (
    event_id   TEXT   NOT NULL REFERENCES events (id),
    version    BIGINT NOT NULL,
    plan       TEXT   NOT NULL,
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    written_at BIGINT NOT NULL,
    PRIMARY KEY (event_id, version)
);

-- No fee is asked for: there was a good reason. Which, is written down nowhere.
CREATE TABLE fee_waivers (
    registration_id TEXT   NOT NULL PRIMARY KEY REFERENCES registrations (id),
    account_id      TEXT   NOT NULL REFERENCES accounts (id),
    at              BIGINT NOT NULL
);
