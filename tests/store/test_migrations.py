"""The schema's history: the migrations make what the models say, keep data, and refuse what they do not know."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.exc import DatabaseError

from consult.app import create_app
from consult.clock import machine_clock
from consult.domain.errors import UnknownSchema
from consult.domain.terms import ActorKind, Basis, Channel, LetterKind, LetterState, OfficialRole
from consult.store import journal, migrations
from consult.store.answers import Comment, Invitation, Submission
from consult.store.consultations import Draft, Round
from consult.store.database import Database, connect, writing
from consult.store.directory import Agency, LeadAgency, Official
from consult.store.drafts import DraftSource
from consult.store.journal import Actor
from consult.store.outbox import Letter
from consult.store.tables import metadata
from tests.builders import OPENS, Office, settings_in

NEWEST = migrations.newest()


def test_the_migrated_schema_is_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrated_database_checks_what_the_models_check(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in inspector.get_check_constraints(table.name)} == wanted, table.name


def test_upgrading_twice_changes_nothing(anywhere: Office) -> None:
    before = anywhere.facts()
    migrations.upgrade(anywhere.database)
    migrations.check(anywhere.database)
    assert anywhere.facts() == before


def _set_schema(database: Database, name: str | None) -> None:
    with writing(database) as session:
        session.execute(text("DELETE FROM alembic_version"))
        if name:
            session.execute(text("INSERT INTO alembic_version VALUES (:name)"), {"name": name})


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "the database is empty; run: consult db upgrade"),
        ("9999", "the database has the schema 9999 of a newer version; install that version"),
    ],
)
def test_a_schema_that_is_not_known_is_refused(database: Database, found: str | None, words: str) -> None:
    _set_schema(database, found)
    with pytest.raises(UnknownSchema, match=words):
        migrations.check(database)


def test_an_older_schema_is_refused_with_the_way_forward(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "newest", lambda: "9000")
    with pytest.raises(UnknownSchema, match=f"at schema {NEWEST}; make a backup, then run: consult db upgrade"):
        migrations.check(database)


def test_a_newer_schema_is_not_touched_by_an_upgrade(database: Database) -> None:
    _set_schema(database, "9999")
    with pytest.raises(UnknownSchema, match="newer version"):
        migrations.upgrade(database)
    assert migrations.current(database) == "9999"


def test_the_application_does_not_start_on_an_empty_database(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/new.sqlite3")
    with pytest.raises(UnknownSchema, match="consult db upgrade"):
        create_app(settings_in(tmp_path, record), machine_clock, record)
    record.dispose()


SECOND = f"""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9000", "{NEWEST}", None, None
def upgrade():
    op.add_column("comment", sa.Column("later", sa.String(), nullable=False, server_default="new"))
    {{fault}}
"""


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose revisions come after the project's own."""
    folder = tmp_path / "versions"
    folder.mkdir()
    own = migrations._config

    def both() -> Config:
        config = own()
        config.set_main_option("version_locations", f"{migrations._FOLDER / 'versions'}:{folder}")
        return config

    monkeypatch.setattr(migrations, "_config", both)
    monkeypatch.setattr(migrations, "newest", migrations.newest.__wrapped__)
    return folder


def test_a_migration_keeps_the_data(anywhere: Office, history: Path) -> None:
    key = anywhere.comment(anywhere.grant())
    (history / "9000_later.py").write_text(SECOND.format(fault=""))
    with pytest.raises(UnknownSchema, match=f"at schema {NEWEST}"):
        migrations.check(anywhere.database)
    migrations.upgrade(anywhere.database)
    migrations.check(anywhere.database)
    with anywhere.database.reading() as session:
        assert session.execute(text("SELECT key, later FROM comment")).all() == [(key, "new")]
        assert journal.verify(session).fault == ""


def test_a_migration_that_fails_changes_nothing(anywhere: Office, history: Path) -> None:
    key = anywhere.comment(anywhere.grant())
    (history / "9000_later.py").write_text(SECOND.format(fault="raise RuntimeError('power cut')"))
    with pytest.raises(RuntimeError, match="power cut"):
        migrations.upgrade(anywhere.database)
    assert migrations.current(anywhere.database) == NEWEST
    assert "later" not in {column["name"] for column in inspect(anywhere.database.engine).get_columns("comment")}
    with anywhere.database.reading() as session:
        assert session.scalars(select(Comment.key)).all() == [key]


FIRST_ROWS = (
    "INSERT INTO lead_agency (id, name) VALUES (1, 'Sở Mẫu')",
    "INSERT INTO consultation VALUES (1, 'mau', 'Dự thảo', 'ADMINISTRATIVE', 1, '', 'UBND', 'Gia Lai', 'PUBLIC',"
    " 'NEVER', 'NO_ANSWER', '', '', '', '', 'ADMINISTRATIVE', '', 'GIÁM ĐỐC', '2020-04-21 01:00:00')",
    "INSERT INTO round VALUES (1, 1, 1, '', '2020-04-21 01:00:00', '2020-04-26 17:00:00', NULL, 'trước ngày 27/4/2020',"
    " '', NULL, '', 0, 'x', NULL, 1)",
    "INSERT INTO stored_file VALUES ('abc', 'x')",
    "INSERT INTO draft (id, round_id, position, part, title, file_name, file_digest)"
    " VALUES (1, 1, 1, '', 'Dự thảo', 'draft.docx', 'abc')",
)


def test_a_draft_of_the_first_schema_keeps_its_row_and_has_no_lines(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/first.sqlite3")
    with writing(record) as session:
        config = migrations._config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for statement in FIRST_ROWS:
            session.execute(text(statement))
    migrations.upgrade(record)
    with record.reading() as session:
        draft = session.scalars(select(Draft)).one()
        assert (draft.edition, draft.corrects_id) == (1, None)
        assert (draft.title, draft.file_digest, draft.version, draft.hands_on_file) == ("Dự thảo", "abc", 1, False)
        assert session.scalars(select(DraftSource)).all() == []
    record.dispose()


def test_a_round_of_an_earlier_schema_keeps_the_usual_reminders(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/office.sqlite3")
    with writing(record) as session:
        config = migrations._config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0001")
        for statement in FIRST_ROWS:
            session.execute(text(statement))
        command.upgrade(config, "0003")
    migrations.upgrade(record)
    with record.reading() as session:
        kept = session.execute(select(Round.reminder_days, Round.invitation_words, Round.reminder_words)).one()
    assert tuple(kept) == (None, "", "")
    record.dispose()


ASKED_ROWS = (
    "INSERT INTO agency VALUES (1, 'ca', 'Công an tỉnh', 'Công an', '', 'khác', 'ca@gialai.example', 'a', 'cong an')",
    "INSERT INTO official VALUES (1, 1, 'cv@so.example', 'Chuyên viên', '2020-04-21 01:00:00', NULL)",
    "INSERT INTO invitation VALUES (1, 1, 1, 'abcdefghjk', 'Công an tỉnh', 'Công an', 'ca@gialai.example', '', 1, 0, 1,"
    " NULL, NULL, NULL)",
    "INSERT INTO submission VALUES (1, 1, 1, 'k', 'p', 'AGREES', '12/CA', NULL, 0, '', '', '2020-04-22 01:00:00',"
    " 'abcdefghjk-1', 'd', NULL, 1)",
    "INSERT INTO letter VALUES (7, 'invitation:1:1', 'p', 'INVITATION', 1, 1, NULL, 'ca@gialai.example',"
    " 'Công an tỉnh', '', 'S', 'T', 'H', '2020-04-21 01:00:00', 'SENT', 1, NULL, NULL,"
    " '2020-04-21 01:01:00', '', '2020-04-21 01:00:00')",
)


def test_what_the_second_schema_holds_is_kept_and_takes_the_plain_sense_of_what_is_new(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/second.sqlite3")
    with writing(record) as session:
        config = migrations._config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0002")
        for statement in FIRST_ROWS[:3] + ASKED_ROWS:
            session.execute(text(statement))
    migrations.upgrade(record)
    with record.reading() as session:
        letter = session.scalars(select(Letter)).one()
        assert (letter.id, letter.key, letter.kind, letter.state) == (
            7,
            "invitation:1:1",
            LetterKind.INVITATION,
            LetterState.SENT,
        )
        asked, sent = session.scalars(select(Invitation)).one(), session.scalars(select(Submission)).one()
        assert (asked.basis, asked.withdrawn_at, asked.letter_number) == (Basis.LISTED, None, "")
        assert (sent.channel, sent.secret, sent.entered_by, sent.letter_number) == (Channel.ONLINE, False, "", "12/CA")
        assert session.scalars(select(Official.role)).one() is OfficialRole.OFFICIAL
        agency = session.scalars(select(Agency)).one()
        assert (agency.rank, agency.successor, agency.valid_to) == (500, "", None)
        assert (letter.reported_at, session.scalars(select(Official.told)).one()) == (None, True)
    with pytest.raises(DatabaseError, match="ck_letter_letterkind"), writing(record) as session:
        session.execute(text("UPDATE letter SET kind = 'POSTCARD'"))
    with writing(record) as session:
        session.execute(text("UPDATE letter SET kind = 'CLOSING_SOON'"))
    record.dispose()


def test_officials_are_not_told_of_what_was_before_they_could_be(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/sending.sqlite3")
    with writing(record) as session:
        config = migrations._config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, "0002")
        for statement in FIRST_ROWS[:3] + ASKED_ROWS:
            session.execute(text(statement))
        session.execute(text("UPDATE letter SET state = 'FAILED', sent_at = NULL"))
    migrations.upgrade(record)
    with record.reading() as session:
        assert session.scalars(select(Letter.reported_at)).one() is not None
        assert session.scalars(select(LeadAgency.digest_until)).one() is not None
        kept = session.execute(select(Round.tells_close, Round.gives_calendar)).one()
    assert tuple(kept) == (False, False)
    record.dispose()


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_entry"])
def test_frozen_rows_refuse_update_and_delete(database: Database, statement: str) -> None:
    with writing(database) as session:
        journal.append(session, OPENS, Actor(ActorKind.COMMAND, "consult"), "load")
    with pytest.raises(DatabaseError, match="rows of journal_entry are frozen"), writing(database) as session:
        session.execute(text(statement))


@pytest.mark.parametrize("table", ["submitted_comment", "submitted_agreement"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET submission_id = submission_id", "DELETE FROM {}"])
def test_what_was_sent_is_frozen(anywhere: Office, table: str, statement: str) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant)
    anywhere.agree(grant, "2.3")
    anywhere.send(grant)
    with pytest.raises(DatabaseError, match="are frozen"), writing(anywhere.database) as session:
        session.execute(text(statement.format(table)))
