"""The forms of the synthesis that an office makes itself."""

import sqlalchemy as sa
from alembic import op

from consult.store.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the offices' own forms."""
    op.create_table(
        "synthesis_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_agency_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=True),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_digest", sa.String(), nullable=False),
        sa.Column("official", sa.String(), nullable=False),
        sa.Column("kept_at", UtcDateTime(), nullable=False),
        sa.Column("superseded_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('ADMINISTRATIVE', 'NORMATIVE')", name=op.f("ck_synthesis_template_consultationkind")
        ),
        sa.ForeignKeyConstraint(
            ["file_digest"], ["stored_file.digest"], name=op.f("fk_synthesis_template_file_digest")
        ),
        sa.ForeignKeyConstraint(
            ["lead_agency_id"], ["lead_agency.id"], name=op.f("fk_synthesis_template_lead_agency_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_template")),
    )
    op.create_index(op.f("ix_synthesis_template_lead_agency_id"), "synthesis_template", ["lead_agency_id"])
