-- A check-in that was a mistake. It may be known before the check-in itself is: each device sends when it has a network.
CREATE TABLE check_in_undos (
    check_in_id TEXT   NOT NULL PRIMARY KEY,
    event_id    TEXT   NOT NULL REFERENCES events (id),
    received_at BIGINT NOT NULL
);

CREATE INDEX check_in_undos_by_event ON check_in_undos (event_id);

CREATE INDEX doors_by_event ON doors (event_id);
CREATE INDEX survey_tickets_by_event ON survey_tickets (event_id);
