"""The closing moment of each wording."""

from datetime import datetime

import pytest

from consult.domain.deadline_wording import closing_of
from consult.domain.window import HO_CHI_MINH


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2020, 4, day, hour, 0, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(
    ("wording", "moment"),
    [
        ("trước ngày 27/4/2020", at(27)),
        ("Trước ngày  27 tháng 4  năm 2020", at(27)),
        ("trước 17 giờ 00 ngày 27-04-2020", at(27, 17)),
        ("trước 17h00 ngày 27.4.2020", at(27, 17)),
        ("trước 17 giờ ngày 27/4/2020", at(27, 17)),
        ("đến hết ngày 27/4/2020", at(28)),
        ("chậm nhất là ngày 27/4/2020", at(28)),
        ("chậm nhất ngày 27/4/2020", at(28)),
        ("trong ngày 27/4/2020", at(28)),
        ("hạn cuối ngày 27/4/2020", at(28)),
        ("trước 24 giờ 00 ngày 27/4/2020", at(28)),
    ],
)
def test_wordings_of_a_fixed_day(wording: str, moment: datetime) -> None:
    assert closing_of(wording) == moment


@pytest.mark.parametrize(
    "wording",
    [
        "",
        "trong thời hạn 7 ngày kể từ ngày nhận được văn bản",
        "trước ngày 31/4/2020",
        "ngày 27/4/2020",
        "từ ngày 21/4/2020 đến hết ngày 27/4/2020",
        "trước 25 giờ 00 ngày 27/4/2020",
    ],
)
def test_wordings_that_say_no_moment_for_certain(wording: str) -> None:
    assert closing_of(wording) is None
