"""What an office needs to run a consultation from the browser.

The directory's ranks and times, administrators, rounds made at the desk, bodies asked later or unasked, answers that
came on paper, corrections of a published draft, and the notices of the week.
"""

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATES = (
    ("official", "role", "officialrole", ("OFFICIAL", "ADMINISTRATOR")),
    ("invitation", "basis", "basis", ("LISTED", "ADDED", "UNASKED")),
    ("submission", "channel", "channel", ("ONLINE", "PAPER", "EXCHANGE", "EMAIL")),
)
_MOMENTS = (
    ("round", "declared_at"),
    ("round", "publish_at"),
    ("round", "withdrawn_at"),
    ("round", "result_at"),
    ("invitation", "added_at"),
    ("invitation", "withdrawn_at"),
    ("clause", "changed_at"),
    ("clause", "removed_at"),
)
_DAYS = (("agency", "valid_from"), ("agency", "valid_to"), ("invitation", "letter_date"), ("submission", "received_on"))
_WORDS = (
    ("agency", "successor"),
    ("round", "letter_text"),
    ("round", "letter_file_name"),
    ("round", "publish_by"),
    ("round", "publish_fault"),
    ("invitation", "letter_number"),
    ("submission", "entered_by"),
)
_NUMBERS = (
    ("agency", "rank", 500),
    ("agency", "version", 1),
    ("agency_group", "version", 1),
    ("round", "version", 1),
    ("draft", "edition", 1),
)
_POINTERS = (
    ("round", "letter_digest", "VARCHAR", "stored_file", "digest"),
    ("round", "result_digest", "VARCHAR", "stored_file", "digest"),
    ("draft", "corrects_id", "INTEGER", "draft", "id"),
)
_LETTERS = (
    "INVITATION",
    "REMINDER",
    "RECEIPT",
    "RECALLED",
    "ENTERED",
    "LINK_AGAIN",
    "SIGN_IN",
    "APPOINTED",
    "WINDOW_CHANGED",
    "WITHDRAWN",
    "CORRECTED",
    "RESULT",
)
_NOTICES = (
    "ADDED",
    "REMOVED",
    "EXTENDED",
    "LATE_ALLOWED",
    "CLOSED_EARLY",
    "WITHDRAWN",
    "CORRECTED",
    "REPLACED",
    "RESULT",
    "RESULT_TAKEN_BACK",
)


def upgrade() -> None:
    """Add the columns, make the tables, let letters be of the new kinds."""
    _add_states()
    _add_plain()
    _add_pointers()
    _make_editions()
    _make_files()
    _make_keyed_answers()
    _make_notices()
    if op.get_bind().dialect.name == "sqlite":
        _widen_letters_on_sqlite()
    else:
        op.drop_constraint(op.f("ck_letter_letterkind"), "letter", type_="check")
        op.create_check_constraint(op.f("ck_letter_letterkind"), "letter", f"kind IN ({_quoted(_LETTERS)})")


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _add_states() -> None:
    """A checked column in one statement: SQLite takes a constraint with a new column and not after it."""
    for table, column, kind, names in _STATES:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR(40) DEFAULT '{names[0]}' NOT NULL "
            f"CONSTRAINT ck_{table}_{kind} CHECK ({column} IN ({_quoted(names)}))"
        )


def _add_plain() -> None:
    for table, column in _MOMENTS:
        op.add_column(table, sa.Column(column, UtcDateTime(), nullable=True))
    for table, column in _DAYS:
        op.add_column(table, sa.Column(column, sa.Date(), nullable=True))
    for table, column in _WORDS:
        op.add_column(table, sa.Column(column, sa.String(), server_default="", nullable=False))
    for table, column, value in _NUMBERS:
        op.add_column(table, sa.Column(column, sa.Integer(), server_default=str(value), nullable=False))
    op.add_column("submission", sa.Column("secret", sa.Boolean(), server_default=sa.false(), nullable=False))


def _add_pointers() -> None:
    for table, column, kind, target, key in _POINTERS:
        name = f"fk_{table}_{column}_{target}"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind} CONSTRAINT {name} REFERENCES {target} ({key})")


def _make_editions() -> None:
    op.create_table(
        "clause_wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("cited", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["clause_id"], ["clause.id"], name=op.f("fk_clause_wording_clause_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_wording")),
        sa.UniqueConstraint("clause_id", "edition", name=op.f("uq_clause_wording_clause_id_edition")),
    )
    op.create_table(
        "draft_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_edition_draft_id")),
        sa.ForeignKeyConstraint(["file_digest"], ["stored_file.digest"], name=op.f("fk_draft_edition_file_digest")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edition")),
        sa.UniqueConstraint("draft_id", "edition", name=op.f("uq_draft_edition_draft_id_edition")),
    )


def _make_files() -> None:
    op.create_table(
        "enclosure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_digest"], ["stored_file.digest"], name=op.f("fk_enclosure_file_digest")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_enclosure_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enclosure")),
        sa.UniqueConstraint("round_id", "position", name=op.f("uq_enclosure_round_id_position")),
    )
    op.create_table(
        "scan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_digest"], ["stored_file.digest"], name=op.f("fk_scan_file_digest")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_scan_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan")),
        sa.UniqueConstraint("submission_id", "position", name=op.f("uq_scan_submission_id_position")),
    )


def _make_keyed_answers() -> None:
    op.create_table(
        "keyed_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_keyed_answer_agency_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_keyed_answer_invitation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_keyed_answer_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keyed_answer")),
        sa.UniqueConstraint("key", name=op.f("uq_keyed_answer_key")),
    )
    op.create_index(op.f("ix_keyed_answer_round_id"), "keyed_answer", ["round_id"])


def _make_notices() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("letter_number", sa.String(), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("late_until", UtcDateTime(), nullable=True),
        sa.CheckConstraint(f"kind IN ({_quoted(_NOTICES)})", name=op.f("ck_notice_noticekind")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitation.id"], name=op.f("fk_notice_invitation_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_notice_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_round_id_at"), "notice", ["round_id", "at"])
    op.create_index(op.f("ix_notice_invitation_id"), "notice", ["invitation_id"])


def _widen_letters_on_sqlite() -> None:
    """SQLite changes no check: the table is made again with the words of the old one, the check's aside."""
    made = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE type='table' AND name='letter'").scalar()
    indexes = op.get_bind().exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type='index' AND tbl_name='letter' AND sql IS NOT NULL"
    )
    again = [row[0] for row in indexes]
    old = _quoted(_LETTERS[:7])
    assert isinstance(made, str) and made.count(old) == 1
    op.execute("ALTER TABLE letter RENAME TO letter_before")
    op.execute(made.replace(old, _quoted(_LETTERS)))
    op.execute("INSERT INTO letter SELECT * FROM letter_before")
    op.execute("DROP TABLE letter_before")
    for index in again:
        op.execute(index)
