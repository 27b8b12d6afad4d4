"""The door for an office's own form of the synthesis: looked at in a bounded process, its marks judged.

Every refusal is an UnreadableDraft (the file itself) or a TemplateRefused (its marks); nothing is kept of either.
"""

import json

from consult.documents.children import Reader, told
from consult.documents.file_kinds import FileKind, kind_of
from consult.domain.errors import TemplateRefused, UnreadableDraft
from consult.domain.template_marks import Mark, Objection, TemplateFault, objections
from consult.domain.unreadable import Fault

LARGEST_TEMPLATE = 5_000_000
"""Bytes of a form; a letterhead with a picture takes a tenth of it."""
_READER = Reader("consult.documents.template_parse", ("lxml",), longest_wait=20)
_ZIP = b"PK"


def read_template(name: str, content: bytes) -> tuple[Mark, ...]:
    """Return the marks of a form that can be filled.

    Raises:
        UnreadableDraft: empty, too large, encrypted, with macros, leaning on other files, a damaged or absurd package.
        TemplateRefused: no DOCX, embedded objects, or marks that are unknown, missing or misplaced: all of it at once.
    """
    if len(content) > LARGEST_TEMPLATE:
        raise UnreadableDraft(name, Fault.TOO_LARGE, megabytes=LARGEST_TEMPLATE // 1_000_000)
    if kind_of(name, content) is not FileKind.PLAIN or not content.startswith(_ZIP):
        raise TemplateRefused((Objection(TemplateFault.NOT_DOCX),))
    message = json.loads(told(_READER, name, content))
    if "refusal" in message:
        raise UnreadableDraft(name, Fault[message["refusal"]], **message["details"])
    if not message["usual"]:
        raise TemplateRefused((Objection(TemplateFault.NOT_DOCX),))
    if message["objects"]:
        raise TemplateRefused((Objection(TemplateFault.OBJECTS, tuple(dict.fromkeys(message["objects"]))),))
    marks = tuple(Mark(*each) for each in message["marks"])
    found = objections(marks, message["broken"])
    if found:
        raise TemplateRefused(found)
    return marks
