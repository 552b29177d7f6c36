"""Schema 2: adopted packs, adaptations, known signers and favourites."""

from __future__ import annotations

from typing import Final

from facilitator_kit.store.engine import Database

STATEMENTS: Final = (
    """
CREATE TABLE adaptation (
    id VARCHAR NOT NULL,
    pack_code VARCHAR NOT NULL,
    file VARCHAR NOT NULL,
    base_version VARCHAR NOT NULL,
    base VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_adaptation PRIMARY KEY (id),
    CONSTRAINT uq_adaptation_pack_code_file
        UNIQUE (pack_code, file)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE pack_signer (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    public_key VARCHAR NOT NULL,
    private_key BLOB,
    CONSTRAINT pk_pack_signer PRIMARY KEY (id),
    CONSTRAINT uq_pack_signer_public_key
        UNIQUE (public_key)
)
""",
    """
CREATE TABLE adopted_pack (
    id VARCHAR NOT NULL,
    stored_pack_id VARCHAR NOT NULL,
    adopted_on DATE NOT NULL,
    signer VARCHAR NOT NULL,
    signer_key VARCHAR NOT NULL,
    CONSTRAINT pk_adopted_pack PRIMARY KEY (id),
    CONSTRAINT fk_adopted_pack_stored_pack_id FOREIGN KEY(stored_pack_id)
        REFERENCES stored_pack (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_adopted_pack_stored_pack_id ON adopted_pack (stored_pack_id)
""",
    """
CREATE TABLE favourite (
    id VARCHAR NOT NULL,
    user_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    CONSTRAINT pk_favourite PRIMARY KEY (id),
    CONSTRAINT uq_favourite_user_id_code
        UNIQUE (user_id, code),
    CONSTRAINT fk_favourite_user_id FOREIGN KEY(user_id)
        REFERENCES user (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
)


def apply(connection: Database) -> None:
    """Make the tables and indexes that schema 1 lacks."""
    for statement in STATEMENTS:
        connection.execute(statement)
