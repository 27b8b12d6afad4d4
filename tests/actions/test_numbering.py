"""A synthesis under its number: equal data are one number, one moment, one file; other data are the next one."""

import json
import zipfile
from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from consult.actions import numbering, templating
from consult.actions.loading import COMMAND
from consult.actions.numbering import Asked, Record, over, write_numbered
from consult.actions.synthesising import synthesise
from consult.documents.template_starter import starter_template
from consult.domain.control import Made
from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis_options import AnnexOf, Options, SameWords
from consult.domain.terms import Stance, SynthesisForm
from consult.store.consultations import Round
from consult.store.database import Session, connect, reading, writing
from consult.store.journal import Entry, append, verify
from consult.store.queries.syntheses import MADE, made_of
from consult.store.queries.templates import templates_of
from consult.store.syntheses import Synthesis
from tests.actions import keying
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Clock, Office, sample_office
from tests.concluded import all_answered, answer_all_ways, conclude
from tests.racing import meet, race

HOUR = timedelta(hours=1)
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


def write(office: Office, target: Path, options: Options | None = None) -> Made:
    with over(office.database) as record:
        asked = Asked(office.facts(), COMMAND, options or Options())
        return write_numbered(record, asked, target, office.clock())[0]


def listed(office: Office) -> tuple[Made, ...]:
    with reading(office.database) as session:
        return made_of(session, office.facts().id)


def pages(path: Path) -> str:
    """Return what is printed, headers included."""
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("word/"))


def properties(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("docProps/custom.xml"))
    return {each.get("name", ""): each[0].text or "" for each in root.iter(_VALUE)}


def test_equal_data_are_one_number_one_moment_one_file(anywhere: Office, tmp_path: Path) -> None:
    answer_all_ways(anywhere)
    first = write(anywhere, tmp_path / "a.docx")
    anywhere.clock.at += HOUR
    again = write(anywhere, tmp_path / "b.docx")
    content = (tmp_path / "a.docx").read_bytes()
    assert content == (tmp_path / "b.docx").read_bytes()
    assert (again.number, again.at, listed(anywhere)) == (1, OPENS, (again,))
    assert first.file_digest == again.file_digest == sha256(content).hexdigest()
    assert (
        "tính đến 08 giờ 00 ngày 21/4/2020" in zipfile.ZipFile(tmp_path / "b.docx").read("word/document.xml").decode()
    )


def test_other_data_are_the_next_number_with_its_own_moment(anywhere: Office, tmp_path: Path) -> None:
    answer_all_ways(anywhere)
    before = write(anywhere, tmp_path / "a.docx")
    anywhere.clock.at += HOUR
    anywhere.send(anywhere.grant(EDUCATION), Stance.NO_OPINION)
    after = write(anywhere, tmp_path / "b.docx")
    assert (after.number, after.at) == (2, OPENS + HOUR)
    assert after.data_digest != before.data_digest
    assert "tính đến 09 giờ 00 ngày 21/4/2020" in pages(tmp_path / "b.docx")
    assert [each.number for each in listed(anywhere)] == [2, 1]


def test_an_act_that_changes_nothing_printed_leaves_the_number(office: Office, tmp_path: Path) -> None:
    """The moment that is printed first is guessed from the journal: here the guess is wrong."""
    answer_all_ways(office)
    write(office, tmp_path / "a.docx")
    office.clock.at += HOUR
    with writing(office.database) as session:
        append(session, office.clock(), COMMAND, "remind", office.facts().id)
    assert write(office, tmp_path / "b.docx").number == 1
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_each_form_and_each_choice_has_numbers_of_its_own(office: Office, tmp_path: Path) -> None:
    all_answered(office)
    wanted = (
        Options(),
        Options(form=SynthesisForm.BY_AGENCY),
        Options(same=SameWords.MERGED, names=False),
        Options(draft=1, anchor="2.2", annex_of=AnnexOf("Sở Mẫu", "15/CV")),
    )
    made = [write(office, tmp_path / "s.docx", options) for options in (*wanted, *wanted)]
    assert [each.number for each in made] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert [each.described for each in made[:4]] == [
        "Chính thức; toàn bộ",
        "Chính thức; toàn bộ",
        "Chính thức; toàn bộ; gộp ý kiến trùng; không nêu tên cơ quan",
        "Chính thức; trích mục 2.2 (Công an tỉnh); kèm theo Văn bản số 15/CV",
    ]
    assert made[3].counts["in_table"] == 2
    assert made[3].counts["in_force"] == 3
    named = Options(form=office.facts().form)
    assert write(office, tmp_path / "s.docx", named).number == 1


def test_an_own_form_is_known_by_its_file(office: Office, tmp_path: Path) -> None:
    all_answered(office)
    official = office.official()

    def written(content: bytes) -> Made:
        with writing(office.database) as session:
            templating.keep(session, official, "Mẫu của Sở", None, ("mau.docx", content), office.clock())
        with reading(office.database) as session:
            form = max(templates_of(session, official.lead_agency_id))
        with over(office.database) as record:
            asked = Asked(office.facts(), COMMAND, template=form)
            return write_numbered(record, asked, tmp_path / "own.docx", office.clock())[0]

    starter = starter_template()
    made = [written(starter), written(starter + b"\0"), written(starter)]
    assert [(each.number, each.form_name) for each in made] == [
        (1, "Mẫu riêng: Mẫu của Sở"),
        (2, "Mẫu riêng: Mẫu của Sở"),
        (1, "Mẫu riêng: Mẫu của Sở"),
    ]
    assert properties(tmp_path / "own.docx")["Số bảng tổng hợp"] == "1"


def test_what_a_file_says_of_itself(anywhere: Office, tmp_path: Path) -> None:
    answer_all_ways(anywhere)
    police = anywhere.grant(POLICE)
    anywhere.comment(police, "1.1", "Thêm một ý.")
    anywhere.send(police, Stance.DISAGREES)
    official = anywhere.official()
    keying.answered(anywhere, official, keying.whose(anywhere, "Tỉnh đoàn Gia Lai"), anchors=["2.2"])
    code = anywhere.address("Tỉnh đoàn Gia Lai").code
    keying.take_back(anywhere, official, code, 1)
    keying.answered(anywhere, official, keying.whose(anywhere, EDUCATION))
    with reading(anywhere.database) as session:
        head = session.execute(select(Entry.number, Entry.digest).order_by(Entry.number.desc())).first()
    assert head is not None
    made = write(anywhere, tmp_path / "a.docx")
    said = properties(tmp_path / "a.docx")
    assert said == {
        "Số bảng tổng hợp": "1",
        "Thời điểm lập": "2020-04-21T08:00:00+07:00",
        "Nhật ký - số mục": str(head.number),
        "Nhật ký - mã băm mục cuối (SHA-256)": head.digest,
        "Mã băm dữ liệu (SHA-256)": made.data_digest,
        "Cơ quan, đơn vị được lấy ý kiến": "28",
        "Cơ quan, đơn vị đã góp ý": "3",
        "Thống nhất với nội dung dự thảo": "1",
        "Không có ý kiến": "0",
        "Có ý kiến góp ý": "2",
        "Không gửi hoặc chưa gửi văn bản góp ý": "25",
        "Góp ý ngoài danh sách lấy ý kiến": "0",
        "Gửi sau thời hạn": "0",
        "Gửi bằng văn bản giấy, trục liên thông, thư điện tử": "1",
        "Ý kiến nhận được qua mọi lần gửi": "7",
        "Ý kiến đã được thay bằng lần gửi sau": "2",
        "Ý kiến đã thu hồi": "1",
        "Ý kiến có hiệu lực": "4",
        "Ý kiến trong bảng": "4",
        "Ý kiến đứng chung dòng với ý kiến khác": "0",
        "Số dòng của bảng": "4",
    }
    assert all(digest not in pages(tmp_path / "a.docx") for digest in (made.data_digest, made.journal_digest))


def test_json_names_the_same_data(office: Office, tmp_path: Path) -> None:
    answer_all_ways(office)
    made = write(office, tmp_path / "a.docx")
    with reading(office.database) as session:
        synthesise(session, office.facts(), tmp_path / "a.json", office.clock())
    assert json.loads((tmp_path / "a.json").read_text())["data_digest"] == made.data_digest


def test_other_bytes_of_the_same_data_are_another_number(office: Office, tmp_path: Path) -> None:
    """As after an upgrade that lays the document out otherwise: what number 1 was can be made no more."""
    answer_all_ways(office)
    write(office, tmp_path / "a.docx")
    with writing(office.database) as session:
        session.execute(text("DROP TRIGGER frozen_synthesis_update"))
        session.execute(update(Synthesis).values(file_digest="0" * 64))
    office.clock.at += HOUR
    made = [write(office, tmp_path / f"{name}.docx") for name in "bc"]
    assert [(each.number, each.edition, each.at) for each in made] == [(2, 2, OPENS + HOUR)] * 2
    assert (tmp_path / "b.docx").read_bytes() == (tmp_path / "c.docx").read_bytes()
    assert len({each.data_digest for each in listed(office)}) == 1


def test_data_that_change_while_the_file_is_written_again_are_no_edition_of_those_before(
    office: Office, tmp_path: Path
) -> None:
    answer_all_ways(office)
    write(office, tmp_path / "a.docx")
    with writing(office.database) as session:
        session.execute(text("DROP TRIGGER frozen_synthesis_update"))
        session.execute(update(Synthesis).values(file_digest="0" * 64))
    readings = iter((lambda: None, lambda: office.send(office.grant(EDUCATION), Stance.NO_OPINION)))
    with over(office.database) as record:

        def read() -> Session:
            next(readings)()
            return record.read()

        asked = Asked(office.facts(), COMMAND)
        made, _tally = write_numbered(Record(read, record.write), asked, tmp_path / "b.docx", office.clock())
    assert (made.number, made.edition) == (2, 1)


@pytest.mark.postgres
def test_an_entry_of_the_round_does_not_wait_for_a_number(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who has the journal's head needs the round's key; who gives a number has the round and needs the head."""
    real = numbering.next_number
    server = request.getfixturevalue("server")
    with server.clone(request.getfixturevalue("published_template")) as database:

        def meanwhile(session: Session, round_id: int) -> int:
            with writing(database) as other:
                append(other, OPENS, COMMAND, "remind", round_id)
            return real(session, round_id)

        monkeypatch.setattr(numbering, "next_number", meanwhile)
        office = sample_office(database, tmp_path, Clock(OPENS))
        assert write(office, tmp_path / "a.docx").number == 1


def test_a_synthesis_is_an_act_of_the_journal_and_its_row_is_frozen(anywhere: Office, tmp_path: Path) -> None:
    answer_all_ways(anywhere)
    made = write(anywhere, tmp_path / "a.docx")
    write(anywhere, tmp_path / "a.docx")
    with reading(anywhere.database) as session:
        (entry,) = session.scalars(select(Entry).where(Entry.act == MADE)).all()
        assert verify(session).fault == ""
    told = {"number": 1, "form": "ADMINISTRATIVE", "digest": made.data_digest, "file_digest": made.file_digest}
    assert json.loads(entry.particulars) == told
    assert entry.number == made.journal_entries + 1
    for statement in (update(Synthesis).values(number=7), delete(Synthesis)):
        with pytest.raises(DatabaseError, match="frozen"), writing(anywhere.database) as session:
            session.execute(statement)


def test_the_result_is_a_synthesis_of_the_record(anywhere: Office, tmp_path: Path) -> None:
    all_answered(anywhere)
    conclusion = conclude(anywhere)
    (made,) = listed(anywhere)
    assert (made.file_digest, made.at) == (conclusion.digest, CLOSES)
    with reading(anywhere.database) as session:
        acts = session.scalars(select(Entry.act).where(Entry.round_id == anywhere.facts().id)).all()
        (told,) = session.scalars(select(Entry.particulars).where(Entry.act == "result")).all()
    assert MADE not in acts
    assert json.loads(told)["synthesis"] == 1
    anywhere.clock.at += HOUR
    assert write(anywhere, tmp_path / "a.docx").number == 1


def test_a_table_that_is_not_proved_gets_no_number(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all_ways(office)
    real = numbering.opinions
    monkeypatch.setattr(numbering, "opinions", lambda *asked: list(real(*asked))[:-1])
    with pytest.raises(IncompleteSynthesis, match="1 missing"):
        write(office, tmp_path / "a.docx")
    assert listed(office) == ()
    assert list(tmp_path.glob("*.docx")) == []


def test_counts_that_are_not_the_records_give_no_number(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_all_ways(office)
    real = numbering.recorded
    monkeypatch.setattr(numbering, "recorded", lambda *asked: replace(real(*asked), silent=24, late=1))
    said = "Không gửi hoặc chưa gửi văn bản góp ý: 24 in the record, 25 in the document; Gửi sau thời hạn: 1 in the"
    with pytest.raises(IncompleteSynthesis, match=said):
        write(office, tmp_path / "a.docx")
    assert listed(office) == ()
    assert list(tmp_path.glob("*.docx")) == []


def _at_once(url: str, folder: str, at: datetime, target: str) -> tuple[int, str]:
    office = sample_office(connect(url), Path(folder), Clock(at))
    facts = office.facts()
    meet()
    with over(office.database) as record:
        made, _tally = write_numbered(record, Asked(facts, COMMAND), Path(target), at)
    office.database.dispose()
    return made.number, sha256(Path(target).read_bytes()).hexdigest()


def test_several_processes_at_once_are_one_synthesis(anywhere: Office, tmp_path: Path) -> None:
    """Each asks at a moment of its own, and a provisional table prints it: all print that of the first."""
    answer_all_ways(anywhere)
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    asked = [(url, str(tmp_path), OPENS + n * HOUR, str(tmp_path / f"{n}.docx")) for n in range(4)]
    done = race(_at_once, *asked)
    (made,) = listed(anywhere)
    assert done == [(1, made.file_digest)] * 4


def test_a_digest_tells_every_thing_that_is_printed(office: Office, tmp_path: Path) -> None:
    all_answered(office)
    seen = {write(office, tmp_path / "a.docx").data_digest}
    changes = (
        "UPDATE clause SET text = 'Mới. ' || text WHERE anchor = '2.2'",
        "UPDATE response SET sentence = 'Tiếp thu một phần.'",
        "UPDATE invitation SET name = 'Sở Đổi Tên' WHERE name = 'Công an tỉnh'",
        "UPDATE submission SET letter_number = '99/CV'",
        "UPDATE submission SET late = 1 WHERE stance = 'AGREES'",
        "UPDATE consultation SET signer_title = 'GIÁM ĐỐC'",
        "UPDATE round SET letter_number = '1/CV'",
        "UPDATE draft SET title = 'Công văn khác'",
        "INSERT INTO synthesis_words (lead_agency_id, kind, form, field, words)"
        " SELECT lead_agency_id, kind, form, 'results', '2. Kết quả:' FROM consultation",
    )
    with writing(office.database) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
    for change in changes:
        with writing(office.database) as session:
            session.execute(text(change))
        seen.add(write(office, tmp_path / "a.docx").data_digest)
    assert len(seen) == len(changes) + 1
    with writing(office.database) as session:
        session.execute(update(Round).values(revision=99))
    assert write(office, tmp_path / "a.docx").data_digest in seen


def test_inside_of_a_transaction_the_number_goes_with_it(office: Office, tmp_path: Path) -> None:
    answer_all_ways(office)
    with pytest.raises(ZeroDivisionError), writing(office.database) as session:
        record = Record(lambda: session, lambda: nullcontext(session))
        made, _tally = write_numbered(record, Asked(office.facts(), None), tmp_path / "a.docx", office.clock())
        assert made.number == 1
        raise ZeroDivisionError
    assert listed(office) == ()
