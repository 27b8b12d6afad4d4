"""The cast of the door tests, assembled once a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.cast import Cast, CastRecord, assemble, open_cast


@pytest.fixture(scope="session")
def cast_record(published_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CastRecord:
    """Assemble everybody in one record."""
    return assemble(published_file, tmp_path_factory.mktemp("cast"))


@pytest.fixture
def cast(cast_record: CastRecord, tmp_path: Path) -> Iterator[Cast]:
    """Open a copy of the record."""
    opened = open_cast(cast_record, tmp_path)
    yield opened
    opened.office.close()
