"""Why a file cannot be read as a draft, and what to do about it: one sentence a fault.

The sentences are English, for the command line; pages show them through the catalogue. What stands in braces is filled
in with what was found in the file. It refuses to know how a fault is found.
"""

from enum import Enum


def sentence(text: str) -> str:
    """Mark a sentence for the catalogue of the pages and return it as it is."""
    return text


class Fault(Enum):
    """A fault of a file; the value is its sentence."""

    EMPTY = sentence("the file is empty; choose the file that holds the draft")
    NO_WORDS = sentence("there is no text in it; choose the file that holds the draft's words")
    TOO_LARGE = sentence(
        "the file is larger than {megabytes} MB, the most that a draft may have; take the pictures and scans out of it"
    )
    TOO_MUCH = sentence(
        "reading it takes more memory or time than any draft needs; save it again from Word, or as UTF-8 text"
    )
    TOO_MANY_LINES = sentence("{lines} lines are more than any draft holds; send the draft alone")
    TOO_MANY_PAGES = sentence("more than {pages} pages; send the Word document (.docx) that was printed")
    LONG_PARAGRAPH = sentence(
        "a paragraph of {characters} characters is more than any draft holds; break it up and save it again"
    )
    PICTURE = sentence("it is a picture; open it and save it as a Word document (.docx) or as UTF-8 text")
    MEDIA = sentence(
        "it is a picture, a sound or a film; open it and save it as a Word document (.docx) or as UTF-8 text"
    )
    ARCHIVE = sentence("it is a compressed file; unpack it and send the draft alone")
    WEB_PAGE = sentence(
        "it is a web page or an XML file; open it and save it as a Word document (.docx) or as UTF-8 text"
    )
    OTHER_OPEN_DOCUMENT = sentence(
        "it is an OpenDocument file but no text; open it and save it as a Word document (.docx) or as UTF-8 text"
    )
    OTHER_OLD_OFFICE = sentence(
        "it is in an old Office format, but no text of Word; open it and save it as a Word document (.docx) or as UTF-8"
        " text"
    )
    NOT_ENCLOSED = sentence(
        "only PDF, Word (.docx), Excel (.xlsx), OpenDocument (.odt, .ods) and pictures (PNG, JPEG) are taken; save it"
        " as one of these"
    )
    NO_PDF = sentence("the signed letter must be a PDF file; export it as PDF and choose that file")
    PASSWORD = sentence("it is protected by a password; take the password off and save it again")
    MACROS = sentence("it holds macros; save it as a Word document without macros (.docx)")
    NO_PDF_READER = sentence(
        "it is a PDF file, and reading those is not installed on this machine; send the draft as a Word document"
        " (.docx), or have the extra “pdf” installed (.venv/bin/pip install -e '.[pdf]')"
    )
    NO_OFFICE = sentence(
        "it is a file of another word processor ({suffix}), which is read through LibreOffice, and that is not"
        " installed; install libreoffice-writer or save the draft as a Word document (.docx)"
    )
    OFFICE_TOO_SLOW = sentence("converting it takes longer than any draft needs; save it as a Word document (.docx)")
    OFFICE_STUMBLED = sentence("LibreOffice cannot read it; open it and save it as a Word document (.docx)")
    OFFICE_TOO_LARGE = sentence("it converts to more than any draft holds; save it as a Word document (.docx)")
    SCAN = sentence(
        "it is a scan, a PDF with pictures of pages and no text (or nearly none) in it; send the Word document (.docx)"
        " that was printed"
    )
    UNTOLD_LETTERS = sentence(
        "the fonts of this PDF do not tell their letters; send the Word document (.docx) that was printed"
    )
    NO_TEXT_FILE = sentence(
        "not a Word document (.docx) and not text in UTF-8 or UTF-16 (byte {byte}); save it as .docx or as UTF-8 text"
    )
    ZERO_BYTES = sentence("holds zero bytes, so it is no text; save it as .docx or as UTF-8 text")
    OLD_ENCODING = sentence(
        "the text is in an old Vietnamese encoding (TCVN3 or VNI); convert it to Unicode with Unikey's toolkit"
        " (Ctrl+Shift+F6), set it in a Unicode font such as Times New Roman and save it again"
    )
    OLD_FONT = sentence(
        "words are set in a font of an old Vietnamese encoding (TCVN3 or VNI); convert it to Unicode with Unikey's"
        " toolkit (Ctrl+Shift+F6), set it in a Unicode font such as Times New Roman and save it again"
    )
    ZIP_NO_WORD = sentence(
        "it is a zip file but no Word document; save the draft as a Word document (.docx) or as UTF-8 text"
    )
    UNUSUAL_WORD = sentence("it is no Word document of the usual kind; save it as a Word document (.docx)")
    STYLE_CIRCLE = sentence(
        "the style “{style}” is based on itself, so that what it numbers cannot be known; give its paragraphs another"
        " style in Word and save it again"
    )
    LIST_MISSING = sentence(
        "paragraphs stand in a list that the file does not define (list {number}), so that their labels cannot be"
        " known; number them again in Word, or type their labels, and save it again"
    )
    ONLY_TABLES = sentence(
        "all its words stand in tables, and clauses are read from the text outside of them; put the text of the draft"
        " outside of tables and save it again"
    )
    EMBEDDED_FILE = sentence("another file is embedded in it; save it again from Word")
    DAMAGED = sentence("the file is damaged; save it again or send another copy")
    DAMAGED_AT = sentence("the file is damaged ({detail}); save it again or send another copy")
    BOMB = sentence("it unpacks to more than any draft holds; save it again from Word")
    LARGE_PART = sentence("{part} holds more than any draft does; save it again from Word")
    DEEP = sentence("{part} is nested deeper than any draft; save it again from Word")
    DOCUMENT_TYPE = sentence("{part} declares a document type, which Word never does; save it again from Word")
    LEADS_OUT = sentence(
        "its zip has an entry that points outside of it, which Word never writes; save it again from Word"
    )
    TWO_OF_ONE_NAME = sentence("its zip holds two parts of one name; save it again from Word")
    TEMPLATE_ELSEWHERE = sentence(
        "its template lies on another machine ({target}); detach the template in Word and save it again"
    )
    PART_ELSEWHERE = sentence(
        "it shows a picture or another part that lies outside the file ({target}); put it into the file, or take it"
        " out, and save it again"
    )
