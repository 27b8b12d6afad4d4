"""A folder as values: the samples are whole, and each fault is one line with file, place and what to do."""

import csv
from pathlib import Path

import pytest

from consult import paths
from consult.documents.folder import read_folder
from consult.domain.errors import FolderRefused
from consult.domain.terms import ConsultationKind, SilenceRule, SynthesisForm
from consult.domain.window import local
from tests.builders import SLUG
from tests.folders import changed, copied

TOML, CSV = "consultation.toml", "agencies.csv"


def test_the_sample_is_the_round_of_2020() -> None:
    folder = read_folder(paths.DRAFTS / "gia-lai-2020")
    assert folder.matter.lead_agency == "Sở Thông tin và Truyền thông"
    assert folder.matter.issuing_authority == "Ủy ban nhân dân tỉnh Gia Lai"
    assert (folder.matter.kind, folder.matter.form) == (ConsultationKind.ADMINISTRATIVE, SynthesisForm.ADMINISTRATIVE)
    assert folder.matter.silence is SilenceRule.NO_ANSWER
    assert folder.asking.deadline_text == "trước ngày 27/4/2020"
    assert local(folder.asking.window.closes_at).isoformat() == "2020-04-27T00:00:00+07:00"
    assert (folder.asking.letter_number, str(folder.asking.letter_date)) == ("532/STTTT-BCVT", "2020-04-21")
    assert folder.asking.requires_letter


def test_the_sample_lists_six_bodies_and_two_groups_in_the_order_of_the_letter() -> None:
    folder = read_folder(paths.DRAFTS / "gia-lai-2020")
    assert [agency.name for agency in folder.agencies[:6]] == [
        "Công an tỉnh",
        "Sở Kế hoạch và Đầu tư",
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động - Thương binh và Xã hội",
        "Tỉnh đoàn Gia Lai",
        "Cục Quản lý thị trường Gia Lai",
    ]
    assert [(group.name, group.line) for group in folder.groups] == [
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", 7),
        ("Các doanh nghiệp cung cấp dịch vụ Internet trên địa bàn tỉnh", 8),
    ]
    members = [agency.group for agency in folder.agencies]
    assert (members.count("ubnd-huyen"), members.count("doanh-nghiep-internet"), len(members)) == (17, 5, 28)
    assert all(agency.email is None or agency.email.endswith(".example") for agency in folder.agencies)


def test_a_shared_address_is_a_warning_and_a_missing_one_is_allowed() -> None:
    folder = read_folder(paths.DRAFTS / "gia-lai-2020")
    assert folder.warnings == (
        "ubnd-huyen-chu-se and ubnd-huyen-chu-puh share the address vanthu.chuse-chupuh@gialai.example",
    )
    assert [agency.code for agency in folder.agencies if agency.email is None] == ["ubnd-huyen-ia-pa"]


def test_the_second_sample_reads_too() -> None:
    folder = read_folder(paths.DRAFTS / "quy-che-tiep-cong-dan")
    assert folder.matter.form is SynthesisForm.QPPL


FAULTS = [
    (TOML, 'place = "Gia Lai"\n', "", "consultation.toml: [consultation] place: is missing; add it"),
    (TOML, 'title = "Tăng', 'tilte = "Tăng', "consultation.toml: [consultation] tilte: there is no such field; "),
    (TOML, "[synthesis]", "[sinthesis]", "consultation.toml: [sinthesis]: there is no such section; "),
    (TOML, "[[draft]]", "[draft]", "consultation.toml: [[draft]]: is missing; name at least one draft file"),
    (TOML, 'kind = "administrative"', 'kind = "poem"', "[consultation] kind: must be one of administrative, normative"),
    (TOML, '"never"', '"always"', "[consultation] comments_visible: 'always' is not supported yet; write 'never'"),
    (TOML, '"no_answer"', '"agrees"', "[consultation] silence_ground: silence counts as agreement only on a ground"),
    (
        TOML,
        'slug = "gia-lai-2020"',
        'slug = "Gia Lai"',
        "[consultation] slug: must be small letters, digits and hyphen",
    ),
    (TOML, "number = 1\n", "number = 0\n", "[round] number: must be a whole number from 1, not 0"),
    (TOML, "closes = 2020-04-27T", "closes = 2020-04-20T", "[round] closes: is not after opens; give a later moment"),
    (TOML, "00:00:00+07:00", "00:00:00", "[round] closes: must be a moment like 2020-04-27T00:00:00+07:00"),
    (TOML, "closes = 2", "late_until = 2020-04-26T00:00:00+07:00\ncloses = 2", "[round] late_until: is before closes;"),
    (TOML, "date = 2020-04-21", 'date = "21/4/2020"', "[letter] date: must be a date like 2020-04-21, not '21/4/2020'"),
    (TOML, '"draft.docx"', '"other.docx"', "other.docx: not found in "),
    (TOML, '"draft.docx"', '"../../secret"', "../../secret: stands outside the folder; move it into "),
    (TOML, "requires_letter = true", "requires_letter = 1", "[round] requires_letter: must be true or false, not 1"),
    (TOML, "[letter]", "[letter", "consultation.toml: "),
    (CSV, "code,name,", "name,", "agencies.csv: line 1: the column code is missing; add it"),
    (
        CSV,
        "district,ubnd-huyen,7,vanthu@pleiku",
        "district,ubnd-xa,7,vanthu@pleiku",
        "agencies.csv: line 9: the group ",
    ),
    (CSV, "\ntinh-doan,", "\ncong-an-tinh,", "agencies.csv: line 6: the code 'cong-an-tinh' stands in line 2 too"),
    (CSV, "department,,3,", "department,,,", "agencies.csv: line 4: line is empty; fill it in"),
    (CSV, "department,,3,", "department,,ba,", "agencies.csv: line 4: line must be a number from 1"),
    (CSV, "ubnd-huyen,7,vanthu@pleiku", "ubnd-huyen,6,vanthu@pleiku", "line 9: line is 6, its group's is 7; make them"),
    (CSV, "congan@gialai.example", "congan gialai", "agencies.csv: line 2: 'congan gialai' is no e-mail address; mend"),
]


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS, ids=[fault[3][:60] for fault in FAULTS])
def test_a_fault_is_one_line_with_its_place(tmp_path: Path, name: str, old: str, new: str, words: str) -> None:
    folder = changed(copied(tmp_path), name, old, new)
    with pytest.raises(FolderRefused) as refused:
        read_folder(folder)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / CSV).write_text("code,name,short_name,aliases,kind,group,line,email\n")
    with pytest.raises(FolderRefused, match=r"agencies\.csv: it lists no agency; add a line"):
        read_folder(folder)


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / CSV).write_bytes("code,name\nca,Công an".encode("utf-16"))
    with pytest.raises(FolderRefused, match=r"agencies\.csv: .*save it as CSV in UTF-8"):
        read_folder(folder)


@pytest.mark.parametrize("name", [TOML, CSV])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = copied(tmp_path)
    (folder / name).unlink()
    with pytest.raises(FolderRefused, match=f"{name}: not found in .*; put it there"):
        read_folder(folder)


def test_every_file_counts_for_whether_a_folder_changed(tmp_path: Path) -> None:
    digests = {read_folder(paths.DRAFTS / "gia-lai-2020").digest}
    for name, old, new in [(TOML, "Gia Lai", "Gia lai"), (CSV, "Tỉnh đoàn", "Tỉnh Đoàn")]:
        digests.add(read_folder(changed(copied(tmp_path / name), name, old, new)).digest)
    assert len(digests) == 3


def test_a_close_that_contradicts_the_letter_is_told(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "consultation.toml", "trước ngày 27/4/2020", "đến hết ngày 27/4/2020")
    assert read_folder(folder).warnings[0] == (
        "consultation.toml: [round] closes is 2020-04-27T00:00:00+07:00, "
        "but “đến hết ngày 27/4/2020” means 2020-04-28T00:00:00+07:00"
    )


def test_semicolons_of_a_vietnamese_excel_are_read(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "agencies.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    text = "\r\n".join(";".join(f'"{cell}"' if ";" in cell else cell for cell in row) for row in rows)
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert read_folder(folder).agencies == read_folder(paths.DRAFTS / SLUG).agencies


def test_a_missing_choice_names_the_choices(tmp_path: Path) -> None:
    folder = changed(copied(tmp_path), "consultation.toml", 'readers = "public"\n', "")
    with pytest.raises(FolderRefused, match=r"\[consultation\] readers: is missing; add one of public, invited"):
        read_folder(folder)
