-- What is published and edited. content/ is an author like any other; the database is the truth.
-- Portable to SQLite and PostgreSQL: ids TEXT, times BIGINT unix seconds, states as nullable times.

CREATE TABLE documents (
    id         TEXT   NOT NULL PRIMARY KEY,
    path       TEXT   NOT NULL UNIQUE,
    created_at BIGINT NOT NULL
);

CREATE TABLE revisions (
    id           TEXT   NOT NULL PRIMARY KEY,
    document_id  TEXT   NOT NULL REFERENCES documents (id),
    number       BIGINT NOT NULL,
    author       TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    body_hash    TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    published_at BIGINT,
    UNIQUE (document_id, number)
);

-- One row: moves each time something is published, so that every node sees that its copy is old.
CREATE TABLE library (
    id         BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    generation BIGINT NOT NULL
);

INSERT INTO library (id, generation) VALUES (1, 0);
