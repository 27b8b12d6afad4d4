"""Builds what tests need from the outside in: an office with the sample's round, people at work in it."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from flask import Flask

from consult import paths
from consult.actions import appointing, commenting, loading, publishing, sending
from consult.actions.sending import Answer, seen_digest
from consult.app import create_app
from consult.demo.visitor import Visitor
from consult.documents.folder import DraftFile, Folder, read_folder
from consult.domain.answering import Words
from consult.domain.links import LinkMaker
from consult.domain.terms import CommentKind, OfficialRole, Stance
from consult.domain.window import HO_CHI_MINH
from consult.settings import Settings
from consult.store import access
from consult.store.database import Database, connect, reading, writing
from consult.store.queries.door import AgencyGrant, OfficialGrant, agency_at_door, official_at_door
from consult.store.queries.own_answer import OwnSubmission, submissions, working_copy
from consult.store.queries.people import InvitedAddress, invited
from consult.store.queries.places import place_of
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.store.queries.wordings import corrections_issued
from tests.shared_work import applications, share_templates

SLUG = "gia-lai-2020"
NEW_SLUG = "dang-soan"
NEW_TITLE = "Dự thảo đang soạn"
SECRET = "a-secret-for-tests-that-is-long-enough-0123456789"
BASE_URL = "http://consult.example"
OPENS = datetime(2020, 4, 21, 8, 0, tzinfo=HO_CHI_MINH)
CLOSES = datetime(2020, 4, 27, 0, 0, tzinfo=HO_CHI_MINH)
OFFICIAL = "chuyenvien@stttt.example"
LEAD_AGENCY = "Sở Thông tin và Truyền thông"
POLICE = "Công an tỉnh"
EDUCATION = "Sở Giáo dục và Đào tạo"


@dataclass
class Clock:
    """A clock that stands where it is put."""

    at: datetime

    def __call__(self) -> datetime:
        """Return the set moment."""
        return self.at


def settings_in(folder: Path, database: Database, **changed: object) -> Settings:
    """Return the settings of a test's installation, which no full disk of this machine makes ill."""
    url = str(database.engine.url)
    made = Settings(secret_key=SECRET, base_url=BASE_URL, instance=folder, database_url=url, health_free_mb=0)
    return replace(made, **changed)  # type: ignore[arg-type]


def sample_folder() -> Folder:
    """Read the folder of the sample."""
    return read_folder(paths.DRAFTS / SLUG)


@dataclass
class Office:
    """A record with the sample's round and the application over it."""

    database: Database
    settings: Settings
    clock: Clock
    for_one_test: bool = False
    borrowed: list[Flask] = field(default_factory=list)

    @cached_property
    def app(self) -> Flask:
        """The real application at this office's clock; an office for one test has one that served others before."""
        if not self.for_one_test:
            return self.own_app()
        self.borrowed.append(applications.lend(self.settings, self.clock, self.database))
        return self.borrowed[-1]

    def own_app(self) -> Flask:
        """Build an application that a test may change."""
        return share_templates(create_app(self.settings, self.clock, self.database))

    def close(self) -> None:
        """Give back what an office for one test has borrowed, and close its record."""
        for app in self.borrowed:
            applications.take_back(app)
        self.database.dispose()

    @property
    def links(self) -> LinkMaker:
        """What writes this office's links."""
        return LinkMaker(self.settings.base_url, self.settings.secret_key.encode())

    def load_and_publish(self) -> None:
        """Load the sample and open its round at this office's clock."""
        prepared = loading.prepare(sample_folder())
        with writing(self.database) as session:
            loading.load(session, prepared, self.clock())
        with writing(self.database) as session:
            publishing.publish(session, SLUG, self.clock())

    def prepare(self, slug: str = NEW_SLUG, digest: str = "new", **drafts: bytes) -> RoundFacts:
        """Load a round of the sample's lead agency that is not published; ``drafts`` are text files by their part.

        ``digest`` is the folder's: loading again with another one is loading a changed folder.
        """
        folder = sample_folder()
        files = tuple(DraftFile(part, part, f"{part}.txt", content) for part, content in drafts.items())
        matter = replace(folder.matter, slug=slug, title=NEW_TITLE)
        prepared = loading.prepare(replace(folder, matter=matter, drafts=files or folder.drafts, digest=digest))
        with writing(self.database) as session:
            loading.load(session, prepared, self.clock())
        return self.facts(slug)

    def visitor(self) -> Visitor:
        """Open a fresh browser."""
        return Visitor(self.app, self.settings.base_url)

    def facts(self, slug: str = SLUG) -> RoundFacts:
        """Return the round."""
        with reading(self.database) as session:
            return newest_round(session, slug)

    def address(self, agency: str = POLICE, slug: str = SLUG) -> InvitedAddress:
        """Return the invitation of an agency by its name."""
        round_id = self.facts(slug).id
        with reading(self.database) as session:
            return next(each for each in invited(session, round_id) if each.name == agency)

    def link(self, agency: str = POLICE) -> str:
        """Return the invitation link of an agency."""
        address = self.address(agency)
        return self.links.invitation(address.code, address.generation)

    def entered(self, agency: str = POLICE) -> Visitor:
        """Return a browser that came in by an agency's link and stated who is at work."""
        visitor = self.visitor()
        link = self.link(agency)
        visitor.open(link)
        visitor.press(link.rsplit("/", 1)[1])
        visitor.press("/nguoi-gop-y", {"name": "Nguyễn Văn Mẫu", "email": "mau@congan.gialai.example"})
        return visitor

    def grant(self, agency: str = POLICE, slug: str = SLUG) -> AgencyGrant:
        """Return a grant for an agency without going through pages."""
        address, digest = self.address(agency, slug), uuid4().hex
        with writing(self.database) as session:
            session_id = access.open_session(session, digest, self.clock(), timedelta(days=14))
            access.grant_agency(session, session_id, address.id, address.generation)
        with reading(self.database) as session:
            return agency_at_door(session, digest, address.code)

    def comment(
        self, grant: AgencyGrant, anchor: str = "2.2", content: str = "Đề nghị sửa lỗi lặp từ.", **more: str
    ) -> str:
        """Save a comment of an agency at the office's clock and return its key; ``anchor`` "" is the whole."""
        key = uuid4().hex
        words = Words(CommentKind.AMEND, content, more.get("proposed_text", ""), more.get("reason", ""))
        with reading(self.database) as session:
            place = place_of(session, grant.invitation_id, anchor) if anchor else None
        typed = commenting.weigh(key, place, words, 0)
        with writing(self.database) as session:
            commenting.save_comment(session, grant, typed, self.clock())
        return key

    def agree(self, grant: AgencyGrant, *anchors: str) -> None:
        """Agree with clauses at the office's clock."""
        with reading(self.database) as session:
            ids = tuple(place_of(session, grant.invitation_id, anchor).id for anchor in anchors)
        with writing(self.database) as session:
            commenting.agree(session, grant, ids, self.clock())

    def send(self, grant: AgencyGrant, stance: Stance = Stance.AGREES_WITH_COMMENTS, number: str = "") -> OwnSubmission:
        """Send an agency's working copy at the office's clock."""
        with reading(self.database) as session:
            own = grant.invitation_id
            corrections = corrections_issued(session, grant.round_id)
            seen = seen_digest(working_copy(session, own), submissions(session, own), corrections)
        with writing(self.database) as session:
            return sending.send(session, grant, Answer(uuid4().hex, stance, number, None, seen), self.clock())

    def official(
        self, email: str = OFFICIAL, lead_agency: str = LEAD_AGENCY, role: OfficialRole | None = None
    ) -> OfficialGrant:
        """Appoint an official (unless that was done) and return a grant."""
        digest = uuid4().hex
        with writing(self.database) as session:
            loading.lead_agency_id(session, lead_agency)
            name = "Chuyên viên phụ trách"
            person = appointing.add_official(session, email, name, lead_agency, self.clock(), role)
            session_id = access.open_session(session, digest, self.clock(), timedelta(days=14))
            access.grant_official(session, session_id, person.id)
        with reading(self.database) as session:
            return official_at_door(session, digest)

    def signed_in(
        self, email: str = OFFICIAL, lead_agency: str = LEAD_AGENCY, role: OfficialRole | None = None
    ) -> Visitor:
        """Return a browser signed in as an official by a one-time link."""
        with writing(self.database) as session:
            loading.lead_agency_id(session, lead_agency)
            appointing.add_official(session, email, "Chuyên viên phụ trách", lead_agency, self.clock(), role)
        with writing(self.database) as session:
            link = appointing.sign_in_address(session, email, self.settings, self.clock())
        visitor = self.visitor()
        visitor.open(link)
        visitor.press(link.rsplit("/", 1)[1])
        return visitor


def sample_office(database: Database, folder: Path, clock: Clock) -> Office:
    """Put an office together over a record."""
    return Office(database, settings_in(folder, database), clock)


def office_for_one_test(path: Path, clock: Clock) -> Office:
    """Put an office together over a SQLite file; the test closes it."""
    database = connect(f"sqlite:///{path}")
    return Office(database, settings_in(path.parent, database), clock, for_one_test=True)
