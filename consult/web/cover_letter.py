"""The cover letter of a round in preparation reads itself: handed in, it proposes, and an official confirms."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import cover_letters
from consult.actions.invitees import SeenList
from consult.domain.errors import AlreadyPublished, StaleVersion, UnfitClose, UnreadableDraft
from consult.domain.wording import clean_line
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.web import access
from consult.web.letter_forms import LONGEST_LETTER, LetterTextForm, TakeForm
from consult.web.letter_page import letter_page
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction

bp = Blueprint("cover_letter", __name__, url_prefix="/ban-lam-viec/<slug>/cong-van")
_LONGEST_NAME = 150


@bp.get("")
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show what the letter proposes beside what stands now, or how to hand it in."""
    refuse_published(facts)
    return _page(official, facts)


@bp.post("")
@access.takes_file
@access.official_of_newest_round
def hand_in(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Keep the words of the letter, from a file or pasted."""
    form = LetterTextForm()
    try:
        words, name = _handed_in(form)
        if not form.validate_on_submit() or not words.strip():
            return _page(official, facts, notice=_why_not(form), handing_in=form), 422
        with transaction() as session:
            cover_letters.keep_letter(session, official, _seen(facts, form), words, name, now())
    except UnreadableDraft as refusal:
        return _page(official, facts, notice=unreadable_told(refusal), handing_in=form), 422
    except StaleVersion:
        return _page(official, _as_it_stands(facts), notice=stale_words(), handing_in=form), 409
    return redirect(url_for("cover_letter.page", slug=facts.slug, _anchor="proposals"), 303)


@bp.post("/nhan")
@access.official_of_newest_round
def take(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take over what was ticked, and nothing else."""
    refuse_published(facts)
    form, shown = TakeForm(), letter_page(facts)
    confirmed = form.confirmed(shown) if form.validate_on_submit() else None
    if confirmed is None:
        words = _("Something ticked could not be taken over; look at the marked places. Nothing was stored.")
        return _page(official, facts, notice=words, taking=form), 422
    try:
        with transaction() as session:
            cover_letters.take_over(session, official, _seen(facts, form), confirmed, now())
    except UnfitClose:
        words = _("The deadline lies before the opening of the round. Set the opening first. Nothing was stored.")
        return _page(official, facts, notice=words, taking=form), 422
    except StaleVersion:
        return _page(official, _as_it_stands(facts), notice=stale_words(), taking=form), 409
    return redirect(url_for("cover_letter.page", slug=facts.slug, nhan=1), 303)


def refuse_published(facts: RoundFacts) -> None:
    """Raise AlreadyPublished for a round that is no longer in preparation."""
    if facts.published_at is not None:
        raise AlreadyPublished("the round is published; its letter and list are changed by acts of their own")


def stale_words() -> str:
    """Return what somebody is told who saw an older state of the round."""
    words = _(
        "A colleague changed this round in the meantime; nothing of yours was stored. Below stands what holds now, with"
        " what you chose: look once more and press again."
    )
    return str(words)


def _page(
    official: OfficialGrant,
    facts: RoundFacts,
    notice: str = "",
    handing_in: LetterTextForm | None = None,
    taking: TakeForm | None = None,
) -> str:
    return render_template(
        "preparing/letter.html",
        official=official,
        facts=facts,
        page=letter_page(facts),
        notice=notice,
        handing_in=handing_in,
        taking=taking,
        chosen=request.form if taking else {},
        taken=request.args.get("nhan") == "1",
        now=now(),
    )


def _as_it_stands(facts: RoundFacts) -> RoundFacts:
    return newest_round(reader(), facts.slug)


def _seen(facts: RoundFacts, form: LetterTextForm | TakeForm) -> SeenList:
    return SeenList(facts.id, form.version.data or 0)


def _handed_in(form: LetterTextForm) -> tuple[str, str]:
    """Return the words and the name of the file, "" for pasted text. Raises UnreadableDraft."""
    file = form.file.data
    if not file:
        return form.text.data or "", ""
    name = clean_line((file.filename or "").replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:] or "cong-van"
    return cover_letters.letter_words(name, file.read())[:LONGEST_LETTER], name


def _why_not(form: LetterTextForm) -> str:
    return " ".join(map(str, form.text.errors)) or str(_("Choose the file of the letter, or paste its text."))
