"""A good request for each line of the matrix: the address filled in, the form filled out."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from consult.actions import appointing, importing
from consult.actions.listing import store_agency
from consult.actions.loading import COMMAND
from consult.actions.numbering import Asked, over, write_numbered
from consult.actions.sending import seen_digest
from consult.documents.folder_agencies import AgencyRow
from consult.documents.template_starter import starter_template
from consult.domain.directory_sheet import Sheet
from consult.domain.links import new_token
from consult.domain.synthesis_words import HOUSE
from consult.domain.terms import ConsultationKind, LetterState, SynthesisForm
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from consult.store.queries.desk import comment_in_force
from consult.store.queries.enclosures import enclosure_at
from consult.store.queries.keyed_answers import keyed_answer
from consult.store.queries.officials import official_by_id
from consult.store.queries.own_answer import submissions, working_copy
from consult.store.synthesis_words import mark_of, own_words
from consult.web import directory_import
from tests.builders import CLOSES, NEW_SLUG, OFFICIAL, SLUG
from tests.concluded import conclude, in_force, respond
from tests.web.cast import OTHER_SLUG, Cast, Role
from tests.web.matrix import Line

MADE_UP_KEY = "0" * 32
JOINED = "text|6|0"
SEND_KEY = "5" * 32
LIST = "Mã;Tên cơ quan\nso-moi;Sở Mới\n"
SLUGS = {"public": SLUG, "invited": OTHER_SLUG, "made-up": "khong-co", "preparing": NEW_SLUG}
OWNERS = {"joined": Role.ANSWERING, "silent": Role.SILENT, "answering": Role.ANSWERING, "closed": Role.ANSWERING}


def address(cast: Cast, line: Line) -> str:
    """Fill in the address of a line; a consultation that is further on than the cast's is brought there first."""
    if line.of in ("answered", "concluded"):
        further(cast, line.of)
    if line.of == "undelivered":
        _refuse_first_letter(cast)
    path = (
        line.rule.replace("<int:version>", "1").replace("<slug>", SLUGS.get(line.of, SLUG)).replace("<anchor>", "2.2")
    )
    if "/da-lap/" in line.rule:
        write_synthesis(cast, SLUGS[line.of])
    of_correction = "/chinh-sua-du-thao/" in line.rule and line.rule.endswith(("/xem-truoc", "/cong-bo", "/bo"))
    path = path.replace("<int:position>", "101" if of_correction else "1").replace("<int:edition>", "1")
    if "/loi-van/" in line.rule and line.of != "made-up":
        path = path.replace("<kind>", "administrative").replace("<form>", "practice")
    path = path.replace("<kind>", "moi").replace("<form>", "khong-co")
    path = path.replace("<key>", cast.record.keyed_key) if line.of == "keyed" else path
    path = path.replace("<int:number>", "1")
    if line.of == "directory":
        return path + (f"?tep={waiting_list(cast)[0]}" if line.rule.endswith("/xem") and line.method == "GET" else "")
    path = path.replace("<key>", MADE_UP_KEY if line.of == "silent" else cast.record.comment_key)
    if line.method == "POST" and line.rule == "/gop-y/<code>/y-kien/<key>":
        path += "?vi-tri=2.2"
    if line.rule.endswith("/bo-sung"):
        _know(cast)
        path += "?tim=tu+phap"
    if line.rule.startswith("/ngon-ngu"):
        return path.replace("<code>", "en")
    return path.replace("<token>", _token(cast, line)).replace("<code>", _code(cast, line.of))


def _refuse_first_letter(cast: Cast) -> None:
    """Have the first letter of the record given up, as the mail server's refusal would."""
    with writing(cast.office.database) as session:
        first = {"state": LetterState.FAILED, "sent_at": None, "last_error": "550 5.1.1 no such user"}
        session.execute(update(Letter).where(Letter.id == 1).values(**first))


def write_synthesis(cast: Cast, slug: str) -> None:
    """Have the synthesis of a round written, so that it has number 1."""
    with over(cast.office.database) as record, TemporaryDirectory() as folder:
        asked = Asked(cast.office.facts(slug), COMMAND)
        write_numbered(record, asked, Path(folder) / "s.docx", cast.office.clock())


def _know(cast: Cast) -> None:
    """Have an agency in the directory that stands on no list."""
    row = AgencyRow("so-tu-phap", "Sở Tư pháp", "Sở TP", (), "sở", "", 1, "stp@gialai.example")
    with writing(cast.office.database) as session:
        store_agency(session, row)


def further(cast: Cast, state: str) -> None:
    """Close the round with a response to every comment, and make its result public where ``state`` says so."""
    office = cast.office
    office.clock.at = CLOSES
    cast.keep_awake()
    for comment in in_force(office):
        if not comment.answered:
            respond(office, comment)
    if state == "concluded" and office.facts().result_at is None:
        conclude(office)


def _code(cast: Cast, of: str) -> str:
    if of == "mailless":
        return cast.office.address("Ủy ban nhân dân huyện Ia Pa").code
    if of == "came":
        return cast.record.paper_code
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
    if line.rule.startswith("/ban-lam-viec/<slug>/van-ban") or ending == "ban-scan":
        return paper_form(cast, ending)
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
        "gia-han": {"extend-agency": "", "extend-day": "30/4/2020", "extend-reason": "Theo đề nghị."},
        "nhac-nho": {"reminding": "chosen", "reminder_days": "2"},
        "nhan-sau-thoi-han": {"late-agency": "", "late-day": "30/4/2020", "late-reason": "Theo đề nghị."},
        "bo-sung": {"add-agencies": ["so-tu-phap"], "add-line": "", "add-reason": "Bổ sung."},
        "rut-de-nghi": {"take_back-agency": cast.record.codes[Role.SILENT], "take_back-reason": "Gửi nhầm."},
        "ket-thuc-som": {"close-reason": "Đã đủ ý kiến."},
        "rut-ho-so": {"withdraw-reason": "Theo chỉ đạo.", "withdraw-sure": "y"},
        "moi": {"title": "Quy chế quản lý dữ liệu", "kind": "ADMINISTRATIVE"},
        "thong-tin": particulars(),
        "them": {"title": "Quy chế", "part": "Quy chế", "file": (BytesIO("1. Chỉ một mục.\n".encode()), "moi.txt")},
        "ten": {"title": "Tên khác", "part": "Phần", **_enclosed(cast, line)},
        "len": _enclosed(cast, line),
        "bo": _enclosed(cast, line),
        "tai-lieu": {"title": "Bản so sánh", "file": (BytesIO(b"%PDF-1.7\n"), "so-sanh.pdf")},
        "cong-bo": {
            "version": "1",
            "letter_number": "9/CV",
            "letter_date": "21/4/2020",
            "no_secret": "y",
            "when": "now",
        },
        "huy": {"version": "1"},
        "tra-lai": {"file": (BytesIO(came_back(cast) if ending == "tra-lai" else b""), "thu.eml")},
        "<int:number>": {"email": "vanthu@coquan.example"},
        "ket-qua": {"approved_by": "Lê Văn Duyệt", "position": "Giám đốc", "approved_on": "21/4/2020", **letter},
        "thu-hoi": {"reason": "Bổ sung giải trình."},
        "van-ban": {"letter_number": "865/UBND", "letter_date": "21/4/2020"},
    }
    if line.rule.startswith(("/ban-lam-viec/<slug>/co-quan", "/ban-lam-viec/<slug>/cong-van")):
        return list_form(cast, ending)
    if "/chinh-sua-du-thao/" in line.rule:
        return correction_form(ending)
    if "/loi-van/" in line.rule:
        return own_words_form(cast, head_body=HOUSE[SynthesisForm.PRACTICE].head_body)
    if line.of == "directory":
        return directory_form(cast, line)
    if ending == "<key>":
        return response(cast) if line.rule.startswith("/ban-lam-viec") else comment(line.of)
    return forms.get(ending, {})


def came_back(cast: Cast) -> bytes:
    """Have the first letter sent, and return what a mail server wrote that could not hand it over."""
    with writing(cast.office.database) as session:
        session.execute(
            update(Letter).where(Letter.id == 1).values(state=LetterState.SENT, sent_at=cast.office.clock())
        )
        number = session.scalars(select(Letter.public_id).where(Letter.id == 1)).one()
    head = "Return-Path: <>\nFrom: Mail Delivery System <postmaster@so.example>\nSubject: failure notice\n\n"
    return f"{head}552 5.2.2 mailbox full\n\nMessage-ID: <{number}@gopy.example>\n".encode()


def list_form(cast: Cast, ending: str) -> Mapping[str, object]:
    """Fill out the forms of the cover letter and of the list of agencies."""
    forms: Mapping[str, Mapping[str, object]] = {
        "cong-van": {"version": "1", "text": "Số: 12/SNV\nKính gửi: Công an tỉnh."},
        "nhan": {"version": "1", "take_number": "y", "number": "12/SNV"},
        "them": {"version": "1", "agency": unlisted(cast)},
        "them-nhom": {"version": "1", "agency": unlisted(cast), "printed": "Các sở"},
        "<int:number>": {"version": "1", "do": "remove"},
        "chep": {"version": "1", "round": str(cast.office.facts(SLUG).id)},
    }
    return forms.get(ending, {})


def correction_form(ending: str) -> Mapping[str, object]:
    """Fill out the forms of a correction."""
    letter = {"letter_number": "", "letter_date": ""}
    forms: Mapping[str, Mapping[str, object]] = {
        "tep-moi": {"version": "1", "file": (BytesIO("1. Chỉ một mục.\n".encode()), "moi.txt")},
        "cong-bo": {"version": "1", "edition": "1", "kind": "CORRECTED", "reason": "Sai sót kỹ thuật.", **letter},
    }
    return forms.get(ending, {"version": "1"})


def _enclosed(cast: Cast, line: Line) -> Mapping[str, object]:
    """Return what the forms of a draft and of a further file carry to say what was on the screen."""
    if line.of != "preparing":
        return {"version": "1", "seen": MADE_UP_KEY}
    with reading(cast.office.database) as session:
        round_id = cast.office.facts(NEW_SLUG).id
        return {"version": "1", "seen": enclosure_at(session, round_id, 1).mark}


def particulars(**changed: str) -> Mapping[str, str]:
    """Fill out the fields of a round in preparation."""
    return {
        "version": "1",
        "title": "Dự thảo đang soạn",
        "kind": "ADMINISTRATIVE",
        "superior_body": "Ủy ban nhân dân tỉnh Gia Lai",
        "issuing_authority": "Ủy ban nhân dân tỉnh Gia Lai",
        "place": "Gia Lai",
        "readers": "PUBLIC",
        "silence": "NO_ANSWER",
        "silence_ground": "",
        "contact_office": "Phòng Bưu chính - Viễn thông",
        "contact_phone": "0269 000 0000",
        "contact_email": "gopy@stttt.example",
        "form": "ADMINISTRATIVE",
        "signer_authority": "KT. GIÁM ĐỐC",
        "signer_title": "PHÓ GIÁM ĐỐC",
        "label": "Dự thảo lần 1",
        "deadline_text": "trước ngày 27/4/2020",
        "closes_day": "2020-04-27",
        "closes_time": "00:00",
        "opens_day": "2020-04-21",
        "opens_time": "08:00",
        "late_day": "",
        "late_time": "",
        "letter_number": "532/STTTT-BCVT",
        "letter_date": "2020-04-21",
        "letter_subject": "tham gia góp ý",
        **changed,
    }


def paper_form(cast: Cast, ending: str) -> Mapping[str, object]:
    """Fill out the forms of answers on paper."""
    came = {"letter_number": "12/CV", "letter_date": "21/4/2020", "received_on": "22/4/2020"}
    letter = {**came, "channel": "PAPER", "stance": "DISAGREES", "version": "1", "secret": ""}
    with reading(cast.office.database) as session:
        keyed = keyed_answer(session, cast.office.facts().id, cast.record.keyed_key)
    forms: Mapping[str, Mapping[str, object]] = {
        "moi": {**letter, "key": MADE_UP_KEY, "code": cast.record.codes[Role.SILENT], "agency": "", "name": ""},
        "<code>": {**came, "seen": "1-1"},
        "<key>": letter,
        "<int:position>": {
            **comment("answering"),
            "content": "Đề nghị bỏ.",
            "key": keyed.answer.comments[0].key,
            "place": "2.2",
        },
        "bo": {"version": "1"},
        "ghi-nhan": {"version": str(keyed.version), "seen": "1-1"},
        "huy": {"reason": "Nhập nhầm cơ quan."},
        "ban-scan": {"file": (BytesIO(b"%PDF-1.7\n%%EOF\n"), "ban-ky.pdf")},
    }
    return forms.get(ending, {})


def waiting_list(cast: Cast) -> tuple[str, str]:
    """Have a list of agencies wait to be brought in; return what names it and the state of the directory."""
    with writing(cast.office.database) as session:
        digest = importing.keep_list(session, LIST.encode())
    with reading(cast.office.database) as session:
        seen = importing.weigh(session, _list()).seen
    with cast.app.test_request_context():
        return directory_import.signed(digest, "ds.csv"), seen


@cache
def _list() -> Sheet:
    return importing.read_list("ds.csv", LIST.encode())


def directory_form(cast: Cast, line: Line) -> Mapping[str, object]:
    """Fill out a form of the directory or of the officials."""
    if line.rule == "/danh-ba/nhap/xem":
        file, seen = waiting_list(cast)
        return {"file": file, "seen": seen}
    post = {"name": "Nguyễn Văn Mới", "lead_agency": "1", "new_lead_agency": "", "role": "OFFICIAL"}
    with reading(cast.office.database) as session:
        post["mark"] = official_by_id(session, 1).mark
    forms: Mapping[str, Mapping[str, object]] = {
        "/danh-ba/nhap": {"file": (BytesIO(LIST.encode()), "ds.csv")},
        "/danh-ba/co-quan/moi": {"name": "Sở Mới", "code": "so-moi"},
        "/danh-ba/co-quan/<int:number>/sua": {"name": "Công an tỉnh Gia Lai", "version": "1"},
        "/danh-ba/co-quan/<int:number>/ket-thuc": {"last_day": "30/6/2025", "version": "1"},
        "/danh-ba/nhom": {"name": "Các sở"},
        "/danh-ba/nhom/<int:number>": {"name": "Các huyện", "version": "1"},
        "/danh-ba/nhom/<int:number>/thanh-vien": {"agency": "1", "do": "add"},
        "/mau-bang-tong-hop": {"name": "Mẫu mới", "kind": "", "file": (BytesIO(_starter()), "mau.docx")},
        "/chuyen-vien": {**post, "email": "moi@coquan.example"},
        "/chuyen-vien/<int:number>": post,
    }
    return forms.get(line.rule, {})


@cache
def _starter() -> bytes:
    return starter_template()


def own_words_form(cast: Cast, **changed: str) -> Mapping[str, str]:
    """Fill out the form of the words of a form as the sample's office sees it, ``changed`` in their place."""
    kind, form = ConsultationKind.ADMINISTRATIVE, SynthesisForm.PRACTICE
    with reading(cast.office.database) as session:
        own = own_words(session, official_by_id(session, 1).lead_agency_id, kind, form)
    return {**asdict(HOUSE[form]), **own, "mark": mark_of(own), **changed}


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
