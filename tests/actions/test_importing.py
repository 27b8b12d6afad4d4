"""A list is brought in exactly as it was shown, or not at all; what is exported comes back unchanged."""

import json
from io import BytesIO

import pytest
from sqlalchemy import func, select

from consult.actions import importing
from consult.actions.exporting import directory_as_csv, write_directory
from consult.domain.directory_import import Verdict
from consult.domain.errors import StaleVersion
from consult.domain.terms import OfficialRole
from consult.store.database import reading, writing
from consult.store.directory import Agency
from consult.store.journal import Entry
from consult.store.queries.directory import agencies, groups, members
from tests.builders import OPENS, POLICE, Office
from tests.statements import counted

LIST = """Mã;Tên cơ quan;Nhóm;Hộp thư
cong-an-tinh;Công an tỉnh Gia Lai;Ủy ban nhân dân các huyện, thị xã, thành phố;congan@gialai.example
;Sở Y tế;UBND cấp huyện;syt@gialai.example
;Sở Y tế;;
;;;
khac;Sở Xây dựng;;sai
"""


def weighed(office: Office, text: str = LIST) -> tuple[importing.Weighed, str]:
    sheet = importing.read_list("ds.csv", text.encode())
    with writing(office.database) as session:
        digest = importing.keep_list(session, text.encode())
    with reading(office.database) as session:
        assert importing.waiting(session, "ds.csv", digest) == sheet
        return importing.weigh(session, sheet), digest


def bring_in(office: Office, shown: importing.Weighed, digest: str, text: str = LIST) -> dict[Verdict, int]:
    admin = office.official(role=OfficialRole.ADMINISTRATOR)
    with writing(office.database) as session:
        sheet = importing.read_list("ds.csv", text.encode())
        return dict(importing.bring_in(session, admin, sheet, digest, shown.seen, OPENS))


def test_good_lines_come_in_and_bad_ones_stay_out(anywhere: Office) -> None:
    shown, digest = weighed(anywhere)
    with reading(anywhere.database) as session:
        before = session.scalar(select(func.count(Agency.id))) or 0
        assert [line.verdict for line in shown.lines] == [
            Verdict.CHANGED,
            Verdict.ADDED,
            Verdict.DOUBLED,
            Verdict.REFUSED,
        ]

    counts = bring_in(anywhere, shown, digest)

    assert counts == {Verdict.CHANGED: 1, Verdict.ADDED: 1, Verdict.DOUBLED: 1, Verdict.REFUSED: 1}
    with reading(anywhere.database) as session:
        assert session.scalar(select(func.count(Agency.id))) == before + 1
        entries = {each.entry.code: each for each in agencies(session)}
        district = next(each for each in groups(session) if each.group.code == "ubnd-huyen")
        last = [each.entry.code for each in members(session, district.id)][-2:]
        entry = session.scalars(select(Entry).where(Entry.act == "import_directory")).one()
    assert (entries["cong-an-tinh"].entry.name, entries["cong-an-tinh"].version) == ("Công an tỉnh Gia Lai", 2)
    assert last == ["cong-an-tinh", "so-y-te"]
    told = json.loads(entry.particulars)
    assert (told["file"], told["codes"]) == (digest, {"added": ["so-y-te"], "changed": ["cong-an-tinh"]})
    assert anywhere.address(POLICE).name == POLICE


@pytest.mark.slow
def test_what_was_shown_of_another_state_is_not_brought_in(anywhere: Office) -> None:
    shown, digest = weighed(anywhere)
    bring_in(anywhere, shown, digest)

    with pytest.raises(StaleVersion):
        bring_in(anywhere, shown, digest)
    again, _ = weighed(anywhere)
    assert [line.verdict for line in again.lines][:2] == [Verdict.UNCHANGED, Verdict.UNCHANGED]
    assert bring_in(anywhere, again, digest)[Verdict.UNCHANGED] == 2
    with reading(anywhere.database) as session:
        acts = select(func.count(Entry.number)).where(Entry.act == "import_directory")
        assert session.scalar(acts) == 1


def test_the_sample_goes_out_and_comes_in_unchanged(anywhere: Office) -> None:
    with reading(anywhere.database) as session:
        book = BytesIO()
        write_directory(session, book)
        for content in (book.getvalue(), directory_as_csv(session)):
            lines = importing.weigh(session, importing.read_list("ds", content)).lines
            assert {line.verdict for line in lines} == {Verdict.UNCHANGED}
            assert len(lines) == session.scalar(select(func.count(Agency.id)))


@pytest.mark.slow
def test_a_list_of_any_length_takes_as_many_statements(office: Office) -> None:
    sent = []
    for first, last in ((0, 3), (3, 3_500)):
        rows = (f"m{number};Ủy ban nhân dân xã số {number};UBND cấp huyện;" for number in range(first, last))
        text = "Mã;Tên cơ quan;Nhóm;Hộp thư\n" + "\n".join(rows)
        shown, digest = weighed(office, text)
        with counted(office.database) as statements:
            assert bring_in(office, shown, digest, text) == {Verdict.ADDED: last - first}
        sent.append(len([each for each in statements if "session" not in each and "official" not in each]))

    assert sent[1] <= sent[0] + 4
