"""More forms of the synthesis, and the words that an office prints in them instead of the house's own."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_FORMS = ("ADMINISTRATIVE", "QPPL", "PRACTICE", "FIVE_COLUMN", "BY_AGENCY")
_KINDS = ("ADMINISTRATIVE", "NORMATIVE")


def upgrade() -> None:
    """Let a consultation have each form; make the table of an office's own words."""
    if op.get_bind().dialect.name == "sqlite":
        _widen_on_sqlite()
    else:
        op.drop_constraint(op.f("ck_consultation_synthesisform"), "consultation", type_="check")
        op.create_check_constraint(
            op.f("ck_consultation_synthesisform"), "consultation", f"form IN ({_quoted(_FORMS)})"
        )
    op.create_table(
        "synthesis_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", _named("consultationkind", _KINDS), nullable=False),
        sa.Column("form", _named("synthesisform", _FORMS), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["lead_agency.id"], name=op.f("fk_synthesis_words_lead_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synthesis_words")),
        sa.UniqueConstraint(
            "lead_agency_id", "kind", "form", "field", name=op.f("uq_synthesis_words_lead_agency_id_kind_form_field")
        ),
    )


def _named(name: str, names: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*names, name=name, native_enum=False, create_constraint=True, length=40)


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _widen_on_sqlite() -> None:
    """Change the check where it is written: what is stored stays valid, the tables that point here stay too.

    It is the way that SQLite's documentation gives for a changed CHECK (ALTER TABLE, section 8, the simpler procedure).
    """
    bind = op.get_bind()
    read = "SELECT sql FROM sqlite_master WHERE type='table' AND name='consultation'"
    made = bind.exec_driver_sql(read).scalar()
    old = f"({_quoted(_FORMS[:2])})"
    assert isinstance(made, str) and made.count(old) == 1
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar()
    assert isinstance(version, int)
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    bind.exec_driver_sql(
        "UPDATE sqlite_master SET sql=? WHERE type='table' AND name='consultation'",
        (made.replace(old, f"({_quoted(_FORMS)})"),),
    )
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")
