"""Only what was ticked is taken over; the list keeps its order, refuses doubled agencies and older versions."""

from http import HTTPStatus

from consult.store.database import reading
from consult.store.queries.invitees import listed
from tests.builders import NEW_SLUG, Office

LETTER = (
    "Số: 99/STTTT-CNTT\nV/v góp ý\nGia Lai, ngày 20/4/2020\nKính gửi: Công an tỉnh.\nGửi góp ý trước ngày 29/4/2020.\n"
)
DESK = f"/ban-lam-viec/{NEW_SLUG}"


def test_only_ticked_proposals_are_taken_over(office: Office) -> None:
    before = office.prepare()
    visitor = office.signed_in()
    visitor.open(f"{DESK}/cong-van")
    visitor.press("/cong-van", {"text": LETTER})
    assert office.facts(NEW_SLUG).letter_number == before.letter_number

    visitor.press("/nhan", {"take_number": "y"})
    after = office.facts(NEW_SLUG)
    assert (after.letter_number, after.letter_date) == ("99/STTTT-CNTT", before.letter_date)
    assert (after.window, after.deadline_text) == (before.window, before.deadline_text)


def test_an_older_page_changes_nothing(office: Office) -> None:
    office.prepare()
    visitor = office.signed_in()
    visitor.open(f"{DESK}/co-quan")
    form = visitor.form("/dong/1")
    visitor.submit(form, {"do": "down"})
    visitor.submit(form, {"do": "remove"}, HTTPStatus.CONFLICT)

    with reading(office.database) as session:
        assert len(listed(session, office.facts(NEW_SLUG).id)) == 8
