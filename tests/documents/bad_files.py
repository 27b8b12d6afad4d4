"""Files that are no readable draft, each with what its refusal says; made by the test run, small where they can be."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pypdf import PdfReader, PdfWriter

from tests.documents.hostile_files import nested, zip_bomb
from tests.documents.old_encodings import in_tcvn3, in_vni
from tests.documents.pdf_files import Print, pdf_file
from tests.documents.word_files import paragraph, word_file, zipped
from tests.documents.word_lists import style

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_TYPES = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_GOOD = word_file(paragraph("1. Sở Y tế."))
_PROSE = "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc, quản lý dữ liệu dùng chung. "


@dataclass(frozen=True)
class BadFile:
    """How to make the file, and the reason (a pattern) that it is refused for."""

    content: Callable[[], bytes]
    reason: str


def with_parts(changes: Mapping[str, str | bytes]) -> bytes:
    """Return a good Word file with these parts put in or replaced."""
    archive = zipfile.ZipFile(io.BytesIO(_GOOD))
    return zipped({name: archive.read(name) for name in archive.namelist()} | dict(changes))


def external(kind: str, target: str) -> str:
    """Return a relationship that leads outside."""
    return f'<Relationship Id="x{kind}" Type="{_OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'


def with_relations(relations: str) -> bytes:
    """Return a good Word file whose settings have these relationships."""
    return with_parts({"word/_rels/settings.xml.rels": f"<Relationships {_RELS}>{relations}</Relationships>"})


def open_document(
    text: str, inside: str = "", parts: Mapping[str, str] = MappingProxyType({}), encrypted: str = ""
) -> bytes:
    """Return an .odt of one paragraph; ``inside`` is XML after its words, ``parts`` are further ones."""
    names = ("office", "text", "draw", "table")
    listed = {"/": "application/vnd.oasis.opendocument.text", "content.xml": "text/xml"}
    spaces = " ".join(f'xmlns:{name}="{_ODF}{"drawing" if name == "draw" else name}:1.0"' for name in names)
    body = f"<office:body><office:text><text:p>{text}{inside}</text:p></office:text></office:body>"
    links = 'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}">{encrypted}</m:file-entry>'
        for path, kind in listed.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", listed["/"])
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{_ODF}manifest:1.0">{entries}</m:manifest>')
        archive.writestr("content.xml", f"<office:document-content {spaces} {links}>{body}</office:document-content>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _doubled() -> bytes:
    file = io.BytesIO(_GOOD)
    # Renamed in place afterwards: zipfile warns of a name that it writes twice.
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/document.xmk", "<a/>")
    return file.getvalue().replace(b"word/document.xmk", b"word/document.xml")


def _symlink() -> bytes:
    file = io.BytesIO(_GOOD)
    with zipfile.ZipFile(file, "a") as archive:
        entry = zipfile.ZipInfo("word/media/a.png")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return file.getvalue()


def _encrypted_zip() -> bytes:
    content = bytearray(_GOOD)
    for offset in range(len(content) - 10):
        if content[offset : offset + 4] == b"PK\x01\x02":
            content[offset + 8] |= 1
        if content[offset : offset + 4] == b"PK\x03\x04":
            content[offset + 6] |= 1
    return bytes(content)


def _declaring(declaration: str) -> bytes:
    body = zipfile.ZipFile(io.BytesIO(_GOOD)).read("word/document.xml").decode()
    return with_parts({"word/document.xml": declaration + body})


def _macro_enabled() -> bytes:
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    override = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    return with_parts({"[Content_Types].xml": f"<Types {_TYPES}>{override}</Types>"})


def _ole(*streams: str, at: bytes = b"") -> bytes:
    return OLE + at.ljust(512, b"\x00") + b"".join(stream.encode("utf-16-le") for stream in streams)


def _encrypted_pdf(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_file([[Print(72, 72, _PROSE)]]))))
    writer.encrypt(password, owner_password="chủ", algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def _in_font(font: str, text: str) -> bytes:
    return word_file(paragraph(text, "").replace("<w:r>", f'<w:r><w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>'))


_TABLE = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
_DAMAGED = "is damaged"
_MUCH = "more than any draft"

BAD_FILES: Mapping[str, BadFile] = {
    "empty": BadFile(bytes, "the file is empty; choose"),
    "blanks": BadFile(lambda: b" \n\t\n", "no text in it; choose"),
    "no words": BadFile(lambda: word_file("<w:p/>"), "no text in it; choose"),
    "empty table": BadFile(lambda: word_file(_TABLE.format("<w:p/>")), "no text in it; choose"),
    "too large": BadFile(lambda: b"a" * 50_000_001, "larger than 50 MB, .*; take the pictures"),
    "long line": BadFile(lambda: b"a" * 50_001, "a paragraph of 50001 characters .*; break it up"),
    "long paragraph": BadFile(lambda: word_file(paragraph("a" * 50_001)), "a paragraph of 50001 .*; break it up"),
    "many lines": BadFile(lambda: b"a\n" * 100_001, "100002 lines .*; send the draft alone"),
    "many paragraphs": BadFile(lambda: word_file("<w:p/>" * 100_002), "100001 lines .*; send the draft alone"),
    "millions of paragraphs": BadFile(lambda: word_file("<w:p/>" * 10_000_000), f"{_MUCH} holds; save it again"),
    "many tables": BadFile(lambda: word_file("<w:tbl/>" * 100_001), f"{_MUCH} holds; send"),
    "many tags": BadFile(lambda: word_file(f"<w:p>{'<w:r/>' * 2_600_000}</w:p>" * 2), f"{_MUCH} (holds|does); save"),
    "many parts": BadFile(lambda: zipped({f"{number}.xml": "" for number in range(2_001)}), f"{_MUCH} holds; save"),
    "1 GB of zeros": BadFile(lambda: zip_bomb(250, *(f"word/{number}.xml" for number in range(4))), f"{_MUCH} holds"),
    "bomb that lies": BadFile(lambda: zip_bomb(60, "_rels/.rels", told=16_000_000), f"{_DAMAGED}|{_MUCH} does"),
    "one letter": BadFile(lambda: word_file(paragraph("a" * 20_000_000)), f"{_MUCH} holds; save it again"),
    "deep controls": BadFile(
        lambda: word_file(nested(200, "<w:sdt><w:sdtContent>", paragraph("a"), "</w:sdtContent></w:sdt>")), "deeper"
    ),
    "deep tables": BadFile(
        lambda: word_file(nested(200, "<w:tbl><w:tr><w:tc>", paragraph("a"), "</w:tc></w:tr></w:tbl>")), "deeper"
    ),
    "truncated": BadFile(lambda: _GOOD[: len(_GOOD) // 2], f"{_DAMAGED} .*; save it again"),
    "no directory": BadFile(lambda: _GOOD.replace(b"PK\x01\x02", b"PK\x09\x09"), f"{_DAMAGED} .*; save it again"),
    "missing part": BadFile(lambda: _GOOD.replace(b"word/document.xml", b"word/documenz.xml"), _DAMAGED),
    "broken XML": BadFile(lambda: word_file("<w:p>"), f"{_DAMAGED} .*; save it again"),
    "entity": BadFile(lambda: _declaring("<!DOCTYPE a [<!ENTITY b 'c'>]>"), "declares a document type.*; save it"),
    "external entity": BadFile(
        lambda: _declaring('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "declares a document type"
    ),
    "doubled part": BadFile(_doubled, "two parts of one name; save it again"),
    "way out": BadFile(lambda: with_parts({"../../etc/cron.d/a": "a"}), "points outside of it.*; save it again"),
    "absolute name": BadFile(lambda: with_parts({"/etc/passwd": "a"}), "points outside of it"),
    "backslashes": BadFile(lambda: with_parts({"..\\a.exe": "a"}), "points outside of it"),
    "symbolic link": BadFile(_symlink, "points outside of it"),
    "no Word zip": BadFile(lambda: zipped({"a.txt": "a"}), "no Word document; save the draft as"),
    "workbook": BadFile(lambda: zipped({"xl/a.xml": "", "_rels/.rels": "<Relationships/>"}), "no Word document"),
    "picture": BadFile(lambda: b"\x89PNG\r\n\x1a\n", "it is a picture; open it and save"),
    "tables alone": BadFile(
        lambda: word_file(f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc></w:tr></w:tbl>" * 3),
        "all its words stand in tables, .*; put the text",
    ),
    "styles in a circle": BadFile(
        lambda: word_file(
            paragraph("a", '<w:pStyle w:val="A"/>'), styles=style("A", "", "B") + style("B", "", "A"), numbering=""
        ),
        "the style “A” is based on itself",
    ),
    "missing numbering": BadFile(
        lambda: word_file(paragraph("a", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>'), numbering=""),
        r"does not define \(list 9\)",
    ),
    "archive": BadFile(lambda: b"Rar!\x1a\x07", "it is a compressed file; unpack it"),
    "web page": BadFile(lambda: b"<!DOCTYPE html><p>a", "a web page or an XML file; open it and save"),
    "password": BadFile(lambda: _ole("EncryptedPackage"), "protected by a password; take the password off"),
    "password on a zip": BadFile(_encrypted_zip, "protected by a password; take the password off"),
    "password on a .doc": BadFile(
        lambda: _ole("WordDocument", at=b"\xec\xa5\xc1\x00" + bytes(7) + b"\x13"), "protected by a password; take"
    ),
    "password on an .odt": BadFile(
        lambda: open_document("a", encrypted="<m:encryption-data/>"), "protected by a password; take"
    ),
    "old workbook": BadFile(lambda: _ole("Workbook"), "an old Office format, but no text of Word; open it and save"),
    "OpenDocument table": BadFile(
        lambda: open_document("a").replace(b"opendocument.text", b"opendocument.spre"), "OpenDocument file but no text"
    ),
    "macros": BadFile(lambda: with_parts({"word/vbaProject.bin": "a"}), "macros; save it as a Word document without"),
    "macros by type": BadFile(_macro_enabled, "macros; save it as a Word document without"),
    "macros in a .doc": BadFile(lambda: _ole("WordDocument", "_VBA_PROJECT"), "macros; save it as a Word document"),
    "macros in an .odt": BadFile(
        lambda: open_document("a", parts={"Basic/Standard/Module1.xml": "a"}), "macros; save it as a Word document"
    ),
    "template elsewhere": BadFile(
        lambda: with_relations(external("attachedTemplate", "http://192.0.2.1/a.dotm")),
        r"template lies on another machine \(http://192.0.2.1/a.dotm\); detach",
    ),
    "template on a share": BadFile(
        lambda: with_relations(external("attachedTemplate", "file://server/a.dotm")), "template lies on another machine"
    ),
    "linked picture": BadFile(
        lambda: with_relations(external("image", "http://192.0.2.1/a.png")), r"lies outside the file \(http://192"
    ),
    "linked object": BadFile(
        lambda: with_relations(external("oleObject", "file:///C:\\a.xlsx")), r"lies outside the file \(file:///C"
    ),
    "frame": BadFile(lambda: with_relations(external("frame", "http://192.0.2.1/")), r"lies outside the file \(http"),
    "other link": BadFile(lambda: with_relations(external("mailMergeSource", "a.csv")), "outside the file .a.csv"),
    "linked picture in an .odt": BadFile(
        lambda: open_document("a", '<draw:image xlink:href="http://192.0.2.1/a.png"/>'), "lies outside the file .*; put"
    ),
    "other encoding": BadFile(lambda: "Điều 1".encode() + b"\xd0\xff\xfe", "not text in UTF-8 or UTF-16 .*; save"),
    "TCVN3 text": BadFile(lambda: in_tcvn3(_PROSE).encode(), "an old Vietnamese encoding .*; convert it"),
    "TCVN3 bytes": BadFile(lambda: in_tcvn3(_PROSE).encode("latin-1"), "an old Vietnamese encoding .*; convert it"),
    "VNI text": BadFile(lambda: in_vni(_PROSE).encode(), "an old Vietnamese encoding .*; convert it"),
    "TCVN3 font": BadFile(lambda: _in_font(".VnTime", "Céng ty"), "font of an old Vietnamese encoding .*; convert it"),
    "VNI font": BadFile(lambda: _in_font("VNI-Times", "Quaûn lyù"), "font of an old Vietnamese encoding .*; convert"),
    "no PDF": BadFile(lambda: b"\xef\xbb\xbf\n%PDF-1.4", f"{_DAMAGED}|scan"),
    "truncated PDF": BadFile(lambda: pdf_file([[Print(72, 72, _PROSE)]])[:400], f"{_DAMAGED}|scan"),
    "password on a PDF": BadFile(lambda: _encrypted_pdf("mật"), "protected by a password; take the password off"),
    "owner's password on a PDF": BadFile(lambda: _encrypted_pdf(""), "protected by a password; take the password off"),
    "scan": BadFile(lambda: pdf_file([[], []]), "a scan, .*; send the Word document"),
    "stamped scan": BadFile(lambda: pdf_file([[Print(72, 72, "Số: 12/CV")], []]), "a scan, .*; send the Word document"),
    "many pages": BadFile(lambda: pdf_file([[]] * 401), "more than 400 pages; send the Word document"),
    "PDF without letters": BadFile(
        lambda: pdf_file([[Print(72, 72, "\ue001\ue002" * 60)]]), "do not tell their letters; send the Word document"
    ),
    "TCVN3 in a PDF": BadFile(lambda: pdf_file([[Print(72, 72, in_tcvn3(_PROSE))]]), "an old Vietnamese encoding"),
    "TCVN3 font in a PDF": BadFile(
        lambda: pdf_file([[Print(72, 72, "abc é " * 20)]], "ABCDEF+.VnTime"), "font of an old Vietnamese encoding"
    ),
}
