"""Publishing a round from the desk: what will happen, the office's declarations, at once or at a set moment."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from consult.actions import issuing
from consult.actions.publishing import Issue
from consult.domain.errors import StaleVersion, StillMissing, UnreadableDraft
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import Standing, standing_of
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.web import access
from consult.web.draft_files import file_name
from consult.web.making_forms import IssueForm, VersionedForm
from consult.web.making_page import refuse_published, stale_words
from consult.web.making_words import LACKING, PLACES, fault_told
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction

bp = Blueprint("issuing", __name__, url_prefix="/ban-lam-viec/<slug>/cong-bo")


@bp.get("")
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show what publishing will do and what it waits for."""
    refuse_published(facts)
    return _page(official, facts, _form(facts, standing_of(reader(), facts)))


@bp.post("")
@access.takes_file
@access.official_of_newest_round
def publish(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Publish at once or set the moment."""
    refuse_published(facts)
    form = IssueForm()
    at = form.moment(now()) if form.validate_on_submit() else None
    if at is None:
        return _page(official, facts, form), 422
    try:
        content = _letter(form)
        with transaction() as session:
            digest = issuing.keep_letter(session, content, facts.letter_digest)
            issue = _issue(form, digest)
            if form.later:
                issuing.schedule(session, official, facts, form.version.data or 0, issue, at, now())
            else:
                issuing.publish_now(session, official, facts, form.version.data or 0, issue, now())
    except UnreadableDraft as refusal:
        return _page(official, facts, form, unreadable_told(refusal)), 422
    except StaleVersion:
        return _page(official, facts, _refreshed(form, facts), stale_words()), 409
    except StillMissing as refusal:
        return _page(official, facts, form, " ".join(str(LACKING[gap]) for gap in refusal.gaps)), 422
    return redirect(url_for("issuing.page" if form.later else "desk.board", slug=facts.slug), 303)


@bp.post("/huy")
@access.official_of_newest_round
def cancel(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take back that the round is published by itself."""
    refuse_published(facts)
    form = VersionedForm()
    try:
        with transaction() as session:
            issuing.cancel(session, official, facts, form.version.data or 0, now())
    except StaleVersion:
        return _page(official, facts, _form(facts, standing_of(reader(), facts)), stale_words()), 409
    return redirect(url_for("issuing.page", slug=facts.slug), 303)


def _page(official: OfficialGrant, facts: RoundFacts, form: IssueForm, notice: str = "") -> str:
    facts = newest_round(reader(), facts.slug)
    standing = standing_of(reader(), facts)
    return render_template(
        "making/issue.html",
        official=official,
        facts=facts,
        standing=standing,
        fault=fault_told(standing.publish_fault),
        ready=issuing.readiness(reader(), facts, now()),
        form=form,
        notice=notice,
        lacking=LACKING,
        places=PLACES,
        now=now(),
    )


def _form(facts: RoundFacts, standing: Standing) -> IssueForm:
    day = facts.letter_date.isoformat() if facts.letter_date else ""
    when = "later" if standing.publish_at else "now"
    shown = {"letter_number": facts.letter_number, "letter_date": day, "when": when}
    return IssueForm(formdata=None, version=facts.version, **shown)


def _refreshed(form: IssueForm, facts: RoundFacts) -> IssueForm:
    """Return the form as typed, now for the state that is shown beside it."""
    form.version.process_data(newest_round(reader(), facts.slug).version)
    form.version.raw_data = None
    return form


def _letter(form: IssueForm) -> bytes | None:
    """Return the signed letter, None without one. Raises UnreadableDraft when it is no PDF."""
    sent = form.file.data
    if not sent or not sent.filename:
        return None
    content: bytes = sent.read()
    issuing.refuse_letter(file_name(sent.filename), content)
    return content


def _issue(form: IssueForm, letter_digest: str | None) -> Issue:
    day = form.letter_date.day
    assert day is not None
    return Issue(form.letter_number.data or "", day, letter_digest)
