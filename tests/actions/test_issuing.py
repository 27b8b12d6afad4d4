"""Publishing from the desk: what it waits for, what it declares, at a set moment, and only once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from consult.actions import issuing, making, mending
from consult.actions.mending import read_file
from consult.actions.publishing import Issue
from consult.domain.edits import SetAside
from consult.domain.errors import AlreadyPublished, Refusal, StaleVersion, StillMissing, UnreadableDraft
from consult.domain.outline_entries import At
from consult.domain.readiness import Gap
from consult.domain.terms import ActorKind, ConsultationKind, LetterKind
from consult.domain.unreadable import Fault
from consult.domain.window import Window
from consult.server import publish_due
from consult.store.consultations import Recipient, Round
from consult.store.database import Database, connect, reading, writing
from consult.store.journal import Entry
from consult.store.outbox import Letter
from consult.store.queries.making import asking_of, matter_of, standing_of
from consult.store.queries.preparing import drafts_with_files, in_preparation
from consult.store.queries.rounds import RoundFacts
from tests.builders import CLOSES, NEW_SLUG, OPENS, Office
from tests.racing import meet, race

ISSUE = Issue("99/STTTT-BCVT", date(2020, 4, 22), None)
AT = OPENS + timedelta(hours=3)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def ready(anywhere: Office) -> Office:
    """Give a round in preparation that lacks nothing."""
    anywhere.prepare()
    return anywhere


def schedule(office: Office, at: datetime = AT, version: int | None = None) -> RoundFacts:
    official, facts = office.official(), office.facts(NEW_SLUG)
    with writing(office.database) as session:
        seen = facts.version if version is None else version
        issuing.schedule(session, official, facts, seen, ISSUE, at, office.clock())
    return office.facts(NEW_SLUG)


def publish(office: Office, version: int | None = None, issue: Issue = ISSUE) -> RoundFacts:
    official, facts = office.official(), office.facts(NEW_SLUG)
    with writing(office.database) as session:
        issuing.publish_now(
            session, official, facts, facts.version if version is None else version, issue, office.clock()
        )
    return office.facts(NEW_SLUG)


def invitations(database: Database, round_id: int) -> int:
    of_round = (Letter.kind == LetterKind.INVITATION) & (Letter.round_id == round_id)
    with reading(database) as session:
        return session.scalar(select(func.count(Letter.id)).where(of_round)) or 0


def entries(office: Office, round_id: int) -> Sequence[Entry]:
    with reading(office.database) as session:
        return session.scalars(select(Entry).where(Entry.round_id == round_id).order_by(Entry.number)).all()


def test_publishing_keeps_number_date_and_the_declaration(ready: Office) -> None:
    with writing(ready.database) as session:
        letter = issuing.keep_letter(session, b"%PDF-1.7 signed", None)
    facts = publish(ready, issue=replace(ISSUE, letter_digest=letter))
    assert (facts.published_at, facts.letter_number, facts.letter_date) == (OPENS, "99/STTTT-BCVT", date(2020, 4, 22))
    assert facts.letter_digest == letter
    with reading(ready.database) as session:
        assert session.scalar(select(Round.declared_at).where(Round.id == facts.id)) == OPENS
    last = entries(ready, facts.id)[-1]
    assert (last.act, last.actor_kind, last.actor) == ("publish", ActorKind.OFFICIAL, "Chuyên viên phụ trách")
    assert '"letter_number": "99/STTTT-BCVT"' in last.particulars
    assert '"no_state_secret": true' in last.particulars
    assert invitations(ready.database, facts.id) == 27


def test_letters_name_the_number_that_was_declared(ready: Office) -> None:
    facts = publish(ready)
    with reading(ready.database) as session:
        text = session.scalars(select(Letter.text).where(Letter.round_id == facts.id).limit(1)).one()
    assert "Tiếp theo Công văn số 99/STTTT-BCVT ngày 22/4/2020" in text


def test_what_is_missing_is_named_and_nothing_is_opened(anywhere: Office) -> None:
    official = anywhere.official()
    with writing(anywhere.database) as session:
        slug = making.begin(session, official, "Hồ sơ trống", ConsultationKind.NORMATIVE, OPENS)
    facts = anywhere.facts(slug)
    with pytest.raises(StillMissing) as missing, writing(anywhere.database) as session:
        issuing.publish_now(session, official, facts, facts.version, ISSUE, OPENS)
    assert missing.value.gaps == (Gap.NO_DRAFT, Gap.NO_AGENCY)
    assert anywhere.facts(slug) == facts


@pytest.mark.parametrize(("late_by", "opened"), [(-MICROSECOND, True), (timedelta(0), False)])
def test_the_close_must_be_ahead(ready: Office, late_by: timedelta, opened: bool) -> None:
    ready.clock.at = CLOSES + late_by
    if opened:
        assert publish(ready).published_at == CLOSES - MICROSECOND
        return
    with pytest.raises(StillMissing) as missing:
        publish(ready)
    assert missing.value.gaps == (Gap.CLOSE_NOT_AHEAD,)


def test_an_opening_after_the_close_cannot_even_be_said() -> None:
    with pytest.raises(ValueError, match="closes before it opens"):
        Window(CLOSES, OPENS)


def test_whoever_saw_an_older_state_publishes_nothing(ready: Office) -> None:
    seen = ready.facts(NEW_SLUG).version
    official, facts = ready.official(), ready.facts(NEW_SLUG)
    with writing(ready.database) as session:
        other = replace(matter_of(facts), place="Pleiku")
        making.save(session, official, facts, seen, other, asking_of(facts), OPENS)
    with pytest.raises(StaleVersion):
        publish(ready, seen)
    assert ready.facts(NEW_SLUG).published_at is None


def test_publishing_twice_is_refused(ready: Office) -> None:
    publish(ready)
    with pytest.raises(AlreadyPublished):
        publish(ready)


def _publish(url: str, official: object, facts: RoundFacts) -> bool:
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            issuing.publish_now(session, official, facts, facts.version, ISSUE, OPENS)  # type: ignore[arg-type]
    except (AlreadyPublished, StaleVersion):
        return False
    return True


def test_two_officials_at_once_publish_once(ready: Office) -> None:
    url = ready.database.engine.url.render_as_string(hide_password=False)
    facts, official = ready.facts(NEW_SLUG), ready.official()
    assert sorted(race(_publish, (url, official, facts), (url, official, facts))) == [False, True]
    assert invitations(ready.database, facts.id) == 27


@pytest.mark.parametrize(("early", "opened"), [(MICROSECOND, 0), (timedelta(0), 1)])
def test_a_scheduled_round_opens_at_its_moment_and_not_a_microsecond_before(
    ready: Office, early: timedelta, opened: int
) -> None:
    facts = schedule(ready)
    assert publish_due(ready.database, AT - early) == opened
    assert ready.facts(NEW_SLUG).published_at == (AT if opened else None)
    assert invitations(ready.database, facts.id) == 27 * opened
    if opened:
        last = entries(ready, facts.id)[-1]
        assert (last.act, last.actor) == ("publish", "Chuyên viên phụ trách")
        assert ready.facts(NEW_SLUG).letter_number == "99/STTTT-BCVT"


def test_the_desk_says_when_a_round_opens(ready: Office) -> None:
    facts = schedule(ready)
    with reading(ready.database) as session:
        assert [each.publish_at for each in in_preparation(session, facts.lead_agency_id)] == [AT]
        assert standing_of(session, facts).publish_by == "Chuyên viên phụ trách"


def test_a_scheduled_round_can_be_taken_back(ready: Office) -> None:
    facts = schedule(ready)
    official = ready.official()
    with writing(ready.database) as session:
        issuing.cancel(session, official, facts, facts.version, OPENS)
    assert publish_due(ready.database, AT) == 0
    assert ready.facts(NEW_SLUG).published_at is None
    assert [each.act for each in entries(ready, facts.id)] == ["load", "schedule", "cancel schedule"]


@pytest.mark.parametrize("at", [OPENS, OPENS - MICROSECOND])
def test_a_moment_that_is_not_ahead_is_refused(ready: Office, at: datetime) -> None:
    with pytest.raises(Refusal, match="not ahead"):
        schedule(ready, at)


def test_a_moment_at_the_close_is_refused(ready: Office) -> None:
    with pytest.raises(StillMissing) as missing:
        schedule(ready, CLOSES)
    assert missing.value.gaps == (Gap.CLOSE_NOT_AHEAD,)


def test_what_is_missing_at_the_moment_is_kept_and_not_tried_again(ready: Office) -> None:
    facts = schedule(ready)
    with writing(ready.database) as session:
        session.execute(delete(Recipient).where(Recipient.round_id == facts.id))
    assert publish_due(ready.database, AT) == 0
    with reading(ready.database) as session:
        standing = standing_of(session, ready.facts(NEW_SLUG))
    assert (standing.publish_at, standing.publish_fault) == (None, "NO_AGENCY")
    assert ready.facts(NEW_SLUG).published_at is None
    assert publish_due(ready.database, AT + timedelta(hours=1)) == 0
    assert [each.act for each in entries(ready, facts.id)][-1] == "not published"
    assert [each.act for each in entries(ready, facts.id)].count("not published") == 1


def test_a_draft_that_was_unsettled_since_is_not_opened(ready: Office) -> None:
    facts, official = schedule(ready), ready.official()
    handed_in = read_file("mot-phan.txt", b"Ch\xc6\xb0\xc6\xa1ng")
    with writing(ready.database) as session:
        draft = drafts_with_files(session, facts.id)[0]
        mending.replace_file(session, official, draft, handed_in, OPENS)
        mending.mend(session, official, drafts_with_files(session, facts.id)[0], SetAside(At("text", 0, 0)), OPENS)
    assert publish_due(ready.database, AT) == 0
    with reading(ready.database) as session:
        assert standing_of(session, ready.facts(NEW_SLUG)).publish_fault == "DRAFT_UNREADY"
    assert invitations(ready.database, facts.id) == 0


@pytest.mark.parametrize("taken_out", [{"letter_number": ""}, {"letter_date": None}])
def test_a_letter_taken_out_after_it_was_declared_is_asked_for_again(
    ready: Office, taken_out: dict[str, object]
) -> None:
    facts = schedule(ready)
    official = ready.official()
    with writing(ready.database) as session:
        asking = replace(asking_of(facts), **taken_out)  # type: ignore[arg-type]
        making.save(session, official, facts, facts.version, matter_of(facts), asking, OPENS)
    assert publish_due(ready.database, AT) == 0
    with reading(ready.database) as session:
        assert standing_of(session, ready.facts(NEW_SLUG)).publish_fault == "NO_LETTER"
    assert invitations(ready.database, facts.id) == 0


def test_a_worker_that_comes_after_the_close_opens_nothing(ready: Office) -> None:
    schedule(ready)
    assert publish_due(ready.database, CLOSES) == 0
    with reading(ready.database) as session:
        assert standing_of(session, ready.facts(NEW_SLUG)).publish_fault == "CLOSE_NOT_AHEAD"


def test_one_that_cannot_be_opened_holds_no_other_up(ready: Office) -> None:
    facts = schedule(ready)
    other = ready.prepare("ho-so-khac", digest="other")
    moments = {"publish_at": AT - timedelta(hours=1), "publish_by": "X", "letter_date": date(2020, 4, 22)}
    with writing(ready.database) as session:
        session.execute(update(Round).where(Round.id == other.id).values(**moments))
        session.execute(delete(Recipient).where(Recipient.round_id == other.id))
    assert publish_due(ready.database, AT) == 1
    assert ready.facts(NEW_SLUG).published_at == AT
    assert invitations(ready.database, facts.id) == 27


def _work(url: str) -> int:
    database = connect(url)
    meet()
    return publish_due(database, AT)


def test_two_workers_open_a_scheduled_round_once(ready: Office) -> None:
    facts = schedule(ready)
    url = ready.database.engine.url.render_as_string(hide_password=False)
    assert sorted(race(_work, (url,), (url,))) == [0, 1]
    assert invitations(ready.database, facts.id) == 27
    assert [each.act for each in entries(ready, facts.id)].count("publish") == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"a scan"])
def test_the_signed_letter_must_be_a_pdf(content: bytes) -> None:
    with pytest.raises(UnreadableDraft) as refused:
        issuing.refuse_letter("cong-van.pdf", content)
    assert refused.value.fault is Fault.NO_PDF
