"""Everybody who may stand at a door, in one record: two consultations, agencies in several states, two officials.

The people are signed in already: their cookies are known. The record can be put back as it was after each request.
"""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import insert, update
from werkzeug.test import TestResponse

from consult.actions import appointing, entering, loading, publishing, scanning, templating
from consult.actions.drafting import keep_file
from consult.domain.links import new_token, token_digest
from consult.domain.terms import ConsultationKind, OfficialRole, Readers, Stance, SynthesisForm
from consult.store import access
from consult.store.access import SessionRow
from consult.store.consultations import Enclosure, Round
from consult.store.database import Database, connect, reading, writing
from consult.store.queries.door import AgencyGrant, agency_at_door
from consult.store.queries.people import InvitedAddress
from consult.store.synthesis_words import replace_words
from tests import corrections
from tests.actions import keying
from tests.builders import (
    BASE_URL,
    EDUCATION,
    LEAD_AGENCY,
    NEW_SLUG,
    OPENS,
    POLICE,
    SLUG,
    Clock,
    Office,
    office_for_one_test,
    sample_folder,
    sample_office,
)

AT = OPENS + timedelta(days=1)
OTHER_SLUG = "khac-2020"
OTHER_LEAD_AGENCY = "Sở Nội vụ"
OTHER_OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"
NEIGHBOUR = "Sở Kế hoạch và Đầu tư"
ON_PAPER = "Tỉnh đoàn Gia Lai"
SCAN = b"%PDF-1.4\n%%EOF\n"
ANSWER = "Đề nghị bỏ cụm từ lặp lại ở mục này."
ENCLOSED = b"%PDF-1.7\n% a further file\n"
FORM = "Mẫu của Sở"
HEAD = "CƠ QUAN, ĐƠN VỊ"
ENCLOSED_TITLE = "Tờ trình"
DRAFTED = "Đề nghị nêu rõ thời hạn báo cáo."
PREPARED = "1. Mục tiêu: nâng cao chất lượng.\n\n2. Nhiệm vụ.\n\na) Việc một;\n\nb) Việc hai.\n"
_TOKENS: dict[str, str] = {}
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Role(Enum):
    """Who asks; the order is that of the columns of the matrix."""

    VISITOR = "visitor"
    SILENT = "silent"
    ANSWERING = "answering"
    NEIGHBOUR = "neighbour"
    FOREIGN = "foreign"
    OFFICIAL = "official"
    OUTSIDER = "outsider"
    ADMINISTRATOR = "administrator"


class Client:
    """A browser that follows no redirect and sends what it is told."""

    def __init__(self, app: Flask, cookie: str = "", base_url: str = BASE_URL) -> None:
        """Open it with a session cookie, or with none."""
        self._client = app.test_client()
        self._base_url = base_url
        self._host = urlsplit(base_url).hostname or ""
        self._name = str(app.config["SESSION_COOKIE_NAME"])
        if cookie:
            secure = bool(app.config["SESSION_COOKIE_SECURE"])
            self._client.set_cookie(self._name, cookie, domain=self._host, path="/", secure=secure)
        self._token = ""

    @property
    def cookie(self) -> str:
        """The session cookie that the browser holds now, "" without one."""
        found = self._client.get_cookie(self._name, domain=self._host)
        return found.value if found else ""

    def get(self, address: str, **more: object) -> TestResponse:
        """Open an address."""
        return self.ask("GET", address, **more)

    def ask(self, method: str, address: str, **more: object) -> TestResponse:
        """Send a request; a full address of the site is cut to its path."""
        path = address.removeprefix(self._base_url)
        return self._client.open(path, method=method, **{"base_url": self._base_url, **more})  # type: ignore[arg-type]

    def token(self) -> str:
        """Return a CSRF token of this browser as of now, from a page that everybody may open."""
        found = _TOKEN.search(self.get(f"/ho-so/{SLUG}/gui-lai-lien-ket").text)
        assert found
        return found[1]

    def post(self, address: str, data: Mapping[str, object] | None = None, **more: object) -> TestResponse:
        """Post a form with a CSRF token of this browser; one that an earlier test got for its cookie is good too."""
        token = _TOKENS.get(self.cookie) or self.token()
        _TOKENS.setdefault(self.cookie, token)
        return self.ask("POST", address, data={"csrf_token": token, **(data or {})}, **more)


@dataclass(frozen=True)
class CastRecord:
    """The record on disk with what the tests must know of it."""

    path: Path
    cookies: Mapping[Role, str]
    codes: Mapping[Role, str]
    comment_key: str
    drafted_key: str
    keyed_key: str
    paper_code: str


@dataclass
class Cast:
    """The record opened for one test."""

    office: Office
    record: CastRecord
    path: Path

    @property
    def app(self) -> Flask:
        """The application at this record."""
        return self.office.app

    def client(self, role: Role) -> Client:
        """Return the browser of a role."""
        return Client(self.app, self.record.cookies.get(role, ""), self.office.settings.base_url)

    def page(self, role: Role) -> str:
        """Return the address of a role's own agency page."""
        return f"/gop-y/{self.record.codes[role]}"

    def grant(self, role: Role) -> AgencyGrant:
        """Return the grant of a role's browser for its own agency page."""
        with reading(self.office.database) as session:
            return agency_at_door(session, token_digest(self.record.cookies[role]), self.record.codes[role])

    def restore(self, at: datetime = AT) -> None:
        """Put the record back as it was and the clock to a moment."""
        self.office.clock.at = at
        self._put_back(self.record.path)
        if at != AT:
            self.keep_awake()

    def keep(self) -> Callable[[], None]:
        """Keep the record as it stands now, and return what puts it back."""
        _settle(self.office.database)
        kept = self.path.with_name("kept.sqlite3")
        shutil.copyfile(self.path, kept)
        return lambda: self._put_back(kept)

    def _put_back(self, record: Path) -> None:
        self.office.database.dispose()
        for leftover in ("-wal", "-shm"):
            self.path.with_name(self.path.name + leftover).unlink(missing_ok=True)
        shutil.copyfile(record, self.path)

    def keep_awake(self) -> None:
        """Count every session as used at this moment, so that none ended by being idle."""
        with writing(self.office.database) as session:
            session.execute(update(SessionRow).values(seen_at=self.office.clock()))


def open_cast(record: CastRecord, folder: Path) -> Cast:
    """Open a copy of the record."""
    path = folder / "cast.sqlite3"
    shutil.copyfile(record.path, path)
    return Cast(office_for_one_test(path, Clock(AT)), record, path)


def assemble(published: Path, folder: Path) -> CastRecord:
    """Build the record on top of the sample's published round."""
    path = folder / "cast.sqlite3"
    shutil.copyfile(published, path)
    office = sample_office(connect(f"sqlite:///{path}"), folder, Clock(OPENS))
    _publish_other(office)
    office.prepare(thuyet_minh=PREPARED.encode())
    for slug in (SLUG, OTHER_SLUG, NEW_SLUG):
        _enclose(office, slug)
    office.clock.at = AT
    cookies: dict[Role, str] = {role: new_token() for role in Role if role is not Role.VISITOR}
    addresses: dict[Role, InvitedAddress] = {
        Role.SILENT: office.address(POLICE),
        Role.ANSWERING: office.address(EDUCATION),
        Role.NEIGHBOUR: office.address(NEIGHBOUR),
        Role.FOREIGN: office.address(EDUCATION, OTHER_SLUG),
    }
    grants = {role: _come_in(office, cookies[role], address) for role, address in addresses.items()}
    comment_key = office.comment(grants[Role.ANSWERING], content=ANSWER)
    office.send(grants[Role.ANSWERING], number="864/UBND")
    drafted_key = office.comment(grants[Role.NEIGHBOUR], content=DRAFTED)
    _appoint(office, cookies[Role.OFFICIAL], "chuyenvien@stttt.example", LEAD_AGENCY)
    _appoint(office, cookies[Role.OUTSIDER], "chuyenvien@snv.example", OTHER_LEAD_AGENCY)
    _appoint(office, cookies[Role.ADMINISTRATOR], "quantri@vpub.example", OTHER_OFFICE, OfficialRole.ADMINISTRATOR)
    keyed_key, paper_code = _letters_came(office, grants[Role.ANSWERING])
    _prepare_correction(office)
    _keep_form(office)
    _settle(office.database)
    codes = {role: address.code for role, address in addresses.items()}
    return CastRecord(path, cookies, codes, comment_key, drafted_key, keyed_key, paper_code)


def _letters_came(office: Office, answering: AgencyGrant) -> tuple[str, str]:
    """Key in a letter of the answering agency, record one of another, and keep a scan with either's answer."""
    official, facts = office.official(), office.facts()
    key = keying.begin(office, official, keying.whose(office, EDUCATION), keying.letter(Stance.DISAGREES))
    keying.add(office, official, key)
    code, version = keying.answered(office, official, keying.whose(office, ON_PAPER), anchors=["1.4"])
    file = scanning.read_scan("cong-van.pdf", SCAN)
    with writing(office.database) as session:
        scanning.add_by_office(session, official, facts, code, version, file, office.clock())
    with writing(office.database) as session:
        scanning.add_by_agency(session, answering, 1, file, office.clock())
    return key, code


def _prepare_correction(office: Office) -> None:
    """Put a correction of the sample's draft on the bench: nobody outside may notice."""
    corrections.prepare(office, office.official(), {"2.2": None, "+1.1": corrections.NEW_TEXT})


def _keep_form(office: Office) -> None:
    """Keep a form of the sample's lead agency, and a head of its own for one of the house's forms."""
    official = office.official()
    kind, form = ConsultationKind.ADMINISTRATIVE, SynthesisForm.PRACTICE
    with writing(office.database) as session:
        file = ("mau.docx", templating.starter_template())
        templating.keep(session, official, FORM, None, file, office.clock())
        replace_words(session, official.lead_agency_id, kind, form, {"head_body": HEAD})


def _publish_other(office: Office) -> None:
    """Publish the same draft a second time, by another lead agency and for those alone who were asked."""
    folder = sample_folder()
    matter = replace(folder.matter, slug=OTHER_SLUG, lead_agency=OTHER_LEAD_AGENCY, readers=Readers.INVITED)
    prepared = loading.prepare(replace(folder, matter=matter, digest="another"))
    with writing(office.database) as session:
        loading.load(session, prepared, office.clock())
    with writing(office.database) as session:
        publishing.publish(session, OTHER_SLUG, office.clock())


def _enclose(office: Office, slug: str) -> None:
    """Give a round a further file, a signed letter and calendar entries."""
    round_id = office.facts(slug).id
    with writing(office.database) as session:
        digest = keep_file(session, ENCLOSED)
        names = {"title": ENCLOSED_TITLE, "file_name": "to-trinh.pdf", "media_type": "application/pdf"}
        session.execute(insert(Enclosure).values(round_id=round_id, position=1, file_digest=digest, **names))
        session.execute(update(Round).where(Round.id == round_id).values(letter_digest=digest, gives_calendar=True))


def _come_in(office: Office, cookie: str, address: InvitedAddress) -> AgencyGrant:
    digest = token_digest(cookie)
    with writing(office.database) as session:
        session_id = access.open_session(session, digest, office.clock(), timedelta(days=14))
        access.grant_agency(session, session_id, address.id, address.generation)
    with reading(office.database) as session:
        grant = agency_at_door(session, digest, address.code)
    with writing(office.database) as session:
        entering.state_person(session, grant, "Nguyễn Văn Mẫu", "mau@coquan.example", office.clock())
    return grant


def _appoint(
    office: Office, cookie: str, email: str, lead_agency: str, role: OfficialRole = OfficialRole.OFFICIAL
) -> None:
    with writing(office.database) as session:
        loading.lead_agency_id(session, lead_agency)
        name = f"Chuyên viên {lead_agency}"
        person = appointing.add_official(session, email, name, lead_agency, office.clock(), role)
        session_id = access.open_session(session, token_digest(cookie), office.clock(), timedelta(days=14))
        access.grant_official(session, session_id, person.id)


def _settle(database: Database) -> None:
    """Bring everything from the write-ahead log into the file, so that it can be copied."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
