"""Schema 1: the tables as first released. Frozen: later changes are later migrations."""

from __future__ import annotations

from typing import Final

from facilitator_kit.store.engine import Database

STATEMENTS: Final = (
    """
CREATE TABLE institution (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    short_name VARCHAR NOT NULL,
    country VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    paper VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    sample BOOLEAN NOT NULL,
    uses_curp BOOLEAN NOT NULL,
    uses_run BOOLEAN NOT NULL,
    programme_name VARCHAR NOT NULL,
    CONSTRAINT pk_institution PRIMARY KEY (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE centre (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    city VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    archived BOOLEAN NOT NULL,
    CONSTRAINT pk_centre PRIMARY KEY (id),
    CONSTRAINT uq_centre_code
        UNIQUE (code)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE logo (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    media_type VARCHAR NOT NULL,
    data BLOB NOT NULL,
    CONSTRAINT pk_logo PRIMARY KEY (id)
)
""",
    """
CREATE TABLE user (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    position VARCHAR NOT NULL,
    CONSTRAINT pk_user PRIMARY KEY (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE stored_pack (
    id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    version VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    content BLOB NOT NULL,
    CONSTRAINT pk_stored_pack PRIMARY KEY (id),
    CONSTRAINT uq_stored_pack_code_version
        UNIQUE (code, version)
)
""",
    """
CREATE TABLE participant (
    id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    given_names VARCHAR NOT NULL,
    first_surname VARCHAR NOT NULL,
    second_surname VARCHAR NOT NULL,
    social_name VARCHAR NOT NULL,
    title_form VARCHAR NOT NULL,
    contact VARCHAR NOT NULL,
    curp VARCHAR NOT NULL,
    run VARCHAR NOT NULL,
    CONSTRAINT pk_participant PRIMARY KEY (id),
    CONSTRAINT uq_participant_code
        UNIQUE (code)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE generation (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    CONSTRAINT pk_generation PRIMARY KEY (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE draft (
    id VARCHAR NOT NULL,
    form VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (id),
    CONSTRAINT uq_draft_form_record_id_field
        UNIQUE (form, record_id, field)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE folio_floor (
    id VARCHAR NOT NULL,
    series VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    declared_at DATETIME NOT NULL,
    declared_by VARCHAR NOT NULL,
    CONSTRAINT pk_folio_floor PRIMARY KEY (id)
)
 WITHOUT ROWID
""",
    """
CREATE TABLE change (
    position INTEGER NOT NULL,
    id VARCHAR NOT NULL,
    copy_id VARCHAR NOT NULL,
    counter INTEGER NOT NULL,
    actor VARCHAR NOT NULL,
    at DATETIME NOT NULL,
    origin VARCHAR NOT NULL,
    subject VARCHAR,
    final BOOLEAN NOT NULL,
    rows INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    salt VARCHAR,
    name_digest VARCHAR NOT NULL,
    rows_digest VARCHAR NOT NULL,
    chain VARCHAR NOT NULL,
    undone_by VARCHAR,
    CONSTRAINT pk_change PRIMARY KEY (position),
    CONSTRAINT uq_change_copy_id_counter
        UNIQUE (copy_id, counter),
    CONSTRAINT uq_change_id
        UNIQUE (id)
)
""",
    """
CREATE TABLE meta (
    "key" VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
)
""",
    """
CREATE TABLE signatory (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    title VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    centre_id VARCHAR,
    term_from DATE,
    term_to DATE,
    CONSTRAINT pk_signatory PRIMARY KEY (id),
    CONSTRAINT fk_signatory_centre_id FOREIGN KEY(centre_id)
        REFERENCES centre (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_signatory_centre_id ON signatory (centre_id)
""",
    """
CREATE TABLE facilitator (
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    centre_id VARCHAR,
    active BOOLEAN NOT NULL,
    CONSTRAINT pk_facilitator PRIMARY KEY (id),
    CONSTRAINT fk_facilitator_centre_id FOREIGN KEY(centre_id)
        REFERENCES centre (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_facilitator_centre_id ON facilitator (centre_id)
""",
    """
CREATE TABLE closed_day (
    id VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    reason VARCHAR NOT NULL,
    centre_id VARCHAR,
    CONSTRAINT pk_closed_day PRIMARY KEY (id),
    CONSTRAINT fk_closed_day_centre_id FOREIGN KEY(centre_id)
        REFERENCES centre (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_closed_day_centre_id ON closed_day (centre_id)
""",
    """
CREATE TABLE framework_row (
    id VARCHAR NOT NULL,
    generation_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    indicator VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    target_type VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    baseline INTEGER,
    target INTEGER,
    achieved INTEGER,
    computed VARCHAR,
    source_note VARCHAR NOT NULL,
    CONSTRAINT pk_framework_row PRIMARY KEY (id),
    CONSTRAINT fk_framework_row_generation_id FOREIGN KEY(generation_id)
        REFERENCES generation (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_framework_row_generation_id ON framework_row (generation_id)
""",
    """
CREATE TABLE entered_figure (
    id VARCHAR NOT NULL,
    generation_id VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    value INTEGER NOT NULL,
    definition VARCHAR NOT NULL,
    source_note VARCHAR NOT NULL,
    reported_on DATE NOT NULL,
    CONSTRAINT pk_entered_figure PRIMARY KEY (id),
    CONSTRAINT fk_entered_figure_generation_id FOREIGN KEY(generation_id)
        REFERENCES generation (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_entered_figure_generation_id ON entered_figure (generation_id)
""",
    """
CREATE TABLE row_image (
    position INTEGER NOT NULL,
    number INTEGER NOT NULL,
    table_name VARCHAR NOT NULL,
    row_id VARCHAR NOT NULL,
    "before" VARCHAR,
    "after" VARCHAR,
    salt VARCHAR,
    digest VARCHAR NOT NULL,
    CONSTRAINT pk_row_image PRIMARY KEY (position, number),
    CONSTRAINT fk_row_image_position FOREIGN KEY(position)
        REFERENCES change (position)
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_row_image_row_id ON row_image (row_id)
""",
    """
CREATE TABLE cohort (
    id VARCHAR NOT NULL,
    generation_id VARCHAR NOT NULL,
    centre_id VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    pack_code VARCHAR NOT NULL,
    pack_version VARCHAR NOT NULL,
    programme VARCHAR NOT NULL,
    route VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    starts_on DATE NOT NULL,
    meetings VARCHAR NOT NULL,
    room VARCHAR NOT NULL,
    facilitator_id VARCHAR,
    closed BOOLEAN NOT NULL,
    CONSTRAINT pk_cohort PRIMARY KEY (id),
    CONSTRAINT fk_cohort_generation_id FOREIGN KEY(generation_id)
        REFERENCES generation (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_cohort_centre_id FOREIGN KEY(centre_id)
        REFERENCES centre (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_cohort_facilitator_id FOREIGN KEY(facilitator_id)
        REFERENCES facilitator (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_cohort_facilitator_id ON cohort (facilitator_id)
""",
    """
CREATE INDEX ix_cohort_generation_id ON cohort (generation_id)
""",
    """
CREATE INDEX ix_cohort_centre_id ON cohort (centre_id)
""",
    """
CREATE TABLE enrolment (
    id VARCHAR NOT NULL,
    participant_id VARCHAR NOT NULL,
    cohort_id VARCHAR NOT NULL,
    enrolled_on DATE NOT NULL,
    starts_on DATE NOT NULL,
    route VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    left_on DATE,
    leaving_reason VARCHAR,
    transferred_to VARCHAR,
    CONSTRAINT pk_enrolment PRIMARY KEY (id),
    CONSTRAINT fk_enrolment_participant_id FOREIGN KEY(participant_id)
        REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_enrolment_cohort_id FOREIGN KEY(cohort_id)
        REFERENCES cohort (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_enrolment_transferred_to FOREIGN KEY(transferred_to)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_enrolment_participant_id ON enrolment (participant_id)
""",
    """
CREATE INDEX ix_enrolment_transferred_to ON enrolment (transferred_to)
""",
    """
CREATE INDEX ix_enrolment_cohort_id ON enrolment (cohort_id)
""",
    """
CREATE TABLE scheduled_session (
    id VARCHAR NOT NULL,
    cohort_id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    module VARCHAR NOT NULL,
    session VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    starts_at TIME NOT NULL,
    minutes INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    room VARCHAR NOT NULL,
    facilitator_id VARCHAR,
    replaces VARCHAR,
    recovery BOOLEAN NOT NULL,
    cancel_reason VARCHAR NOT NULL,
    CONSTRAINT pk_scheduled_session PRIMARY KEY (id),
    CONSTRAINT fk_scheduled_session_cohort_id FOREIGN KEY(cohort_id)
        REFERENCES cohort (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_scheduled_session_facilitator_id FOREIGN KEY(facilitator_id)
        REFERENCES facilitator (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_scheduled_session_replaces FOREIGN KEY(replaces)
        REFERENCES scheduled_session (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_scheduled_session_on ON scheduled_session ("on")
""",
    """
CREATE INDEX ix_scheduled_session_cohort_id ON scheduled_session (cohort_id)
""",
    """
CREATE INDEX ix_scheduled_session_replaces ON scheduled_session (replaces)
""",
    """
CREATE INDEX ix_scheduled_session_facilitator_id ON scheduled_session (facilitator_id)
""",
    """
CREATE TABLE recovery_place (
    id VARCHAR NOT NULL,
    scheduled_session_id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    CONSTRAINT pk_recovery_place PRIMARY KEY (id),
    CONSTRAINT uq_recovery_place_scheduled_session_id_enrolment_id
        UNIQUE (scheduled_session_id, enrolment_id),
    CONSTRAINT fk_recovery_place_scheduled_session_id FOREIGN KEY(scheduled_session_id)
        REFERENCES scheduled_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_recovery_place_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_recovery_place_enrolment_id ON recovery_place (enrolment_id)
""",
    """
CREATE TABLE stored_plan (
    id VARCHAR NOT NULL,
    scheduled_session_id VARCHAR NOT NULL,
    blocks VARCHAR NOT NULL,
    CONSTRAINT pk_stored_plan PRIMARY KEY (id),
    CONSTRAINT uq_stored_plan_scheduled_session_id
        UNIQUE (scheduled_session_id),
    CONSTRAINT fk_stored_plan_scheduled_session_id FOREIGN KEY(scheduled_session_id)
        REFERENCES scheduled_session (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE TABLE attendance_mark (
    id VARCHAR NOT NULL,
    scheduled_session_id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    mark VARCHAR NOT NULL,
    minutes INTEGER NOT NULL,
    typed_minutes BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_attendance_mark PRIMARY KEY (id),
    CONSTRAINT uq_attendance_mark_scheduled_session_id_enrolment_id
        UNIQUE (scheduled_session_id, enrolment_id),
    CONSTRAINT fk_attendance_mark_scheduled_session_id FOREIGN KEY(scheduled_session_id)
        REFERENCES scheduled_session (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_attendance_mark_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_attendance_mark_enrolment_id ON attendance_mark (enrolment_id)
""",
    """
CREATE TABLE response (
    id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    wave VARCHAR NOT NULL,
    instrument VARCHAR NOT NULL,
    instrument_version VARCHAR NOT NULL,
    answered_on DATE NOT NULL,
    answers VARCHAR NOT NULL,
    CONSTRAINT pk_response PRIMARY KEY (id),
    CONSTRAINT fk_response_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_response_enrolment_id ON response (enrolment_id)
""",
    """
CREATE TABLE follow_up_contact (
    id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    channel VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    reached BOOLEAN NOT NULL,
    barrier VARCHAR NOT NULL,
    agreement VARCHAR NOT NULL,
    next_on DATE,
    referral_offered BOOLEAN NOT NULL,
    CONSTRAINT pk_follow_up_contact PRIMARY KEY (id),
    CONSTRAINT fk_follow_up_contact_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_follow_up_contact_on ON follow_up_contact ("on")
""",
    """
CREATE INDEX ix_follow_up_contact_enrolment_id ON follow_up_contact (enrolment_id)
""",
    """
CREATE TABLE decision (
    id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    decided_on DATE NOT NULL,
    decided_by VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    rule_version INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL,
    evidence_digest VARCHAR NOT NULL,
    CONSTRAINT pk_decision PRIMARY KEY (id),
    CONSTRAINT fk_decision_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_decision_enrolment_id ON decision (enrolment_id)
""",
    """
CREATE TABLE register_line (
    id VARCHAR NOT NULL,
    folio VARCHAR NOT NULL,
    series VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    book INTEGER NOT NULL,
    leaf INTEGER NOT NULL,
    line INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    participant_id VARCHAR NOT NULL,
    enrolment_id VARCHAR NOT NULL,
    decision_id VARCHAR NOT NULL,
    printed_name VARCHAR NOT NULL,
    participant_code VARCHAR NOT NULL,
    title_form VARCHAR NOT NULL,
    institution VARCHAR NOT NULL,
    centre VARCHAR NOT NULL,
    cohort VARCHAR NOT NULL,
    programme VARCHAR NOT NULL,
    route_text VARCHAR NOT NULL,
    hours_minutes INTEGER NOT NULL,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    issued_on DATE NOT NULL,
    place VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    rule_version INTEGER NOT NULL,
    pack_code VARCHAR NOT NULL,
    pack_version VARCHAR NOT NULL,
    layout VARCHAR NOT NULL,
    layout_version INTEGER NOT NULL,
    paper VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    signers VARCHAR NOT NULL,
    issued_by VARCHAR NOT NULL,
    sample BOOLEAN NOT NULL,
    digest VARCHAR NOT NULL,
    reissue_of VARCHAR,
    CONSTRAINT pk_register_line PRIMARY KEY (id),
    CONSTRAINT uq_register_line_folio
        UNIQUE (folio),
    CONSTRAINT uq_register_line_series_year_number
        UNIQUE (series, year, number),
    CONSTRAINT fk_register_line_participant_id FOREIGN KEY(participant_id)
        REFERENCES participant (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_register_line_enrolment_id FOREIGN KEY(enrolment_id)
        REFERENCES enrolment (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_register_line_decision_id FOREIGN KEY(decision_id)
        REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_register_line_reissue_of FOREIGN KEY(reissue_of)
        REFERENCES register_line (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_register_line_reissue_of ON register_line (reissue_of)
""",
    """
CREATE INDEX ix_register_line_issued_on ON register_line (issued_on)
""",
    """
CREATE INDEX ix_register_line_decision_id ON register_line (decision_id)
""",
    """
CREATE INDEX ix_register_line_participant_id ON register_line (participant_id)
""",
    """
CREATE INDEX ix_register_line_enrolment_id ON register_line (enrolment_id)
""",
    """
CREATE TABLE register_event (
    id VARCHAR NOT NULL,
    register_line_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    "on" DATE NOT NULL,
    "by" VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    CONSTRAINT pk_register_event PRIMARY KEY (id),
    CONSTRAINT fk_register_event_register_line_id FOREIGN KEY(register_line_id)
        REFERENCES register_line (id) DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID
""",
    """
CREATE INDEX ix_register_event_register_line_id ON register_event (register_line_id)
""",
)


def apply(connection: Database) -> None:
    """Make the tables and indexes of schema 1."""
    for statement in STATEMENTS:
        connection.execute(statement)
