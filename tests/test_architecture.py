"""The house holds: imports go one way, one clock, small rooms; see docs/architecture.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult import paths

ROOT = paths.PACKAGE
MODULES = sorted(path for path in ROOT.rglob("*.py") if "versions" not in path.parts)

# Each floor may import itself and the floors named here, and nothing else of the house.
GROUND = {"consult.settings", "consult.paths", "consult.domain", "consult.clock", "consult"}
FLOORS: dict[str, set[str]] = {
    "consult.paths": set(),
    "consult.clock": set(),
    "consult.settings": set(),
    "consult.logs": {"consult.paths"},
    "consult.secret": {"consult.settings"},
    "consult.domain": set(),
    "consult.store": {"consult.domain"},
    "consult.documents": {"consult.domain", "consult.paths"},
    "consult.mail": {"consult.domain", "consult.store", "consult.settings", "consult.paths"},
    "consult.actions": {"consult.domain", "consult.store", "consult.documents", "consult.mail", "consult.settings"},
    "consult.web": {"consult.domain", "consult.store", "consult.actions", "consult.settings", "consult.logs"},
    "consult.app": {
        "consult.domain",
        "consult.store",
        "consult.settings",
        "consult.paths",
        "consult.logs",
        "consult.web",
    },
}
ABOVE = {
    "consult.app",
    "consult.due",
    "consult.gunicorn_log",
    "consult.worker_log",
    "consult.server",
    "consult.cli",
    "consult.commands",
    "consult.demo",
}

# Third parties that only these rooms may meet.
GUESTS = {
    "sqlalchemy": {"consult.store", "consult.actions", "consult.mail", "consult.demo"},
    "alembic": {"consult.store.migrations"},
    "docx": {"consult.documents"},
    "lxml": {"consult.documents"},
    "python_calamine": {"consult.documents.agency_sheet_parse"},
    "pygal": {"consult.documents"},
    "segno": {"consult.documents"},
    "xlsxwriter": {"consult.documents"},
    "icalendar": {"consult.mail.calendar"},
    "pdfplumber": {"consult.documents.pdf_reader"},
    "flask_mail": {"consult.mail.smtp"},
    "structlog": {"consult.logs"},
    "smtplib": {"consult.mail.smtp", "consult.mail.probe"},
    "flask": {"consult.web", "consult.app", "consult.mail.smtp", "consult.demo"},
    "config": {"consult.commands.common"},
}
CLOCKS = ("datetime.now", "datetime.utcnow", "date.today", "time.time(")


def name_of(path: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, room: str) -> bool:
    """Say whether a module stands in a room."""
    return name == room or name.startswith(room + ".")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    name = name_of(path)
    floor = next((floor for floor in FLOORS if within(name, floor)), None)
    if floor is None:
        assert name == "consult" or any(within(name, room) for room in ABOVE), f"{name} stands on no floor"
        return
    for imported in imports_of(path):
        if within(imported, "consult"):
            allowed = {floor, *FLOORS[floor]}
            assert (
                imported == "consult.paths"
                or any(within(imported, room) for room in allowed)
                or ("consult.paths" in allowed and imported == "consult")
            ), f"{name} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_stays_in_its_room(path: Path) -> None:
    name = name_of(path)
    for imported in imports_of(path):
        rooms = GUESTS.get(imported.split(".")[0])
        assert rooms is None or any(within(name, room) for room in rooms), f"{name} imports {imported}"


def test_no_import_hides_in_a_function_or_behind_type_checking() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text())
        assert "TYPE_CHECKING" not in path.read_text(), path
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            hidden = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{path}: {function.name} imports inside"


def test_the_house_has_no_cycle() -> None:
    graph = {name_of(path): set(imports_of(path)) for path in MODULES}
    names = set(graph)
    edges = {name: {_module(target, names) for target in targets} - {None, name} for name, targets in graph.items()}
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, " → ".join((*above, name))
        if name not in done:
            for target in edges[name]:
                assert target is not None
                visit(target, (*above, name))
            done.add(name)

    for name in names:
        visit(name, ())


def _module(imported: str, names: set[str]) -> str | None:
    if imported in names:
        return imported
    parent = imported.rsplit(".", 1)[0]
    return parent if parent in names and parent != "consult" else None


def test_the_clock_is_read_in_one_place() -> None:
    for path in MODULES:
        if name_of(path) != "consult.clock":
            found = [word for word in CLOCKS if word in path.read_text()]
            assert not found, f"{path} reads the clock: {found}"


def test_the_close_is_compared_in_one_place() -> None:
    # The table's own check, an act that weighs two closes against each other and not against the clock, and the first
    # sieve of the rounds that the worker looks at, each of which then asks its window.
    allowed = (
        "consult.domain.window",
        "consult.store.consultations",
        "consult.actions.extending",
        "consult.store.queries.reminded",
    )
    comparing = re.compile(r"(closes_at|late_until)\s*(<|>)|(<|>)=?\s*[\w.]*(closes_at|late_until)\b")
    for path in MODULES:
        if name_of(path) not in allowed:
            for number, line in enumerate(path.read_text().splitlines(), start=1):
                assert not comparing.search(line), f"{path}:{number}: {line.strip()}"


def test_actions_never_commit_and_know_no_http() -> None:
    for path in (ROOT / "actions").glob("*.py"):
        text = path.read_text()
        assert ".commit(" not in text and ".rollback(" not in text, path
        assert "flask" not in text.lower(), path


def test_only_delivery_and_the_worker_catch_everything() -> None:
    for path in MODULES:
        if name_of(path) not in ("consult.mail.delivery", "consult.server"):
            assert "except Exception" not in path.read_text(), path


def test_rooms_are_small_and_say_what_they_know() -> None:
    for path in MODULES:
        text = path.read_text()
        assert len(text.splitlines()) <= 250, f"{path} is two rooms"
        assert ast.get_docstring(ast.parse(text)), f"{path} has no docstring"


def test_functions_are_small_and_public_ones_are_described() -> None:
    lengths = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                lengths.append(_lines_of(node))
                assert lengths[-1] <= 25, f"{path}: {node.name} has {lengths[-1]} lines"
        for node in _public(ast.parse(path.read_text())):
            assert ast.get_docstring(node), f"{path}: {node.name} has no docstring"
    assert sorted(lengths)[len(lengths) // 2] <= 9


def _lines_of(node: ast.FunctionDef) -> int:
    """Count the lines of statements: neither the signature, nor the docstring, nor the lines of one long call."""
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return sum(1 for statement in body for child in ast.walk(statement) if isinstance(child, ast.stmt))


def _public(tree: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield the public functions and classes of a module, and the public methods of those classes."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node)


def test_templates_escape_everything() -> None:
    for path in paths.TEMPLATES.rglob("*"):
        if path.is_file():
            assert path.suffix in (".html", ".txt"), f"{path}: only .html is escaped"
            text = path.read_text()
            assert "|safe" not in text.replace(" ", "") and "autoescape false" not in text, path
    for path in MODULES:
        assert "Markup(" not in path.read_text(), path


def test_no_sql_is_put_together_from_text_of_people() -> None:
    allowed = {"consult.store.backup", "consult.store.migrations.frozen_rows", "consult.store.database"}
    pattern = re.compile(r"""f["'](SELECT|INSERT|UPDATE|DELETE|PRAGMA|TRUNCATE)\b""")
    for path in MODULES:
        if name_of(path) not in allowed:
            assert not pattern.search(path.read_text()), path
