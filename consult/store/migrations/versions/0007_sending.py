"""The pace of sending that all workers share, and when a letter came back as undeliverable."""

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the one row and add the column; letters that stand here came back never."""
    op.create_table(
        "mail_pace",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail_pace")),
    )
    op.add_column("letter", sa.Column("bounced_at", UtcDateTime(), nullable=True))
