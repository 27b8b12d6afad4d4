"""An empty document of the house form: one section, house type, Vietnamese, page numbers from page 2.

It starts from the template that python-docx brings and leaves out what validators reject or nobody needs. It knows no
word of any document.
"""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import IO

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips

from consult.documents.typography import BODY_POINTS, FONT, Align, Look, Paper, fill, printable
from consult.documents.zip_parts import timeless

PAGE_NUMBER_POINTS = 14.0

_UNUSED_PARTS = ("stylesWithEffects", "numbering", "customXml", "thumbnail", "extended-properties")
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Header"}


@dataclass(frozen=True)
class About:
    """The document's properties; nothing in them is made up by the program."""

    title: str
    author: str
    subject: str = ""
    keywords: str = ""


def new_document(paper: Paper, about: About) -> DocumentObject:
    """Make an empty document of one section on ``paper``: house type, Vietnamese, page numbers from page 2."""
    document = Document(io.BytesIO(_template()))
    _set_paper(document, paper)
    _number_pages(document)
    _set_properties(document, about)
    return document


def save(document: DocumentObject, file: IO[bytes]) -> None:
    """Save a document so that equal documents are equal bytes: no part of the package has a moment."""
    made = io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in parts.infolist():
            archive.writestr(timeless(each.filename), parts.read(each))


@cache
def _template() -> bytes:
    """Return the stock template as this house uses it, stripped once a process: it is large."""
    document = Document()
    _drop_unused_parts(document)
    _set_styles(document)
    _set_compatibility(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _drop_unused_parts(document: DocumentObject) -> None:
    """Leave out what the stock template carries and nobody needs; validators reject its stylesWithEffects part."""
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _UNUSED_PARTS:
                del holder.rels[key]


def _set_styles(document: DocumentObject) -> None:
    styles = document.styles.element
    for child in list(styles):
        if child.tag != qn("w:style") or child.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(child)
    for link in styles.findall(f".//{qn('w:link')}"):
        link.getparent().remove(link)
    styles.insert(0, parse_xml(_DEFAULTS))
    normal = document.styles["Normal"]
    normal.element.get_or_add_rPr().append(parse_xml(_FONTS.format(ns=nsdecls("w"))))


_FONTS = f'<w:rFonts {{ns}} w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
_HALF_POINTS = int(BODY_POINTS * 2)
_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>{_FONTS.format(ns="")}
<w:sz w:val="{_HALF_POINTS}"/><w:szCs w:val="{_HALF_POINTS}"/>
<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>"""
_COMPATIBILITY = f"""<w:compat {nsdecls("w")}><w:doNotExpandShiftReturn/>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>"""


def _set_compatibility(document: DocumentObject) -> None:
    """Ask for today's layout, and that a justified line which ends by a line break is not stretched."""
    settings = document.settings.element
    old = settings.find(qn("w:compat"))
    settings.replace(old, parse_xml(_COMPATIBILITY))
    languages = settings.find(qn("w:themeFontLang"))
    languages.set(qn("w:val"), "vi-VN")
    languages.attrib.pop(qn("w:eastAsia"))


def _set_paper(document: DocumentObject, paper: Paper) -> None:
    section = document.sections[0]
    size = section._sectPr.get_or_add_pgSz()
    size.set(qn("w:w"), str(paper.width))
    size.set(qn("w:h"), str(paper.height))
    size.set(qn("w:orient"), paper.orientation)
    section.top_margin, section.bottom_margin = Twips(paper.top), Twips(paper.bottom)
    section.left_margin, section.right_margin = Twips(paper.left), Twips(paper.right)
    section.header_distance = section.footer_distance = Twips(567)


def _number_pages(document: DocumentObject) -> None:
    """Put the page number into the middle of the top margin, from page 2 on (annex I, II.8 of the decree)."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    fill(paragraph, Look(points=PAGE_NUMBER_POINTS, align=Align.CENTER))
    paragraph._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:rPr><w:sz w:val="{int(PAGE_NUMBER_POINTS * 2)}"/>'
            "</w:rPr><w:t>2</w:t></w:r></w:fldSimple>"
        )
    )


def _set_properties(document: DocumentObject, about: About) -> None:
    properties = document.core_properties
    for child in list(properties._element):
        properties._element.remove(child)
    properties.title = printable(about.title)[:255]
    properties.author = printable(about.author)[:255]
    properties.last_modified_by = printable(about.author)[:255]
    properties.subject = printable(about.subject)[:255]
    properties.keywords = printable(about.keywords)[:255]
    properties.language = "vi-VN"
