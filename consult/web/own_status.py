"""What an agency's page says of the answer so far: written, sent, changed since, struck by a correction."""

from collections.abc import Sequence

from flask import render_template

from consult.domain.terms import Channel
from consult.domain.window import Phase
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, OwnSubmission, sent_anchors
from consult.store.queries.wordings import EditionFacts
from consult.web.prerendered import CODE
from consult.web.request import reader


def at_removed(own: Sequence[OwnComment], phase: Phase) -> str:
    """Return the agency's comments at places that a correction took out of the draft, rendered; "" without any."""
    comments = [comment for comment in own if comment.removed]
    if not comments:
        return ""
    return render_template("commenting/removed.html", comments=comments, code=CODE, takes=phase.takes_answers)


def own_status(
    grant: AgencyGrant,
    editions: Sequence[EditionFacts],
    own: Sequence[OwnComment],
    agreed: frozenset[str],
    sent: Sequence[OwnSubmission],
    phase: Phase,
) -> str:
    """Return what stands in the answer, rendered; ``editions`` are the corrections of the drafts, the newest first."""
    return render_template(
        "commenting/status.html",
        grant=grant,
        code=CODE,
        phase=phase,
        comments=len(own),
        agreed=len(agreed),
        sent=next((each for each in sent if each.in_force), None),
        recalled=bool(sent) and not any(each.in_force for each in sent),
        changed=_changed(own, agreed, sent),
        corrected=editions[0] if editions else None,
        moved=[comment for comment in own if comment.place_changed] if editions else [],
    )


def _changed(own: Sequence[OwnComment], agreed: frozenset[str], sent: Sequence[OwnSubmission]) -> bool:
    """Say whether the working copy, comments or agreements, moved on after it was last sent."""
    latest = next((each for each in sent if each.in_force), None)
    if latest is None or latest.channel is not Channel.ONLINE:
        return False
    if agreed != sent_anchors(reader(), latest.id):
        return True
    return len(own) != latest.comments or any(comment.saved_at > latest.sent_at for comment in own)
