"""The mending table as a page, and the addresses in it; for what changes the clauses and what changes the file."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions.mending import ChangeOfDraft, bench_of
from consult.domain.errors import NotSupported, StaleVersion
from consult.domain.findings import safe_to_hand_on
from consult.domain.outline_entries import At
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, draft_on_bench
from consult.store.queries.rounds import RoundFacts
from consult.web.form_fields import PageForm
from consult.web.mending_forms import ChangeForm, EditForm, FileForm, at_of, at_told
from consult.web.mending_page import MendingPage, row_id
from consult.web.request import now, reader, transaction


def show_table(
    official: OfficialGrant, facts: RoundFacts, position: int, notice: str = "", typed: PageForm | None = None
) -> str:
    """Show the table as it stands now; ``typed`` is the form that was refused, whose words come back."""
    draft = draft_on_bench(reader(), facts.id, position)
    bench = bench_of(reader(), draft)
    edited = typed if isinstance(typed, EditForm) else None
    asked = (edited.at.data if edited else None) or request.args.get("o")
    page = MendingPage(bench, at_of(asked) if asked else None) if bench else None
    return render_template(
        "mending/table.html",
        official=official,
        facts=facts,
        draft=draft,
        page=page,
        may_hand_on=bench is not None and safe_to_hand_on(bench.source.findings),
        opened=asked if edited or request.args.get("sua") else "",
        notice=notice,
        before=request.args.get("truoc", type=int),
        unfolded=isinstance(typed, FileForm),
        typed=edited,
        blank=EditForm(formdata=None),
        now=now(),
    )


def table_address(facts: RoundFacts, position: int, focus: At | None) -> str:
    """Return the address of the table, at the row of an entry."""
    if focus is None:
        return url_for("mending.table", slug=facts.slug, position=position)
    return url_for("mending.table", slug=facts.slug, position=position, o=at_told(focus), _anchor=row_id(focus))


def seen_draft(draft: DraftFile, form: ChangeForm) -> DraftFile:
    """Return the draft with the version that was on the screen."""
    return draft.seen_at(form.version.data or 0)


def stale_words() -> str:
    """Return what somebody is told who saw an older state."""
    return str(
        _("Somebody changed this draft in the meantime. It is shown as it stands now; nothing of yours was stored.")
    )


def change_draft(official: OfficialGrant, facts: RoundFacts, position: int, act: ChangeOfDraft) -> ResponseReturnValue:
    """Carry out an act on the draft as a whole and go back to where it is seen."""
    form, draft = ChangeForm(), draft_on_bench(reader(), facts.id, position)
    try:
        with transaction() as session:
            focus = act(session, seen_draft(draft, form))
    except StaleVersion:
        return show_table(official, facts, position, notice=stale_words()), 409
    except NotSupported:
        words = _(
            "Something is hidden in the file. Take it out in Word (File, Info, Inspect Document), save it, and hand it"
            " in again."
        )
        return show_table(official, facts, position, notice=words), 422
    return redirect(table_address(facts, position, focus), 303)
