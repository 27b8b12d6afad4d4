"""One answer that is being keyed in: its letter, what stands in it so far, and recording it."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import keying_in, recording
from consult.actions.recording import standing
from consult.domain.dates import short_date
from consult.domain.errors import StaleVersion, StanceMismatch
from consult.domain.keyed import KeyedLetter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import (
    InvitedBody,
    Keyed,
    body_of,
    keyed_answer,
    places,
    sent_before,
)
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.paper import changed_words, days_fit
from consult.web.paper_forms import PaperLetterForm, RecordForm
from consult.web.request import now, reader, transaction

bp = Blueprint("keyed", __name__, url_prefix="/ban-lam-viec/<slug>/van-ban/<key>")


@bp.get("")
@access.official_of_round
def show(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Show what was keyed in so far, and what stands in force."""
    return keyed_page(official, facts, keyed_answer(reader(), facts.id, key))


def keyed_page(
    official: OfficialGrant,
    facts: RoundFacts,
    keyed: Keyed,
    letter: PaperLetterForm | None = None,
    notice: str = "",
    body: InvitedBody | None = None,
) -> str:
    """Show an answer as it stands, with a letter as it was typed and a sentence about what went wrong."""
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
        return keyed_page(official, facts, keyed, form), 422
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
        return keyed_page(official, facts, stands, form, words), 409
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
        return keyed_page(official, facts, keyed_answer(reader(), facts.id, key), notice=_mismatch(facts, key)), 422
    except StaleVersion as stale:
        return _record_again(official, facts, key, stale), 409
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version, saved=1), 303)


def _record_again(official: OfficialGrant, facts: RoundFacts, key: str, stale: StaleVersion) -> str:
    keyed = keyed_answer(reader(), facts.id, key)
    if isinstance(stale.stored, InvitedBody):
        return keyed_page(official, facts, keyed, notice=changed_words(stale.stored), body=stale.stored)
    words = _(
        "Not recorded: a colleague changed this answer in the meantime. It is shown as it stands now; look once more."
    )
    return keyed_page(official, facts, keyed, notice=words)


def _mismatch(facts: RoundFacts, key: str) -> str:
    answer = keyed_answer(reader(), facts.id, key).answer
    if answer.letter.secret:
        return str(_("Not recorded: a letter marked “Mật” is recorded without comments. Take them out first."))
    if answer.comments:
        return str(
            _("Not recorded: this general opinion goes without comments. Choose another, or take the comments out.")
        )
    return str(_("Not recorded: this general opinion needs at least one comment. Add it, or choose another."))
