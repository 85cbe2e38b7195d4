-- Mail that waits to be sent. A row is written in the transaction of what causes it, so that neither is there without the
-- other. It holds ids alone: the letter is composed when it is sent.

CREATE TABLE outbox (
    id           TEXT   NOT NULL PRIMARY KEY,
    -- bekraftelse/<registration>/<sequence>: one mail for each cause, however often it is asked for
    cause        TEXT   NOT NULL UNIQUE,
    kind         TEXT   NOT NULL,
    subject_id   TEXT   NOT NULL,
    event_id     TEXT,
    priority     BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    -- 0: at once, whatever the clock says
    due_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    -- Whoever is sending it, and until when nobody else may.
    lease        TEXT,
    leased_until BIGINT,
    -- How it ended: at most one of these.
    sent_at      BIGINT,
    dropped_at   BIGINT,
    dead_at      BIGINT,
    problem      TEXT
);

-- What is still to be sent, in the order in which it is.
CREATE INDEX outbox_waiting ON outbox (priority, due_at, created_at)
    WHERE sent_at IS NULL AND dropped_at IS NULL AND dead_at IS NULL;
CREATE INDEX outbox_dead ON outbox (dead_at) WHERE dead_at IS NOT NULL;
CREATE INDEX outbox_by_subject ON outbox (subject_id);
