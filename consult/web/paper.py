"""The official keys in answers that came by letter: whose it is, the letter, its comments one after the other."""

from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import keying_in, recording
from consult.actions.recording import standing
from consult.domain.dates import short_date
from consult.domain.errors import AlreadyRecorded, StaleVersion
from consult.domain.keyed import KeyedAnswer
from consult.domain.terms import Channel
from consult.domain.window import local
from consult.domain.wording import clean_line
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import InvitedBody, body_of
from consult.store.queries.paper import being_keyed_in, bodies, directory_bodies, directory_name, recorded
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.scans import scans_counted
from consult.web import access
from consult.web.paper_forms import CameForm, NewAnswerForm, SignedCopyForm
from consult.web.request import now, reader, transaction

bp = Blueprint("paper", __name__, url_prefix="/ban-lam-viec/<slug>/van-ban")
_SHOWN = 60
_FROM_DIRECTORY = 20


@bp.get("")
@access.official_of_round
def index(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """List whose letter may have come, what is being keyed in, and what was recorded."""
    wanted = clean_line(request.args.get("tim", ""))
    found = bodies(reader(), facts.id, wanted)
    return render_template(
        "paper/index.html",
        official=official,
        facts=facts,
        wanted=wanted,
        bodies=found[:_SHOWN],
        hidden=max(len(found) - _SHOWN, 0),
        outside=directory_bodies(reader(), facts.id, wanted, _FROM_DIRECTORY),
        keyed=being_keyed_in(reader(), facts.id),
        recorded=recorded(reader(), facts.id),
        scans=scans_counted(reader(), facts.id),
        over=is_over(facts),
    )


def is_over(facts: RoundFacts) -> bool:
    """Say whether nothing is recorded any more: the round was withdrawn, or its result is public."""
    return facts.withdrawn_at is not None or facts.result_at is not None


@bp.get("/moi")
@access.official_of_round
def new(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Ask about a letter; of a body that has answered online, first whether it is the signed copy of that."""
    args = request.args
    form = NewAnswerForm(
        formdata=None,
        key=uuid4().hex,
        code=args.get("co-quan", ""),
        agency=args.get("danh-ba", ""),
        name=clean_line(args.get("ten", "")),
    )
    return _new(official, facts, form, _joining(facts, form))


def _joining(facts: RoundFacts, form: NewAnswerForm) -> SignedCopyForm | None:
    """Return the form of a signed copy when the body has an online answer in force."""
    body = _body(facts, form)
    sent = body.in_force if body else None
    if body is None or sent is None or sent.channel is not Channel.ONLINE:
        return None
    day = short_date(sent.letter_date) if sent.letter_date else ""
    return SignedCopyForm(formdata=None, seen=standing(body.sent), letter_number=sent.letter_number, letter_date=day)


def _body(facts: RoundFacts, form: NewAnswerForm) -> InvitedBody | None:
    return body_of(reader(), facts.id, form.code.data) if form.code.data else None


def _new(
    official: OfficialGrant, facts: RoundFacts, form: NewAnswerForm, joining: SignedCopyForm | None, notice: str = ""
) -> str:
    if is_over(facts):
        raise AlreadyRecorded("no answer is recorded for this round any more")
    body = _body(facts, form)
    return render_template(
        "paper/new.html",
        official=official,
        facts=facts,
        form=form,
        joining=joining,
        body=body,
        directory=_directory_name(form),
        keyed=[each for each in being_keyed_in(reader(), facts.id) if body and each.code == body.code],
        notice=notice,
    )


def _directory_name(form: NewAnswerForm) -> str:
    """Return the name of the body of the directory that the form is about, "" when it is about another."""
    return directory_name(reader(), form.agency.data) if form.agency.data else ""


@bp.post("/moi")
@access.official_of_round
def begin(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Keep the letter and go on to its comments."""
    form = NewAnswerForm()
    right = form.validate_on_submit() and days_fit(facts, form)
    if not (form.code.data or form.agency.data or form.name.data):
        form.name.errors = [*form.name.errors, _("Write the name of the body whose letter it is.")]
        right = False
    if not right:
        return _new(official, facts, form, _joining(facts, form)), 422
    with transaction() as session:
        answer = KeyedAnswer(form.letter())
        keying_in.begin(session, official, facts, form.key.data, form.whose(), answer, now())
    return redirect(url_for("keyed.show", slug=facts.slug, key=form.key.data), 303)


def days_fit(facts: RoundFacts, form: CameForm) -> bool:
    """Say whether the dates of a letter lie between the office's own letter and today; else the errors are put."""
    return form.days_fit(facts.letter_date or local(facts.window.opens_at).date(), local(now()).date())


@bp.post("/ban-ky/<code>")
@access.official_of_round
def join(official: OfficialGrant, facts: RoundFacts, code: str) -> ResponseReturnValue:
    """Put number, date and day of arrival of a signed copy to the online answer."""
    form = SignedCopyForm()
    if not form.validate_on_submit() or not days_fit(facts, form):
        return _new(official, facts, _new_form(code), form), 422
    try:
        with transaction() as session:
            version = recording.join_signed_copy(session, official, facts, code, form.seen.data, form.copy(), now())
    except StaleVersion as stale:
        return _join_again(official, facts, code, form, stale), 409
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version, saved=1), 303)


def _new_form(code: str) -> NewAnswerForm:
    return NewAnswerForm(formdata=None, key=uuid4().hex, code=code)


def _join_again(
    official: OfficialGrant, facts: RoundFacts, code: str, typed: SignedCopyForm, stale: StaleVersion
) -> str:
    """Say what came meanwhile; what was typed stands in the form that fits now."""
    body = stale.stored
    assert isinstance(body, InvitedBody)
    sent = body.in_force
    words = changed_words(body)
    if sent is not None and sent.channel is Channel.ONLINE:
        typed.seen.process_data(standing(body.sent))
        return _new(official, facts, _new_form(code), typed, words)
    form = NewAnswerForm(
        formdata=None,
        key=uuid4().hex,
        code=code,
        letter_number=typed.letter_number.data,
        letter_date=typed.letter_date.data,
        received_on=typed.received_on.data,
    )
    return _new(official, facts, form, None, words)


def changed_words(body: InvitedBody) -> str:
    """Return the sentence that says what happened to a body's answer while somebody was typing."""
    sent = body.in_force
    if sent is None:
        return str(_("Not recorded: the agency recalled its answer in the meantime. Look once more and record again."))
    if sent.channel is Channel.ONLINE:
        return str(
            _(
                "Not recorded: the agency sent an answer on this site in the meantime (%(code)s). "
                "Look at it, then choose again.",
                code=sent.code,
            )
        )
    return str(
        _(
            "Not recorded: a letter of this agency was recorded in the meantime (%(code)s). "
            "Look at it; recording again puts yours in its place.",
            code=sent.code,
        )
    )
