"""The office mends its draft: each edit kept, the clauses written anew, one official at a time, until publishing."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select, update

from consult.actions import mending, publishing
from consult.actions.mending import HandedIn, Workbench, workbench
from consult.documents.intake import read_draft
from consult.domain.edits import Edit, Join, Relabel, SetKind, Split, TrustLabels
from consult.domain.errors import (
    AlreadyPublished,
    CannotMend,
    FolderRefused,
    NotReady,
    NotSupported,
    StaleVersion,
)
from consult.domain.findings import Finding, Found
from consult.domain.outline_entries import At
from consult.domain.outline_nodes import NodeKind, Origin, SourceText
from consult.store.consultations import Clause, StoredFile
from consult.store.database import Session, connect, reading, writing
from consult.store.drafts import DraftEdit, DraftSource
from consult.store.journal import Entry
from consult.store.queries.clauses import drafts_of
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, draft_at, drafts_with_files, hold_draft, in_preparation
from tests.builders import NEW_SLUG, NEW_TITLE, OPENS, Office
from tests.racing import meet, race

TEXT = "1. Mục tiêu: nâng cao chất lượng.\n\n2. Nhiệm vụ.\n\na) Việc một;\n\nb) Việc hai.\n"
SECOND = At("text", 4, 0)


def draft(office: Office, position: int = 1) -> DraftFile:
    with reading(office.database) as session:
        return draft_at(session, office.facts(NEW_SLUG).id, position)


def bench(office: Office) -> Workbench:
    with reading(office.database) as session:
        return workbench(session, draft(office))


def clauses(office: Office) -> list[tuple[str, str, str]]:
    with reading(office.database) as session:
        (found,) = drafts_of(session, office.facts(NEW_SLUG).id)
    return [(clause.anchor, clause.label, clause.text) for clause in found.clauses]


def do(office: Office, act: Callable[..., object], *arguments: object, **named: object) -> None:
    with writing(office.database) as session:
        act(session, *arguments, **named)


def mend(office: Office, official: OfficialGrant, edit: Edit) -> None:
    do(office, mending.mend, official, draft(office), edit, OPENS)


READ = [
    ("1", "1.", "Mục tiêu: nâng cao chất lượng."),
    ("2", "2.", "Nhiệm vụ."),
    ("2.a", "a)", "Việc một;"),
    ("2.b", "b)", "Việc hai."),
]


@pytest.fixture
def office(anywhere: Office) -> Office:
    """Give an office with a draft in preparation."""
    anywhere.prepare(thuyet_minh=TEXT.encode())
    return anywhere


def test_an_edit_is_kept_and_the_clauses_are_written_anew(office: Office) -> None:
    assert clauses(office) == READ
    mend(office, office.official(), Split(At("text", 0, 0), len("Mục tiêu:")))
    mend(office, office.official(), Join(At("text", 6, 0)))
    assert clauses(office) == [
        ("1", "1.", "Mục tiêu:"),
        ("1.p1", "", "nâng cao chất lượng."),
        ("2", "2.", "Nhiệm vụ."),
        ("2.a", "a)", "Việc một;\nb) Việc hai."),
    ]
    with reading(office.database) as session:
        rows = session.execute(
            select(DraftEdit.position, DraftEdit.edit, DraftEdit.official, DraftEdit.made_at).order_by(DraftEdit.id)
        ).all()
    who = "Chuyên viên phụ trách"
    assert [tuple(row) for row in rows] == [
        (1, '["Split",["text",0,0],9]', who, OPENS),
        (2, '["Join",["text",6,0]]', who, OPENS),
    ]
    assert draft(office).version == 3
    assert bench(office).coverage.whole


def test_undoing_drops_the_last_edit_and_starting_again_all(office: Office) -> None:
    official = office.official()
    mend(office, official, Split(At("text", 0, 0), len("Mục tiêu:")))
    split = clauses(office)
    mend(office, official, Join(At("text", 6, 0)))
    do(office, mending.undo, draft(office))
    assert clauses(office) == split
    mend(office, official, Join(At("text", 6, 0)))
    do(office, mending.start_again, draft(office))
    assert (clauses(office), bench(office).edits) == (READ, ())
    do(office, mending.undo, draft(office))
    assert clauses(office) == READ


def test_an_edit_that_does_not_fit_changes_nothing(office: Office) -> None:
    official = office.official()
    with pytest.raises(CannotMend):
        mend(office, official, Join(At("text", 0, 0)))
    assert (clauses(office), draft(office).version, bench(office).edits) == (READ, 1, ())


def test_who_saw_an_older_state_is_told(office: Office) -> None:
    official, seen = office.official(), draft(office)
    mend(office, official, Join(At("text", 6, 0)))
    after = clauses(office)
    for act in (mending.undo, mending.start_again, mending.hand_on):
        with pytest.raises(StaleVersion):
            do(office, act, seen)
    with pytest.raises(StaleVersion):
        do(office, mending.mend, official, seen, Join(SECOND), OPENS)
    assert clauses(office) == after


def _edit_at_once(url: str, seen: DraftFile, official: OfficialGrant, paragraph: int) -> str:
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            mending.mend(session, official, seen, Relabel(At("text", paragraph, 0), ""), OPENS)
        return "stored"
    except StaleVersion:
        return "told"
    finally:
        database.dispose()


@pytest.mark.slow
def test_of_two_who_mend_at_once_one_is_told(office: Office) -> None:
    official, url = office.official(), office.database.engine.url.render_as_string(hide_password=False)
    for _ in range(5):
        seen = draft(office)
        done = race(_edit_at_once, *((url, seen, official, paragraph) for paragraph in (4, 6)))
        assert sorted(done) == ["stored", "told"]
        assert draft(office).version == seen.version + 1
    assert len(bench(office).edits) == 5


def _replace(office: Office, official: OfficialGrant, name: str, content: bytes) -> None:
    do(office, mending.replace_file, official, draft(office), mending.read_file(name, content), OPENS)


def test_another_file_begins_anew_and_the_one_before_stays_stored(office: Office) -> None:
    official = office.official()
    mend(office, official, Join(At("text", 6, 0)))
    before = draft(office)
    _replace(office, official, "ban-sua.txt", "1. Chỉ một mục.\n".encode())
    after = draft(office)
    assert clauses(office) == [("1", "1.", "Chỉ một mục.")]
    assert (after.name, after.version, after.size, bench(office).edits) == ("ban-sua.txt", 3, 22, ())
    assert after.digest == "cf041dd4627773fa7bce6201f268a6d2a10a0faf15e018de9ec83907bc3f2f86"
    with reading(office.database) as session:
        assert session.get(StoredFile, before.digest) is not None
        acts = session.execute(select(Entry.act, Entry.actor).order_by(Entry.number.desc()).limit(1)).one()
    assert tuple(acts) == ("replace draft", "Chuyên viên phụ trách")


def test_after_publishing_nothing_is_mended(office: Office) -> None:
    official, seen = office.official(), draft(office)
    do(office, publishing.publish, NEW_SLUG, OPENS)
    for act, more in ((mending.undo, ()), (mending.start_again, ()), (mending.hand_on, ())):
        with pytest.raises(AlreadyPublished):
            do(office, act, seen, *more)
    with pytest.raises(AlreadyPublished):
        do(office, mending.mend, official, seen, Join(SECOND), OPENS)
    assert clauses(office) == READ


def _confuse_two_lines(session: Session, draft_id: int) -> None:
    told = session.scalar(select(DraftSource.told).where(DraftSource.draft_id == draft_id)) or b""
    lines = told.replace(b'"text", 4, 0', b'"text", 6, 0')
    session.execute(update(DraftSource).where(DraftSource.draft_id == draft_id).values(told=lines))


def test_a_draft_that_does_not_cover_its_source_is_not_published(office: Office) -> None:
    """No edit can bring this about: two lines are put at one place behind the program's back."""
    with writing(office.database) as session:
        _confuse_two_lines(session, draft(office).id)
    assert len(bench(office).coverage.faulty) == 2
    with pytest.raises(NotReady, match=r"thuyet_minh\.txt: 2 lines stand in no clause; mend the draft first"):
        do(office, publishing.publish, NEW_SLUG, OPENS)
    assert office.facts(NEW_SLUG).published_at is None


def test_a_draft_without_anything_to_comment_on_is_not_published(office: Office) -> None:
    official = office.official()
    for paragraph in (0, 2, 4, 6):
        mend(office, official, SetKind(At("text", paragraph, 0), NodeKind.SUBJECT))
    with pytest.raises(NotReady, match="nothing in it can be commented on"):
        do(office, publishing.publish, NEW_SLUG, OPENS)


def test_readers_may_take_the_file_when_nothing_is_hidden_in_it(office: Office) -> None:
    do(office, mending.hand_on, draft(office))
    assert draft(office).hands_on_file
    do(office, mending.hand_on, draft(office))
    assert not draft(office).hands_on_file
    do(office, mending.hand_on, draft(office))
    _replace(office, office.official(), "khac.txt", "1. Khác.\n".encode())
    assert not draft(office).hands_on_file


@pytest.mark.parametrize("found", [Found.TRACKED_CHANGE, Found.COMMENT, Found.HIDDEN_TEXT])
def test_a_file_with_something_hidden_is_not_handed_on(office: Office, found: Found) -> None:
    read = read_draft("khac.txt", "1. Khác.\n".encode())
    source = SourceText(read.name, read.lines, (Finding(found, "text", 0),))
    do(office, mending.replace_file, office.official(), draft(office), HandedIn(b"x", source), OPENS)
    with pytest.raises(NotSupported, match="something is hidden"):
        do(office, mending.hand_on, draft(office))


@pytest.mark.parametrize("origin", [Origin.CONVERTED, Origin.PDF])
def test_a_converted_file_is_published_once_its_labels_are_confirmed(office: Office, origin: Origin) -> None:
    official, read = office.official(), read_draft("khac.txt", "1. Khác.\n".encode())
    converted = HandedIn(b"x", replace(read, origin=origin))
    do(office, mending.replace_file, official, draft(office), converted, OPENS)
    assert bench(office).labels_to_confirm
    with pytest.raises(NotReady, match="compare its labels with the original"):
        do(office, publishing.publish, NEW_SLUG, OPENS)
    mend(office, official, TrustLabels())
    assert not bench(office).labels_to_confirm
    do(office, publishing.publish, NEW_SLUG, OPENS)


def test_a_draft_of_before_lines_were_kept_has_to_be_handed_in_again(office: Office) -> None:
    with writing(office.database) as session:
        session.execute(delete(DraftSource))
    with pytest.raises(NotReady, match="hand the file in again"):
        bench(office)


def test_the_desk_lists_what_is_in_preparation(office: Office) -> None:
    with reading(office.database) as session:
        (waiting,) = in_preparation(session, office.facts(NEW_SLUG).lead_agency_id)
        assert (waiting.slug, waiting.title, waiting.drafts) == (NEW_SLUG, NEW_TITLE, 1)
        assert in_preparation(session, 999) == ()
    do(office, publishing.publish, NEW_SLUG, OPENS)
    with reading(office.database) as session:
        assert in_preparation(session, office.facts(NEW_SLUG).lead_agency_id) == ()


def test_several_drafts_of_a_round_are_mended_apart(anywhere: Office) -> None:
    facts = anywhere.prepare(nghi_quyet=TEXT.encode(), quy_dinh=TEXT.encode())
    with reading(anywhere.database) as session:
        first, second = drafts_with_files(session, facts.id)
    assert (first.several, first.part, second.part) == (2, "nghi_quyet", "quy_dinh")
    do(anywhere, mending.mend, anywhere.official(), second, Join(At("text", 6, 0)), OPENS)
    with reading(anywhere.database) as session:
        one, two = drafts_of(session, facts.id)
    assert [clause.anchor for clause in one.clauses] == [f"nghi-quyet.{anchor}" for anchor in ("1", "2", "2.a", "2.b")]
    assert [clause.anchor for clause in two.clauses] == [f"quy-dinh.{anchor}" for anchor in ("1", "2", "2.a")]


def test_loading_the_folder_again_keeps_what_was_mended(office: Office) -> None:
    mend(office, office.official(), Join(At("text", 6, 0)))
    mended = clauses(office)
    office.prepare(digest="another list", thuyet_minh=TEXT.encode())
    assert (clauses(office), len(bench(office).edits)) == (mended, 1)


def test_a_folder_with_another_draft_does_not_go_over_what_was_mended(office: Office) -> None:
    office.prepare(digest="second", thuyet_minh=b"1. Khac.\n")
    assert clauses(office) == [("1", "1.", "Khac.")]
    mend(office, office.official(), Relabel(At("text", 0, 0), "2."))
    with pytest.raises(FolderRefused, match="the office has changed this draft at its desk"):
        office.prepare(digest="third", thuyet_minh=TEXT.encode())
    assert clauses(office) == [("2", "2.", "Khac.")]


def test_the_lock_sees_what_was_committed(office: Office) -> None:
    with writing(office.database) as session:
        assert hold_draft(session, draft(office).id) == draft(office)
        assert session.scalar(select(func.count(Clause.id)).where(Clause.draft_id == draft(office).id)) == 4
