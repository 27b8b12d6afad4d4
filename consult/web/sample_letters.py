"""The letters of a round in preparation as agencies and officials will get them, looked at before any goes."""

from collections.abc import Mapping

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from consult.actions.sampling import SAMPLES, Rendered, sample
from consult.actions.sampling_desk import TO_OFFICIALS, desk_sample
from consult.domain.errors import NotFound
from consult.domain.terms import LetterKind
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import Listed, listed
from consult.store.queries.rounds import RoundFacts
from consult.web import access, headers
from consult.web.making_page import refuse_published
from consult.web.request import now, reader

bp = Blueprint("sample_letters", __name__, url_prefix="/ban-lam-viec/<slug>/thu-mau")
_AGENCIES = ("moi", "nhac", "phieu", "thoi-han", "dinh-chinh", "rut", "ket-thuc", "ket-qua")
_OFFICIALS = ("hang-ngay", "khong-gui-duoc", "sap-het-han")
KINDS: Mapping[str, LetterKind] = dict(zip(_AGENCIES + _OFFICIALS, SAMPLES + TO_OFFICIALS, strict=True))


@bp.get("")
@headers.framing
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show a letter to one agency, as text and as mail programs lay it out."""
    refuse_published(facts)
    asked = listed(reader(), facts.id)
    chosen = request.args.get("thu", "moi")
    kind = chosen if chosen in KINDS else "moi"
    to = _addressee(asked)
    return render_template(
        "making/letters.html",
        official=official,
        facts=facts,
        asked=asked,
        kinds=KINDS,
        kind=kind,
        to=to,
        to_official=kind in _OFFICIALS,
        letter=_letter(official, facts, asked, to, kind) if to else None,
        now=now(),
    )


@bp.get("/<kind>")
@headers.framed_letter
@access.official_of_newest_round
def letter(official: OfficialGrant, facts: RoundFacts, kind: str) -> ResponseReturnValue:
    """Answer with a letter's own HTML, for the frame of ``page``."""
    refuse_published(facts)
    asked = listed(reader(), facts.id)
    to = _addressee(asked)
    if kind not in KINDS or to is None:
        raise NotFound("there is no such letter")
    return Response(_letter(official, facts, asked, to, kind).html, mimetype="text/html")


def _letter(official: OfficialGrant, facts: RoundFacts, asked: tuple[Listed, ...], to: Listed, kind: str) -> Rendered:
    if kind in _OFFICIALS:
        return desk_sample(facts, official, asked, KINDS[kind])
    return sample(reader(), facts, to, KINDS[kind], now())


def _addressee(asked: tuple[Listed, ...]) -> Listed | None:
    """Return the agency that is asked for, the first without that, None when nobody is on the list."""
    wanted = request.args.get("co-quan", type=int)
    return next((each for each in asked if each.agency_id == wanted), asked[0] if asked else None)
