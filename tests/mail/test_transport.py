"""The folder that stands for a mail server, and what is kept of a server's words."""

from pathlib import Path

from consult.mail.messages import as_bytes
from consult.mail.transport import FolderTransport, MailServer, short_reason
from consult.settings import MailSecurity
from tests.mail.test_messages import LETTER


def test_a_letter_is_a_file_of_its_own_that_its_owner_alone_reads(tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "outbox"
    with FolderTransport(folder).open() as channel:
        channel.send(LETTER)
        channel.send(LETTER)
    (file,) = folder.iterdir()
    assert file.name == "7-invitation.eml"
    assert file.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert file.read_bytes().split(b"\r\n")[:6] == as_bytes(LETTER).split(b"\r\n")[:6]


def test_a_reason_is_short_and_holds_no_address() -> None:
    words = "5.1.1 <vanthu@so.example>: no user\r\nvanthu@so.example, see postmaster@mail.example"
    assert short_reason(words) == "5.1.1 <…>: no user …, see …"
    assert short_reason("550 no\x00 user\x1b[0m") == "550 no user[0m"
    assert len(short_reason("x " * 500)) <= 200


def test_a_password_is_not_printed() -> None:
    assert "mật khẩu" not in repr(MailServer("mail.example", 587, MailSecurity.TLS, 15, "an", "mật khẩu"))
