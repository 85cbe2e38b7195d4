-- Whom a provider has vouched for. An account is tied to what the provider calls the person, not to the address: that
-- may be given to somebody else.

CREATE TABLE provider_identities (
    issuer     TEXT    NOT NULL,
    subject    TEXT    NOT NULL,
    account_id TEXT    NOT NULL REFERENCES accounts (id),
    by_rule    BOOLEAN NOT NULL,
    created_at BIGINT  NOT NULL,
    PRIMARY KEY (issuer, subject),
    UNIQUE (account_id, issuer)
);
