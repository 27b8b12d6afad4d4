"""The files of a draft: replacing it, handing it out, and the clean document made from its clauses."""

from io import BytesIO

from flask import Blueprint, Response, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consult.actions import mending
from consult.actions.drafting import write_clean
from consult.domain.errors import NotFound, StaleVersion, UnreadableDraft
from consult.domain.wording import clean_line
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, draft_on_bench, file_content
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.mending_forms import ChangeForm, FileForm
from consult.web.mending_table import change_draft, seen_draft, show_table, stale_words
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction
from consult.web.written_files import DOCX

bp = Blueprint("draft_files", __name__, url_prefix="/ban-lam-viec/<slug>/du-thao")
_LONGEST_NAME = 150


@bp.post("/<int:position>/cho-tai-ban-goc")
@access.official_at_bench
def hand_on(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Let readers take the file itself, or no longer."""
    return change_draft(official, facts, position, mending.hand_on)


@bp.post("/<int:position>/tep")
@access.takes_file
@access.official_at_bench
def replace_file(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Put another file in place of the draft's."""
    form, draft = FileForm(), draft_on_bench(reader(), facts.id, position)
    if not form.validate_on_submit():
        return _refused(official, facts, position, form, " ".join(map(str, form.file.errors)) or stale_words())
    try:
        handed_in = mending.read_file(file_name(form.file.data.filename), form.file.data.read())
        with transaction() as session:
            mending.replace_file(session, official, seen_draft(draft, form), handed_in, now())
    except UnreadableDraft as refusal:
        return _refused(official, facts, position, form, unreadable_told(refusal))
    except StaleVersion:
        return _refused(official, facts, position, form, stale_words())
    address = url_for("mending.table", slug=facts.slug, position=position, truoc=draft.places)
    return jsonify(address=address) if by_script() else redirect(address, 303)


@bp.post("/<int:position>/tep-truoc")
@access.official_at_bench
def put_back(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Put the file back that stood here before, as it was mended then."""
    form, draft = ChangeForm(), draft_on_bench(reader(), facts.id, position)
    if draft.previous_digest is None or draft.previous_name is None:
        raise NotFound("no file stood here before")
    handed_in = mending.read_file(draft.previous_name, file_content(reader(), draft.previous_digest))
    try:
        with transaction() as session:
            mending.put_back(session, official, seen_draft(draft, form), handed_in, now())
    except StaleVersion:
        return show_table(official, facts, position, notice=stale_words()), 409
    address = url_for("mending.table", slug=facts.slug, position=position, truoc=draft.places)
    return redirect(address, 303)


def _refused(
    official: OfficialGrant, facts: RoundFacts, position: int, form: FileForm, words: str
) -> ResponseReturnValue:
    if by_script():
        return jsonify(what=words), 422
    return show_table(official, facts, position, notice=words, typed=form), 422


@bp.get("/<int:position>/ban-goc")
@access.official_at_bench
def original(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Hand the file out to the office as it came in."""
    return own_file(draft_on_bench(reader(), facts.id, position))


@bp.get("/<int:position>/ban-sach.docx")
@access.official_at_bench
def clean(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Hand out the clean document that readers will get."""
    return clean_file(draft_on_bench(reader(), facts.id, position))


def own_file(draft: DraftFile) -> Response:
    """Answer with a draft's file as it came in; never shown by the browser, whatever it is."""
    return handed_out(draft.digest, "application/octet-stream", draft.name)


def clean_file(draft: DraftFile) -> Response:
    """Answer with a draft as the clean document made from its clauses."""
    content = BytesIO()
    write_clean(reader(), draft, content)
    content.seek(0)
    return send_file(content, DOCX, as_attachment=True, download_name=f"{draft.title[:_LONGEST_NAME]}.docx")


def handed_out(digest: str, media_type: str, name: str) -> Response:
    """Answer with a stored file, to be kept and never shown by the browser."""
    content = BytesIO(file_content(reader(), digest))
    return send_file(content, media_type, as_attachment=True, download_name=name)


def file_name(sent: str | None, usual: str = "du-thao") -> str:
    """Return the name of a file without the folders that some browsers send along."""
    return clean_line((sent or "").replace("\\", "/").rpartition("/")[2])[-_LONGEST_NAME:] or usual


def by_script() -> bool:
    """Say whether the page's own script asks: it shows an upload's progress and wants an answer that it can read."""
    return request.accept_mimetypes.best == "application/json"
