"""The office corrects a published draft: the corrected file, what it changes clause by clause, issuing it."""

from itertools import islice

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import correcting, mending
from consult.actions.comparing import Changed, previewed
from consult.domain.carrying import Fate
from consult.domain.errors import CannotCorrect, NotFound, StaleVersion, UnreadableDraft
from consult.domain.redline import redline
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, corrections_of, draft_at, drafts_with_files
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.wordings import editions_of
from consult.web import access
from consult.web.correcting_forms import REFUSALS, IssueForm
from consult.web.draft_files import file_name, handed_out
from consult.web.mending_forms import ChangeForm, FileForm
from consult.web.mending_table import stale_words
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction

bp = Blueprint("correcting", __name__, url_prefix="/ban-lam-viec/<slug>/chinh-sua-du-thao")
MOST_SHOWN = 300


@bp.get("")
@access.official_of_round
def drafts(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """List the published drafts, what is in preparation for each, and the corrections that were issued."""
    return _drafts(official, facts)


def _drafts(official: OfficialGrant, facts: RoundFacts, notice: str = "") -> str:
    return render_template(
        "correcting/drafts.html",
        official=official,
        facts=facts,
        drafts=drafts_with_files(reader(), facts.id),
        corrections=corrections_of(reader(), facts.id),
        editions=editions_of(reader(), facts.id),
        form=FileForm(formdata=None),
        notice=notice,
        issued=request.args.get("xong", type=int),
        now=now(),
    )


@bp.post("/<int:position>/tep-moi")
@access.takes_file
@access.official_of_round
def hand_in(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Read the corrected file of a draft and put it on the bench."""
    form, draft = FileForm(), draft_at(reader(), facts.id, position)
    if not form.validate_on_submit():
        return _drafts(official, facts, " ".join(map(str, form.file.errors)) or stale_words()), 422
    try:
        handed_in = mending.read_file(file_name(form.file.data.filename), form.file.data.read())
        with transaction() as session:
            bench = correcting.prepare(session, official, facts, draft, handed_in, now())
    except UnreadableDraft as refusal:
        return _drafts(official, facts, unreadable_told(refusal)), 422
    except CannotCorrect as refusal:
        return _drafts(official, facts, str(REFUSALS[refusal.why])), 409
    return redirect(url_for("mending.table", slug=facts.slug, position=bench), 303)


@bp.get("/<int:position>/xem-truoc")
@access.official_of_round
def preview(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Show what a correction in preparation changes, and the form that issues it."""
    pair = _pair(facts, position)
    if pair is None:
        return _gone(official, facts)
    draft, correction = pair
    form = IssueForm(formdata=None, version=correction.version, edition=draft.edition)
    return _preview(official, facts, draft, correction, form)


def _pair(facts: RoundFacts, position: int) -> tuple[DraftFile, DraftFile] | None:
    """Return a published draft and its correction in preparation, which stands at ``position``; None for no such."""
    published = {draft.id: draft for draft in drafts_with_files(reader(), facts.id)}
    for corrected, correction in corrections_of(reader(), facts.id).items():
        if correction.position == position:
            return published[corrected], correction
    return None


def _gone(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Answer who asks for a correction that is not in preparation, perhaps no longer."""
    return _drafts(official, facts, _("No such correction is in preparation: it was published or given up.")), 404


def _preview(
    official: OfficialGrant,
    facts: RoundFacts,
    draft: DraftFile,
    correction: DraftFile,
    form: IssueForm,
    notice: str = "",
    status: int = 200,
) -> tuple[str, int]:
    try:
        changes = previewed(reader(), draft, correction)
    except CannotCorrect as refusal:
        return _drafts(official, facts, str(REFUSALS[refusal.why])), 409
    shown = [(each, _redline(each)) for each in islice(changes, MOST_SHOWN)]
    page = render_template(
        "correcting/preview.html",
        official=official,
        facts=facts,
        draft=draft,
        correction=correction,
        shown=shown,
        counts={fate: sum(each.fate is fate for each in changes) for fate in Fate if fate is not Fate.SAME},
        comments=sum(each.touched.comments for each in changes),
        agreements=sum(each.touched.agreements for each in changes if each.fate is not Fate.MOVED),
        more=len(changes) - len(shown),
        form=form,
        notice=notice,
        now=now(),
    )
    return page, status


def _redline(change: Changed) -> object:
    return redline(change.before, change.now) if change.before and change.now else ()


@bp.post("/<int:position>/cong-bo")
@access.official_of_round
def issue(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Put a correction in force and tell the agencies."""
    form, pair = IssueForm(), _pair(facts, position)
    if pair is None:
        return _gone(official, facts)
    draft, correction = pair
    if not form.validate_on_submit():
        return _preview(official, facts, draft, correction, form, status=422)
    try:
        with transaction() as session:
            seen = correction.seen_at(form.version.data or 0)
            correcting.issue(session, official, facts, seen, form.ordered(), now())
    except CannotCorrect as refusal:
        return _drafts(official, facts, str(REFUSALS[refusal.why])), 409
    except (StaleVersion, NotFound):
        return _stale(official, facts, position, form)
    return redirect(url_for("correcting.drafts", slug=facts.slug, xong=draft.position), 303)


def _stale(official: OfficialGrant, facts: RoundFacts, position: int, form: IssueForm) -> ResponseReturnValue:
    """Show what would change now, with what was typed; issuing again issues what is shown here."""
    pair = _pair(facts, position)
    if pair is None:
        return _gone(official, facts)
    draft, correction = pair
    for field, stands in ((form.version, correction.version), (form.edition, draft.edition)):
        field.process_data(stands)
        field.raw_data = None
    words = _("Not issued: the draft or its correction was changed after you opened this page. Look at it once more.")
    return _preview(official, facts, draft, correction, form, words, 409)


@bp.post("/<int:position>/bo")
@access.official_of_round
def drop(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Give a correction up."""
    form, pair = ChangeForm(), _pair(facts, position)
    if pair is None:
        return _gone(official, facts)
    try:
        with transaction() as session:
            correcting.drop(session, official, facts, pair[1].seen_at(form.version.data or 0), now())
    except (StaleVersion, NotFound):
        return _drafts(official, facts, stale_words()), 409
    return redirect(url_for("correcting.drafts", slug=facts.slug), 303)


@bp.get("/<int:position>/ban-truoc/<int:edition>")
@access.official_of_round
def earlier(official: OfficialGrant, facts: RoundFacts, position: int, edition: int) -> Response:
    """Hand the office the file that an edition was made from which is no longer in force."""
    for each in editions_of(reader(), facts.id):
        if (each.position, each.edition - 1) == (position, edition):
            return handed_out(each.file_digest, "application/octet-stream", each.file_name)
    raise NotFound("there was no such edition")
