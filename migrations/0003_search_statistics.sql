-- What is sought: how often on a day, for terms that were sought five times or more on that day.
-- A term below five is in no table. Nothing here tells who, where from, or when on the day.

CREATE TABLE search_statistics (
    day               TEXT   NOT NULL,
    term              TEXT   NOT NULL,
    uses              BIGINT NOT NULL,
    uses_without_hits BIGINT NOT NULL,
    PRIMARY KEY (day, term)
);
