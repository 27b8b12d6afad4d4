"""The disk is full. Nothing is torn, the words come back to the person, reading goes on, and it heals."""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.store import journal
from consult.store.answers import Comment
from consult.store.database import reading
from tests.drills.site import Site, published, running

SPACE = 6 * 1024 * 1024
WORDS = "Đề nghị xem lại. " * 1000

pytestmark = pytest.mark.drill


@dataclass
class SmallDisk:
    """A mounted file system of a few megabytes."""

    folder: Path

    def shrink(self, site: Site) -> None:
        """Nothing: it is small already."""

    def heal(self, site: Site) -> None:
        """Let space return."""
        subprocess.run(["mount", "-o", "remount,size=64m", str(self.folder)], check=True)


@dataclass
class SmallFiles:
    """Where nothing can be mounted: the site's processes may write only small files, which is as full a disk."""

    folder: Path

    def shrink(self, site: Site) -> None:
        """Let no file grow beyond what the record has."""
        largest = max(path.stat().st_size for path in self.folder.glob("consult.sqlite3*"))
        self._limit(site, largest + SPACE // 4)

    def heal(self, site: Site) -> None:
        """Let files grow again."""
        self._limit(site, resource.RLIM_INFINITY)

    @staticmethod
    def _limit(site: Site, size: int) -> None:
        for process in (site.master.pid, *site.workers()):
            _, most = resource.prlimit(process, resource.RLIMIT_FSIZE)
            resource.prlimit(process, resource.RLIMIT_FSIZE, (size, most))


@contextmanager
def _disk(folder: Path) -> Iterator[SmallDisk | SmallFiles]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SPACE}", "tmpfs", str(folder)]
    mounted = False
    with suppress(OSError):
        mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if not mounted:
        yield SmallFiles(folder)
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_full_disk_refuses_and_heals(tmp_path: Path) -> None:
    with _disk(tmp_path / "disk") as disk:
        office = published(disk.folder)
        with running(office) as site:
            _fill_and_heal(site, disk)
        office.database.dispose()


def _fill_and_heal(site: Site, disk: SmallDisk | SmallFiles) -> None:
    agency, saved = site.browser("Công an tỉnh"), []
    disk.shrink(site)
    for number in range(1000):
        form, content = agency.new_comment(), f"{number}: {WORDS}"
        reply = agency.save(form, content)
        if reply.status != 303:
            break
        saved.append(content.strip())
    print(f"\nfull disk: full after {len(saved)} comments; answered {reply.status}")
    assert reply.status == 503
    assert int(reply.headers["Retry-After"]) > 0
    assert content.strip() in reply.text
    assert agency.save(form, content).status == 503
    assert agency.page().status == 200
    assert agency.browser.get("/").status == 200
    disk.heal(site)
    assert agency.save(form, content).status == 303
    _audit(site, [*saved, content.strip()])


def _audit(site: Site, saved: list[str]) -> None:
    with reading(site.office.database) as session:
        assert sorted(session.scalars(select(Comment.content))) == sorted(saved)
        assert journal.verify(session).fault == ""
    with sqlite3.connect(str(site.office.database.engine.url.database)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
