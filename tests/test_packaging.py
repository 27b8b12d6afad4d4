"""The wheel holds every package, template, static file, translation and sample; and it runs from there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from consult import paths

ROOT = paths.PACKAGE.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what git tracks."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    for name in filter(None, tracked.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    build = "from setuptools.build_meta import build_wheel; import sys; build_wheel(sys.argv[1])"
    subprocess.run([sys.executable, "-c", build, str(out)], cwd=source, check=True, capture_output=True)
    return next(out.glob("*.whl"))


def _relative(folder: Path, pattern: str) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob(pattern) if path.is_file()}


def test_the_wheel_holds_every_file(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    for name in _relative(ROOT / "consult", "*.py"):
        assert f"consult/{name}" in held, name
    for name in _relative(ROOT / "templates", "*.html") | _relative(ROOT / "templates", "*.txt"):
        assert f"consult/templates/{name}" in held, name
    for name in _relative(ROOT / "drafts", "*"):
        assert f"consult/drafts/{name}" in held, name
    for name in _relative(ROOT / "consult/web/static", "*"):
        assert f"consult/web/static/{name}" in held, name
    assert "consult/web/translations/vi/LC_MESSAGES/messages.mo" in held
    assert not [name for name in held if name.startswith(("tests/", "benchmarks/"))]


@pytest.mark.slow
def test_the_program_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = {"PATH": os.environ["PATH"], "CONSULT_INSTANCE": str(tmp_path / "instance")}
    script = f"""
import site, sys
site.addsitedir({_site_packages()!r})
sys.path.insert(0, {str(installed)!r})
import consult.cli, consult.paths as p
assert str(p.PACKAGE).startswith({str(installed)!r}), p.PACKAGE
assert (p.TEMPLATES / "base.html").is_file()
consult.cli.main(["outline", str(p.DRAFTS / "gia-lai-2020" / "draft.docx")])
"""
    command = [sys.executable, "-S", "-c", script]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Sở Thông tin và Truyền thông:" in done.stdout


def _site_packages() -> str:
    return next(path for path in sys.path if path.endswith("site-packages"))
