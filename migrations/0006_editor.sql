-- What is being written, beside what readers meet. One draft at a time for a page; each text that was saved is kept.

CREATE TABLE drafts (
    id           TEXT   NOT NULL PRIMARY KEY,
    path         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    written      TEXT   NOT NULL,
    writer       TEXT   NOT NULL REFERENCES accounts (id),
    written_at   BIGINT NOT NULL,
    submitted_at BIGINT,
    published_at BIGINT
);

-- At most one that is still being written.
CREATE UNIQUE INDEX drafts_open_by_path ON drafts (path) WHERE published_at IS NULL;

CREATE TABLE draft_texts (
    draft_id   TEXT   NOT NULL REFERENCES drafts (id),
    version    BIGINT NOT NULL,
    written    TEXT   NOT NULL,
    writer     TEXT   NOT NULL REFERENCES accounts (id),
    written_at BIGINT NOT NULL,
    PRIMARY KEY (draft_id, version)
);

CREATE TABLE draft_comments (
    id         TEXT   NOT NULL PRIMARY KEY,
    draft_id   TEXT   NOT NULL REFERENCES drafts (id),
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    at         BIGINT NOT NULL,
    text       TEXT   NOT NULL
);

CREATE INDEX draft_comments_by_draft ON draft_comments (draft_id);

-- Who published a revision in the editor, and what they said has changed.
ALTER TABLE revisions ADD COLUMN account_id TEXT;
ALTER TABLE revisions ADD COLUMN note TEXT;
