"""An agency's own answer: its comments in the order of the draft, its places, and nobody else's."""

import pytest

from consult.domain.errors import NotFound
from consult.domain.terms import Stance
from consult.store.database import reading
from consult.store.queries.concerns import concerned_anchors
from consult.store.queries.own_answer import agreed_anchors, sent_agreements, sent_comments, submissions, working_copy
from consult.store.queries.places import place_of
from tests.builders import EDUCATION, Office
from tests.statements import counted


def test_comments_come_in_the_order_of_the_draft_those_on_the_whole_first(anywhere: Office) -> None:
    grant = anywhere.grant()
    for anchor in ("ket-thuc-1", "2.2", "9.4", "", "mo-dau-2", "2.2", "trich-yeu-1", "2"):
        anywhere.comment(grant, anchor)
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        found = working_copy(session, grant.invitation_id)
    assert len(sent) == 1
    assert [comment.anchor for comment in found] == [
        "",
        "trich-yeu-1",
        "mo-dau-2",
        "2",
        "2.2",
        "2.2",
        "9.4",
        "ket-thuc-1",
    ]
    assert [comment.cited for comment in found[:4]] == [
        "",
        "trích yếu",
        "đoạn mở đầu thứ 2",
        "mục 2 (Công an tỉnh)",
    ]


def test_an_agency_sees_its_own_alone(anywhere: Office) -> None:
    grant, other = anywhere.grant(), anywhere.grant(EDUCATION)
    anywhere.comment(grant)
    anywhere.agree(grant, "2.3")
    anywhere.send(grant)
    with reading(anywhere.database) as session:
        assert len(working_copy(session, grant.invitation_id)) == 1
        assert working_copy(session, other.invitation_id) == ()
        assert agreed_anchors(session, other.invitation_id) == frozenset()
        assert submissions(session, other.invitation_id) == ()


def test_versions_come_newest_first(office: Office) -> None:
    grant = office.grant()
    office.send(grant, Stance.NO_OPINION)
    office.agree(grant, "2.4", "2.3")
    office.send(grant, Stance.AGREES)
    with reading(office.database) as session:
        newest, oldest = submissions(session, grant.invitation_id)
        assert (newest.version, newest.stance, oldest.version) == (2, Stance.AGREES, 1)
        assert sent_agreements(session, newest.id) == ("mục 2.3 (Công an tỉnh)", "mục 2.4 (Công an tỉnh)")
        assert sent_agreements(session, oldest.id) == ()
        assert sent_comments(session, newest.id) == ()


def test_places_are_found_by_their_anchor(office: Office) -> None:
    grant = office.grant()
    with reading(office.database) as session:
        place = place_of(session, grant.invitation_id, "6.p1")
        assert (place.kind, place.label) == ("plain", "")
        assert place.cited == "đoạn 1 mục 6 (Cục Quản lý thị trường Gia Lai)"
        assert concerned_anchors(session, grant.invitation_id) == ("2",)
        for anchor in ("6.p9", "", "' OR 1=1 --"):
            with pytest.raises(NotFound):
                place_of(session, grant.invitation_id, anchor)
