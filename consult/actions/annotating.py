"""The draft with what was said about it: comments in force in the margin, agreed wordings as tracked changes.

It is written into the draft's own Word file where that can be done, else into the clean document made from its clauses.
"""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from sqlalchemy.orm import Session

from consult.actions.drafting import source_kept, write_clean
from consult.documents.annotating import annotated
from consult.documents.annotations import Place, Remark, Signed, Wording
from consult.domain.dates import short_date
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Origin, Span
from consult.store.queries.annotations import ClauseWithWording, RemarkFacts, clauses_with_wordings, remarks_on
from consult.store.queries.preparing import DraftFile, drafts_with_files, file_content
from consult.store.queries.rounds import RoundFacts

_ZIP = b"PK\x03\x04"
_UNANSWERED = "Chưa có ý kiến tiếp thu, giải trình."
_BEFORE_CORRECTION = "thống nhất trước khi dự thảo được đính chính, cần rà soát lại"
_REMOVED = "vị trí này không còn trong dự thảo"
_MOST_INITIALS = 5


def annotated_draft(session: Session, facts: RoundFacts, draft: DraftFile) -> bytes:
    """Return the draft as a Word file with every comment in force and every agreed wording in it once."""
    first = min(each.position for each in drafts_with_files(session, draft.round_id))
    remarks = remarks_on(session, draft, first=draft.position == first)
    places = _places(clauses_with_wordings(session, draft), remarks, facts)
    content = _own_word_file(session, draft)
    if content is not None:
        try:
            return annotated(draft.name, content, places)
        except UnreadableDraft:
            pass
    clean = BytesIO()
    write_clean(session, draft, clean)
    return annotated(draft.name, clean.getvalue(), [replace(place, spans=()) for place in places])


def _own_word_file(session: Session, draft: DraftFile) -> bytes | None:
    """Return the draft's file when it is one of Word, read as it is; None for text, PDF and converted files."""
    source = source_kept(session, draft.id, draft.name)
    if source is None or source.origin is not Origin.WORD:
        return None
    content = file_content(session, draft.digest)
    return content if content.startswith(_ZIP) else None


def _places(clauses: Sequence[ClauseWithWording], remarks: Sequence[RemarkFacts], facts: RoundFacts) -> list[Place]:
    """Return the places in the order of the draft, the draft as a whole first."""
    said: dict[int | None, list[Remark]] = defaultdict(list)
    for each in remarks:
        said[each.clause_id].append(_remark(each))
    lead = facts.lead_agency
    whole = Place("", "", "", remarks=tuple(said[None]))
    return [whole, *(_place(clause, tuple(said[clause.id]), lead) for clause in clauses)]


def _place(clause: ClauseWithWording, remarks: tuple[Remark, ...], lead: str) -> Place:
    spans = tuple(Span(*span) for span in json.loads(clause.source)) if clause.removed_at is None else ()
    wording = None
    if clause.agreed and clause.agreed != clause.text and clause.agreed_at:
        wording = Wording(_signed(lead, lead, clause.agreed_at), clause.agreed, _doubt(clause, clause.agreed_at))
    # A place that was taken out is in no file: nothing of it is looked for there.
    label, text = (clause.label, clause.text) if clause.removed_at is None else ("", "")
    return Place(clause.cited, label, text, spans, remarks, wording)


def _doubt(clause: ClauseWithWording, agreed_at: datetime) -> str:
    if clause.removed_at is not None:
        return _REMOVED
    return _BEFORE_CORRECTION if clause.changed_at and clause.changed_at > agreed_at else ""


def _remark(facts: RemarkFacts) -> Remark:
    return Remark(_signed(facts.short_name or facts.agency, facts.agency, facts.sent_at), tuple(_paragraphs(facts)))


def _paragraphs(facts: RemarkFacts) -> Iterator[str]:
    """Yield what is said: the letter, the place where it changed, content, proposal, reason, and the answer."""
    if facts.letter_number:
        day = f" ngày {short_date(facts.letter_date)}" if facts.letter_date else ""
        yield f"{facts.agency} (Công văn số {facts.letter_number}{day})"
    if facts.place_changed:
        yield f"Góp ý vào nội dung trước khi dự thảo được đính chính: {facts.read_text}"
    if facts.content:
        yield facts.content
    if facts.proposed_text:
        yield f"Đề nghị sửa thành: {facts.proposed_text}"
    if facts.reason:
        yield f"Lý do: {facts.reason}"
    yield _answer(facts)


def _answer(facts: RemarkFacts) -> str:
    if not facts.answered or facts.disposition is None:
        return _UNANSWERED
    words = facts.disposition.value
    return f"Ý kiến tiếp thu, giải trình: {facts.sentence or f'{words[:1].upper()}{words[1:]}.'}"


def _signed(author: str, name: str, moment: datetime) -> Signed:
    return Signed(author, _initials(name), moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _initials(name: str) -> str:
    """Return the first letters of the first words of a name: "CAT" of "Công an tỉnh"."""
    letters = (word[0] for word in unicodedata.normalize("NFC", name).split() if word[0].isalnum())
    return "".join(letters).upper()[:_MOST_INITIALS]
