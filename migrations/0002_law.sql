-- What each revision cites, as it was read: so that "who cites this section?" is one query on every node.

CREATE TABLE citations (
    revision_id TEXT   NOT NULL REFERENCES revisions (id),
    position    BIGINT NOT NULL,
    target      TEXT   NOT NULL,
    from_anchor TEXT,
    legal_date  TEXT   NOT NULL,
    PRIMARY KEY (revision_id, position)
);

CREATE INDEX citations_by_target ON citations (target);

-- Which revisions have been read, and with what result: a reading is written again only when it comes out otherwise.
CREATE TABLE citation_readings (
    revision_id TEXT NOT NULL PRIMARY KEY REFERENCES revisions (id),
    fingerprint TEXT NOT NULL
);
