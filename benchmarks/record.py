"""Builds the record that is measured: the sample's round over a synthetic draft, with as many comments as wanted.

The round is loaded and published by the real actions; comments in force come by plain inserts, since only reading them
is measured. It measures nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, select

from consult.actions import loading, publishing
from consult.documents.folder import Folder
from consult.domain.answering import Words
from consult.domain.redline import changed_passage, redline, to_json
from consult.domain.terms import CommentKind, Disposition
from consult.store import migrations
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause
from consult.store.database import connect, reading, writing
from consult.store.responses import Response
from tests.builders import OPENS, Clock, Office, sample_folder, sample_office

_CONTENT = (
    "Đề nghị cơ quan chủ trì soạn thảo rà soát, quy định cụ thể trách nhiệm của từng cơ quan trong việc tiếp nhận, "
    "xử lý thông tin, tránh chồng chéo với quy định hiện hành, bảo đảm tính khả thi khi tổ chức thực hiện ở địa phương."
)
_REASON = "Để thống nhất với Nghị định số 72/2013/NĐ-CP & các văn bản sửa đổi, bổ sung."
_SENTENCE = "Tiếp thu, chỉnh sửa lại nội dung này trong dự thảo cho phù hợp với quy định hiện hành."
_CLAUSE = (
    "Phối hợp với các cơ quan, đơn vị liên quan tăng cường công tác quản lý, kiểm tra việc cung cấp, sử dụng dịch vụ "
    "Internet và thông tin trên mạng của các tổ chức, cá nhân trên địa bàn tỉnh theo quy định số {number} của pháp "
    "luật; kịp thời phát hiện, xử lý nghiêm các hành vi vi phạm và báo cáo kết quả về Ủy ban nhân dân tỉnh."
)
_CLAUSES_UNDER_ONE = 10
_COMMENTING = 10
# Every fifth comment proposes a wording.
_PROPOSING = 5


@dataclass(frozen=True)
class _Sent:
    """A submission in force that comments can hang on."""

    submission_id: int
    invitation_id: int


def draft_text(clauses: int) -> str:
    """Return a draft of exactly so many numbered clauses, every tenth a heading over the nine that follow."""
    lines = []
    for number in range(clauses):
        chapter, below = divmod(number, _CLAUSES_UNDER_ONE)
        lines.append(
            f"{chapter + 1}. Nội dung thứ {chapter + 1}:"
            if below == 0
            else f"{chapter + 1}.{below}. {_CLAUSE.format(number=number)}"
        )
    return "\n\n".join(lines) + "\n"


def published_office(folder: Path, clauses: int) -> Office:
    """Return the sample's office over a fresh SQLite file in ``folder``, its round open, its draft synthetic."""
    database = connect(f"sqlite:///{folder / f'consult-{clauses}.sqlite3'}")
    migrations.upgrade(database)
    office = sample_office(database, folder, Clock(OPENS))
    with writing(database) as session:
        loading.load(session, loading.prepare(_with_draft(clauses)), OPENS)
    with writing(database) as session:
        publishing.publish(session, sample_folder().matter.slug, OPENS)
    return office


def _with_draft(clauses: int) -> Folder:
    folder = sample_folder()
    file = replace(folder.drafts[0], name="draft.txt", content=draft_text(clauses).encode())
    return replace(folder, drafts=(file,))


def put_comments_in_force(office: Office, comments: int) -> None:
    """Let ten agencies send so many comments together, spread over all clauses; the office answers every second.

    Each agency sends one comment by the real action; the others are put beside it.
    """
    official = office.official()
    _first_comments(office)
    with writing(office.database) as session:
        clauses = session.execute(select(Clause.id, Clause.text).order_by(Clause.position)).tuples().all()
        sent = [_Sent(*row) for row in session.execute(select(Submission.id, Submission.invitation_id))]
        rows = list(_comments(clauses, sent, comments - len(sent)))
        session.execute(insert(SubmittedComment), [row for _, row in rows])
        session.execute(insert(Response), [_response(each, row, official.official_id) for each, row in rows[::2]])


def _first_comments(office: Office) -> None:
    with reading(office.database) as session:
        listed = select(Invitation.name).order_by(Invitation.line, Invitation.member)
        names = session.scalars(listed.limit(_COMMENTING)).all()
    for name in names:
        grant = office.grant(name)
        office.comment(grant, "1.1", _CONTENT, reason=_REASON)
        office.send(grant, number="15/CV")


def _comments(
    clauses: Sequence[tuple[int, str]], sent: Sequence[_Sent], comments: int
) -> Iterator[tuple[_Sent, dict[str, object]]]:
    changes = {clause: _proposed(text) for clause, text in clauses}
    for number in range(comments):
        each, clause = sent[number % len(sent)], clauses[number // len(sent) % len(clauses)][0]
        proposed, change, passage = changes[clause] if number % _PROPOSING == 0 else ("", "", "")
        words = Words(CommentKind.AMEND, f"{_CONTENT} (Ý kiến số {number}.)", proposed, _REASON)
        yield (
            each,
            {
                "submission_id": each.submission_id,
                "row_id": uuid4().hex,
                "key": uuid4().hex,
                "clause_id": clause,
                "position": number + 2,
                "kind": words.kind,
                "content": words.content,
                "proposed_text": words.proposed_text,
                "reason": words.reason,
                "redline": change,
                "passage": passage,
                "words": words.digest(),
            },
        )


def _proposed(text: str) -> tuple[str, str, str]:
    changed = text.replace("tăng cường", "đẩy mạnh").replace("kịp thời", "chủ động").replace("Nội dung", "Nhiệm vụ")
    changes = redline(text, changed)
    return changed, to_json(changes), changed_passage(changes)


def _response(each: _Sent, row: dict[str, object], official_id: int) -> dict[str, object]:
    return {
        "invitation_id": each.invitation_id,
        "comment_key": row["key"],
        "words": row["words"],
        "disposition": Disposition.ACCEPTED,
        "sentence": _SENTENCE,
        "official_id": official_id,
        "answered_at": OPENS,
        "version": 1,
    }


def anchors(office: Office) -> tuple[str, ...]:
    """Return the anchors of the draft's clauses in order."""
    with reading(office.database) as session:
        return tuple(session.scalars(select(Clause.anchor).order_by(Clause.position)))
