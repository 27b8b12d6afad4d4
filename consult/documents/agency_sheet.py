"""The door for an uploaded list of agencies: read in a bounded process of its own, its heads found; a grid no more.

Every refusal is an UnreadableSheet: the file's name, the reason, what to do. It refuses to know the directory.
"""

import json

from consult.documents.children import Reader, told
from consult.domain.directory_sheet import Sheet, sheet_of
from consult.domain.errors import UnreadableDraft, UnreadableSheet
from consult.domain.unreadable import Fault
from consult.domain.unreadable_sheet import SheetFault

LARGEST_LIST = 10_000_000
"""Bytes of a list; twenty thousand agencies take a third of it."""
_READER = Reader("consult.documents.agency_sheet_parse", ("lxml", "python_calamine"), longest_wait=40)


def read_sheet(name: str, content: bytes) -> Sheet:
    """Return the lines of an ``.xlsx`` workbook or a CSV list, told by its bytes and not by its suffix.

    Raises:
        UnreadableSheet: empty, too large or long, no list, encrypted, with macros, a damaged or absurd package, an old
            encoding, no column of names.
    """
    if not content:
        raise UnreadableSheet(name, SheetFault.EMPTY)
    if len(content) > LARGEST_LIST:
        raise UnreadableSheet(name, SheetFault.TOO_LARGE, megabytes=LARGEST_LIST // 1_000_000)
    try:
        message = json.loads(told(_READER, name, content))
    except UnreadableDraft as fault:
        too_much = fault.fault is Fault.TOO_MUCH
        raise UnreadableSheet(name, SheetFault.TOO_MUCH if too_much else SheetFault.DAMAGED) from fault
    if "refusal" in message:
        raise UnreadableSheet(name, SheetFault[message["refusal"]], **message["details"])
    return sheet_of(name, message["grid"])
