"""Files of other word processors → DOCX, by LibreOffice in a folder of its own that nothing outlives.

It knows how LibreOffice is found, started and ended: a throw-away profile with macros and links off, a time limit, its
whole process group killed. ``office_start`` bounds the process, ``office_check`` looks at the file before. It refuses
to know what the file says; the result is read as any other DOCX.
"""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from consult.documents.children import Reader, ask, command_of
from consult.documents.file_kinds import LARGEST_FILE, FileKind
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

_CHECK = Reader("consult.documents.office_check", ("lxml",), longest_wait=20)
_LONGEST_WAIT = 60.0
"""Seconds for a conversion, the start of LibreOffice included."""
_WORD = "docx:MS Word 2007 XML"
_RESULT = "draft.docx"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{}</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
# No macro runs, no link is followed; what tries all the same is sent to a port where nobody answers.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Save/Document", "EditProperty", "false"),
    ("Inet/Settings", "ooInetProxyType", "1"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True)
class Conversion:
    """LibreOffice's own name for a format, so that it does not guess, and a suffix that fits it."""

    input_filter: str
    suffix: str


def converted(name: str, content: bytes, kind: FileKind, conversion: Conversion) -> bytes:
    """Return the file as DOCX.

    Raises UnreadableDraft: LibreOffice is not installed, the file is not fit to be opened by it, it takes too long or
    makes nothing of it.
    """
    ask(_CHECK, name, content)
    office = installed()
    if office is None:
        raise UnreadableDraft(name, Fault.NO_OFFICE, suffix=f".{conversion.suffix}")
    with TemporaryDirectory(prefix="consult-office-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / f"draft.{conversion.suffix}").write_bytes(content)
        _run(name, _command(office, folder, conversion), folder)
        return _result(name, folder / "out" / _RESULT)


def installed() -> str | None:
    """Return the path of LibreOffice's command, None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _command(office: str, folder: Path, conversion: Conversion) -> list[str]:
    options = ("--headless", "--norestore", "--nolockcheck", "--nologo", "--nodefault")
    return [
        *command_of("consult.documents.office_start"),
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *options,
        f"--infilter={conversion.input_filter}",
        "--convert-to",
        _WORD,
        "--outdir",
        str(folder / "out"),
        str(folder / f"draft.{conversion.suffix}"),
    ]


def _run(name: str, command: list[str], folder: Path) -> None:
    """Run LibreOffice in ``folder``; whatever it started is gone when this returns."""
    _lay_out(folder)
    environment = {"HOME": str(folder), "TMPDIR": str(folder / "tmp"), "PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - nothing in the command comes from outside
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_LONGEST_WAIT)
    except subprocess.TimeoutExpired as fault:
        raise UnreadableDraft(name, Fault.OFFICE_TOO_SLOW) from fault
    finally:
        _end_group(process)


def _lay_out(folder: Path) -> None:
    for inside in ("profile/user", "out", "tmp"):
        (folder / inside).mkdir(parents=True)
    items = "".join(_ITEM.format(*setting) for setting in _SETTINGS)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items))


def _end_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()


def _result(name: str, file: Path) -> bytes:
    if not file.is_file():
        raise UnreadableDraft(name, Fault.OFFICE_STUMBLED)
    if file.stat().st_size > LARGEST_FILE:
        raise UnreadableDraft(name, Fault.OFFICE_TOO_LARGE)
    return file.read_bytes()
