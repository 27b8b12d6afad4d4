"""A good request for each line of the matrix: the address filled in, the form filled out."""

from collections.abc import Mapping
from io import BytesIO

from consult.actions import appointing
from consult.actions.listing import store_agency
from consult.actions.sending import seen_digest
from consult.documents.folder_agencies import AgencyRow
from consult.domain.links import new_token
from consult.store.database import reading, writing
from consult.store.queries.desk import comment_in_force
from consult.store.queries.own_answer import submissions, working_copy
from tests.builders import NEW_SLUG, OFFICIAL, SLUG
from tests.web.cast import OTHER_SLUG, Cast, Role
from tests.web.matrix import Line

MADE_UP_KEY = "0" * 32
JOINED = "text|6|0"
SEND_KEY = "5" * 32
SLUGS = {"public": SLUG, "invited": OTHER_SLUG, "made-up": "khong-co", "preparing": NEW_SLUG}
OWNERS = {"silent": Role.SILENT, "answering": Role.ANSWERING, "closed": Role.ANSWERING}


def address(cast: Cast, line: Line) -> str:
    """Fill in the address of a line."""
    path = (
        line.rule.replace("<int:version>", "1").replace("<slug>", SLUGS.get(line.of, SLUG)).replace("<anchor>", "2.2")
    )
    path = path.replace("<int:position>", "1").replace("<int:number>", "1")
    path = path.replace("<key>", MADE_UP_KEY if line.of == "silent" else cast.record.comment_key)
    if line.method == "POST" and line.rule == "/gop-y/<code>/y-kien/<key>":
        path += "?vi-tri=2.2"
    if line.rule.startswith("/ngon-ngu"):
        return path.replace("<code>", "en")
    return path.replace("<token>", _token(cast, line)).replace("<code>", _code(cast, line.of))


def _code(cast: Cast, of: str) -> str:
    if of == "mailless":
        return cast.office.address("Ủy ban nhân dân huyện Ia Pa").code
    return cast.record.codes[OWNERS[of]] if of in OWNERS else "zzzzzzzzzz"


def _token(cast: Cast, line: Line) -> str:
    if "<token>" not in line.rule or line.of == "made-up":
        return new_token()
    if line.of == "official":
        return sign_in_token(cast)
    return cast.office.links.invitation(cast.record.codes[Role.SILENT], 1).rsplit("/", 1)[1]


def sign_in_token(cast: Cast) -> str:
    """Make a one-time token of the sample's official."""
    with writing(cast.office.database) as session:
        link = appointing.sign_in_address(session, OFFICIAL, cast.office.settings, cast.office.clock())
    return link.rsplit("/", 1)[1]


def form(cast: Cast, line: Line) -> Mapping[str, object]:
    """Fill out the form of a POST line, as the page of its owner would hold it."""
    ending = line.rule.rsplit("/", 1)[1]
    letter = {"letter_number": "", "letter_date": ""}
    forms: Mapping[str, Mapping[str, object]] = {
        "gui-lai-lien-ket": {"agency": _asked(cast, line.of)},
        "dang-nhap": {"email": OFFICIAL},
        "nguoi-gop-y": {"name": "Trần Thị Mẫu", "email": "tran@coquan.example"},
        "rut": {"version": "1"},
        "thong-nhat": {"agree": "2.2"},
        "gui": {"stance": "AGREES_WITH_COMMENTS", "key": SEND_KEY, "seen": seen(cast, line.of), **letter},
        "thong-nhat-toan-bo": {"key": SEND_KEY, "seen": seen(cast, line.of), **letter},
        "<int:position>": {"version": "1", "at": JOINED, "do": "join"},
        "hoan-tac": {"version": "1"},
        "lam-lai": {"version": "1"},
        "cho-tai-ban-goc": {"version": "1"},
        "tep-truoc": {"version": "1"},
        "tep": {"version": "1", "file": (BytesIO("1. Chỉ một mục.\n".encode()), "moi.txt")},
        "cong-van": {"version": "1", "text": "Số: 12/SNV\nKính gửi: Công an tỉnh."},
        "nhan": {"version": "1", "take_number": "y", "number": "12/SNV"},
        "them": {"version": "1", "agency": unlisted(cast)},
        "them-nhom": {"version": "1", "agency": unlisted(cast), "printed": "Các sở"},
        "<int:number>": {"version": "1", "do": "remove"},
        "chep": {"version": "1", "round": str(cast.office.facts(SLUG).id)},
        "van-ban": {"letter_number": "865/UBND", "letter_date": "21/4/2020"},
    }
    if ending == "<key>":
        return response(cast) if line.rule.startswith("/ban-lam-viec") else comment(line.of)
    return forms.get(ending, {})


def unlisted(cast: Cast) -> str:
    """Return the id of an agency of the directory that stands on no list, made here."""
    with writing(cast.office.database) as session:
        row = AgencyRow("so-moi", "Sở Mới", "Sở Mới", (), "department", "", 1, "moi@so.example")
        return str(store_agency(session, row))


def _asked(cast: Cast, of: str) -> str:
    return cast.record.codes[Role.FOREIGN if of == "invited" else Role.SILENT]


def comment(of: str) -> Mapping[str, str]:
    """Fill out the form of a comment: a new one, or a change of the answering agency's."""
    version = "0" if of == "silent" else "1"
    return {"kind": "AMEND", "content": "Đề nghị sửa.", "proposed_text": "", "reason": "", "version": version}


def response(cast: Cast) -> Mapping[str, str]:
    """Fill out the form of the office's answer to the answering agency's comment."""
    with reading(cast.office.database) as session:
        words = comment_in_force(session, cast.office.facts().id, cast.record.comment_key).words
    return {
        "disposition": "ACCEPTED",
        "sentence": "Tiếp thu.",
        "agreed_text": "",
        "words": words,
        "version": "0",
        "agreed_version": "0",
    }


def seen(cast: Cast, of: str) -> str:
    """Return what the review page of an agency says that was seen."""
    if of not in OWNERS:
        return SEND_KEY
    with reading(cast.office.database) as session:
        own = cast.grant(OWNERS[of]).invitation_id
        return seen_digest(working_copy(session, own), submissions(session, own))
