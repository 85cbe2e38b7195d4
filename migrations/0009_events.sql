-- What is arranged, who comes, and who waits. All that counts places is written by the seat writer alone.

-- A tour of dialogue meetings, or a series of theme days.
CREATE TABLE event_series (
    kind       TEXT   NOT NULL,
    slug       TEXT   NOT NULL,
    county     TEXT,
    title      TEXT   NOT NULL,
    lead       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (kind, slug)
);

CREATE TABLE events (
    id           TEXT   NOT NULL PRIMARY KEY,
    kind         TEXT   NOT NULL,
    -- Empty for a conference.
    series       TEXT   NOT NULL,
    slug         TEXT   NOT NULL,
    county       TEXT,
    plan         TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    starts_at    BIGINT NOT NULL,
    ends_at      BIGINT NOT NULL,
    -- The last number that was given to a registration.
    last_number  BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    published_at BIGINT,
    cancelled_at BIGINT,
    purged_at    BIGINT,
    UNIQUE (kind, series, slug)
);

CREATE TABLE parties (
    id            TEXT   NOT NULL PRIMARY KEY,
    event_id      TEXT   NOT NULL REFERENCES events (id),
    contact_name  TEXT   NOT NULL,
    contact_email TEXT   NOT NULL,
    token_hash    TEXT   NOT NULL UNIQUE,
    created_at    BIGINT NOT NULL
);

CREATE TABLE registrations (
    id           TEXT    NOT NULL PRIMARY KEY,
    event_id     TEXT    NOT NULL REFERENCES events (id),
    -- In the order in which they came.
    number       BIGINT  NOT NULL,
    -- The number with which they joined the line they stand in.
    queued       BIGINT  NOT NULL,
    standing     TEXT    NOT NULL,
    track        TEXT    NOT NULL,
    -- As whose the place is counted: an organisation, a county, or nobody.
    share        TEXT    NOT NULL,
    offer_until  BIGINT,
    party_id     TEXT    REFERENCES parties (id),
    form_key     TEXT    NOT NULL,
    token_hash   TEXT    NOT NULL UNIQUE,
    -- How many times the place has changed hands: each holder has a token of their own.
    token_turn   BIGINT  NOT NULL,
    name         TEXT    NOT NULL,
    email        TEXT    NOT NULL,
    organisation TEXT    NOT NULL,
    county       TEXT,
    role         TEXT    NOT NULL,
    -- Real name, address and channel of somebody with protected identity, sealed.
    protected    BYTEA,
    -- Diet and access, sealed.
    needs        BYTEA,
    -- Workshops and counted choices that were asked for.
    wishes       TEXT    NOT NULL,
    answers      TEXT    NOT NULL,
    invoice      TEXT,
    note         TEXT    NOT NULL,
    -- SEQUENCE of the calendar entry (RFC 5545, 3.8.7.4).
    sequence     BIGINT  NOT NULL,
    created_at   BIGINT  NOT NULL,
    ended_at     BIGINT,
    came_at      BIGINT,
    UNIQUE (event_id, number),
    UNIQUE (event_id, form_key)
);

-- What the seat writer counts, and the line.
CREATE INDEX registrations_counted ON registrations (event_id, standing, track, share);
CREATE INDEX registrations_in_line ON registrations (event_id, track, queued) WHERE standing = 'waiting';
CREATE INDEX registrations_by_party ON registrations (party_id) WHERE party_id IS NOT NULL;

-- Workshops and counted choices that somebody has a place in.
CREATE TABLE registration_picks (
    event_id        TEXT NOT NULL REFERENCES events (id),
    item            TEXT NOT NULL,
    registration_id TEXT NOT NULL REFERENCES registrations (id),
    PRIMARY KEY (event_id, item, registration_id)
);

CREATE INDEX registration_picks_by_registration ON registration_picks (registration_id);

-- What became of a registration, in words of ours.
CREATE TABLE registration_steps (
    id              TEXT   NOT NULL PRIMARY KEY,
    registration_id TEXT   NOT NULL REFERENCES registrations (id),
    at              BIGINT NOT NULL,
    step            TEXT   NOT NULL,
    account_id      TEXT   REFERENCES accounts (id)
);

CREATE INDEX registration_steps_by_registration ON registration_steps (registration_id);

-- One link at a time by which a colleague takes a place over.
CREATE TABLE hand_overs (
    registration_id TEXT   NOT NULL PRIMARY KEY REFERENCES registrations (id),
    token_hash      TEXT   NOT NULL UNIQUE,
    expires_at      BIGINT NOT NULL,
    -- The organiser has said that it may be somebody from elsewhere.
    approved_at     BIGINT
);

-- Whom a tour has invited.
CREATE TABLE invited (
    id              TEXT   NOT NULL PRIMARY KEY,
    series          TEXT   NOT NULL,
    municipality    TEXT   NOT NULL,
    -- politiker, chef
    role            TEXT   NOT NULL,
    name            TEXT   NOT NULL,
    email           TEXT   NOT NULL,
    code_hash       TEXT   NOT NULL UNIQUE,
    registration_id TEXT   REFERENCES registrations (id),
    invited_at      BIGINT,
    reminded_at     BIGINT
);

CREATE INDEX invited_by_series ON invited (series);
CREATE INDEX invited_by_registration ON invited (registration_id) WHERE registration_id IS NOT NULL;

-- What an organiser has written to those who come.
CREATE TABLE event_messages (
    id         TEXT   NOT NULL PRIMARY KEY,
    event_id   TEXT   NOT NULL REFERENCES events (id),
    account_id TEXT   REFERENCES accounts (id),
    subject    TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    -- To whom, in words.
    segment    TEXT   NOT NULL,
    recipients BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX event_messages_by_event ON event_messages (event_id);

-- A code that anybody may check, and what it vouches for. Whose it is stands in the holder's copy alone.
CREATE TABLE certificates (
    code            TEXT   NOT NULL PRIMARY KEY,
    event_id        TEXT   NOT NULL REFERENCES events (id),
    registration_id TEXT   REFERENCES registrations (id),
    issued_at       BIGINT NOT NULL,
    UNIQUE (event_id, registration_id)
);

-- Each time somebody was let in at a door; of two for the same person, the earlier counts.
CREATE TABLE check_ins (
    id              TEXT   NOT NULL PRIMARY KEY,
    event_id        TEXT   NOT NULL REFERENCES events (id),
    registration_id TEXT   NOT NULL REFERENCES registrations (id),
    device          TEXT   NOT NULL,
    scanned_at      BIGINT NOT NULL,
    received_at     BIGINT NOT NULL
);

CREATE INDEX check_ins_by_event ON check_ins (event_id, registration_id);

-- The link by which a door is opened to those who check people in, for a day.
CREATE TABLE doors (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    event_id   TEXT   NOT NULL REFERENCES events (id),
    account_id TEXT   NOT NULL REFERENCES accounts (id),
    expires_at BIGINT NOT NULL
);

-- That somebody may answer a survey, apart from what was answered.
CREATE TABLE survey_tickets (
    token_hash TEXT   NOT NULL PRIMARY KEY,
    event_id   TEXT   NOT NULL REFERENCES events (id),
    used_at    BIGINT
);

CREATE TABLE survey_answers (
    id       TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id),
    answers  TEXT NOT NULL
);

CREATE INDEX survey_answers_by_event ON survey_answers (event_id);

-- What was deleted, when, and by which decision.
CREATE TABLE deletions (
    id       TEXT   NOT NULL PRIMARY KEY,
    event_id TEXT   NOT NULL REFERENCES events (id),
    at       BIGINT NOT NULL,
    decision TEXT   NOT NULL,
    what     TEXT   NOT NULL,
    rows     BIGINT NOT NULL
);
