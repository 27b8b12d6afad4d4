"""``/healthz``: how the installation is, for the office's own monitor; for everybody else there is no such page."""

from collections.abc import Mapping
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from consult.actions.checking import Part, check, healthy
from consult.domain.errors import NotFound
from consult.web import access
from consult.web.request import now
from consult.web.site import site

bp = Blueprint("health", __name__)
# What a proxy adds: a request that bears one came from somebody behind it.
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "X-Forwarded-Host", "X-Forwarded-Proto", "Via")


@bp.get("/healthz", provide_automatic_options=False)
@access.public
def page() -> ResponseReturnValue:
    """Answer 200 when no part is failing, else 503, with a word on each part."""
    if not _from_near():
        raise NotFound("there is no such page")
    parts = check(site().probe, site().settings, now())
    status = HTTPStatus.OK if healthy(parts) else HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(status="ok" if healthy(parts) else "failing", parts=_shown(parts)), status


def _shown(parts: Mapping[str, Part]) -> Mapping[str, Mapping[str, int | str | None]]:
    return {name: {"status": part.verdict.value, **part.figures} for name, part in parts.items()}


def _from_near() -> bool:
    """Whether the asker's address is one of HEALTH_FROM, and is the asker's: not that of a proxy before it."""
    hops = site().settings.trusted_proxies
    told = request.headers.get("X-Forwarded-For", "")
    known = bool(hops) and len(told.split(",")) >= hops if told else not any(map(request.headers.get, _FORWARDED))
    try:
        address = ip_address(request.remote_addr or "")
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return known and any(address in network for network in site().settings.health_from)
