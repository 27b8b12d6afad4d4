"""One answer that is being keyed in: its letter, its comments, and recording it."""

from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import keying_in, recording
from consult.actions.commenting import weigh
from consult.actions.recording import standing
from consult.domain.dates import short_date
from consult.domain.errors import NotFound, StaleVersion, StanceMismatch
from consult.domain.keyed import KeyedComment, KeyedLetter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import (
    InvitedBody,
    Keyed,
    body_of,
    keyed_answer,
    place_in,
    places,
    sent_before,
)
from consult.store.queries.own_answer import Place
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.commenting import says_something
from consult.web.paper import changed_words, days_fit
from consult.web.paper_forms import PaperCommentForm, PaperLetterForm, RecordForm, VersionForm
from consult.web.request import now, reader, transaction

bp = Blueprint("keyed", __name__, url_prefix="/ban-lam-viec/<slug>/van-ban/<key>")


@bp.get("")
@access.official_of_round
def show(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Show what was keyed in so far, and what stands in force."""
    return _page(official, facts, keyed_answer(reader(), facts.id, key))


def _page(
    official: OfficialGrant,
    facts: RoundFacts,
    keyed: Keyed,
    letter: PaperLetterForm | None = None,
    notice: str = "",
    body: InvitedBody | None = None,
) -> str:
    body = body or (body_of(reader(), facts.id, keyed.code) if keyed.code else None)
    record = RecordForm(formdata=None, version=keyed.version, seen=standing(body.sent if body else ()))
    return render_template(
        "paper/keyed.html",
        official=official,
        facts=facts,
        keyed=keyed,
        body=body,
        in_force=body.in_force if body else None,
        places=places(reader(), facts.id),
        form=letter or _letter_form(keyed.answer.letter, keyed.answer.letter_version),
        unfolded=letter is not None,
        record=record,
        may_take=_may_take_over(keyed, body),
        notice=notice,
    )


def _may_take_over(keyed: Keyed, body: InvitedBody | None) -> int:
    """Count the comments of the answer in force that are not among those keyed in."""
    if body is None or body.in_force is None or not body.in_force.comments:
        return 0
    mine = {comment.key for comment in keyed.answer.comments}
    return sum(comment.key not in mine for comment in sent_before(reader(), body.in_force.id))


def _letter_form(letter: KeyedLetter, version: int) -> PaperLetterForm:
    return PaperLetterForm(
        formdata=None,
        letter_number=letter.number,
        letter_date=short_date(letter.day) if letter.day else "",
        received_on=short_date(letter.received_on),
        channel=letter.channel.name,
        stance=letter.stance.name,
        secret=letter.secret,
        version=version,
    )


@bp.post("")
@access.official_of_round
def save_letter(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Change the letter."""
    form, keyed = PaperLetterForm(), keyed_answer(reader(), facts.id, key)
    if not form.validate_on_submit() or not days_fit(facts, form):
        return _page(official, facts, keyed, form), 422
    try:
        with transaction() as session:
            keying_in.save_letter(session, official, facts, key, form.letter(), form.version.data, now())
    except StaleVersion as stale:
        form.version.process_data(stale.version)
        form.version.raw_data = None
        stands = keyed_answer(reader(), facts.id, key)
        words = _(
            "Not saved: a colleague changed the letter in the meantime. It stands above; save yours over it or not."
        )
        return _page(official, facts, stands, form, words), 409
    return redirect(url_for("keyed.show", slug=facts.slug, key=key), 303)


@bp.post("/xoa")
@access.official_of_round
def discard(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Throw away what was keyed in."""
    with transaction() as session:
        keying_in.discard(session, official, facts, key)
    return redirect(url_for("paper.index", slug=facts.slug), 303)


@bp.post("/lay-lai")
@access.official_of_round
def take_over(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Take the comments of the answer in force over."""
    with transaction() as session:
        keying_in.take_over(session, official, facts, key, now())
    return redirect(url_for("keyed.show", slug=facts.slug, key=key, _anchor="comments"), 303)


@bp.get("/y-kien/<int:position>")
@access.official_of_round
def comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Open the form of a comment: 0 is a new one, on the place that was chosen."""
    stands = _comment(keyed_answer(reader(), facts.id, key), position)
    chosen = request.args.get("vi-tri", stands.anchor if stands else "")
    place = _place(facts, chosen)
    text = place.text if place else ""
    form = PaperCommentForm(
        formdata=None,
        place=chosen,
        key=stands.key if stands else uuid4().hex,
        kind=stands.kind.name if stands else None,
        content=stands.content if stands else "",
        proposed_text=(stands.proposed_text if stands else "") or text,
        reason=stands.reason if stands else "",
        version=stands.version if stands else 0,
    )
    return _comment_page(official, facts, key, position, form, place)


def _comment(keyed: Keyed, position: int) -> KeyedComment | None:
    """Return the comment of that number, None for a new one."""
    found = keyed.answer.comment(position)
    if position and found is None:
        raise NotFound("this comment was taken out meanwhile")
    return found


def _place(facts: RoundFacts, anchor: str) -> Place | None:
    return place_in(reader(), facts.id, anchor) if anchor else None


def _comment_page(
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    position: int,
    form: PaperCommentForm,
    place: Place | None,
    stands: KeyedComment | None = None,
) -> str:
    return render_template(
        "paper/comment.html",
        official=official,
        facts=facts,
        keyed=keyed_answer(reader(), facts.id, key),
        position=position,
        form=form,
        place=place,
        places=places(reader(), facts.id) if position else (),
        stands=stands,
        remove=VersionForm(formdata=None, version=form.version.data),
    )


@bp.post("/y-kien/<int:position>")
@access.official_of_round
def save_comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Add a comment, or change one."""
    form = PaperCommentForm()
    right = form.validate_on_submit()
    place = _place(facts, form.place.data or "")
    if not (says_something(form, place) and right):
        return _comment_page(official, facts, key, position, form, place), 422
    typed = weigh(form.key.data, place, form.words(), form.version.data)
    try:
        with transaction() as session:
            if position:
                keying_in.change_comment(session, official, facts, key, place, typed, position, now())
            else:
                keying_in.add_comment(session, official, facts, key, place, typed, now())
    except StaleVersion as stale:
        return _comment_again(official, facts, key, position, form, place, stale), 409
    return redirect(url_for("keyed.show", slug=facts.slug, key=key, _anchor="comments"), 303)


def _comment_again(
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    position: int,
    form: PaperCommentForm,
    place: Place | None,
    stale: StaleVersion,
) -> str:
    """Show what stands beside what was typed; saving again goes over what is shown here."""
    form.version.process_data(stale.version)
    form.version.raw_data = None
    assert isinstance(stale.stored, KeyedComment)
    return _comment_page(official, facts, key, position, form, place, stale.stored)


@bp.post("/y-kien/<int:position>/bo")
@access.official_of_round
def remove_comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Take a comment out of what was keyed in."""
    form = VersionForm()
    form.validate()
    try:
        with transaction() as session:
            keying_in.remove_comment(session, official, facts, key, position, form.version.data or 0, now())
    except StaleVersion:
        words = _("Not taken out: a colleague changed the comment in the meantime. It is shown as it stands now.")
        return _page(official, facts, keyed_answer(reader(), facts.id, key), notice=words), 409
    return redirect(url_for("keyed.show", slug=facts.slug, key=key, _anchor="comments"), 303)


@bp.post("/ghi-nhan")
@access.official_of_round
def record(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Record the answer: from then on it is in force."""
    form = RecordForm()
    form.validate()
    try:
        with transaction() as session:
            code, version = recording.record(
                session, official, facts, key, form.version.data or 0, form.seen.data or "", now()
            )
    except StanceMismatch:
        return _page(official, facts, keyed_answer(reader(), facts.id, key), notice=_mismatch(facts, key)), 422
    except StaleVersion as stale:
        return _record_again(official, facts, key, stale), 409
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version, saved=1), 303)


def _record_again(official: OfficialGrant, facts: RoundFacts, key: str, stale: StaleVersion) -> str:
    keyed = keyed_answer(reader(), facts.id, key)
    if isinstance(stale.stored, InvitedBody):
        return _page(official, facts, keyed, notice=changed_words(stale.stored), body=stale.stored)
    words = _(
        "Not recorded: a colleague changed this answer in the meantime. It is shown as it stands now; look once more."
    )
    return _page(official, facts, keyed, notice=words)


def _mismatch(facts: RoundFacts, key: str) -> str:
    answer = keyed_answer(reader(), facts.id, key).answer
    if answer.letter.secret:
        return str(_("Not recorded: a letter marked “Mật” is recorded without comments. Take them out first."))
    if answer.comments:
        return str(
            _("Not recorded: this general opinion goes without comments. Choose another, or take the comments out.")
        )
    return str(_("Not recorded: this general opinion needs at least one comment. Add it, or choose another."))
