"""An agency sends: the review of its whole answer, the receipt, recalling, the official letter's number and date."""

from dataclasses import dataclass
from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions import sending
from consult.actions.sending import Answer, seen_digest
from consult.domain.dates import short_date
from consult.domain.errors import NotFound, StaleVersion, StanceMismatch
from consult.domain.terms import Stance
from consult.domain.window import local
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import (
    OwnComment,
    OwnSubmission,
    agreed_anchors,
    sent_agreements,
    sent_comments,
    submissions,
    working_copy,
)
from consult.store.queries.rounds import round_by_id
from consult.store.queries.scans import scans_of
from consult.store.queries.wordings import corrections_issued
from consult.web import access
from consult.web.forms import ActForm, AgreeAllForm, LetterForm, SendForm
from consult.web.paper_answers import own_scan_words
from consult.web.request import now, reader, transaction

bp = Blueprint("sending", __name__, url_prefix="/gop-y/<code>")


@bp.get("/xem-lai")
@access.agency
def review(grant: AgencyGrant) -> ResponseReturnValue:
    """Show all that would be sent, and ask the stance and the letter's number and date."""
    answer = _answer_of(grant)
    sent = next(iter(answer.sent), None)
    form = SendForm(
        key=uuid4().hex,
        seen=answer.seen,
        stance=_likely_stance(sent, bool(answer.comments)),
        letter_number=sent.letter_number if sent else "",
        letter_date=short_date(sent.letter_date) if sent and sent.letter_date else "",
    )
    return _review(grant, form, answer)


@dataclass(frozen=True)
class OwnAnswer:
    """What stands in an agency's answer: its working copy and the versions it sent, the newest first.

    ``corrections`` counts how often the round's drafts were corrected.
    """

    comments: tuple[OwnComment, ...]
    sent: tuple[OwnSubmission, ...]
    corrections: int

    @property
    def seen(self) -> str:
        """What a person sees of it."""
        return seen_digest(self.comments, self.sent, self.corrections)


def _answer_of(grant: AgencyGrant) -> OwnAnswer:
    invitation_id = grant.invitation_id
    corrections = corrections_issued(reader(), grant.round_id)
    return OwnAnswer(working_copy(reader(), invitation_id), submissions(reader(), invitation_id), corrections)


def _likely_stance(sent: OwnSubmission | None, commented: bool) -> str | None:
    """Return the stance that was sent last while it still fits; what changes an agency's position it says itself."""
    if sent is None:
        return Stance.AGREES_WITH_COMMENTS.name if commented else None
    return sent.stance.name if sent.stance.needs_comments == commented else None


def _review(grant: AgencyGrant, form: SendForm, answer: OwnAnswer, notice: str = "") -> str:
    return render_template(
        "commenting/review.html",
        grant=grant,
        form=form,
        comments=answer.comments,
        agreed=len(agreed_anchors(reader(), grant.invitation_id)),
        in_force=next((each for each in answer.sent if each.in_force), None),
        phase=grant.window.phase(now()),
        days_left=grant.window.days_left(now()),
        facts=round_by_id(reader(), grant.round_id),
        notice=notice,
        now=now(),
    )


@bp.post("/gui")
@access.agency
def send(grant: AgencyGrant) -> ResponseReturnValue:
    """Send the whole answer."""
    form = SendForm()
    if not form.validate_on_submit() or not _date_fits(grant, form):
        return _review(grant, form, _answer_of(grant)), 422
    return _send(grant, form, Stance[form.stance.data])


def _date_fits(grant: AgencyGrant, form: LetterForm) -> bool:
    facts = round_by_id(reader(), grant.round_id)
    return form.date_fits(facts.letter_date or local(grant.window.opens_at).date(), local(now()).date())


@bp.post("/thong-nhat-toan-bo")
@access.agency
def agree_all(grant: AgencyGrant) -> ResponseReturnValue:
    """Send agreement with the whole draft."""
    form = AgreeAllForm()
    if not form.validate_on_submit() or not _date_fits(grant, form):
        return _review(grant, _as_send_form(form, form.seen.data), _answer_of(grant)), 422
    return _send(grant, form, Stance.AGREES)


def _send(grant: AgencyGrant, form: AgreeAllForm, stance: Stance) -> ResponseReturnValue:
    answer = Answer(form.key.data, stance, form.letter_number.data or "", form.letter_date.day, form.seen.data)
    try:
        with transaction() as session:
            sent = sending.send(session, grant, answer, now())
    except StanceMismatch:
        return _again(grant, form, "stance"), 422
    except StaleVersion:
        return _again(grant, form, "changed"), 409
    return redirect(url_for("sending.receipt", code=grant.code, version=sent.version), 303)


def _again(grant: AgencyGrant, form: AgreeAllForm, notice: str) -> str:
    """Show the review once more, with what was typed and what stands now."""
    answer = _answer_of(grant)
    return _review(grant, _as_send_form(form, answer.seen), answer, notice)


def _as_send_form(form: AgreeAllForm, seen: str) -> SendForm:
    again = SendForm(stance=request.form.get("stance", Stance.AGREES.name))
    again.seen.process_data(seen)
    again.letter_date.errors = form.letter_date.errors
    return again


@bp.get("/phieu")
@access.agency
def latest(grant: AgencyGrant) -> ResponseReturnValue:
    """Go to the newest receipt, or to the agency's page when nothing was sent."""
    sent = submissions(reader(), grant.invitation_id)
    if not sent:
        return redirect(url_for("commenting.page", code=grant.code), 303)
    return redirect(url_for("sending.receipt", code=grant.code, version=sent[0].version), 303)


@bp.get("/phieu/<int:version>")
@access.agency
def receipt(grant: AgencyGrant, version: int) -> ResponseReturnValue:
    """Show a receipt: code, moment, comments, digest, and what may still be done."""
    sent = _sent(grant, version)
    day = short_date(sent.letter_date) if sent.letter_date else ""
    return _receipt(grant, sent, LetterForm(formdata=None, letter_number=sent.letter_number, letter_date=day))


def _receipt(grant: AgencyGrant, sent: OwnSubmission, letter: LetterForm) -> str:
    return render_template(
        "commenting/receipt.html",
        grant=grant,
        sent=sent,
        comments=sent_comments(reader(), sent.id),
        agreements=sent_agreements(reader(), sent.id),
        facts=round_by_id(reader(), grant.round_id),
        phase=grant.window.phase(now()),
        letter=letter,
        recall=ActForm(formdata=None),
        scans=scans_of(reader(), sent.id),
        scan_refused=own_scan_words(),
    )


def _sent(grant: AgencyGrant, version: int) -> OwnSubmission:
    found = next((each for each in submissions(reader(), grant.invitation_id) if each.version == version), None)
    if found is None:
        raise NotFound("there is no such receipt")
    return found


@bp.post("/phieu/<int:version>/thu-hoi")
@access.agency
def recall(grant: AgencyGrant, version: int) -> ResponseReturnValue:
    """Take the answer back."""
    with transaction() as session:
        sending.recall(session, grant, version, now())
    return redirect(url_for("sending.receipt", code=grant.code, version=version), 303)


@bp.post("/phieu/<int:version>/van-ban")
@access.agency
def complete_letter(grant: AgencyGrant, version: int) -> ResponseReturnValue:
    """Add or mend number and date of the official letter, also after the close."""
    sent = _sent(grant, version)
    form = LetterForm()
    if not form.validate_on_submit() or not _date_fits(grant, form) or not sent.in_force:
        return _receipt(grant, sent, form), 422
    with transaction() as session:
        sending.complete_letter(session, grant, version, form.letter_number.data or "", form.letter_date.day, now())
    return redirect(url_for("sending.receipt", code=grant.code, version=version, saved=1), 303)
