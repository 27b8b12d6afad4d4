"""The draft with its comments: the sample's own Word file, and a text that only has the clean document."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree
from sqlalchemy import text

from consult.actions import publishing, responding
from consult.actions.annotating import annotated_draft
from consult.actions.responding import Answered
from consult.documents.docx_reader import read_docx
from consult.domain.terms import Disposition
from consult.store.database import reading, writing
from consult.store.queries.desk import agreed_wording
from consult.store.queries.preparing import drafts_with_files, file_content
from tests.builders import NEW_SLUG, Office
from tests.concluded import answer_all_ways, in_force
from tests.corrections import correct
from tests.documents.office_files import office_file, with_all_accepted


def annotated(office: Office, slug: str = "gia-lai-2020") -> bytes:
    facts = office.facts(slug)
    with reading(office.database) as session:
        (draft,) = drafts_with_files(session, facts.id)
        return annotated_draft(session, facts, draft)


def agree_on(office: Office, text: str, anchor: str = "2.2") -> None:
    """Answer the first comment on a clause with an agreed wording."""
    comment = next(each for each in in_force(office) if each.anchor == anchor)
    with reading(office.database) as session:
        agreed = agreed_wording(session, comment.clause_id)
    answered = Answered(
        comment.key, comment.words, Disposition.ACCEPTED, "Tiếp thu.", comment.response_version, text, agreed.version
    )
    official = office.official()
    with writing(office.database) as session:
        responding.respond(session, official, office.facts(), answered, office.clock())


def said(content: bytes) -> list[tuple[str, str, str]]:
    """Return author, words and anchored words of each comment."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
        comments = etree.fromstring(archive.read("word/comments.xml"))
    found = []
    for comment in comments:
        key, words, inside = comment.get(qn("w:id")), "", False
        for element in root.iter():
            if element.get(qn("w:id")) == key and element.tag in (qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
                inside = element.tag == qn("w:commentRangeStart")
            elif inside and element.tag in (qn("w:t"), qn("w:delText")):
                words += element.text or ""
        text = "\n".join("".join(p.itertext(qn("w:t"))) for p in comment)
        found.append((comment.get(qn("w:author"), ""), text, words))
    return found


def test_every_comment_stands_once_at_its_clause_of_the_own_file(office: Office) -> None:
    answer_all_ways(office)
    clause = next(each.clause_text for each in in_force(office) if each.anchor == "2.2")
    agree_on(office, clause.replace("mất mất", "mất"))
    made = annotated(office)
    found = said(made)
    assert [(words.split("\n")[-2:], author) for author, words, _ in found] == [
        (["Đề nghị rà soát thể thức.", "Chưa có ý kiến tiếp thu, giải trình."], "Công an tỉnh"),
        (["Đề nghị bỏ từ lặp.", "Ý kiến tiếp thu, giải trình: Tiếp thu."], "Công an tỉnh"),
        (["Lý do: Cho rõ nghĩa", "Chưa có ý kiến tiếp thu, giải trình."], "Sở KH&ĐT"),
    ]
    assert found[1][1].startswith("Công an tỉnh (Công văn số 45/CAT)")
    assert "mất mất" in found[1][2]
    assert found[1][2] == found[2][2]
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    assert ["".join(change.itertext()).strip() for change in root.iter(qn("w:del"))] == ["mất"]
    assert {change.get(qn("w:author")) for change in root.iter(qn("w:del"), qn("w:ins"))} == {
        "Sở Thông tin và Truyền thông"
    }


def test_accepting_gives_the_draft_with_the_agreed_words_and_nothing_else(office: Office) -> None:
    answer_all_ways(office)
    clause = next(each.clause_text for each in in_force(office) if each.anchor == "2.2")
    agree_on(office, f"{clause}\nĐoạn bổ sung.")
    with reading(office.database) as session:
        (draft,) = drafts_with_files(session, office.facts().id)
        original = read_docx("d", file_content(session, draft.digest))
    before = [line.text for line in original.lines]
    after = [line.text for line in read_docx("d", annotated(office)).lines]
    where = next(number for number, line in enumerate(before) if line.endswith(clause[-40:]))
    assert after == [*before[: where + 1], "Đoạn bổ sung.", *before[where + 1 :]]


def test_a_corrected_draft_says_what_was_said_before_it(office: Office) -> None:
    answer_all_ways(office)
    clause = next(each.clause_text for each in in_force(office) if each.anchor == "2.2")
    agree_on(office, clause.replace("mất mất", "mất"))
    office.clock.at += timedelta(hours=1)
    new = f"{clause} Báo cáo trong quý III."
    correct(office, office.official(), {"2.2": new})
    found = said(annotated(office))
    assert [anchored for _, _, anchored in found[1:]] == [f"2.2. {new}"] * 3
    assert f"Góp ý vào nội dung trước khi dự thảo được đính chính: {clause}" in found[1][1]
    assert found[-1][1] == (
        "Nội dung đã thống nhất chỉnh sửa (thống nhất trước khi dự thảo được đính chính, cần rà soát lại):\n"
        + clause.replace("mất mất", "mất")
    )


@pytest.mark.slow
def test_a_text_gets_the_clean_document_with_the_same_remarks(office: Office) -> None:
    answer_all_ways(office)
    clause = next(each.clause_text for each in in_force(office) if each.anchor == "2.2")
    agree_on(office, clause.replace("mất mất", "mất"))
    own = annotated(office)
    with writing(office.database) as session:
        session.execute(text("""UPDATE draft_source SET told = replace(told, '"WORD"', '"TEXT"')"""))
    clean = annotated(office)
    assert said(clean)[1:] == said(own)[1:]
    assert said(clean)[0][1] == said(own)[0][1]
    changed = next(line.text for line in read_docx("d", clean).lines if line.text.startswith("2.2"))
    assert changed.endswith(clause.replace("mất mất", "mất"))
    assert clean != own


def test_no_words_of_an_agency_keep_the_draft_from_being_written(office: Office) -> None:
    nasty = ("\u202eđảo\u202c 👍🏽", "a\tb\n1\t2", "=cmd|' /C calc'!A0", "<w:t>&amp;]]>", ("chữ " * 4_999).strip())
    police = office.grant()
    for words in nasty:
        office.comment(police, "2.2", words)
    office.send(police)
    found = [words for _, words, _ in said(annotated(office))]
    assert [words.split("\n")[0] for words in found] == [
        words.replace("\n", "").replace("\t", "").strip() for words in nasty
    ]


def test_each_of_several_drafts_holds_its_own_comments_and_the_first_those_on_all(office: Office) -> None:
    decision, rules = "1. Ban hành Quy chế.\n\n2. Hiệu lực.\n", "1. Phạm vi.\n\n2. Đối tượng.\n"
    office.prepare(**{"Quyết định": decision.encode(), "Quy chế": rules.encode()})
    with writing(office.database) as session:
        publishing.publish(session, NEW_SLUG, office.clock())
    grant, facts = office.grant(slug=NEW_SLUG), office.facts(NEW_SLUG)
    for anchor in ("quy-che.2", "", "quyet-dinh.1"):
        office.comment(grant, anchor, f"Góp ý {anchor}.")
    office.send(grant)
    with reading(office.database) as session:
        files = [annotated_draft(session, facts, each) for each in drafts_with_files(session, facts.id)]
    found = [[(words.split("\n")[0], where) for _, words, where in said(each)] for each in files]
    assert found == [
        [("Góp ý .", "1. Ban hành Quy chế."), ("Góp ý quyet-dinh.1.", "1. Ban hành Quy chế.")],
        [("Góp ý quy-che.2.", "2. Đối tượng.")],
    ]


@pytest.mark.libreoffice
def test_libreoffice_shows_it_in_place_and_accepts_all_into_the_agreed_words(office: Office, tmp_path: Path) -> None:
    answer_all_ways(office)
    clause = next(each.clause_text for each in in_force(office) if each.anchor == "2.2")
    agree_on(office, f"{clause.replace('mất mất', 'mất')}\nĐoạn bổ sung.")
    with reading(office.database) as session:
        (draft,) = drafts_with_files(session, office.facts().id)
        before = words_of(file_content(session, draft.digest))
    source = tmp_path / "draft.docx"
    source.write_bytes(annotated(office))
    with zipfile.ZipFile(office_file(tmp_path, source, "odt")) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    assert shown(root) == [
        ("Công an tỉnh", before[0]),
        ("Công an tỉnh", f"2.2. {clause.replace('mất mất', 'mất')}"),
        ("Sở KH&ĐT", f"2.2. {clause.replace('mất mất', 'mất')}"),
    ]
    names = root.nsmap
    kinds = [child.tag.rpartition("}")[2] for each in root.iterfind(".//text:changed-region", names) for child in each]
    assert sorted(kinds) == ["deletion", "insertion"]
    where = next(number for number, line in enumerate(before) if line.endswith(clause[-40:]))
    changed = before[where].replace("mất mất", "mất")
    accepted = words_of(with_all_accepted(tmp_path, source, "docx").read_bytes())
    assert accepted == [*before[:where], changed, "Đoạn bổ sung.", *before[where + 1 :]]
    with zipfile.ZipFile(tmp_path / "draft-accepted.docx") as archive:
        words = archive.read("word/document.xml")
    assert b"<w:del " not in words and b"<w:ins " not in words


def words_of(content: bytes) -> list[str]:
    """Return the lines of a Word file that have words; LibreOffice adds an empty one, and the number of a page."""
    return [line.text for line in read_docx("d", content).lines if line.text and not line.text.isdigit()]


def shown(root: etree._Element) -> list[tuple[str, str]]:
    """Return author of each annotation and the paragraph in which its words end, without any deleted words."""
    names = root.nsmap
    ends = {each.get(f"{{{names['office']}}}name"): each for each in root.iterfind(".//office:annotation-end", names)}
    found = []
    for annotation in root.iterfind(".//office:annotation", names):
        end = ends[annotation.get(f"{{{names['office']}}}name")]
        paragraph = next(end.iterancestors(f"{{{names['text']}}}p", f"{{{names['text']}}}h"))
        words = paragraph.xpath(".//text()[not(ancestor::office:annotation)]", namespaces=names)
        found.append((annotation.findtext("dc:creator", "", names), "".join(words)))
    return found
