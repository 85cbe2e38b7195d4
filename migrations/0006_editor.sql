-- What is being written, beside what readers meet. One draft at a time for a page; each text that was saved is kept.

CREATE TABLE drafts (
    id           TEXT   NOT NULL PRIMARY KEY,
    path         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    written      TEXT   NOT NULL,
    writer       TEXT   NOT NULL REFERENCES accounts (id),
    written_at   BIGINT NOT NULL,
    submitted_at BIGINT,
    -- When it is to be published, and by whom; nothing for a draft that somebody publishes by hand.
    publish_at   BIGINT,
    publish_by   TEXT   REFERENCES accounts (id),
    publish_note TEXT,
    closed_at    BIGINT,
    -- published or discarded
    outcome      TEXT
);

-- At most one that is still being written.
CREATE UNIQUE INDEX drafts_open_by_path ON drafts (path) WHERE closed_at IS NULL;

CREATE TABLE draft_texts (
    draft_id   TEXT   NOT NULL REFERENCES drafts (id),
    version    BIGINT NOT NULL,
    written    TEXT   NOT NULL,
    writer     TEXT   NOT NULL REFERENCES accounts (id),
    -- What one person writes in one go is one step: it began then, and was last saved then.
    began_at   BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    name       TEXT,
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

-- A draft shown to somebody without an account, for a while.
CREATE TABLE draft_links (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    draft_id   TEXT   NOT NULL REFERENCES drafts (id),
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);

CREATE INDEX draft_links_by_draft ON draft_links (draft_id);

-- Who answers for a page, and who does when they are away.
CREATE TABLE page_owners (
    path     TEXT NOT NULL PRIMARY KEY,
    owner    TEXT REFERENCES accounts (id),
    stand_in TEXT REFERENCES accounts (id)
);

-- Of which days of review somebody has been told.
CREATE TABLE review_reminders (
    path    TEXT   NOT NULL,
    due     TEXT   NOT NULL,
    told_at BIGINT NOT NULL,
    PRIMARY KEY (path, due)
);

-- Who published a revision in the editor, and what they said has changed.
ALTER TABLE revisions ADD COLUMN account_id TEXT;
ALTER TABLE revisions ADD COLUMN note TEXT;
