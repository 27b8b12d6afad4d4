"""What tells two states of an agency's answer apart: three columns for a statement that reads its invitation.

Two equal triples of one invitation mean the same working copy, the same agreements and the same submissions, so that a
page made from them may be shown again. It knows what changes and reads no words.
"""

from typing import Any

from sqlalchemy import String, case, cast, func, literal_column, select

from consult.store.answers import Agreement, Comment, Invitation, Submission

# Written into the statement once, not at every execution as a string would be.
_COMMA: Any = literal_column("','")

# Versions of comments only rise and no comment is deleted, so that their sum never comes back.
_SAVED = select(func.coalesce(func.sum(Comment.version), 0)).where(Comment.invitation_id == Invitation.id)
_AGREED = select(func.coalesce(func.aggregate_strings(cast(Agreement.clause_id, String), _COMMA), "")).where(
    Agreement.invitation_id == Invitation.id
)
# Of a submission, only whether it is in force and its letter ever change.
_VERSION_SENT = (
    cast(Submission.id, String)
    + case((Submission.in_force, "+"), else_="-")
    + Submission.letter_number
    + "|"
    + func.coalesce(cast(Submission.letter_date, String), "")
)
_SENT = select(func.coalesce(func.aggregate_strings(_VERSION_SENT, _COMMA), "")).where(
    Submission.invitation_id == Invitation.id
)

ANSWER_COLUMNS = (
    _SAVED.correlate(Invitation).scalar_subquery().label("saved"),
    _AGREED.correlate(Invitation).scalar_subquery().label("agreed"),
    _SENT.correlate(Invitation).scalar_subquery().label("sent"),
)
