"""Answering with a file that is written for this one request."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, send_file

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def written(name: str, media_type: str, write: Callable[[Path], object]) -> Response:
    """Let ``write`` make a file with the suffix of ``name`` and answer with it; the file goes when it was sent.

    What ``write`` raises goes on, and nothing is left behind.
    """
    with ExitStack() as held:
        path = Path(held.enter_context(TemporaryDirectory(prefix="consult-"))) / f"written{Path(name).suffix}"
        write(path)
        response = send_file(path, mimetype=media_type, as_attachment=True, download_name=name)
        response.call_on_close(held.pop_all().close)
    return response
