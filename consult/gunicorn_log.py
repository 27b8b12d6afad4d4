"""What gunicorn says, in the lines of ``logs``; it would print whole addresses, in which links have their tokens."""

import logging
from typing import Any

from gunicorn.glogging import Logger

from consult import logs


class GunicornLog(Logger):  # type: ignore[misc]
    """For ``gunicorn --logger-class consult.gunicorn_log.GunicornLog``; requests are told by the site itself."""

    def setup(self, cfg: Any) -> None:
        """Hand everything on; starts and stops are told too."""
        logs.take_over()
        self.error_log.setLevel(logging.INFO)
        self.error_log.propagate = True
        self.error_log.handlers[:] = self.access_log.handlers[:] = []

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Say nothing: the line would hold the address."""
