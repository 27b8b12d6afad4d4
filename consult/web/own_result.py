"""What became of one agency's comments, for its own page, once the result of the round is public."""

from flask import render_template

from consult.actions.showing_result import shown_rows
from consult.domain.window import Phase
from consult.store.queries.door import AgencyGrant
from consult.store.queries.rounds import round_by_id
from consult.store.queries.synthesis_share import Share
from consult.web.request import reader


def own_result(grant: AgencyGrant, phase: Phase) -> str:
    """Return the agency's comments with the responses; "" while the result is not public."""
    facts = round_by_id(reader(), grant.round_id) if phase is Phase.CLOSED else None
    if facts is None or facts.result_at is None:
        return ""
    rows = shown_rows(reader(), facts, Share(grant.code))
    return render_template("commenting/result.html", facts=facts, rows=rows)
