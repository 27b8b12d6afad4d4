"""TCVN3 and VNI are told by letters and by fonts, and Unicode beside them is left in peace."""

import pytest

from consult.documents.docx_reader import read_docx
from consult.documents.old_encodings import refuse_old_encoding
from consult.domain.errors import UnreadableDraft
from tests.documents.old_encodings import in_tcvn3, in_vni
from tests.documents.word_files import paragraph, word_file

_PROSE = "Sở Thông tin và Truyền thông chủ trì, phối hợp với các đơn vị liên quan kiểm tra, hướng dẫn thực hiện."
_REFUSED = r"^d: .*old Vietnamese encoding \(TCVN3 or VNI\); convert it .* Unikey.*Unicode font"
_FONT = '<w:rPr><w:rFonts w:ascii="{0}" w:hAnsi="{0}"/></w:rPr>'


def test_the_samples_look_as_these_encodings_do() -> None:
    assert in_tcvn3("Cộng hoà xã hội, Độc lập") == "Céng hoµ x· héi, §éc lËp"
    assert in_vni("Độc lập, CỘNG HÒA XÃ HỘI") == "Ñoäc laäp, COÄNG HOØA XAÕ HOÄI"


@pytest.mark.parametrize("written", [in_tcvn3, in_vni])
@pytest.mark.parametrize("around", ["", f"{_PROSE}\n" * 200], ids=["alone", "an annex of a draft in Unicode"])
def test_old_text_is_refused_wherever_it_stands(written: object, around: str) -> None:
    assert callable(written)
    with pytest.raises(UnreadableDraft, match=_REFUSED):
        refuse_old_encoding("d", f"{around}{written(_PROSE)}\n{around}")


@pytest.mark.parametrize(
    "text",
    [
        _PROSE,
        "Viện Goethe (Goethe-Institut e. V.), số 56–58 Nguyễn Thái Học; «Förderung für Übersetzungen»",
        "Förderung von Übersetzungen ausländischer Bücher für öffentliche Büchereien, jährlich zweimal möglich",
        "Suomen suurlähetystö Hanoissa järjestää tilaisuuden, jossa käsitellään yhteistyötä ja äänestetään",
        "Läkemedelsverket håller ett möte på fredag där även företrädare från Vietnam får delta",
        "© ® § 5 ¶ 3 ± ½ ¼ ¾ × ÷ µ «» ¡¿ " * 3,
    ],
)
def test_other_languages_and_signs_are_no_old_encoding(text: str) -> None:
    refuse_old_encoding("d", text)


def _read(body: str, styles: str = "") -> list[str]:
    return [line.text for line in read_docx("d", word_file(body, styles=styles)).lines]


def _style(key: str, font: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}" {more}{_FONT.format(font)}</w:style>'


@pytest.mark.parametrize(
    ("body", "styles"),
    [
        (f"<w:p><w:r>{_FONT.format('.VnTimeH')}<w:t>c«ng ty</w:t></w:r></w:p>", ""),
        (f"<w:p><w:r>{_FONT.format('VNI-Helve')}<w:t>ñôn</w:t></w:r></w:p>", ""),
        (paragraph("c«ng ty", '<w:pStyle w:val="A"/>'), _style("A", ".VnArial", ">")),
        (
            paragraph("c«ng ty", '<w:pStyle w:val="B"/>'),
            _style("A", ".VnTime", ">") + '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>',
        ),
        (paragraph("c«ng ty"), _style("Normal", ".VnTime", 'w:default="1">')),
        (
            paragraph("c«ng ty"),
            f"<w:docDefaults><w:rPrDefault>{_FONT.format('.VnTime')}</w:rPrDefault></w:docDefaults>",
        ),
        (
            '<w:p><w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>c«ng ty</w:t></w:r></w:p>',
            f'<w:style w:type="character" w:styleId="C">{_FONT.format(".VnTime")}</w:style>',
        ),
    ],
    ids=["run", "VNI", "style", "inherited", "normal style", "document", "character style"],
)
def test_the_font_of_words_is_found_where_word_finds_it(body: str, styles: str) -> None:
    with pytest.raises(UnreadableDraft, match=_REFUSED):
        _read(body, styles)


@pytest.mark.parametrize(
    ("font", "text"),
    [(".VnTime", "Sở Y tế chủ trì"), (".VnTime", "1. Internet 2020"), ("VNI-Times", ""), ("Times New Roman", "Café")],
    ids=["converted, the font's name left", "bare letters", "no words", "another font"],
)
def test_unicode_in_whatever_font_is_read(font: str, text: str) -> None:
    body = f"<w:p><w:r>{_FONT.format(font)}<w:t>{text}</w:t></w:r></w:p>"
    assert _read(body + paragraph("Sở Y tế"), _style("A", ".VnTime", ">")) == [text, "Sở Y tế"]


def test_the_font_table_says_whether_to_look() -> None:
    body = f"<w:p><w:r>{_FONT.format('.VnTime')}<w:t>c«ng ty</w:t></w:r></w:p>"
    with pytest.raises(UnreadableDraft, match=_REFUSED):
        read_docx("d", word_file(body, fontTable='<w:font w:name=".VnTime"/>'))
    body = paragraph("Café")
    assert read_docx("d", word_file(body, fontTable='<w:font w:name=".VnTime"/>')).lines[0].text == "Café"
