"""Putting a synthesis into a DOCX file: the rows streamed between the parts of a frame, the file proved by reading it.

It knows archives, and refuses to know what a row or a frame looks like.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from consult.documents.proven_file import Seal, put_proven
from consult.documents.synthesis_cells import BOOKMARK
from consult.documents.zip_parts import timeless
from consult.domain.synthesis import Tally
from consult.domain.synthesis_proof import NAMED, Merge

_BLOCK = 200
_CHUNK = 1 << 20
_WRITTEN_ID = re.compile(rf'w:name="(?:{BOOKMARK}|(?={NAMED}))((?:{NAMED})?[0-9a-f]{{32}})"'.encode())


def write_proven(
    merge: Merge,
    frame: Mapping[str, bytes],
    document: str,
    marker: bytes,
    rows: Iterator[str],
    target: Path,
    seal: Seal,
) -> Tally:
    """Write the parts of ``frame`` with ``rows`` where ``marker`` stands in its ``document``; return the tally.

    ``seal`` adds the properties, once the file is proved (``synthesis_seal``).

    ``IncompleteSynthesis`` unless each row of ``merge`` stands in the written file once; then, as after any other
    error, ``target`` is untouched and nothing else is left behind.
    """

    def write(part: Path) -> None:
        with part.open("xb") as file:
            _write_archive(file, frame, document, marker, rows)

    return put_proven(merge, target, write, lambda part: written_ids(part, document), seal)


def _write_archive(
    file: io.BufferedWriter, frame: Mapping[str, bytes], document: str, marker: bytes, rows: Iterator[str]
) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in frame.items():
            info = timeless(name)
            if name != document:
                archive.writestr(info, content)
                continue
            above, below = content.split(marker)
            with archive.open(info, "w") as part:
                part.write(above)
                while block := "".join(islice(rows, _BLOCK)):
                    part.write(block.encode())
                part.write(below)


def written_ids(path: Path, document: str) -> Iterator[str]:
    """Read the ids of the rows, and of the names in rows of several, back from the file, a megabyte at a time."""
    with zipfile.ZipFile(path) as archive, archive.open(document) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text = rest + chunk
            end = 0
            for match in _WRITTEN_ID.finditer(text):
                end = match.end()
                yield match[1].decode()
            rest = text[max(end, len(text) - 64) :]
