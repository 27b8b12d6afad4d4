"""The life of one consultation, end to end, through the pages: the sample of Gia Lai, as the demo plays it."""

import re
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from consult import paths
from consult.actions import appointing
from consult.actions.synthesising import synthesise
from consult.demo import story
from consult.demo.post import NotingTransport
from consult.demo.script import Script, read_script
from consult.demo.story import Person, Stage, StoryClock
from consult.domain.counting import Counts, count
from consult.mail.transport import FolderTransport
from consult.server import post_office
from consult.store import journal
from consult.store.database import reading, writing
from consult.store.queries.board import board, work
from tests.builders import CLOSES, OFFICIAL, OPENS, SLUG, Office, sample_folder

pytestmark = pytest.mark.slow

BOOKMARK = re.compile(r'w:name="c_([0-9a-f]{32})"')
PERSON = Person(OFFICIAL, "Chuyên viên phụ trách")


@pytest.fixture
def script() -> Script:
    """Read what the people of the sample say."""
    return read_script(paths.DRAFTS / SLUG / "answers.toml")


@pytest.fixture
def stage(office: Office, tmp_path: Path) -> Stage:
    """Set the stage over the sample's round just opened, with its letters delivered."""
    clock = StoryClock(OPENS)
    moved = replace(office, clock=clock)
    post = NotingTransport(FolderTransport(tmp_path / "outbox"))
    made = Stage(
        app=moved.app,
        base_url=office.settings.base_url,
        clock=clock,
        office=post_office(office.settings, office.database, post),
        post=post,
        round_id=office.facts().id,
        names={agency.code: agency.name for agency in sample_folder().agencies},
    )
    with writing(office.database) as session:
        appointing.add_official(session, PERSON.email, PERSON.name, "", OPENS)
    assert made.deliver() == 27
    return made


def words_of(path: Path) -> str:
    """Return all words of a document, a line a paragraph, tables included."""
    paragraphs = Document(str(path)).element.body.iter(qn("w:p"))
    return "\n".join("".join(node.text or "" for node in each.iter(qn("w:t"))) for each in paragraphs)


def quiet(_: str) -> None:
    """Tell nobody."""


def test_from_the_letters_to_the_synthesis(office: Office, stage: Stage, script: Script, tmp_path: Path) -> None:
    story.play_answers(stage, script.answers, quiet)
    story.play_late(stage, script.late, CLOSES)
    target = tmp_path / "synthesis.docx"
    with reading(office.database) as session:
        synthesise(session, office.facts(), target, CLOSES)
    assert "BẢNG TẠM TỔNG HỢP (tính đến 00 giờ 00 ngày 27/4/2020)" in words_of(target)
    assert words_of(target).count("Chưa có ý kiến tiếp thu, giải trình") == 26

    story.play_responses(stage, SLUG, PERSON, script.responses, quiet)
    with reading(office.database) as session:
        tally = synthesise(session, office.facts(), target, CLOSES + timedelta(days=1))
        lines = board(session, stage.round_id)
        done = work(session, stage.round_id)
        verdict = journal.verify(session)
    assert count(line.standing for line in lines) == Counts(28, 10, 8, 2, 8, 0)
    assert (done.comments, done.unanswered) == (26, 0)
    assert (tally.rows, tally.bodies, tally.unanswered) == (26, 8, 0)
    assert verdict.fault == ""

    written = words_of(target)
    assert "TẠM" not in written and "Chưa có ý kiến" not in written
    heads = ("NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH")
    assert [written.count(head) for head in heads] == [1, 1, 1, 1]
    rows = BOOKMARK.findall(zipfile.ZipFile(target).read("word/document.xml").decode())
    assert len(rows) == len(set(rows)) == 26
    lists = "\n".join(paragraph.text for paragraph in Document(str(target)).paragraphs)
    assert [line.name for line in lines if lists.count(line.name) != 1] == []
    assert OpenXmlValidator().validate(str(target)).is_valid


def test_who_recalled_is_silent_and_who_sent_twice_counts_once(office: Office, stage: Stage, script: Script) -> None:
    story.play_answers(stage, script.answers, quiet)
    with reading(office.database) as session:
        lines = {line.name: line for line in board(session, stage.round_id)}
    recalled = lines["Ủy ban nhân dân huyện Krông Pa"]
    assert (recalled.stance, recalled.state.name) == (None, "DRAFTING")
    twice = lines["Sở Giáo dục và Đào tạo"]
    assert (twice.version, twice.comments, twice.letter_number) == (2, 4, "655/SGDĐT-VP")


def test_every_letter_leaves_once_and_no_link_is_stored(
    office: Office, stage: Stage, script: Script, tmp_path: Path
) -> None:
    story.play_answers(stage, script.answers, quiet)
    delivered = sorted((tmp_path / "outbox").glob("*.eml"))
    kinds = [path.stem.split("-", 1)[1] for path in delivered]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "invitation": 27,
        "entered": 22,
        "receipt": 22,
        "recalled": 1,
    }
    tokens = {link.rsplit("/", 1)[1].split("?")[0] for link in stage.post.links.values()}
    assert len(tokens) > 20
    dump = b"".join(path.read_bytes() for path in tmp_path.glob("consult.sqlite3*"))
    assert not [token for token in tokens if token.encode() in dump]
