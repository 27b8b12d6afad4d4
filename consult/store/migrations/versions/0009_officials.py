"""Letters to officials, the letter about the close and the calendar entry, which a round may have.

What stands here is counted as told: the first letters to officials are about what comes from now on.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_BEFORE = (
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
_NOW = (*_BEFORE, "CLOSED", "DIGEST", "UNDELIVERED", "CLOSING_SOON")
_CHECK = "ck_letter_letterkind"


def upgrade() -> None:
    """Let letters be of the new kinds and add the columns."""
    if op.get_bind().dialect.name == "sqlite":
        _widen_letters_on_sqlite()
    else:
        op.drop_constraint(op.f(_CHECK), "letter", type_="check")
        op.create_check_constraint(op.f(_CHECK), "letter", f"kind IN ({_quoted(_NOW)})")
    op.add_column("letter", sa.Column("reported_at", UtcDateTime(), nullable=True))
    op.add_column("lead_agency", sa.Column("digest_until", UtcDateTime(), nullable=True))
    op.add_column("official", sa.Column("told", sa.Boolean(), server_default=sa.true(), nullable=False))
    for column in ("tells_close", "gives_calendar"):
        op.add_column("round", sa.Column(column, sa.Boolean(), server_default=sa.false(), nullable=False))
    _count_as_told()


def _count_as_told() -> None:
    agency = sa.table("lead_agency", sa.column("digest_until", UtcDateTime()))
    letter = sa.table("letter", sa.column("reported_at", UtcDateTime()), sa.column("state", sa.String()))
    now = datetime.now(UTC)
    op.execute(agency.update().values(digest_until=now))
    op.execute(letter.update().where(letter.c.state == "FAILED").values(reported_at=now))


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _widen_letters_on_sqlite() -> None:
    """SQLite changes no check: the table is made again with the words of the old one, the check's aside."""
    made = op.get_bind().exec_driver_sql("SELECT sql FROM sqlite_master WHERE type='table' AND name='letter'").scalar()
    indexes = op.get_bind().exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type='index' AND tbl_name='letter' AND sql IS NOT NULL"
    )
    again = [row[0] for row in indexes]
    assert isinstance(made, str) and made.count(_quoted(_BEFORE)) == 1
    op.execute("ALTER TABLE letter RENAME TO letter_before")
    op.execute(made.replace(_quoted(_BEFORE), _quoted(_NOW)))
    op.execute("INSERT INTO letter SELECT * FROM letter_before")
    op.execute("DROP TABLE letter_before")
    for index in again:
        op.execute(index)
