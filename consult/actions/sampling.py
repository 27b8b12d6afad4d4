"""Letters of a round as its agencies will get them, before any is queued: rendered by what renders the real ones."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions.inviting import places_about
from consult.actions.posting import occasion
from consult.domain.citing import WHOLE
from consult.domain.terms import LetterKind, Stance
from consult.mail import letters
from consult.mail.layout import Rendered, render
from consult.mail.occasion import Addressee, Occasion, ReceiptFacts
from consult.mail.parts import Letter, Link
from consult.store.queries.making import Listed
from consult.store.queries.rounds import RoundFacts

SAMPLES = (LetterKind.INVITATION, LetterKind.REMINDER, LetterKind.RECEIPT)
_NAME, _MOMENT = "[tên cơ quan]", "[thời điểm gửi]"
_NOT_YET = "[liên kết riêng của cơ quan, có trong thư thật]"
_COMMENT = ("mục 1", "Đề nghị làm rõ nội dung này (ví dụ)")


def sample(session: Session, facts: RoundFacts, to: Listed, kind: LetterKind, now: datetime) -> Rendered:
    """Return a letter of one of the ``SAMPLES`` as an agency on the list will get it; its links lead nowhere.

    A reminder is shown as of the first moment at which there can be one, a receipt with an answer made up.
    """
    about, addressee = occasion(facts, facts.window), Addressee(to.name, to.short_name)
    written = {
        LetterKind.INVITATION: lambda: letters.invitation(
            about, addressee, places_about(session, facts.id, to.agency_id)
        ),
        LetterKind.REMINDER: lambda: letters.reminder(about, addressee, _while_open(facts, now)),
        LetterKind.RECEIPT: lambda: _receipt(about, addressee, facts, _while_open(facts, now)),
    }
    return _without_links(render(written[kind]()))


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
        code="vidu000000-1",
        sent_at=at,
        stance=Stance.AGREES_WITH_COMMENTS,
        comments=(_COMMENT, (WHOLE, "Đề nghị rà soát lỗi chính tả (ví dụ)")),
        digest="0" * 64,
        late=False,
        awaiting_letter=facts.requires_letter,
    )
    return letters.receipt(about, addressee, answer)


def _without_links(words: Rendered) -> Rendered:
    text, html = words.text, words.html
    for link in Link:
        text = text.replace(link.value, _NOT_YET)
        html = html.replace(f'href="{link.value}"', 'href="#"').replace(link.value, _NOT_YET)
    return Rendered(words.subject, text, html)
