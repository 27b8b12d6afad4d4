"""What a Word document would fetch from elsewhere when it is opened: refused, since it shows what nobody sent.

It knows external relationships (ECMA-376, part 2, 9.3) and lets those through that no program follows by itself:
hyperlinks, and the template on the author's own disk, which Word notes in many files. Nothing is ever fetched here.
"""

import re
from collections.abc import Iterable

from lxml import etree

from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

_HYPERLINK = "hyperlink"
_TEMPLATE = "attachedTemplate"
_LONGEST_TARGET = 80
# A path without a machine's name: file:///C:\…, C:\…, Templates/office.dotx. Two slashes name a machine.
_OWN_DISK = re.compile(r"(?:file:///(?![/\\])|(?=[a-z]:[/\\])|(?![a-z][a-z0-9+.-]*:|[/\\]{2}))", re.IGNORECASE)


def refuse_outside(name: str, relations: Iterable[etree._Element]) -> None:
    """Raise UnreadableDraft when one of these relationships leads a program that opens the file elsewhere."""
    for relation in relations:
        if relation.get("TargetMode") == "External":
            _refuse(name, relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "").strip())


def _refuse(name: str, kind: str, target: str) -> None:
    if kind == _HYPERLINK or (kind == _TEMPLATE and _OWN_DISK.match(target)):
        return
    shown = target[:_LONGEST_TARGET]
    if kind == _TEMPLATE:
        raise UnreadableDraft(name, Fault.TEMPLATE_ELSEWHERE, target=shown)
    raise UnreadableDraft(name, Fault.PART_ELSEWHERE, target=shown)
