"""Another process holds the database. A short wait saves, a long one is told in time; reading is not affected."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from consult.store.answers import Comment
from consult.store.database import BUSY_SECONDS, reading
from tests.drills.site import AgencyBrowser, Form, Reply, Site, published, running

WITHIN_SECONDS = 1.5
WORDS = "Đề nghị bỏ một chữ “mất”."

pytestmark = pytest.mark.drill


@dataclass
class Timed:
    """A reply and how long it took."""

    reply: Reply
    seconds: float


def _save(agency: AgencyBrowser, form: Form, into: list[Timed]) -> None:
    began = time.monotonic()
    into.append(Timed(agency.save(form, WORDS), time.monotonic() - began))


@contextmanager
def _holding(site: Site, seconds: float) -> Iterator[None]:
    """Hold the write lock from another connection for so long, as a backup tool or a shell might."""
    other = sqlite3.connect(str(site.office.database.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    yield
    time.sleep(max(0.0, seconds - (time.monotonic() - began)))
    other.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Run the site."""
    with running(published(tmp_path)) as started:
        yield started


def _post_while_held(site: Site, seconds: float, savers: int) -> tuple[list[Timed], list[float]]:
    """Save from several agencies while the lock is held; read meanwhile; return what came of both."""
    names = ("Công an tỉnh", "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo")[:savers]
    agencies = [site.browser(name) for name in names]
    forms = [agency.new_comment() for agency in agencies]
    saved: list[Timed] = []
    reads: list[float] = []
    threads = [Thread(target=_save, args=(*each, saved)) for each in zip(agencies, forms, strict=True)]
    with _holding(site, seconds):
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        for _ in range(10):
            began = time.monotonic()
            assert agencies[0].page().status == 200
            reads.append(time.monotonic() - began)
    for thread in threads:
        thread.join()
    return saved, reads


def test_a_short_lock_is_waited_for(site: Site) -> None:
    saved, reads = _post_while_held(site, 4, savers=3)
    print(
        f"\nlocked database: held 4 s: saved after {[round(each.seconds, 2) for each in saved]} s; "
        f"reads {max(reads):.3f} s at most"
    )
    assert [each.reply.status for each in saved] == [303, 303, 303]
    assert min(each.seconds for each in saved) > 3
    assert max(reads) < 1


def test_a_long_lock_is_told_within_the_budget(site: Site) -> None:
    saved, reads = _post_while_held(site, 14, savers=3)
    print(
        f"\nlocked database: held 14 s: told after {[round(each.seconds, 2) for each in saved]} s; "
        f"reads {max(reads):.3f} s at most"
    )
    for each in saved:
        assert each.reply.status == 503
        assert int(each.reply.headers["Retry-After"]) > 0
        assert WORDS in each.reply.text
        assert each.seconds < BUSY_SECONDS + WITHIN_SECONDS
    assert max(reads) < 1
    with reading(site.office.database) as session:
        assert session.scalars(select(Comment.key)).all() == []
    agency = site.browser("Công an tỉnh")
    assert agency.save(agency.new_comment(), WORDS).status == 303
