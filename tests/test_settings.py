"""The settings: what they are by default, every fault told at once, and an installation that starts with none."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from consult import paths
from consult.secret import with_development_secret
from consult.settings import MailSecurity, Mode, Settings, SettingsError, from_environment
from consult.store import migrations
from consult.store.database import connect
from tests.racing import meet, race

STRONG = "Zq3-8fTn_Wc7LxRb2VhKp9YdMs4GjEu6AoXi1NtQw5Cz0FyH"
GOOD = {
    "CONSULT_MODE": "production",
    "CONSULT_SECRET_KEY": STRONG,
    "CONSULT_BASE_URL": "https://gopy.example",
}
BAD: Mapping[str, tuple[Mapping[str, str | None], str]] = {
    "no secret": ({"CONSULT_SECRET_KEY": None}, "CONSULT_SECRET_KEY: missing or weak"),
    "empty secret": ({"CONSULT_SECRET_KEY": ""}, "CONSULT_SECRET_KEY: missing or weak"),
    "short secret": ({"CONSULT_SECRET_KEY": STRONG[:31]}, "CONSULT_SECRET_KEY: missing or weak"),
    "dull secret": ({"CONSULT_SECRET_KEY": "changeme" * 6}, "CONSULT_SECRET_KEY: missing or weak"),
    "one letter": ({"CONSULT_SECRET_KEY": "a" * 64}, "CONSULT_SECRET_KEY: missing or weak"),
    "http": ({"CONSULT_BASE_URL": "http://gopy.example"}, "CONSULT_BASE_URL: production needs an https address"),
    "no address": ({"CONSULT_BASE_URL": None}, "CONSULT_BASE_URL: production needs an https address"),
    "a path": ({"CONSULT_BASE_URL": "https://gopy.example/consult"}, "CONSULT_BASE_URL: must be like"),
    "a query": ({"CONSULT_BASE_URL": "https://gopy.example?x=1"}, "CONSULT_BASE_URL: must be like"),
    "a fragment": ({"CONSULT_BASE_URL": "https://gopy.example#x"}, "CONSULT_BASE_URL: must be like"),
    "a user": ({"CONSULT_BASE_URL": "https://gopy.example@evil.example"}, "CONSULT_BASE_URL: must be like"),
    "no host": ({"CONSULT_BASE_URL": "https://"}, "CONSULT_BASE_URL: must be like"),
    "a script": ({"CONSULT_BASE_URL": "javascript:alert(1)"}, "CONSULT_BASE_URL: must be like"),
    "debugger": ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG: production does not run with the debugger"),
    "debugger in words": ({"FLASK_DEBUG": "true"}, "FLASK_DEBUG: production does not run with the debugger"),
    "unknown": ({"CONSULT_SECRETKEY": STRONG}, "CONSULT_SECRETKEY: no such setting"),
    "mode": ({"CONSULT_MODE": "prod"}, "CONSULT_MODE: must be one of development, production"),
    "another database": ({"CONSULT_DATABASE_URL": "mysql://x/y"}, "CONSULT_DATABASE_URL: must begin with sqlite:///"),
    "no file": ({"CONSULT_DATABASE_URL": "sqlite:///:memory:"}, "CONSULT_DATABASE_URL: must name a file"),
    "proxies": ({"CONSULT_TRUSTED_PROXIES": "-1"}, "CONSULT_TRUSTED_PROXIES: must be a whole number from 0 to 5"),
    "minutes": ({"CONSULT_SIGN_IN_MINUTES": "0"}, "CONSULT_SIGN_IN_MINUTES: must be a whole number"),
    "hours": ({"CONSULT_SESSION_HOURS": "9999"}, "CONSULT_SESSION_HOURS: must be a whole number"),
    "port": ({"CONSULT_MAIL_PORT": "smtp"}, "CONSULT_MAIL_PORT: must be a whole number"),
    "security": ({"CONSULT_MAIL_SECURITY": "ssl"}, "CONSULT_MAIL_SECURITY: must be one of none, starttls, tls"),
    "networks": ({"CONSULT_HEALTH_FROM": "10.0.0.1/8"}, "CONSULT_HEALTH_FROM: must be addresses or networks like"),
    "no network": ({"CONSULT_HEALTH_FROM": "localhost"}, "CONSULT_HEALTH_FROM: must be addresses or networks like"),
    "sender": ({"CONSULT_MAIL_SENDER": "the office"}, "CONSULT_MAIL_SENDER: must be like"),
    "sender in two lines": ({"CONSULT_MAIL_SENDER": "a\nBcc: <x@evil.example>"}, "CONSULT_MAIL_SENDER: must be like"),
    "bare password": (
        {"CONSULT_MAIL_PASSWORD": "x", "CONSULT_MAIL_SECURITY": "none"},
        "CONSULT_MAIL_SECURITY: a password is not sent without TLS",
    ),
}
STARTS_AT_ONCE = 30
STARTS = ("no secret", "dull secret", "http", "debugger", "unknown")


def changed(case: str) -> dict[str, str]:
    """Return a good environment with one thing made bad."""
    environment: dict[str, str | None] = {**GOOD, **BAD[case][0]}
    return {name: value for name, value in environment.items() if value is not None}


def start(folder: Path, environment: Mapping[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    """Start a program of the installation with nothing else in its environment."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("CONSULT_", "FLASK_"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=paths.PACKAGE.parent,
        env={**bare, "CONSULT_INSTANCE": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_by_default_it_is_a_development_site_on_this_machine() -> None:
    settings = from_environment({})

    assert settings.mode is Mode.DEVELOPMENT
    assert (settings.base_url, settings.https, settings.host) == ("http://127.0.0.1:8000", False, "127.0.0.1:8000")
    assert settings.database_url == f"sqlite:///{settings.instance}/consult.sqlite3"
    assert (settings.sign_in_minutes, settings.session_hours, settings.session_days) == (30, 12, 14)
    assert settings.mail_security is MailSecurity.STARTTLS


def test_a_good_environment_is_read() -> None:
    settings = from_environment(
        {**GOOD, "CONSULT_BASE_URL": "https://gopy.example:8443/", "CONSULT_MAIL_PORT": " 465 "}
    )

    assert (settings.base_url, settings.https, settings.host) == (
        "https://gopy.example:8443",
        True,
        "gopy.example:8443",
    )
    assert settings.mail_port == 465


@pytest.mark.parametrize("given", ["office.sqlite3", "./data/../office.sqlite3", "{folder}/office.sqlite3"])
def test_the_database_is_one_file_from_every_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    url = from_environment({"CONSULT_DATABASE_URL": f"sqlite:///{given.format(folder=tmp_path)}"}).database_url
    monkeypatch.chdir("/")
    assert Path(url.removeprefix("sqlite:///")).resolve() == tmp_path / "office.sqlite3"
    assert from_environment({"CONSULT_DATABASE_URL": url}).database_url == url


def test_the_address_of_a_server_stays_as_it_is() -> None:
    url = "postgresql://consult@db.example/consult"
    assert from_environment({"CONSULT_DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize("case", BAD)
def test_each_fault_is_told(case: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment(changed(case))

    assert BAD[case][1] in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert STRONG not in str(refused.value)


def test_all_faults_are_told_at_once() -> None:
    environment = {"CONSULT_MODE": "production", "CONSULT_MAIL_PORT": "x", "CONSULT_FOO": "1", "FLASK_DEBUG": "1"}
    with pytest.raises(SettingsError) as refused:
        from_environment(environment)

    assert [line.split(":")[0] for line in str(refused.value).splitlines()] == [
        "CONSULT_MAIL_PORT",
        "CONSULT_FOO",
        "CONSULT_SECRET_KEY",
        "CONSULT_BASE_URL",
        "FLASK_DEBUG",
    ]


@pytest.mark.parametrize("value", ["", "0", "false"])
def test_a_debugger_that_is_off_is_no_fault(value: str) -> None:
    assert from_environment({**GOOD, "FLASK_DEBUG": value}).mode is Mode.PRODUCTION


def test_settings_are_frozen_and_each_is_read() -> None:
    with pytest.raises(AttributeError):
        Settings().secret_key = "x"  # type: ignore[misc]
    for name in Settings.__dataclass_fields__:
        assert f"CONSULT_{name.upper()}: no such setting" not in _told({f"CONSULT_{name.upper()}": "1"})


def _told(environment: Mapping[str, str]) -> str:
    try:
        from_environment(environment)
    except SettingsError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("case", STARTS)
def test_the_site_does_not_start_with_a_fault(tmp_path: Path, case: str) -> None:
    done = start(tmp_path, changed(case), "-c", "import wsgi")

    assert done.returncode == 1
    assert BAD[case][1] in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", STARTS)
def test_no_command_runs_with_a_fault(tmp_path: Path, case: str) -> None:
    done = start(tmp_path, changed(case), "-m", "consult.cli", "db", "check")

    assert done.returncode == 1
    assert BAD[case][1] in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_without_a_fault_both_start(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/consult.sqlite3")
    migrations.upgrade(database)
    database.dispose()

    assert start(tmp_path, GOOD, "-c", "import wsgi").returncode == 0
    check = start(tmp_path, GOOD, "-c", "from consult.cli import main; main(['db', 'check'])")
    assert (check.returncode, check.stderr) == (0, "")


def test_a_development_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "instance")
    first, second = with_development_secret(settings), with_development_secret(settings)
    file = tmp_path / "instance" / "secret_key"

    assert first.secret_key == second.secret_key == file.read_text()
    assert len(first.secret_key) >= 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert with_development_secret(Settings(secret_key=STRONG)).secret_key == STRONG
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def _start_often(folder: str) -> list[str]:
    """Start in one fresh folder after the other at the same moment as the others; return the secrets."""
    secrets = []
    for number in range(STARTS_AT_ONCE):
        meet()
        secrets.append(with_development_secret(Settings(instance=Path(folder) / str(number))).secret_key)
    return secrets


@pytest.mark.slow
def test_processes_that_start_together_have_one_secret(tmp_path: Path) -> None:
    started = race(_start_often, *[(str(tmp_path),)] * 4)
    for number, secrets in enumerate(zip(*started, strict=True)):
        assert {*secrets} == {(tmp_path / str(number) / "secret_key").read_text()}
    assert len({*started[0]}) == STARTS_AT_ONCE


@pytest.mark.slow
@pytest.mark.parametrize("left", ["", "\n", STRONG[:31]])
def test_a_secret_that_is_not_whole_is_refused(tmp_path: Path, left: str) -> None:
    (tmp_path / "secret_key").write_text(left)
    with pytest.raises(SettingsError, match="secret_key: the secret is empty or cut short; put back the one"):
        with_development_secret(Settings(instance=tmp_path))
    done = start(tmp_path, {}, "-c", "from consult.cli import main; main(['worker', '--once'])")
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert (tmp_path / "secret_key").read_text() == left
