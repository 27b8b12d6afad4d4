"""A round says when its silent agencies are reminded, and has words of its own in invitation and reminder."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns: NULL keeps the usual days, empty words leave the letters as they were."""
    op.add_column("round", sa.Column("reminder_days", sa.String(), nullable=True))
    for column in ("invitation_words", "reminder_words"):
        op.add_column("round", sa.Column(column, sa.String(), server_default="", nullable=False))
