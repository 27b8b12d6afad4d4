"""An answer recorded from a letter, or sent online and signed on paper: its scans, correcting, taking back."""

from io import BytesIO
from uuid import uuid4

from flask import Blueprint, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import keying_in, recording, scanning
from consult.actions.recording import recorded_answer
from consult.actions.whose import Whose
from consult.domain.errors import NotFound, NothingToSend, ScanRefused
from consult.domain.hindrances import ScanFault
from consult.domain.keyed import KeyedAnswer, KeyedLetter
from consult.domain.wording import clean_line
from consult.store.queries.door import AgencyGrant, OfficialGrant
from consult.store.queries.keyed_answers import InvitedBody, body_of, entered_by, sent_before
from consult.store.queries.own_answer import OwnSubmission, sent_comments, submissions
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.scans import scan_content, scans_of
from consult.web import access
from consult.web.paper import is_over
from consult.web.paper_forms import ScanForm, TakeBackForm
from consult.web.request import now, reader, transaction

bp = Blueprint("paper_answers", __name__, url_prefix="/ban-lam-viec/<slug>/van-ban/<code>/<int:version>")
_LONGEST_NAME = 150


@bp.get("")
@access.official_of_round
def show(official: OfficialGrant, facts: RoundFacts, code: str, version: int) -> ResponseReturnValue:
    """Show one answer with its letter and scans."""
    return _page(official, facts, body_of(reader(), facts.id, code), version)


def _page(
    official: OfficialGrant,
    facts: RoundFacts,
    body: InvitedBody,
    version: int,
    notice: str = "",
    take_back: TakeBackForm | None = None,
) -> str:
    sent = recorded_answer(body, version)
    return render_template(
        "paper/answer.html",
        official=official,
        facts=facts,
        body=body,
        sent=sent,
        entered_by=entered_by(reader(), sent.id),
        comments=sent_comments(reader(), sent.id),
        scans=scans_of(reader(), sent.id),
        take_back=take_back or TakeBackForm(formdata=None),
        notice=notice,
        over=is_over(facts),
    )


@bp.post("/sua")
@access.official_of_round
def correct(official: OfficialGrant, facts: RoundFacts, code: str, version: int) -> ResponseReturnValue:
    """Begin a correction: what was recorded is keyed in again and can be changed."""
    body = body_of(reader(), facts.id, code)
    sent, key = recorded_answer(body, version), uuid4().hex
    answer = _as_keyed(sent)
    with transaction() as session:
        keying_in.begin(session, official, facts, key, Whose(code=code), answer, now())
    return redirect(url_for("keyed.show", slug=facts.slug, key=key), 303)


def _as_keyed(sent: OwnSubmission) -> KeyedAnswer:
    if sent.received_on is None or not sent.in_force:
        raise NotFound("only an answer in force that came by letter is corrected")
    letter = KeyedLetter(
        sent.letter_number, sent.letter_date, sent.received_on, sent.channel, sent.stance, secret=sent.secret
    )
    answer = KeyedAnswer(letter)
    for comment in sent_before(reader(), sent.id):
        answer = answer.adding(comment)
    return answer


@bp.post("/huy")
@access.official_of_round
def take_back(official: OfficialGrant, facts: RoundFacts, code: str, version: int) -> ResponseReturnValue:
    """Take back an answer that was recorded by mistake."""
    form, body = TakeBackForm(), body_of(reader(), facts.id, code)
    if not form.validate_on_submit():
        return _page(official, facts, body, version, take_back=form), 422
    try:
        with transaction() as session:
            recording.take_back(session, official, facts, code, version, form.reason.data, now())
    except NothingToSend:
        words = _("Not taken back: another answer took the place of this one in the meantime.")
        return _page(official, facts, body_of(reader(), facts.id, code), version, words, form), 409
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version), 303)


@bp.post("/ban-scan")
@access.takes_file
@access.official_of_round
def add_scan(official: OfficialGrant, facts: RoundFacts, code: str, version: int) -> ResponseReturnValue:
    """Keep a file of the official letter."""
    form = ScanForm()
    try:
        file = scan_of(form)
        with transaction() as session:
            scanning.add_by_office(session, official, facts, code, version, file, now())
    except ScanRefused as refusal:
        return _page(official, facts, body_of(reader(), facts.id, code), version, scan_words(refusal)), 422
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version, _anchor="scans"), 303)


def scan_of(form: ScanForm) -> scanning.ScanFile:
    """Return the uploaded file. Raises ScanRefused: none was chosen, or it is no scan."""
    if not form.validate_on_submit():
        raise ScanRefused(ScanFault.EMPTY)
    sent = (form.file.data.filename or "").replace("\\", "/").rpartition("/")[2]
    return scanning.read_scan(clean_line(sent)[-_LONGEST_NAME:] or "van-ban", form.file.data.read())


def scan_words(refusal: ScanRefused) -> str:
    """Return the sentence of a refused scan."""
    words = {
        ScanFault.EMPTY: _("No file was kept: choose the file of the official letter; an empty one is none."),
        ScanFault.TOO_LARGE: _("The file was not kept: it is larger than 50 MB. Scan it in parts."),
        ScanFault.OTHER_KIND: _("The file was not kept: it is no PDF, PNG, JPEG or TIFF. Save it as one of these."),
        ScanFault.CUT_OFF: _("The file was not kept: it did not arrive whole. Look at it and send it again."),
        ScanFault.TOO_MANY: _("The file was not kept: there are ten already. Put the pages into one PDF."),
        ScanFault.CLASSIFIED: _("The file was not kept: nothing of a letter marked “Mật” is stored here."),
        ScanFault.TWICE: _("This very file is there already."),
    }
    return str(words[refusal.why])


@bp.get("/ban-scan/<int:position>")
@access.official_of_round
def scan(official: OfficialGrant, facts: RoundFacts, code: str, version: int, position: int) -> ResponseReturnValue:
    """Hand a scan out to the office."""
    return scan_file(recorded_answer(body_of(reader(), facts.id, code), version), position)


@bp.post("/ban-scan/<int:position>/bo")
@access.official_of_round
def remove_scan(
    official: OfficialGrant, facts: RoundFacts, code: str, version: int, position: int
) -> ResponseReturnValue:
    """Take a file off an answer that it does not belong to."""
    with transaction() as session:
        scanning.remove_by_office(session, official, facts, code, version, position, now())
    return redirect(url_for("paper_answers.show", slug=facts.slug, code=code, version=version, _anchor="scans"), 303)


def scan_file(sent: OwnSubmission, position: int) -> Response:
    """Answer with a scan as a file to keep; never shown by the browser, whatever it is."""
    facts, content = scan_content(reader(), sent.id, position)
    return send_file(BytesIO(content), facts.media_type, as_attachment=True, download_name=facts.file_name)


own = Blueprint("own_scans", __name__, url_prefix="/gop-y/<code>/phieu/<int:version>/ban-scan")


def _own(grant: AgencyGrant, version: int) -> OwnSubmission:
    found = next((each for each in submissions(reader(), grant.invitation_id) if each.version == version), None)
    if found is None:
        raise NotFound("there is no such receipt")
    return found


@own.post("")
@access.takes_file
@access.agency
def add_own_scan(grant: AgencyGrant, version: int) -> ResponseReturnValue:
    """Keep the agency's signed letter with its answer, also after the close."""
    _own(grant, version)
    refused = None
    try:
        file = scan_of(ScanForm())
        with transaction() as session:
            scanning.add_by_agency(session, grant, version, file, now())
    except ScanRefused as refusal:
        refused = refusal.why.name
    address = url_for("sending.receipt", code=grant.code, version=version, tep=refused, _anchor="scans")
    return redirect(address, 303)


@own.get("/<int:position>")
@access.agency
def own_scan(grant: AgencyGrant, version: int, position: int) -> ResponseReturnValue:
    """Hand a scan out to the agency that it is of."""
    return scan_file(_own(grant, version), position)


def own_scan_words() -> str:
    """Return the sentence about a file that was refused a moment ago, as the address of the receipt tells; or none."""
    name = request.args.get("tep", "")
    return scan_words(ScanRefused(ScanFault[name])) if name in ScanFault.__members__ else ""
