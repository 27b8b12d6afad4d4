"""An agency's letter of reply from its comments, before it sends (its working copy) and after (what it sent)."""

from collections.abc import Sequence
from typing import IO

from sqlalchemy.orm import Session

from consult.documents.reply_docx import write_reply
from consult.domain.reply_letter import Remark, Request, Writer, named_draft, reply_letter
from consult.domain.terms import Stance
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, OwnSubmission, SentComment, sent_comments, working_copy
from consult.store.queries.replying import InvitedBody, drafts_of_anchors, invited_body, titles_of_drafts
from consult.store.queries.rounds import RoundFacts


def write_before(
    session: Session, grant: AgencyGrant, facts: RoundFacts, stance: Stance | None, file: IO[bytes]
) -> None:
    """Write the letter from the working copy; a stance that does not fit the comments gives way to one that does."""
    comments = working_copy(session, grant.invitation_id)
    if stance is None or stance.needs_comments != bool(comments):
        stance = Stance.AGREES_WITH_COMMENTS if comments else Stance.AGREES
    _write(session, grant, facts, stance, comments, file, working_copy=True)


def write_after(session: Session, grant: AgencyGrant, facts: RoundFacts, sent: OwnSubmission, file: IO[bytes]) -> None:
    """Write the letter from a version that was sent."""
    _write(session, grant, facts, sent.stance, sent_comments(session, sent.id), file, working_copy=False)


def _write(
    session: Session,
    grant: AgencyGrant,
    facts: RoundFacts,
    stance: Stance,
    comments: Sequence[OwnComment | SentComment],
    file: IO[bytes],
    *,
    working_copy: bool,
) -> None:
    body = invited_body(session, grant.invitation_id)
    titles = titles_of_drafts(session, facts.id)
    anchors = [comment.anchor for comment in comments if comment.anchor] if len(titles) > 1 else []
    drafts = drafts_of_anchors(session, facts.id, anchors) if anchors else {}
    remarks = [
        Remark(each.cited, each.content, each.proposed_text, each.reason, drafts.get(each.anchor, ""))
        for each in comments
    ]
    letter = reply_letter(Writer(body.name, body.kind), _request(facts, body, titles), stance, remarks)
    write_reply(letter, file, working_copy=working_copy)


def _request(facts: RoundFacts, body: InvitedBody, titles: Sequence[str]) -> Request:
    title = titles[0] if len(titles) == 1 else facts.title
    subject = named_draft(title)
    about = facts.letter_subject.removeprefix("V/v").removeprefix("Về việc").strip(" :.") or f"góp ý {subject}"
    own = bool(body.letter_number)
    return Request(
        lead_agency=facts.lead_agency,
        superior_body=facts.superior_body,
        place=facts.place,
        subject=subject,
        number=body.letter_number or facts.letter_number,
        day=body.letter_date if own else facts.letter_date,
        about=f"{about[:1].lower()}{about[1:]}",
        drafts=tuple(titles) if len(titles) > 1 else (),
    )
