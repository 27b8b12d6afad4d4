"""What publishing waits for, and what is only worth a look."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from consult.domain.particulars import Asking, Matter
from consult.domain.readiness import Gap, Hint, Stock, differing_close, gaps, hints
from consult.domain.terms import ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import HO_CHI_MINH, Window

OPENS = datetime(2020, 4, 21, 8, tzinfo=HO_CHI_MINH)
CLOSES = datetime(2020, 4, 28, tzinfo=HO_CHI_MINH)
MATTER = Matter(
    title="Quy chế",
    kind=ConsultationKind.ADMINISTRATIVE,
    superior_body="",
    issuing_authority="Ủy ban nhân dân tỉnh",
    place="Gia Lai",
    readers=Readers.INVITED,
    silence=SilenceRule.NO_ANSWER,
    silence_ground="",
    contact_office="Văn phòng",
    contact_phone="0269",
    contact_email="",
    form=SynthesisForm.ADMINISTRATIVE,
    signer_authority="",
    signer_title="GIÁM ĐỐC",
)
ASKING = Asking("lần 1", Window(OPENS, CLOSES), "đến hết ngày 27/4/2020", "", None, "", True)
STOCK = Stock(drafts=1, drafts_ready=True, listed=3, without_mailbox=0)


def test_a_round_that_has_all_lacks_nothing() -> None:
    assert gaps(MATTER, ASKING, STOCK, OPENS) == ()
    assert hints(MATTER, ASKING, STOCK) == ()


@pytest.mark.parametrize(
    ("matter", "asking", "stock", "gap"),
    [
        ({"issuing_authority": ""}, {}, {}, Gap.NO_ISSUER),
        ({"silence": SilenceRule.AGREES}, {}, {}, Gap.NO_GROUND),
        ({}, {"deadline_text": ""}, {}, Gap.NO_DEADLINE),
        ({}, {}, {"drafts": 0}, Gap.NO_DRAFT),
        ({}, {}, {"drafts_ready": False}, Gap.DRAFT_UNREADY),
        ({}, {}, {"listed": 0}, Gap.NO_AGENCY),
    ],
)
def test_each_gap_is_named(matter: dict[str, str], asking: dict[str, str], stock: dict[str, int], gap: Gap) -> None:
    found = gaps(replace(MATTER, **matter), replace(ASKING, **asking), replace(STOCK, **stock), OPENS)  # type: ignore[arg-type]
    assert found == (gap,)


@pytest.mark.parametrize(
    ("before", "expected"), [(timedelta(microseconds=1), ()), (timedelta(0), (Gap.CLOSE_NOT_AHEAD,))]
)
def test_the_close_must_be_ahead_by_a_microsecond(before: timedelta, expected: tuple[Gap, ...]) -> None:
    assert gaps(MATTER, ASKING, STOCK, CLOSES - before) == expected


@pytest.mark.parametrize(
    ("matter", "asking", "stock", "hint"),
    [
        ({"contact_phone": ""}, {}, {}, Hint.NO_CONTACT),
        ({"place": ""}, {}, {}, Hint.NO_PLACE),
        ({"signer_title": ""}, {}, {}, Hint.NO_SIGNER),
        ({}, {}, {"without_mailbox": 1}, Hint.NO_MAILBOX),
        ({}, {"deadline_text": "trước ngày 27/4/2020"}, {}, Hint.WORDING_DIFFERS),
    ],
)
def test_each_hint_is_named(matter: dict[str, str], asking: dict[str, str], stock: dict[str, int], hint: Hint) -> None:
    found = hints(replace(MATTER, **matter), replace(ASKING, **asking), replace(STOCK, **stock))  # type: ignore[arg-type]
    assert found == (hint,)


def test_a_last_day_on_a_weekend_is_pointed_out() -> None:
    sunday = replace(ASKING, window=Window(OPENS, CLOSES - timedelta(days=1)), deadline_text="trước ngày 27/4/2020")
    assert hints(MATTER, sunday, STOCK) == (Hint.WEEKEND,)


def test_a_wording_without_a_day_disagrees_with_nothing() -> None:
    assert differing_close(replace(ASKING, deadline_text="trong thời hạn 7 ngày")) is None
    assert differing_close(replace(ASKING, deadline_text="trước ngày 27/4/2020")) == CLOSES - timedelta(days=1)
