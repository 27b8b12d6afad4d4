"""Links from letters: a page with a button; only the button's POST acts, since mail scanners open links."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions import entering
from consult.actions.entering import Browser
from consult.domain.links import token_digest
from consult.store.database import Session
from consult.store.queries.door import OfficialGrant
from consult.web import access
from consult.web.forms import ActForm, SignInForm
from consult.web.request import now, reader, source, transaction
from consult.web.sessions import browser, new_cookie
from consult.web.site import site

bp = Blueprint("links", __name__)


def _key() -> bytes:
    return site().links.key


@bp.get("/moi/<code>/<token>")
@access.public
def invitation(code: str, token: str) -> ResponseReturnValue:
    """Show whose link this is and the button that opens the agency's page."""
    facts, address = entering.invitation_of(reader(), _key(), code, token)
    return render_template(
        "commenting/link.html",
        facts=facts,
        address=address,
        phase=address.window.phase(now()),
        days_left=address.window.days_left(now()),
        form=ActForm(),
        now=now(),
        return_path=url_for("reading.index"),
    )


@bp.post("/moi/<code>/<token>")
@access.public
def enter(code: str, token: str) -> ResponseReturnValue:
    """Sign this browser in for the agency, under a fresh cookie."""
    with _signing_in() as (session, fresh):
        entering.enter_agency(session, _key(), code, token, fresh, now())
    receipt = request.args.get("den") == "phieu"
    return redirect(url_for("sending.latest" if receipt else "commenting.page", code=code), 303)


@contextmanager
def _signing_in() -> Iterator[tuple[Session, Browser]]:
    """Give a transaction and a fresh cookie, to which the old session's grants move.

    The browser takes it when all is stored: a refused link leaves it signed in as it was.
    """
    cookie = new_cookie()
    with transaction() as session:
        yield session, Browser(browser().digest, token_digest(cookie), site().session_lifetime, site().session_idle)
    browser().become(cookie)


@bp.get("/moi/<code>/<token>/thu-hoi")
@access.public
def ask_revocation(code: str, token: str) -> ResponseReturnValue:
    """Show what revoking does, and its button."""
    facts, address = entering.invitation_of(reader(), _key(), code, token)
    back = url_for("reading.index")
    return render_template("commenting/revoke.html", facts=facts, address=address, form=ActForm(), return_path=back)


@bp.post("/moi/<code>/<token>/thu-hoi")
@access.public
def revoke(code: str, token: str) -> ResponseReturnValue:
    """End the link and every session that came in by it; a fresh link goes to the official mailbox."""
    with transaction() as session:
        entering.revoke(session, _key(), code, token, now())
    return render_template("commenting/revoked.html", return_path=url_for("reading.index"))


@bp.route("/dang-nhap", methods=["GET", "POST"])
@access.public
def sign_in() -> ResponseReturnValue:
    """Take an official's address; the answer is the same whether it is known or not."""
    form = SignInForm()
    if form.validate_on_submit():
        with transaction() as session:
            entering.ask_sign_in(session, form.email.data, source(), site().settings.sign_in_minutes, now())
        return render_template("desk/sign_in_sent.html", minutes=site().settings.sign_in_minutes)
    return render_template("desk/sign_in.html", form=form), 422 if form.errors else 200


@bp.get("/dang-nhap/<token>")
@access.public
def sign_in_link(token: str) -> ResponseReturnValue:
    """Show the button that signs in; the link is not looked at yet."""
    return render_template("desk/sign_in_link.html", form=ActForm(), return_path=url_for("reading.index"))


@bp.post("/dang-nhap/<token>")
@access.public
def use_sign_in_link(token: str) -> ResponseReturnValue:
    """Consume the one-time link and sign this browser in."""
    with _signing_in() as (session, fresh):
        entering.enter_official(session, token, fresh, now())
    return redirect(url_for("desk.index"), 303)


@bp.post("/dang-xuat")
@access.public
def sign_out() -> ResponseReturnValue:
    """Sign this browser out of everything."""
    with transaction() as session:
        entering.sign_out(session, browser().digest)
    browser().become(new_cookie())
    return redirect(url_for("reading.index"), 303)


@bp.post("/dang-xuat-moi-noi")
@access.official
def sign_out_everywhere(official: OfficialGrant) -> ResponseReturnValue:
    """Sign the official out on every machine."""
    with transaction() as session:
        entering.sign_out_everywhere(session, official)
    browser().become(new_cookie())
    return redirect(url_for("reading.index"), 303)
