"""A mail server as a process of its own that takes every letter; run as a module it is that process.

It waits before each reply as long as it is told, which stands for the way to a distant server.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session


class _Taking:
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        return "250 OK"


class _Distant(SMTP):
    delay = 0.0

    async def push(self, status: str | bytes) -> None:  # type: ignore[override]
        """Say a reply when its time has come."""
        if self.delay:
            await asyncio.sleep(self.delay)
        await super().push(status)


@contextmanager
def running(delay_seconds: float) -> Iterator[int]:
    """Run the server and give its port."""
    command = [sys.executable, "-m", "benchmarks.mail_server", str(delay_seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline())
        finally:
            server.terminate()


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Distant(_Taking(), loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    _Distant.delay = float(sys.argv[1])
    asyncio.run(_serve())
