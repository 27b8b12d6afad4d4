"""The settings of an installation: read from the environment once, checked together, frozen.

Each setting is an environment variable ``CONSULT_<NAME>``; its paragraph stands beside the field. Every fault is told
at once, so that a deployer mends them in one go. This module opens nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

MIN_SECRET = 32
PREFIX = "CONSULT_"
_ADDRESS = re.compile(r"(https?://(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?)/?")
_SENDER = re.compile(r"[^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+")
_T = TypeVar("_T")
Network = IPv4Network | IPv6Network


class SettingsError(Exception):
    """One or more settings are missing or wrong; the message has a line a fault."""


class Mode(Enum):
    """Whether this is somebody's own machine or a site that others reach."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class MailSecurity(Enum):
    """How the mail server is spoken to."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


@dataclass(frozen=True)
class Settings:
    """One installation's settings; build it with ``from_environment``."""

    mode: Mode = Mode.DEVELOPMENT
    """MODE: ``development`` (the default) or ``production``, which insists on a strong secret and an https address."""
    secret_key: str = ""
    """SECRET_KEY: at least 32 characters, from ``python -c "import secrets; print(secrets.token_urlsafe(48))"``. It
    makes the invitation links: change it and every link sent out stops working. In development one is made under
    ``instance/`` at the first start."""
    base_url: str = "http://127.0.0.1:8000"
    """BASE_URL: the address that people use, without a path; letters link to it and no other host is answered."""
    instance: Path = field(default_factory=lambda: Path("instance").absolute())
    """INSTANCE: the folder of the SQLite database, the secret of a development site and the letters of a site without
    a mail server."""
    database_url: str = ""
    """DATABASE_URL: ``sqlite:////path/file.sqlite3`` or ``postgresql://user@host/name``; default: in INSTANCE. The path
    of a file is taken from the folder in which the program starts when it is not absolute."""
    lead_agency: str = ""
    """LEAD_AGENCY: the lead agency that ``consult official add`` means when it names none; default: the only one."""
    trusted_proxies: int = 0
    """TRUSTED_PROXIES: how many reverse proxies stand before the site and set X-Forwarded-For and -Proto (0: none)."""
    sign_in_minutes: int = 30
    """SIGN_IN_MINUTES: how long an official's one-time link lives."""
    session_hours: int = 12
    """SESSION_HOURS: how long a signed-in browser may be idle."""
    session_days: int = 14
    """SESSION_DAYS: how long a signed-in browser stays signed in at most."""
    mail_server: str = ""
    """MAIL_SERVER: the SMTP host. Empty: letters are written to ``INSTANCE/outbox`` as .eml files and leave nobody."""
    mail_port: int = 587
    """MAIL_PORT: the SMTP port (587 for starttls, 465 for tls)."""
    mail_security: MailSecurity = MailSecurity.STARTTLS
    """MAIL_SECURITY: ``starttls`` (default), ``tls`` or ``none`` (a relay on this machine)."""
    mail_username: str = ""
    """MAIL_USERNAME: the SMTP account, where the server wants one."""
    mail_password: str = ""
    """MAIL_PASSWORD: its password."""
    mail_ca_file: str = ""
    """MAIL_CA_FILE: a PEM file with the office's own certificate authority; default: the system's authorities."""
    mail_timeout: int = 15
    """MAIL_TIMEOUT: seconds after which a silent mail server is given up; one that answers slowly after twice that."""
    mail_connections: int = 6
    """MAIL_CONNECTIONS: how many connections to the mail server a worker keeps at most."""
    mail_per_minute: int = 0
    """MAIL_PER_MINUTE: how many letters all workers together send in a minute at most, as the mail server's keeper
    asks (0: no limit)."""
    health_from: tuple[Network, ...] = (ip_network("127.0.0.0/8"), ip_network("::1"))
    """HEALTH_FROM: the addresses and networks, with commas between, that may ask ``/healthz``; for others it is not
    there. Empty: nobody may. Behind proxies TRUSTED_PROXIES has to be right, or nobody's address is known."""
    health_letter_minutes: int = 30
    """HEALTH_LETTER_MINUTES: how long a letter may wait while none leaves at all, before that is an illness."""
    health_worker_minutes: int = 5
    """HEALTH_WORKER_MINUTES: how long nothing may be heard of a worker that was seen on this machine."""
    health_free_mb: int = 500
    """HEALTH_FREE_MB: how many megabytes the disks of INSTANCE and of an SQLite database must have free."""
    mail_sender: str = "Lấy ý kiến dự thảo <khong-tra-loi@consult.example>"
    """MAIL_SENDER: the From address of all letters."""

    @property
    def https(self) -> bool:
        """Whether people reach the site by https (cookies are then ``Secure`` with the ``__Host-`` prefix)."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The only host name (with port) that the site answers to."""
        return urlsplit(self.base_url).netloc


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        SettingsError: with a line for each missing, weak, unreadable or unknown setting.
    """
    faults: list[str] = []
    values = {name: _read(name, environment, faults) for name in _READERS if PREFIX + name.upper() in environment}
    faults += _unknown(environment)
    settings = Settings(**values)  # type: ignore[arg-type]
    faults += _faults(settings)
    if settings.mode is Mode.PRODUCTION and environment.get("FLASK_DEBUG", "0") not in ("", "0", "false"):
        faults.append("FLASK_DEBUG: production does not run with the debugger; unset it")
    if faults:
        raise SettingsError("\n".join(_first_of_each(faults)))
    if settings.database_url:
        return settings
    return Settings(**(values | {"database_url": f"sqlite:///{settings.instance}/consult.sqlite3"}))  # type: ignore[arg-type]


def _read(name: str, environment: Mapping[str, str], faults: list[str]) -> object:
    text = environment[PREFIX + name.upper()].strip()
    try:
        return _READERS[name](text)
    except ValueError as fault:
        faults.append(f"{PREFIX}{name.upper()}: {fault}")
        return getattr(Settings(), name)


def _unknown(environment: Mapping[str, str]) -> list[str]:
    known = {PREFIX + name.upper() for name in _READERS}
    return [f"{name}: no such setting" for name in environment if name.startswith(PREFIX) and name not in known]


def _faults(settings: Settings) -> list[str]:
    faults = []
    if settings.mode is Mode.PRODUCTION:
        if len(set(settings.secret_key)) < 16 or len(settings.secret_key) < MIN_SECRET:
            faults.append(f"{PREFIX}SECRET_KEY: missing or weak; production needs {MIN_SECRET} random characters")
        if not settings.https:
            faults.append(f"{PREFIX}BASE_URL: production needs an https address")
    if settings.secret_key and len(settings.secret_key) < MIN_SECRET:
        faults.append(f"{PREFIX}SECRET_KEY: shorter than {MIN_SECRET} characters")
    if settings.mail_password and settings.mail_security is MailSecurity.NONE:
        faults.append(f"{PREFIX}MAIL_SECURITY: a password is not sent without TLS; use starttls or tls")
    return faults


def _first_of_each(faults: Iterable[str]) -> Iterable[str]:
    """Return one fault a setting: what cannot be read is not told a second time for its default."""
    told: dict[str, str] = {}
    for fault in faults:
        told.setdefault(fault.partition(":")[0], fault)
    return told.values()


def _choice(kind: type[_T]) -> Callable[[str], _T]:
    def read(text: str) -> _T:
        try:
            return kind(text)  # type: ignore[call-arg]
        except ValueError:
            names = ", ".join(member.value for member in kind)  # type: ignore[attr-defined]
            raise ValueError(f"must be one of {names}, not {text!r}") from None

    return read


def _count(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}, not {text!r}")
        return int(text)

    return read


def _base_url(text: str) -> str:
    found = _ADDRESS.fullmatch(text)
    if not found:
        raise ValueError(f"must be like https://gopy.example, without a path, not {text!r}")
    return found[1]


def _database_url(text: str) -> str:
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if not text.startswith("sqlite:///"):
        return text
    path = text.removeprefix("sqlite:///")
    if path in ("", ":memory:"):
        raise ValueError("must name a file: several processes work on it")
    # Made absolute at once, since the site's processes run in another folder.
    return f"sqlite:///{Path(path).absolute()}"


def _sender(text: str) -> str:
    if not _SENDER.fullmatch(text):
        raise ValueError(f"must be like 'Name <name@gopy.example>', not {text!r}")
    return text


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError:
        raise ValueError(f"must be addresses or networks like 10.0.0.0/8 with commas between, not {text!r}") from None


_READERS: Mapping[str, Callable[[str], object]] = {
    "mode": _choice(Mode),
    "secret_key": str,
    "base_url": _base_url,
    "instance": lambda text: Path(text).absolute(),
    "database_url": _database_url,
    "lead_agency": str,
    "trusted_proxies": _count(0, 5),
    "sign_in_minutes": _count(1, 24 * 60),
    "session_hours": _count(1, 24 * 7),
    "session_days": _count(1, 90),
    "mail_server": str,
    "mail_port": _count(1, 65535),
    "mail_security": _choice(MailSecurity),
    "mail_username": str,
    "mail_password": str,
    "mail_ca_file": str,
    "mail_timeout": _count(1, 120),
    "mail_connections": _count(1, 50),
    "mail_per_minute": _count(0, 100_000),
    "mail_sender": _sender,
    "health_from": _networks,
    "health_letter_minutes": _count(1, 100_000),
    "health_worker_minutes": _count(1, 100_000),
    "health_free_mb": _count(0, 10_000_000),
}
