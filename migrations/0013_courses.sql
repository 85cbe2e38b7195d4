-- Courses: what somebody has asked to be kept of one, certificates, and numbers. Nobody's name stands here.

-- One way through a course, for whoever has its code.
CREATE TABLE course_takings (
    id         TEXT   NOT NULL PRIMARY KEY,
    key_hash   TEXT   NOT NULL UNIQUE,
    course     TEXT   NOT NULL,
    -- The certificate that is being renewed.
    renews     TEXT,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    -- When they were counted, or said that they would not be.
    counted_at BIGINT
);

CREATE INDEX course_takings_by_use ON course_takings (used_at);

-- The last answer to each question, as numbers with commas between.
CREATE TABLE course_answers (
    taking_id TEXT NOT NULL REFERENCES course_takings (id),
    module    TEXT NOT NULL,
    question  TEXT NOT NULL,
    answer    TEXT NOT NULL,
    PRIMARY KEY (taking_id, module, question)
);

-- What is done stays done, whatever is answered or rewritten afterwards.
CREATE TABLE course_modules_done (
    taking_id TEXT   NOT NULL REFERENCES course_takings (id),
    module    TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    done_at   BIGINT NOT NULL,
    PRIMARY KEY (taking_id, module)
);

-- A link on its way by mail: the address and the code, sealed, until it is sent.
CREATE TABLE course_letters (
    taking_id  TEXT   NOT NULL PRIMARY KEY REFERENCES course_takings (id),
    sealed     BYTEA  NOT NULL,
    created_at BIGINT NOT NULL
);

-- What a version of a course was and built on, as its certificates say.
CREATE TABLE course_editions (
    course   TEXT   NOT NULL,
    version  BIGINT NOT NULL,
    title    TEXT   NOT NULL,
    -- Each module's version, and instruments and provisions, as JSON.
    modules  TEXT   NOT NULL,
    built_on TEXT   NOT NULL,
    PRIMARY KEY (course, version)
);

CREATE TABLE course_certificates (
    code      TEXT   NOT NULL PRIMARY KEY,
    course    TEXT   NOT NULL,
    version   BIGINT NOT NULL,
    -- Gone with the answers; the certificate stays.
    taking_id TEXT   UNIQUE REFERENCES course_takings (id),
    renews    TEXT,
    issued_at BIGINT NOT NULL,
    FOREIGN KEY (course, version) REFERENCES course_editions (course, version)
);

CREATE INDEX course_certificates_renewing ON course_certificates (renews) WHERE renews IS NOT NULL;

-- How many have taken a course, by what they cared to tell. Empty: not told.
CREATE TABLE course_numbers (
    course     TEXT   NOT NULL,
    year       BIGINT NOT NULL,
    county     TEXT   NOT NULL,
    profession TEXT   NOT NULL,
    many       BIGINT NOT NULL,
    PRIMARY KEY (course, year, county, profession)
);

-- A group at a workplace: gone after a day.
CREATE TABLE course_groups (
    id          TEXT   NOT NULL PRIMARY KEY,
    code        TEXT   NOT NULL UNIQUE,
    leader_hash TEXT   NOT NULL UNIQUE,
    course      TEXT   NOT NULL,
    module      TEXT   NOT NULL,
    -- Grows with each answer and each who joins: what the leader's page waits for.
    changes     BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL
);

CREATE INDEX course_groups_by_end ON course_groups (expires_at);

CREATE TABLE course_group_members (
    group_id   TEXT NOT NULL REFERENCES course_groups (id),
    -- Known to the member's own browser alone.
    token_hash TEXT NOT NULL UNIQUE,
    PRIMARY KEY (group_id, token_hash)
);

CREATE TABLE course_group_answers (
    group_id   TEXT NOT NULL REFERENCES course_groups (id),
    token_hash TEXT NOT NULL,
    question   TEXT NOT NULL,
    answer     TEXT NOT NULL,
    PRIMARY KEY (group_id, token_hash, question)
);
