"""The mending table as an official meets it: every button, what was typed comes back, files come in and go out."""

import hashlib
from io import BytesIO
from random import randbytes
from zipfile import ZipFile

import pytest
from docx import Document
from werkzeug.test import TestResponse

from consult.actions import publishing
from consult.actions.mending import workbench
from consult.documents.intake import LARGEST_FILE, read_draft
from consult.domain.outline import outline
from consult.store.database import reading, writing
from consult.store.queries.preparing import DraftFile, draft_at
from consult.web import access
from tests.builders import NEW_SLUG
from tests.documents.word_files import paragraph, word_file
from tests.web.cast import PREPARED, Cast, Client, Role
from tests.web.pages import Page

TABLE = f"/ban-lam-viec/{NEW_SLUG}/du-thao/1"


def draft(cast: Cast) -> DraftFile:
    with reading(cast.office.database) as session:
        return draft_at(session, cast.office.facts(NEW_SLUG).id, 1)


def labels(cast: Cast) -> list[str]:
    """Return label and words of every node as it stands."""
    with reading(cast.office.database) as session:
        nodes = workbench(session, draft(cast)).outline.nodes
    return [f"{node.label} {node.text}".strip() for node in nodes]


def press(cast: Cast, at: str, do: str, **more: object) -> TestResponse:
    """Press a button of a row, seeing the newest version."""
    data = {"version": draft(cast).version, "at": at, "do": do, **more}
    return cast.client(Role.OFFICIAL).post(TABLE, data)


def send(cast: Cast, content: bytes, name: str = "moi.txt", **headers: str) -> TestResponse:
    data = {"version": draft(cast).version, "file": (BytesIO(content), name)}
    return cast.client(Role.OFFICIAL).post(f"{TABLE}/tep", data, headers=headers)


def test_the_table_shows_lines_clauses_and_that_nothing_is_lost(cast: Cast) -> None:
    page = Page(cast.client(Role.OFFICIAL).get(TABLE).text)
    assert "Không mất dòng nào" in page.text
    assert "Đã xếp 4/4 dòng: 4 trong các mục, 0 trong phần thể thức, 0 để riêng." in page.text
    assert "Chưa có thay đổi nào." in page.text
    assert "Không có chỗ nghi ngờ." in page.text
    for words in ("1. Mục tiêu: nâng cao chất lượng.", "a) Việc một;", "b) Việc hai."):
        assert words in page.text


@pytest.mark.parametrize(
    ("at", "do", "more", "expected"),
    [
        ("text|6|0", "join", {}, ["2. Nhiệm vụ.", "a) Việc một;\nb) Việc hai."]),
        ("text|4|0", "aside", {}, ["2. Nhiệm vụ.", "b) Việc hai."]),
        ("text|4|0", "label", {"label": ""}, ["2. Nhiệm vụ.", "a) Việc một;", "b) Việc hai."]),
        ("text|4|0", "label", {"label": "đ"}, ["2. Nhiệm vụ.", "đ) Việc một;", "b) Việc hai."]),
        ("text|2|0", "split", {"marked": "Nhiệm || vụ."}, ["2. Nhiệm", "vụ.", "a) Việc một;", "b) Việc hai."]),
        ("text|2|0", "split-at", {"offset": "6"}, ["2. Nhiệm", "vụ.", "a) Việc một;", "b) Việc hai."]),
        ("text|2|0", "kind", {"kind": "SIGNATURE"}, ["2. Nhiệm vụ.", "a) Việc một;", "b) Việc hai."]),
        ("text|2|0", "trust", {}, ["2. Nhiệm vụ.", "a) Việc một;", "b) Việc hai."]),
    ],
)
def test_each_button_does_its_edit_and_comes_back_to_the_row(
    cast: Cast, at: str, do: str, more: dict[str, object], expected: list[str]
) -> None:
    answer = press(cast, at, do, **more)
    assert answer.status_code == 303
    where = "text%7C4%7C0#o-text-4-0" if do == "join" else f"{at.replace('|', '%7C')}#o-{at.replace('|', '-')}"
    assert answer.location == f"{TABLE}?o={where}"
    assert labels(cast) == ["1. Mục tiêu: nâng cao chất lượng.", *expected]
    assert "Không mất dòng nào" in cast.client(Role.OFFICIAL).get(TABLE).text


def test_undo_and_start_again(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    before = labels(cast)
    press(cast, "text|6|0", "join")
    press(cast, "text|2|0", "split", marked="Nhiệm || vụ.")
    undone = client.post(f"{TABLE}/hoan-tac", {"version": draft(cast).version})
    assert undone.location == f"{TABLE}?o=text%7C2%7C0#o-text-2-0"
    assert len(labels(cast)) == 3
    assert client.post(f"{TABLE}/lam-lai", {"version": draft(cast).version}).status_code == 303
    assert labels(cast) == before


@pytest.mark.parametrize(
    ("at", "do", "more", "words"),
    [
        ("text|0|0", "join", {}, "Phía trước vị trí này không có gì để gộp vào."),
        ("text|2|0", "label", {"label": "Bước 1"}, "Dự thảo không dùng nhãn như vậy."),
        ("text|2|0", "split", {"marked": "Nhiệm vụ."}, "Hãy đặt dấu || một lần"),
        ("text|2|0", "split", {"marked": "Nhiệm || vụ mới."}, "Chỉ được thêm dấu ||"),
        ("text|2|0", "split", {"marked": "|| Nhiệm vụ."}, "Một bên dấu không có chữ nào"),
        ("text|0|0", "in", {}, "Không chuyển tiếp theo hướng đó được"),
        ("text|2|0", "kind", {"kind": "NUMBERED"}, ""),
        ("text|98|0", "join", {}, "Vị trí này không còn nữa"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_comes_back(
    cast: Cast, at: str, do: str, more: dict[str, object], words: str
) -> None:
    before = labels(cast)
    answer = press(cast, at, do, **more)
    assert answer.status_code == (422 if words else 303)
    assert words in answer.text
    for typed in more.values() if words else ():
        assert str(typed) in answer.text
    assert labels(cast) == before


@pytest.mark.parametrize(
    ("at", "do", "more"),
    [
        ("text|2", "join", {}),
        ("text|x|0", "join", {}),
        ("text|2|0", "burn", {}),
        ("text|2|0", "", {}),
        ("text|2|0", "kind", {"kind": "NOTE"}),
        ("text|2|0", "kind", {"kind": "x"}),
        ("", "join", {}),
    ],
)
def test_a_form_that_is_none_of_ours_is_refused(cast: Cast, at: str, do: str, more: dict[str, object]) -> None:
    before = labels(cast)
    assert press(cast, at, do, **more).status_code == 404
    assert labels(cast) == before


def test_who_saw_an_older_state_is_told_and_nothing_is_changed(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    press(cast, "text|6|0", "join")
    after = labels(cast)
    for address, data in (
        (TABLE, {"at": "text|4|0", "do": "aside"}),
        (f"{TABLE}/hoan-tac", {}),
        (f"{TABLE}/lam-lai", {}),
        (f"{TABLE}/cho-tai-ban-goc", {}),
    ):
        answer = client.post(address, {"version": "1", **data})
        assert (answer.status_code, "Có người vừa sửa dự thảo này" in answer.text) == (409, True)
    answer = client.post(f"{TABLE}/tep", {"version": "1", "file": (BytesIO(b"1. Khac.\n"), "khac.txt")})
    assert (answer.status_code, "Có người vừa sửa dự thảo này" in answer.text) == (422, True)
    assert labels(cast) == after


def test_a_file_replaces_the_draft_and_its_name_is_only_a_name(cast: Cast) -> None:
    answer = send(cast, "1. Chỉ một mục.\n".encode(), "Tài liệu/../Dự thảo lần 2.txt")
    assert answer.location == f"{TABLE}?truoc=4"
    assert (labels(cast), draft(cast).name) == (["1. Chỉ một mục."], "Dự thảo lần 2.txt")
    assert hashlib.sha256("1. Chỉ một mục.\n".encode()).hexdigest() in cast.client(Role.OFFICIAL).get(TABLE).text


@pytest.mark.slow
def test_the_file_before_is_put_back_as_it_was_mended_and_back_again(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    press(cast, "text|6|0", "join")
    mended = labels(cast)
    send(cast, "1. Chỉ một mục.\n".encode(), "nham.txt")
    page = Page(client.get(f"{TABLE}?truoc=3").text)
    assert "Đã thay tệp: trước 3 mục, nay 1 mục" in page.text
    assert "Đặt lại tệp trước: thuyet_minh.txt" in " ".join(page.text.split())
    for expected, name in ((mended, "thuyet_minh.txt"), (["1. Chỉ một mục."], "nham.txt"), (mended, "thuyet_minh.txt")):
        assert client.post(f"{TABLE}/tep-truoc", {"version": draft(cast).version}).status_code == 303
        assert (labels(cast), draft(cast).name) == (expected, name)
    client.post(f"{TABLE}/hoan-tac", {"version": draft(cast).version})
    assert len(labels(cast)) == 4
    assert client.post(f"{TABLE}/tep-truoc", {"version": "1"}).status_code == 409


def test_a_script_is_answered_in_json(cast: Cast) -> None:
    done = send(cast, "1. Chỉ một mục.\n".encode(), Accept="application/json")
    assert (done.status_code, done.get_json()) == (200, {"address": f"{TABLE}?truoc=4"})
    refused = send(cast, b"", Accept="application/json")
    assert (refused.status_code, list(refused.get_json())) == (422, ["what"])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "hong.docx: tệp rỗng; hãy chọn tệp chứa dự thảo"),
        (b"\x89PNG\r\n\x1a\n", "hong.docx: đây là hình ảnh; hãy mở ra và lưu thành tệp Word"),
        (b"PK\x03\x04truncated", "hong.docx: tệp bị hỏng (File is not a zip file); hãy lưu lại"),
        (
            b"1. M\xe9t",
            "cũng không phải văn bản UTF-8 hoặc UTF-16 (byte thứ 4)",
        ),
    ],
)
def test_a_file_that_cannot_be_read_changes_nothing(cast: Cast, content: bytes, words: str) -> None:
    before, kept = labels(cast), draft(cast)
    answer = send(cast, content, "hong.docx")
    assert answer.status_code == 422
    assert words in answer.text
    assert (labels(cast), draft(cast)) == (before, kept)


def test_no_file_chosen(cast: Cast) -> None:
    answer = cast.client(Role.OFFICIAL).post(f"{TABLE}/tep", {"version": "1"})
    assert (answer.status_code, "Hãy chọn tệp chứa dự thảo." in answer.text) == (422, True)


def test_a_draft_of_many_megabytes_comes_in_and_a_larger_one_is_refused(cast: Cast) -> None:
    assert send(cast, with_picture(3_000_000), "nhieu-anh.docx").status_code == 303
    assert (draft(cast).size > 3_000_000, labels(cast)) == (True, ["1. Một."])
    assert access.LARGEST_UPLOAD > LARGEST_FILE
    assert send(cast, b"x" * (access.LARGEST_UPLOAD + 1)).status_code == 413


def with_picture(size: int) -> bytes:
    """Return a Word file with a part of so many bytes that do not pack."""
    file = BytesIO(word_file(paragraph("1. Một.")))
    with ZipFile(file, "a") as archive:
        archive.writestr("word/media/image1.png", randbytes(size))
    return file.getvalue()


class Watched(BytesIO):
    """A body that says whether it was read."""

    seen = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.seen += len(data)
        return data


@pytest.mark.parametrize("role", [Role.VISITOR, Role.SILENT, Role.OUTSIDER])
def test_a_strangers_file_is_not_read(cast: Cast, role: Role) -> None:
    body = Watched(b"--x\r\n" + b"y" * 5_000_000)
    answer = cast.client(role).ask(
        "POST",
        f"{TABLE}/tep",
        input_stream=body,
        content_type="multipart/form-data; boundary=x",
        content_length=5_000_005,
    )
    assert (answer.status_code, body.seen) == (404, 0)


def test_the_office_gets_its_file_back_and_the_clean_document(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    answer = client.get(f"{TABLE}/ban-goc")
    assert answer.data == PREPARED.encode()
    assert answer.headers["Content-Disposition"] == "attachment; filename=thuyet_minh.txt"
    assert answer.mimetype == "application/octet-stream"
    press(cast, "text|6|0", "aside")
    clean = client.get(f"{TABLE}/ban-sach.docx").data
    nodes = outline(read_draft("ban-sach.docx", clean)).nodes
    assert [f"{node.label} {node.text}" for node in nodes] == labels(cast)
    assert Document(BytesIO(clean)).core_properties.author == ""


def test_readers_get_the_clean_document_and_the_file_only_when_it_is_handed_on(cast: Cast) -> None:
    visitor, official = Client(cast.app), cast.client(Role.OFFICIAL)
    public = f"/ho-so/{NEW_SLUG}/du-thao/1"
    official.post(f"{TABLE}/cho-tai-ban-goc", {"version": "1"})
    assert visitor.get(f"{public}.docx").status_code == 404
    with writing(cast.office.database) as session:
        publishing.publish(session, NEW_SLUG, cast.office.clock())
    assert outline(read_draft("x.docx", visitor.get(f"{public}.docx").data)).nodes
    assert visitor.get(f"{public}/ban-goc").data == PREPARED.encode()
    page = visitor.get(f"/ho-so/{NEW_SLUG}").text
    assert "Tải dự thảo (Word)" in page
    assert f"{public}/ban-goc" in page
    sample = visitor.get("/ho-so/gia-lai-2020").text
    assert "du-thao/1.docx" in sample
    assert "ban-goc" not in sample


def test_a_file_with_something_hidden_is_not_handed_on(cast: Cast) -> None:
    hidden = '<w:p><w:r><w:t>1. Một.</w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t> Hai.</w:t></w:r></w:ins></w:p>'
    send(cast, word_file(hidden), "theo-doi.docx")
    page = cast.client(Role.OFFICIAL).get(TABLE).text
    assert "1 chỗ theo dõi sửa đổi: đọc như đã chấp nhận (dòng 1)" in " ".join(Page(page).text.split())
    assert "Cho người đọc tải cả tệp gốc" not in page
    answer = cast.client(Role.OFFICIAL).post(f"{TABLE}/cho-tai-ban-goc", {"version": draft(cast).version})
    assert (answer.status_code, "Trong tệp có nội dung ẩn" in answer.text) == (422, True)
    assert not draft(cast).hands_on_file


def test_doubts_come_first_with_the_reason_and_one_press_settles_them(cast: Cast) -> None:
    send(cast, "1. Mở đầu.\n\n3. Nội dung cuối.\n\n2. Tiếp.\n".encode())
    page = Page(cast.client(Role.OFFICIAL).get(TABLE).text)
    assert "“3.” không đúng thứ tự nên được để nguyên trong lời văn." in page.text
    assert press(cast, "text|0|0", "split-at", offset="8").status_code == 303
    assert labels(cast) == ["1. Mở đầu.", "3. Nội dung cuối.", "2. Tiếp."]


def test_a_long_draft_is_mended_page_by_page(cast: Cast) -> None:
    lines = "\n\n".join(f"{number}. Nội dung thứ {number}." for number in range(1, 301))
    send(cast, lines.encode())
    client = cast.client(Role.OFFICIAL)
    first = client.get(TABLE).text
    assert ("Nội dung thứ 120." in first, "Nội dung thứ 121." in first) == (True, False)
    answer = press(cast, "text|500|0", "aside")
    there = client.get(answer.location).text
    assert ("Nội dung thứ 251." in there, "Nội dung thứ 120." in there) == (True, False)
    assert 'id="o-text-500-0"' in there


def test_the_desk_leads_to_drafts_in_preparation(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert f"/ban-lam-viec/{NEW_SLUG}/du-thao" in client.get("/ban-lam-viec").text
    drafts = client.get(f"/ban-lam-viec/{NEW_SLUG}/du-thao").text
    assert "không mất dòng nào" in drafts
    assert TABLE in drafts


def test_confirming_the_labels_names_no_place(cast: Cast) -> None:
    form = {"version": str(draft(cast).version), "at": "", "do": "confirm-labels"}

    assert cast.client(Role.OFFICIAL).post(TABLE, form).status_code == 303
