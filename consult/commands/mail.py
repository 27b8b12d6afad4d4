"""Commands about mail: trying the mail server with one letter."""

import secrets
from urllib.parse import urlsplit

import click

from consult.clock import machine_clock
from consult.commands.common import installation, refusing
from consult.domain.errors import Refusal
from consult.domain.window import local
from consult.mail.messages import Mailbox, Outgoing, mailbox
from consult.mail.probe import probe
from consult.mail.worker import mail_server_of
from consult.settings import Settings

SUBJECT = "Thư thử của hệ thống lấy ý kiến dự thảo"
WORDS = (
    "Đây là thư thử để kiểm tra máy chủ thư của hệ thống lấy ý kiến dự thảo. Nếu nhận được thư này, việc gửi thư hoạt "
    "động bình thường. Không cần trả lời."
)


@click.group("mail")
def mail_group() -> None:
    """The mail server."""


@mail_group.command("test")
@click.argument("address")
@refusing
def test_mail(address: str) -> None:
    """Send one letter to ADDRESS, and say step by step what works and what to do where it does not."""
    ready = installation()
    if not ready.mail_server:
        raise Refusal("no mail server is set (CONSULT_MAIL_SERVER): letters are kept as files and leave nobody")
    failed = None
    for step in probe(mail_server_of(ready), _letter(ready, address)):
        click.echo(f"{'ok   ' if step.well else 'FAULT'}  {step.name}: {step.found}")
        failed = None if step.well else step
    if failed:
        raise Refusal(f"no letter was sent; what to do: {failed.remedy}")
    click.echo("The server took the letter. Look whether it arrives, also among unwanted mail.")


def _letter(ready: Settings, address: str) -> Outgoing:
    host = urlsplit(ready.base_url).hostname
    return Outgoing(
        name="test",
        message_id=f"<test-{secrets.token_hex(16)}@{host}>",
        date=local(machine_clock()),
        sender=mailbox(ready.mail_sender),
        to=Mailbox("", address),
        reply_to="",
        subject=SUBJECT,
        text=WORDS + "\n",
        html=f"<p>{WORDS}</p>\n",
    )
