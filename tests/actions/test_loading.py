"""Loading a folder: twice is once, replaced before publishing, refused after, and never by halves."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from consult import paths
from consult.actions import loading, publishing
from consult.actions.loading import Loaded
from consult.documents.folder import read_folder
from consult.domain.errors import AlreadyPublished, FolderRefused, UnreadableDraft
from consult.domain.terms import Readers
from consult.store import journal
from consult.store.consultations import Clause, Consultation, Recipient, Round, StoredFile
from consult.store.database import Base, Database, reading, writing
from consult.store.directory import Agency, AgencyGroup, GroupMember
from consult.store.queries.clauses import drafts_of
from consult.store.queries.rounds import newest_round, published_round
from tests.builders import OPENS, SLUG, Office
from tests.folders import changed, copied


def _load(database: Database, folder: Path) -> Loaded:
    prepared = loading.prepare(read_folder(folder))
    with writing(database) as session:
        return loading.load(session, prepared, OPENS)


def _count(database: Database, *tables: type[Base]) -> list[int]:
    with reading(database) as session:
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def _everything(database: Database) -> list[int]:
    return _count(database, Consultation, Round, Clause, Recipient, StoredFile, Agency, AgencyGroup, GroupMember)


def test_loading_the_sample_stores_its_draft_and_its_list(database: Database) -> None:
    assert _load(database, paths.DRAFTS / SLUG) is Loaded.NEW
    with reading(database) as session:
        facts = newest_round(session, SLUG)
        (draft,) = drafts_of(session, facts.id)
    body = [clause for clause in draft.clauses if not clause.in_frame]
    assert [clause.anchor for clause in body[:4]] == ["mo-dau-1", "mo-dau-2", "1", "1.1"]
    assert (len(body), body[-1].anchor) == (39, "ket-thuc-1")
    assert body[3].cited == "mục 1.1 (Sở Thông tin và Truyền thông)"
    assert facts.published_at is None
    assert _count(database, Recipient, Agency, AgencyGroup, GroupMember) == [28, 28, 2, 22]


def test_loading_twice_is_loading_once(database: Database) -> None:
    _load(database, paths.DRAFTS / SLUG)
    before = _everything(database)
    assert _load(database, paths.DRAFTS / SLUG) is Loaded.UNCHANGED
    assert _everything(database) == before
    with reading(database) as session:
        assert journal.verify(session).entries == 1


def test_a_changed_folder_replaces_what_nobody_has_seen(database: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    _load(database, folder)
    before = _everything(database)
    changed(folder, "consultation.toml", 'label = "Dự thảo lần 1"', 'label = "Dự thảo lần 2"')
    assert _load(database, folder) is Loaded.CHANGED
    assert _everything(database) == before
    with reading(database) as session:
        assert newest_round(session, SLUG).round_label == "Dự thảo lần 2"
        assert journal.verify(session).entries == 2


def test_an_agency_taken_off_the_list_is_not_asked(database: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    _load(database, folder)
    table = folder / "agencies.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if not line.startswith("tinh-doan,")), encoding="utf-8")
    _load(database, folder)
    assert _count(database, Recipient) == [27]


def test_a_changed_folder_is_refused_once_published(database: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    _load(database, folder)
    with writing(database) as session:
        publishing.publish(session, SLUG, OPENS)
    before = _everything(database)
    assert _load(database, folder) is Loaded.UNCHANGED
    changed(folder, "agencies.csv", "Công an tỉnh,Công an tỉnh", "Công an tỉnh Gia Lai,Công an tỉnh")
    with pytest.raises(AlreadyPublished, match="gia-lai-2020: the round is published and its folder has changed"):
        _load(database, folder)
    assert _everything(database) == before
    with reading(database) as session:
        assert session.scalar(select(Agency.name).where(Agency.code == "cong-an-tinh")) == "Công an tỉnh"


def test_the_next_round_stands_beside_the_published_one(database: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    _load(database, folder)
    with writing(database) as session:
        publishing.publish(session, SLUG, OPENS)
    changed(folder, "consultation.toml", "number = 1\n", "number = 2\n")
    assert _load(database, folder) is Loaded.NEW
    assert _count(database, Consultation, Round, Recipient) == [1, 2, 56]


def test_a_folder_that_cannot_be_loaded_leaves_nothing(database: Database, tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "draft.docx").write_bytes(b"PK\x03\x04 not a document")
    with pytest.raises(UnreadableDraft, match=r"draft\.docx"):
        _load(database, folder)
    changed(folder, "agencies.csv", "\ntinh-doan,", "\ncong-an-tinh,")
    with pytest.raises(FolderRefused):
        _load(database, folder)
    assert _everything(database) == [0] * 8


def test_a_fault_in_the_middle_leaves_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(loading, "append", lambda *_args, **_more: full())
    with pytest.raises(OSError, match="no space left"):
        _load(database, paths.DRAFTS / SLUG)
    assert _everything(database) == [0] * 8


def test_another_round_changes_nothing_that_the_first_one_s_letters_said(office: Office, tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "consultation.toml", "number = 1\nlabel", "number = 2\nlabel")
    assert _load(office.database, folder) is Loaded.NEW
    changed(folder, "consultation.toml", 'readers = "public"', 'readers = "invited"')
    with pytest.raises(AlreadyPublished, match="has a published round and its readers differs"):
        _load(office.database, folder)
    with reading(office.database) as session:
        assert published_round(session, SLUG).readers is Readers.PUBLIC
