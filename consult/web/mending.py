"""The office brings a draft in and mends how it was read, until the round is published."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from consult.actions import mending
from consult.actions.mending import Workbench, bench_of, workbench
from consult.domain.errors import AlreadyPublished, CannotMend, StaleVersion
from consult.domain.outline_entries import At
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, draft_on_bench, drafts_with_files
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.mending_forms import EditForm, at_of
from consult.web.mending_table import change_draft, seen_draft, show_table, stale_words, table_address
from consult.web.mending_words import UNFIT
from consult.web.request import now, reader, transaction

bp = Blueprint("mending", __name__, url_prefix="/ban-lam-viec/<slug>/du-thao")


@bp.get("")
@access.official_of_newest_round
def drafts(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """List the drafts of the round in preparation and how far each is."""
    _refuse_published(facts)
    found = [(draft, bench_of(reader(), draft)) for draft in drafts_with_files(reader(), facts.id)]
    return render_template("mending/drafts.html", official=official, facts=facts, drafts=found, now=now())


@bp.get("/<int:position>")
@access.official_at_bench
def table(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Show the clauses of a draft beside the lines that they are made of."""
    _refuse_published(facts, draft_on_bench(reader(), facts.id, position))
    return show_table(official, facts, position)


@bp.post("/<int:position>")
@access.official_at_bench
def edit(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Apply one edit and go back to where it was made."""
    form, draft = EditForm(), draft_on_bench(reader(), facts.id, position)
    bench = workbench(reader(), draft)
    try:
        change = form.edit(bench)
        focus = _focus(bench, form)
        with transaction() as session:
            mending.mend(session, official, seen_draft(draft, form), change, now())
    except CannotMend as refusal:
        return show_table(official, facts, position, notice=str(UNFIT[refusal.why]), typed=form), 422
    except StaleVersion:
        return show_table(official, facts, position, notice=stale_words()), 409
    return redirect(table_address(facts, position, focus), 303)


@bp.post("/<int:position>/hoan-tac")
@access.official_at_bench
def undo(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Drop the last edit."""
    return change_draft(official, facts, position, mending.undo)


@bp.post("/<int:position>/lam-lai")
@access.official_at_bench
def start_again(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Drop all edits."""
    return change_draft(official, facts, position, mending.start_again)


def _refuse_published(facts: RoundFacts, draft: DraftFile | None = None) -> None:
    if facts.published_at is not None and (draft is None or draft.corrects_id is None):
        raise AlreadyPublished("the round is published; its draft is corrected by an act of its own")


def _focus(bench: Workbench, form: EditForm) -> At | None:
    """Return the entry to come back to: where a joined one went, else the one that was edited."""
    if form.do.data == "confirm-labels":
        return None
    at = at_of(form.at.data or "")
    if form.do.data != "join":
        return at
    before = None
    for entry in bench.mended.reading.entries:
        if entry.at == at:
            break
        before = before if entry.aside else entry.at
    return before
