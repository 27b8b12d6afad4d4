"""Rounds as readers see them: cards, the draft in order, who was asked as the letter lists them."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from consult.actions import loading
from consult.domain.errors import NotFound
from consult.domain.terms import Readers
from consult.domain.window import Phase
from consult.store.consultations import Consultation
from consult.store.database import Database, reading, writing
from consult.store.queries.clauses import drafts_of
from consult.store.queries.rounds import invited_lines, lead_agency_cards, newest_round, public_cards, published_round
from tests.builders import CLOSES, OPENS, SLUG, Office, sample_folder
from tests.statements import counted


def test_a_published_round_has_a_card(anywhere: Office) -> None:
    with reading(anywhere.database) as session:
        (card,) = public_cards(session, OPENS)
    assert (card.slug, card.lead_agency) == (SLUG, "Sở Thông tin và Truyền thông")
    assert (card.round_label, card.number, card.deadline_text) == ("Dự thảo lần 1", 1, "trước ngày 27/4/2020")
    assert (card.phase, card.days_left) == (Phase.OPEN, 5)


@pytest.mark.parametrize(
    ("moment", "phase", "days_left"),
    [
        (OPENS - timedelta(days=1), Phase.UPCOMING, 6),
        (CLOSES - timedelta(microseconds=1), Phase.OPEN, 0),
        (CLOSES, Phase.CLOSED, -1),
    ],
)
def test_a_card_says_where_the_round_stands(office: Office, moment: object, phase: Phase, days_left: int) -> None:
    with reading(office.database) as session:
        (card,) = public_cards(session, moment)  # type: ignore[arg-type]
    assert (card.phase, card.days_left) == (phase, days_left)


def test_what_only_the_invited_may_read_has_no_public_card(office: Office) -> None:
    facts = office.facts()
    with writing(office.database) as session:
        session.execute(update(Consultation).values(readers=Readers.INVITED))
    with reading(office.database) as session:
        assert public_cards(session, OPENS) == ()
        assert [card.slug for card in lead_agency_cards(session, facts.lead_agency_id, OPENS)] == [SLUG]
        assert lead_agency_cards(session, facts.lead_agency_id + 1, OPENS) == ()


def test_what_is_not_published_is_not_there_for_readers(database: Database) -> None:
    with writing(database) as session:
        loading.load(session, loading.prepare(sample_folder()), OPENS)
    with reading(database) as session:
        assert public_cards(session, OPENS) == ()
        assert newest_round(session, SLUG).published_at is None
        with pytest.raises(NotFound):
            published_round(session, SLUG)
        with pytest.raises(NotFound):
            newest_round(session, "another")


def test_the_draft_comes_in_order_in_one_query(anywhere: Office) -> None:
    round_id = anywhere.facts().id
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        (draft,) = drafts_of(session, round_id)
    assert len(sent) == 1
    assert [clause.anchor for clause in draft.clauses if clause.in_frame] == [
        "quoc-hieu-1",
        "trich-yeu-1",
        "kinh-gui-1",
        "noi-nhan-1",
        "ky-1",
    ]
    assert [clause.anchor for clause in draft.clauses if clause.parent == "2"] == ["2.1", "2.2", "2.3", "2.4", "2.5"]
    assert {clause.level for clause in draft.clauses if clause.kind == "heading"} == {0}
    assert {clause.level for clause in draft.clauses if clause.kind == "numbered"} == {1}


def test_who_was_asked_stands_as_in_the_cover_letter(anywhere: Office) -> None:
    with reading(anywhere.database) as session:
        lines = invited_lines(session, anywhere.facts().id)
    assert [line.line for line in lines] == [
        "Công an tỉnh",
        "Sở Kế hoạch và Đầu tư",
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
        "Tỉnh đoàn Gia Lai",
        "Cục Quản lý thị trường Gia Lai",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "Các doanh nghiệp cung cấp dịch vụ Internet trên địa bàn tỉnh",
    ]
    assert [len(line.members) for line in lines] == [0] * 6 + [17, 5]
    assert lines[6].members[0] == "Ủy ban nhân dân thành phố Pleiku"
