"""Letters of a round as its agencies will get them, before any is queued: rendered by what renders the real ones."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consult.actions.inviting import places_about
from consult.actions.posting import occasion
from consult.domain.citing import WHOLE
from consult.domain.terms import LetterKind, NoticeKind, Stance
from consult.mail import letters, notices, results
from consult.mail.closed import Received, closed
from consult.mail.corrections import CorrectionFacts, corrected
from consult.mail.layout import Rendered as Rendered
from consult.mail.layout import render
from consult.mail.notices import ActFacts
from consult.mail.occasion import Addressee, Occasion, ReceiptFacts
from consult.mail.parts import Letter, Link
from consult.mail.results import AnsweredComment, ResultFacts
from consult.store.queries.making import Listed
from consult.store.queries.rounds import RoundFacts

SAMPLES = (
    LetterKind.INVITATION,
    LetterKind.REMINDER,
    LetterKind.RECEIPT,
    LetterKind.WINDOW_CHANGED,
    LetterKind.CORRECTED,
    LetterKind.WITHDRAWN,
    LetterKind.CLOSED,
    LetterKind.RESULT,
)
_NAME, _MOMENT = "[tên cơ quan]", "[thời điểm gửi]"
_NOT_YET = "[liên kết riêng của cơ quan, có trong thư thật]"
_COMMENT = ("mục 1", "Đề nghị làm rõ nội dung này (ví dụ)")
_ACT = ActFacts("Lý do do chuyên viên ghi (ví dụ)", "", None)
_CORRECTION = CorrectionFacts(
    NoticeKind.CORRECTED, _ACT.reason, "", None, "", (("mục 1", "sửa đổi"),), moved=0, comments=1, takes=True
)
_CODE = "vidu000000-1"
_RESULT = ResultFacts(
    Stance.AGREES_WITH_COMMENTS,
    (AnsweredComment("Mục 1", _COMMENT[1], "Tiếp thu (ví dụ)"),),
    total=1,
    letter="",
)
_PAGE, _PAGE_LINK = re.compile("⟦page:[^⟧]*⟧"), re.compile('href="⟦page:[^⟧]*⟧"')
_OF_SITE = "[địa chỉ trang của hồ sơ, có trong thư thật]"


def sample(session: Session, facts: RoundFacts, to: Listed, kind: LetterKind, now: datetime) -> Rendered:
    """Return a letter of one of the ``SAMPLES`` as an agency on the list will get it; its links lead nowhere.

    A reminder is shown as of the first moment at which there can be one; what is not known yet is made up and says so.
    """
    about, addressee = occasion(facts, facts.window), Addressee(to.name, to.short_name)
    open_at = _while_open(facts, now)
    written = {
        LetterKind.INVITATION: lambda: letters.invitation(
            about, addressee, places_about(session, facts.id, to.agency_id)
        ),
        LetterKind.REMINDER: lambda: letters.reminder(about, addressee, open_at),
        LetterKind.RECEIPT: lambda: _receipt(about, addressee, facts, open_at),
        LetterKind.WINDOW_CHANGED: lambda: _extended(about, addressee),
        LetterKind.CORRECTED: lambda: corrected(about, addressee, _CORRECTION),
        LetterKind.WITHDRAWN: lambda: notices.withdrawn(about, addressee, open_at, _ACT),
        LetterKind.CLOSED: lambda: closed(about, addressee, _received(facts)),
        LetterKind.RESULT: lambda: results.result(about, addressee, _RESULT),
    }
    return without_links(render(written[kind]()))


def _extended(about: Occasion, addressee: Addressee) -> Letter:
    longer = about.window.closing(about.window.closes_at + timedelta(days=7))
    return notices.extended(replace(about, window=longer), addressee, about.window, _ACT)


def _received(facts: RoundFacts) -> Received:
    return Received(_CODE, Stance.AGREES_WITH_COMMENTS, late=False, awaiting_letter=facts.requires_letter)


def first_words(facts: RoundFacts) -> Mapping[str, str]:
    """Return what invitation and reminder say before the office's own words, by the name of the field of those."""
    about = occasion(facts, facts.window)
    return {
        "invitation_words": letters.asked(about, _NAME),
        "reminder_words": letters.reminded(about, _NAME, _MOMENT),
    }


def _while_open(facts: RoundFacts, now: datetime) -> datetime:
    """Return ``now`` where answers are taken then, else the moment at which the round opens."""
    return now if facts.window.phase(now).takes_answers else facts.window.opens_at


def _receipt(about: Occasion, addressee: Addressee, facts: RoundFacts, at: datetime) -> Letter:
    answer = ReceiptFacts(
        code=_CODE,
        sent_at=at,
        stance=Stance.AGREES_WITH_COMMENTS,
        comments=(_COMMENT, (WHOLE, "Đề nghị rà soát lỗi chính tả (ví dụ)")),
        digest="0" * 64,
        late=False,
        awaiting_letter=facts.requires_letter,
    )
    return letters.receipt(about, addressee, answer)


def without_links(words: Rendered) -> Rendered:
    """Return a letter with words in the places of its links."""
    text, html = _PAGE.sub(_OF_SITE, words.text), _PAGE.sub(_OF_SITE, _PAGE_LINK.sub('href="#"', words.html))
    for link in Link:
        text = text.replace(link.value, _NOT_YET)
        html = html.replace(f'href="{link.value}"', 'href="#"').replace(link.value, _NOT_YET)
    return Rendered(words.subject, text, html)
