"""The official reads comments clause by clause and answers them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import responding
from consult.actions.responding import Answered
from consult.domain.errors import ReasonMissing, StaleVersion
from consult.domain.terms import Disposition
from consult.store.queries.desk import DeskComment, agreed_wording, comment_in_force, comments_in_force
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.forms import ResponseForm
from consult.web.request import now, reader, transaction

bp = Blueprint("responding", __name__, url_prefix="/ban-lam-viec/<slug>/y-kien")
FILTERS = ("", "unanswered", "changed")


@bp.get("")
@access.official_of_round
def comments(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """List the comments in force in the order of the draft: all, the unanswered, or those changed since."""
    every = comments_in_force(reader(), facts.id)
    wanted = request.args.get("loc", "")
    chosen = wanted if wanted in FILTERS else ""
    return render_template(
        "desk/comments.html",
        official=official,
        facts=facts,
        comments=[comment for comment in every if _shown(comment, chosen)],
        total=len(every),
        unanswered=sum(not comment.answered for comment in every),
        changed=sum(comment.changed for comment in every),
        chosen=chosen,
        phase=facts.window.phase(now()),
        now=now(),
    )


def _shown(comment: DeskComment, chosen: str) -> bool:
    if chosen == "unanswered":
        return not comment.answered
    return comment.changed if chosen == "changed" else True


@bp.get("/<key>")
@access.official_of_round
def respond(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Open one comment with the form of its answer."""
    comment = comment_in_force(reader(), facts.id, key)
    wording = agreed_wording(reader(), comment.clause_id)
    form = ResponseForm(
        disposition=comment.disposition.name if comment.disposition else None,
        sentence=comment.sentence,
        agreed_text=wording.text,
        words=comment.words,
        version=comment.response_version,
        agreed_version=wording.version,
    )
    return _page(official, facts, comment, form)


def _page(official: OfficialGrant, facts: RoundFacts, comment: DeskComment, form: ResponseForm) -> str:
    return render_template("desk/respond.html", official=official, facts=facts, comment=comment, form=form, now=now())


@bp.post("/<key>")
@access.official_of_round
def save_response(official: OfficialGrant, facts: RoundFacts, key: str) -> ResponseReturnValue:
    """Store the answer to one comment and go back to the list."""
    form = ResponseForm()
    comment = comment_in_force(reader(), facts.id, key)
    if not form.validate_on_submit():
        return _page(official, facts, comment, form), 422
    try:
        with transaction() as session:
            responding.respond(session, official, facts, _answered(key, form), now())
    except ReasonMissing:
        form.sentence.errors = [*form.sentence.errors, _("Write the sentence to print, with the reason.")]
        return _page(official, facts, comment, form), 422
    except StaleVersion:
        return _conflict(official, facts, key, form), 409
    wanted = request.args.get("loc") or None
    return redirect(url_for("responding.comments", slug=facts.slug, loc=wanted, _anchor=f"c-{key}"), 303)


def _answered(key: str, form: ResponseForm) -> Answered:
    return Answered(
        key=key,
        words=form.words.data,
        disposition=Disposition[form.disposition.data],
        sentence=form.sentence.data or "",
        version=form.version.data,
        agreed_text=form.agreed_text.data or "",
        agreed_version=form.agreed_version.data,
    )


def _conflict(official: OfficialGrant, facts: RoundFacts, key: str, form: ResponseForm) -> str:
    """Show what stands now beside what was typed; saving again goes over what is shown here."""
    comment = comment_in_force(reader(), facts.id, key)
    wording = agreed_wording(reader(), comment.clause_id)
    form.words.process_data(comment.words)
    form.version.process_data(comment.response_version)
    form.version.raw_data = None
    form.agreed_version.process_data(wording.version)
    form.agreed_version.raw_data = None
    return render_template(
        "desk/conflict.html", official=official, facts=facts, comment=comment, wording=wording, form=form
    )
