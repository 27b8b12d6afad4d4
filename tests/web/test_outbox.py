"""The outbox at the desk: what it lists, sending again, a mended address, a letter that came back."""

from io import BytesIO

from sqlalchemy import select, update

from consult.domain.terms import LetterState
from consult.store.answers import Invitation
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from tests.builders import SLUG
from tests.web.cast import AT, Cast, Role
from tests.web.pages import Page

OUTBOX = f"/ban-lam-viec/{SLUG}/thu"
REPORT = """\
From: MAILER-DAEMON@mail.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 unknown

--b
Content-Type: message/rfc822

Message-ID: <{number}@gopy.example>

x
--b--
"""


def _set(cast: Cast, state: LetterState, error: str = "") -> None:
    sent = AT if state is LetterState.SENT else None
    with writing(cast.office.database) as session:
        first = update(Letter).where(Letter.id == 1)
        session.execute(first.values(state=state, sent_at=sent, last_error=error, attempts=1))


def _first(cast: Cast) -> Letter:
    with reading(cast.office.database) as session:
        return session.scalars(select(Letter).where(Letter.id == 1)).one()


def _text(cast: Cast, address: str) -> str:
    return " ".join(Page(cast.client(Role.OFFICIAL).get(address).get_data(as_text=True)).text.split())


def test_a_refused_letter_is_told_in_plain_words_beside_those_of_the_server(cast: Cast) -> None:
    _set(cast, LetterState.FAILED, "550 5.1.1 <…> user unknown")
    text = _text(cast, f"{OUTBOX}?loc=loi")
    assert "Không gửi được (1)" in text
    assert "Không có hộp thư này; đề nghị hỏi cơ quan địa chỉ đúng." in text
    assert "550 5.1.1 <…> user unknown" in text
    assert "1 thư, mới nhất trước" in text


def test_an_addressee_is_found_without_accents(cast: Cast) -> None:
    name = _first(cast).to_name
    assert name in _text(cast, f"{OUTBOX}?tim={name}")
    assert "Không có thư nào thuộc loại này." in _text(cast, f"{OUTBOX}?tim=khong+co+ai")


def test_sending_again_makes_it_due_as_a_message_of_its_own(cast: Cast) -> None:
    _set(cast, LetterState.FAILED, "552 5.2.2 full")
    before = _first(cast)
    answer = cast.client(Role.OFFICIAL).post(f"{OUTBOX}/1", {"email": before.to_address})
    assert answer.headers["Location"].endswith("/thu?xong=gui-lai")
    after = _first(cast)
    assert (after.state, after.attempts, after.last_error, after.to_address) == (
        LetterState.DUE,
        0,
        "",
        before.to_address,
    )
    assert after.public_id != before.public_id


def test_a_mended_address_holds_for_the_agency_in_this_round(cast: Cast) -> None:
    _set(cast, LetterState.FAILED, "550 5.1.1 unknown")
    answer = cast.client(Role.OFFICIAL).post(f"{OUTBOX}/1", {"email": "vanthu.moi@coquan.example"})
    assert answer.headers["Location"].endswith("/thu?xong=dia-chi")
    after = _first(cast)
    assert (after.state, after.to_address) == (LetterState.DUE, "vanthu.moi@coquan.example")
    with reading(cast.office.database) as session:
        assert session.get_one(Invitation, after.invitation_id).email == "vanthu.moi@coquan.example"


def test_what_is_no_address_comes_back_and_changes_nothing(cast: Cast) -> None:
    _set(cast, LetterState.FAILED, "550 5.1.1 unknown")
    answer = cast.client(Role.OFFICIAL).post(f"{OUTBOX}/1", {"email": "vanthu moi"})
    assert answer.status_code == 422
    assert 'value="vanthu moi"' in answer.get_data(as_text=True)
    assert _first(cast).state is LetterState.FAILED


def test_a_letter_that_arrived_cannot_be_sent_again(cast: Cast) -> None:
    _set(cast, LetterState.SENT)
    address = _first(cast).to_address
    assert cast.client(Role.OFFICIAL).post(f"{OUTBOX}/1", {"email": address}).status_code == 404
    assert _first(cast).state is LetterState.SENT


def test_a_letter_that_came_back_is_marked_on_outbox_and_board(cast: Cast) -> None:
    _set(cast, LetterState.SENT)
    report = REPORT.format(number=_first(cast).public_id).encode()
    answer = cast.client(Role.OFFICIAL).post(f"{OUTBOX}/tra-lai", {"file": (BytesIO(report), "tra-lai.eml")})
    assert answer.headers["Location"].endswith("xong=tra-lai")
    after = _first(cast)
    assert (after.state, after.sent_at, after.last_error) == (LetterState.FAILED, None, "550 5.1.1 unknown")
    assert "Thư bị trả lại; ghi nhận" in _text(cast, f"{OUTBOX}?loc=loi")
    board = _text(cast, f"/ban-lam-viec/{SLUG}")
    # In the list of what did not arrive, and in the agency's own line; the server's words stand in the outbox alone.
    assert board.count("Không có hộp thư này; đề nghị hỏi cơ quan địa chỉ đúng.") == 2
    assert "550" not in board


def test_a_report_about_another_letter_is_told_and_marks_nothing(cast: Cast) -> None:
    _set(cast, LetterState.SENT)
    file = (BytesIO(REPORT.format(number="0" * 32).encode()), "khac.eml")
    answer = cast.client(Role.OFFICIAL).post(f"{OUTBOX}/tra-lai", {"file": file})
    assert "Thông báo không nhắc đến thư nào của hồ sơ này." in _text(cast, answer.headers["Location"])
    assert _first(cast).state is LetterState.SENT
