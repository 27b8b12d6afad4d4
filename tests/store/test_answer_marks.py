"""What tells two states of an agency's answer apart: each act of an agency, and nothing else."""

from collections.abc import Callable
from datetime import timedelta

from consult.actions import commenting, sending
from consult.domain.terms import Stance
from consult.store.database import reading, writing
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import own_comment, submissions
from consult.store.queries.places import place_of
from tests.builders import EDUCATION, Office

Mark = tuple[int, str, str]


def mark_of(anywhere: Office) -> Mark:
    return anywhere.grant().answer


def clause_ids(anywhere: Office, grant: AgencyGrant, *anchors: str) -> tuple[int, ...]:
    with reading(anywhere.database) as session:
        return tuple(place_of(session, grant.invitation_id, anchor).id for anchor in anchors)


def withdraw(anywhere: Office, grant: AgencyGrant, key: str) -> None:
    with reading(anywhere.database) as session:
        stored = own_comment(session, grant.invitation_id, key)
    assert stored is not None
    with writing(anywhere.database) as session:
        commenting.withdraw_comment(session, grant, key, stored.version, anywhere.clock())


def test_every_act_of_the_agency_leaves_a_mark_that_was_not_there_before(anywhere: Office) -> None:
    grant = anywhere.grant()
    seen = [mark_of(anywhere)]

    def after(act: Callable[[], object]) -> None:
        act()
        seen.append(mark_of(anywhere))

    keys = [anywhere.comment(grant, "2.2"), anywhere.comment(grant, "2.1")]
    seen.append(mark_of(anywhere))
    after(lambda: withdraw(anywhere, grant, keys[0]))
    after(lambda: anywhere.send(grant))
    after(lambda: _letter(anywhere, grant, "15/CV"))
    after(lambda: _letter(anywhere, grant, "16/CV"))
    after(lambda: anywhere.send(grant))
    after(lambda: _recall(anywhere, grant))
    after(lambda: withdraw(anywhere, grant, keys[1]))
    after(lambda: anywhere.send(grant, Stance.AGREES))

    assert len(set(seen)) == len(seen)


def test_agreeing_elsewhere_with_as_many_places_is_another_answer(anywhere: Office) -> None:
    grant = anywhere.grant()
    ids = clause_ids(anywhere, grant, "1.1", "1.2", "2.1", "2.2")
    marks = []
    for chosen in ((ids[0], ids[3]), (ids[1], ids[2])):
        with writing(anywhere.database) as session:
            commenting.disagree(session, grant, ids, anywhere.clock())
            commenting.agree(session, grant, chosen, anywhere.clock())
        marks.append(mark_of(anywhere))

    assert marks[0] != marks[1]


def test_neither_time_nor_another_agency_changes_the_mark(anywhere: Office) -> None:
    anywhere.comment(anywhere.grant())
    before = mark_of(anywhere)

    anywhere.clock.at += timedelta(hours=1)
    other = anywhere.grant(EDUCATION)
    anywhere.comment(other)
    anywhere.send(other)

    assert mark_of(anywhere) == before


def _letter(anywhere: Office, grant: AgencyGrant, number: str) -> None:
    with writing(anywhere.database) as session:
        sending.complete_letter(session, grant, _in_force(anywhere, grant), number, None, anywhere.clock())


def _recall(anywhere: Office, grant: AgencyGrant) -> None:
    with writing(anywhere.database) as session:
        sending.recall(session, grant, _in_force(anywhere, grant), anywhere.clock())


def _in_force(anywhere: Office, grant: AgencyGrant) -> int:
    with reading(anywhere.database) as session:
        return next(each.version for each in submissions(session, grant.invitation_id) if each.in_force)
