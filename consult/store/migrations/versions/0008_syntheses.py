"""The syntheses that were written, in a table that only grows."""

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime
from consult.store.migrations.frozen_rows import append_only

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_FORMS = "'ADMINISTRATIVE', 'QPPL', 'PRACTICE', 'FIVE_COLUMN', 'BY_AGENCY'"
_TEXTS = ("request", "described", "data_digest", "file_digest", "journal_digest", "counts")


def upgrade() -> None:
    """Make the table; what was written before stands in no record."""
    op.create_table(
        "synthesis",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("journal_entries", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS),
        sa.CheckConstraint(f"form IN ({_FORMS})", name=op.f("ck_synthesis_synthesisform")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_synthesis_round_id")),
        sa.ForeignKeyConstraint(["template_id"], ["synthesis_template.id"], name=op.f("fk_synthesis_template_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_synthesis_number")),
        sa.UniqueConstraint(*("round_id", "data_digest", "form", "request", "edition"), name="uq_synthesis_data"),
    )
    for statement in append_only("synthesis", op.get_bind().dialect.name):
        op.execute(statement)
