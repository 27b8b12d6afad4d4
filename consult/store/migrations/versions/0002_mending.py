"""What drafts were read from and how their readings were mended; their version, and whether their file goes out.

Drafts that stood here before have no lines: published ones need none, the files of the others are handed in again.
"""

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables and add the columns."""
    op.create_table(
        "draft_source",
        sa.Column("draft_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_source_draft_id_draft")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_source")),
    )
    op.create_table(
        "draft_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edit", sa.String(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_edit_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_edit")),
        sa.UniqueConstraint("draft_id", "position", name=op.f("uq_draft_edit_draft_id_position")),
    )
    op.add_column("draft", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("draft", sa.Column("hands_on_file", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name in ("previous_name", "previous_digest", "previous_edits"):
        op.add_column("draft", sa.Column(name, sa.String(), nullable=True))
