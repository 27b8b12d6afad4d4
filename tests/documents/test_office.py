"""Files of other word processors through a real LibreOffice: read like Word files, with nobody called, nothing left."""

import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult import paths
from consult.documents import office
from consult.documents.children import command_of
from consult.documents.file_kinds import FileKind
from consult.documents.intake import read_draft
from consult.documents.office import Conversion, converted
from consult.documents.office_start import BOUNDS
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import Origin, outline, to_json_list
from tests.documents.bad_files import OLE, open_document
from tests.documents.office_files import office_file

pytestmark = pytest.mark.libreoffice

_SAMPLE = paths.DRAFTS / "gia-lai-2020" / "draft.docx"
_EXPECTED = Path(__file__).parent.parent / "data" / "gia-lai-2020" / "outline.json"
_ODT = Conversion("writer8", "odt")


@pytest.fixture
def called() -> Iterator[tuple[str, list[str]]]:
    """Serve on this machine; give the address and the paths that were asked for."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - names of the library

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("odt", Origin.CONVERTED),
        ("doc:MS Word 97", Origin.CONVERTED),
        ("rtf:Rich Text Format", Origin.CONVERTED),
        ("pdf", Origin.PDF),
    ],
)
def test_the_sample_in_other_formats_has_the_same_clauses(
    written: str, origin: Origin, tmp_path: Path, temporary: Path
) -> None:
    content = office_file(tmp_path, _SAMPLE, written).read_bytes()
    source = read_draft("Dự thảo.docx", content)
    drafted = outline(source)
    body = [told for told, node in zip(to_json_list(drafted), drafted.nodes, strict=True) if not node.kind.in_frame]
    assert body == json.loads(_EXPECTED.read_text(encoding="utf-8"))
    assert (source.name, source.origin) == ("Dự thảo.docx", origin)
    assert not list(temporary.iterdir())


def _with_picture(address: str) -> bytes:
    return open_document("1. A", f'<draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame>')


def test_nobody_is_called_and_without_the_settings_somebody_would_be(
    called: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, asked = called
    content = _with_picture(address)
    with pytest.raises(UnreadableDraft, match=r"^d: .*lies outside the file .*; put it into the file"):
        read_draft("d", content)
    monkeypatch.setattr(office, "ask", lambda *_: None)
    # In a network of its own, then in this one with the settings alone, then in this one without them.
    assert converted("d", content, FileKind.ODT, _ODT)
    monkeypatch.setattr(office, "command_of", lambda *_: ["/usr/bin/env"])
    assert converted("d", content, FileKind.ODT, _ODT)
    assert not asked
    monkeypatch.setattr(office, "_SETTINGS", ())
    assert converted("d", content, FileKind.ODT, _ODT)
    assert "/a.png" in asked


def _running_in(folder: Path) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        found += [words] if str(folder) in words else []
    return found


def test_a_conversion_that_takes_too_long_is_ended_with_all_that_it_started(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[str]] = []
    ending = office._end_group

    def watched(process: object) -> None:
        seen.append(_running_in(temporary))
        ending(process)  # type: ignore[arg-type]

    monkeypatch.setattr(office, "_end_group", watched)
    monkeypatch.setattr(office, "_LONGEST_WAIT", 0.4)
    with pytest.raises(UnreadableDraft, match=r"^d: converting it takes longer .*; save it as a Word document"):
        read_draft("d", open_document("1. A"))
    assert seen[0], "LibreOffice ran"
    assert not _running_in(temporary)
    assert not list(temporary.iterdir())


def test_what_libreoffice_cannot_read_is_refused(temporary: Path) -> None:
    with pytest.raises(UnreadableDraft, match=r"^d: LibreOffice cannot read it; open it and save it"):
        read_draft("d", OLE + "WordDocument".encode("utf-16-le"))
    assert not list(temporary.iterdir())


def test_an_old_font_is_told_after_the_conversion_too() -> None:
    content = rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}}\f0 C\'e9ng ty}"
    with pytest.raises(UnreadableDraft, match=r"^d: .*old Vietnamese encoding .*; convert it"):
        read_draft("d", content)


def test_what_is_started_is_bounded_first() -> None:
    script = (
        "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[0])"
    )
    command = [*command_of("consult.documents.office_start"), sys.executable, "-c", script]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.split() == [str(BOUNDS.memory), str(BOUNDS.seconds)]
