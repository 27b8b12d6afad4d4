"""Public pages: the list of consultations, one draft clause by clause, and asking for a link again. No session."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from consult.actions import entering
from consult.domain.errors import NotFound
from consult.domain.terms import Readers
from consult.domain.window import Phase
from consult.store.queries.door import reads_as_invited
from consult.store.queries.enclosures import enclosure_at, enclosures
from consult.store.queries.notices import notices_to_all
from consult.store.queries.people import invited
from consult.store.queries.preparing import draft_at, drafts_with_files
from consult.store.queries.rounds import RoundFacts, invited_lines, public_cards, published_round
from consult.web import access
from consult.web.draft_files import clean_file, handed_out, own_file
from consult.web.editions import editions_shown
from consult.web.forms import ResendForm
from consult.web.prerendered import Ready, mark
from consult.web.request import now, reader, source, transaction
from consult.web.sections import WHOLE_DRAFT, bar, plan_of
from consult.web.sessions import browser
from consult.web.site import site
from consult.web.views import ConsultationView
from consult.web.words import LANGUAGES, page_language

bp = Blueprint("reading", __name__)
YEAR = 365 * 24 * 3600


@bp.get("/")
@access.public
def index() -> ResponseReturnValue:
    """List open, coming and closed consultations that the public may read."""
    cards = public_cards(reader(), now())
    by_phase = {phase: [card for card in cards if card.phase is phase] for phase in Phase}
    return render_template(
        "reading/index.html",
        open=sorted(by_phase[Phase.OPEN] + by_phase[Phase.LATE], key=lambda card: card.window.closes_at),
        upcoming=sorted(by_phase[Phase.UPCOMING], key=lambda card: card.window.opens_at),
        closed=by_phase[Phase.CLOSED],
        now=now(),
    )


@bp.get("/ho-so/<slug>")
@access.public
def consultation(slug: str) -> ResponseReturnValue:
    """Show a draft clause by clause."""
    facts = readable(slug)
    part = plan_of(facts.id, facts.revision).wanted()
    key = ("reader", facts, part, page_language(), facts.window.phase(now()), facts.window.days_left(now()))
    build = partial(_page, facts, part)
    # The whole of a long draft is asked for seldom and is too large to be kept.
    ready = build() if part == WHOLE_DRAFT else site().shelf.get(key, build)
    return Response(ready.fill({"now": now().isoformat()}), mimetype="text/html")


def _page(facts: RoundFacts, part: str | None) -> Ready:
    plan = plan_of(facts.id, facts.revision)
    drafts = plan.drafts(facts.id, part)
    files = drafts_with_files(reader(), facts.id)
    page = render_template(
        "reading/consultation.html",
        files=files,
        editions=editions_shown(facts.id, files),
        changes=notices_to_all(reader(), facts.id),
        withdrawn_at=facts.withdrawn_at,
        enclosed=enclosures(reader(), facts.id),
        signed=facts.letter_digest is not None,
        view=ConsultationView.of(facts, drafts, invited_lines(reader(), facts.id), now()),
        parts=bar(
            plan, part, lambda number: url_for("reading.consultation", slug=facts.slug, phan=number, _anchor="parts")
        ),
        now=mark("now"),
        return_path=url_for("reading.consultation", slug=facts.slug, phan=part),
    )
    return Ready.cut(page)


@bp.get("/ho-so/<slug>/vi-tri/<anchor>")
@access.public
def place(slug: str, anchor: str) -> ResponseReturnValue:
    """Lead to a place of the draft, whichever part it stands in; to the draft when it has no such place."""
    facts = readable(slug)
    plan = plan_of(facts.id, facts.revision)
    known = anchor if anchor in plan.numbers else None
    return redirect(url_for("reading.consultation", slug=slug, phan=plan.part_of(anchor), _anchor=known))


@bp.get("/ho-so/<slug>/du-thao/<int:position>.docx")
@access.public
def document(slug: str, position: int) -> ResponseReturnValue:
    """Hand out a draft as the clean document made from its clauses."""
    return clean_file(draft_at(reader(), readable(slug).id, position))


@bp.get("/ho-so/<slug>/du-thao/<int:position>/ban-goc")
@access.public
def original(slug: str, position: int) -> ResponseReturnValue:
    """Hand out the file itself where the office lets readers take it."""
    draft = draft_at(reader(), readable(slug).id, position)
    if not draft.hands_on_file:
        raise NotFound("the office does not hand this file on")
    return own_file(draft)


@bp.get("/ho-so/<slug>/tai-lieu/<int:position>")
@access.public
def enclosure(slug: str, position: int) -> ResponseReturnValue:
    """Hand out a further file of the round."""
    found = enclosure_at(reader(), readable(slug).id, position)
    return handed_out(found.digest, found.media_type, found.name)


@bp.get("/ho-so/<slug>/cong-van")
@access.public
def signed_letter(slug: str) -> ResponseReturnValue:
    """Hand out the office's signed cover letter where it gave that in."""
    facts = readable(slug)
    if facts.letter_digest is None:
        raise NotFound("the office handed in no signed letter")
    name = f"Công văn {facts.letter_number.replace('/', '-')}".strip()
    return handed_out(facts.letter_digest, "application/pdf", f"{name}.pdf")


def readable(slug: str) -> RoundFacts:
    """Return the published round when this reader may read it.

    Raises:
        NotFound: there is none, or it is only for those who were asked.
    """
    facts = published_round(reader(), slug)
    if facts.readers is Readers.PUBLIC or _invited(facts):
        return facts
    raise NotFound("this consultation is only for those who were asked")


def _invited(facts: RoundFacts) -> bool:
    if not browser().arrived:
        return False
    official = access.signed_in_official()
    own = official is not None and official.lead_agency_id == facts.lead_agency_id
    return own or reads_as_invited(reader(), browser().digest, facts.id, now(), site().session_idle)


@bp.route("/ho-so/<slug>/gui-lai-lien-ket", methods=["GET", "POST"])
@access.public
def resend(slug: str) -> ResponseReturnValue:
    """Send an agency's link to its official mailbox again; the answer is the same whatever was asked."""
    facts = readable(slug)
    form = ResendForm()
    asked = [SelectChoice(each.code, each.name) for each in invited(reader(), facts.id)]
    form.agency.choices = [SelectChoice("", _("– choose –")), *asked]
    if form.validate_on_submit():
        with transaction() as session:
            entering.ask_link_again(session, form.agency.data, slug, source(), now())
        return render_template("reading/resent.html", facts=facts, slug=slug)
    return render_template("reading/resend.html", form=form, facts=facts, slug=slug), 422 if form.errors else 200


@bp.get("/ngon-ngu/<code>")
@access.public
def language(code: str) -> ResponseReturnValue:
    """Remember the reader's language in a cookie and go back to the page."""
    if code not in LANGUAGES:
        abort(404)
    response = make_response(redirect(local_path(request.args.get("next", ""))))
    response.set_cookie("lang", code, max_age=YEAR, secure=site().settings.https, httponly=True, samesite="Lax")
    return response


def local_path(address: str) -> str:
    """Return ``address`` when it is a path on this site, else the front page (no open redirect)."""
    own = address.startswith("/") and not address.startswith("//") and "\\" not in address
    plain = all(char.isprintable() for char in address)
    return address if own and plain else url_for("reading.index")
