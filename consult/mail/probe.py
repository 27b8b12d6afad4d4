"""Tries the mail server step by step with one letter, so that a deployer reads where it stops and what to do.

A server that says nothing is given up after the time limit of the settings; looking up its name takes as long as the
machine's resolver allows. A step that fails is the last one.
"""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass

from consult.mail.messages import Outgoing, Unwritable
from consult.mail.transport import MailServer, short_reason
from consult.settings import MailSecurity


@dataclass(frozen=True)
class Step:
    """One step: what was tried, whether it went well, what was found, and what to do where it did not."""

    name: str
    well: bool
    found: str
    remedy: str = ""


def probe(server: MailServer, outgoing: Outgoing) -> Iterator[Step]:
    """Yield the steps as they are taken: the name, the connection, TLS, sign-in, sender, recipient, the letter."""
    found = _name(server)
    yield found
    if not found.well:
        return
    try:
        host = _connected(server)
    except (OSError, smtplib.SMTPException) as fault:
        yield _no_connection(server, fault)
        return
    with host:
        yield Step("connection", True, f"{server.host}, port {server.port}")
        yield from _spoken(server, host, outgoing)


def _name(server: MailServer) -> Step:
    try:
        found = socket.getaddrinfo(server.host, server.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        remedy = "correct CONSULT_MAIL_SERVER, or mend the name service of this machine"
        return Step("name", False, f"{server.host} is not known: {fault}", remedy)
    return Step("name", True, f"{server.host} is {found[0][4][0]}")


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security is MailSecurity.TLS:
        seconds = server.timeout_seconds
        return smtplib.SMTP_SSL(server.host, server.port, timeout=seconds, context=server.tls())
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)


def _no_connection(server: MailServer, fault: Exception) -> Step:
    where = f"{server.host}, port {server.port}"
    if isinstance(fault, ssl.SSLError):
        return _tls_fault(fault)
    if isinstance(fault, ConnectionRefusedError):
        remedy = "correct CONSULT_MAIL_PORT, or start the server"
        return Step("connection", False, f"nothing listens at {where}", remedy)
    if isinstance(fault, TimeoutError) or str(fault).endswith("timed out"):
        remedy = "a firewall may stand between, or the port is wrong (587 for starttls, 465 for tls)"
        return Step("connection", False, f"{where} does not answer", remedy)
    remedy = "is this an SMTP server, and does it speak TLS from the first octet (tls) or later (starttls)?"
    return Step("connection", False, f"{where}: {short_reason(str(fault))}", remedy)


def _tls_fault(fault: ssl.SSLError) -> Step:
    if isinstance(fault, ssl.SSLCertVerificationError):
        remedy = (
            "name the office's own authority in CONSULT_MAIL_CA_FILE, or call the server in CONSULT_MAIL_SERVER by the "
            "name that its certificate has"
        )
        return Step("TLS", False, f"the certificate is not good: {fault.verify_message}", remedy)
    remedy = "with port 587 set CONSULT_MAIL_SECURITY=starttls, with port 465 tls"
    return Step("TLS", False, short_reason(str(fault)), remedy)


def _spoken(server: MailServer, host: smtplib.SMTP, outgoing: Outgoing) -> Iterator[Step]:
    for step in (_tls, _sign_in, _sender, _recipient, _letter):
        try:
            taken = step(server, host, outgoing)
        except (OSError, smtplib.SMTPException) as fault:
            remedy = "try again; if it stays, ask the keeper of the mail server"
            taken = Step(step.__name__.strip("_"), False, short_reason(f"{type(fault).__name__}: {fault}"), remedy)
        yield taken
        if not taken.well:
            return


def _tls(server: MailServer, host: smtplib.SMTP, _: Outgoing) -> Step:
    if server.security is MailSecurity.NONE:
        return Step("TLS", True, "not used (CONSULT_MAIL_SECURITY=none); right only for a relay on this machine")
    if server.security is MailSecurity.STARTTLS:
        try:
            host.starttls(context=server.tls())
        except ssl.SSLError as fault:
            return _tls_fault(fault)
        except smtplib.SMTPNotSupportedError:
            remedy = "set CONSULT_MAIL_SECURITY=tls and the port of it (465), or have the server offer STARTTLS"
            return Step("TLS", False, "the server offers no STARTTLS", remedy)
    return Step("TLS", True, "the certificate is good and has the server's name")


def _sign_in(server: MailServer, host: smtplib.SMTP, _: Outgoing) -> Step:
    if not server.username:
        return Step("sign-in", True, "not used (CONSULT_MAIL_USERNAME is empty)")
    try:
        host.login(server.username, server.password)
    except smtplib.SMTPAuthenticationError as fault:
        remedy = "correct CONSULT_MAIL_USERNAME and CONSULT_MAIL_PASSWORD"
        return Step("sign-in", False, _answer(fault.smtp_code, fault.smtp_error), remedy)
    except smtplib.SMTPNotSupportedError:
        remedy = "empty CONSULT_MAIL_USERNAME, or ask the keeper of the mail server which port takes a sign-in"
        return Step("sign-in", False, "the server takes no sign-in here", remedy)
    return Step("sign-in", True, "taken")


def _sender(server: MailServer, host: smtplib.SMTP, outgoing: Outgoing) -> Step:
    host.ehlo_or_helo_if_needed()
    code, words = host.mail(outgoing.sender.address)
    remedy = "the account may not send as CONSULT_MAIL_SENDER: correct it, or sign in with the account of it"
    return Step("sender", code < 300, _answer(code, words), remedy if code >= 300 else "")


def _recipient(server: MailServer, host: smtplib.SMTP, outgoing: Outgoing) -> Step:
    code, words = host.rcpt(outgoing.to.address)
    remedy = "is the address right? if it is, this server does not pass letters on to it: ask its keeper"
    return Step("recipient", code < 300, _answer(code, words), remedy if code >= 300 else "")


def _letter(server: MailServer, host: smtplib.SMTP, outgoing: Outgoing) -> Step:
    remedy = "the server refused the letter itself: its words say why; ask its keeper"
    try:
        code, words = host.data(outgoing.data)
    except smtplib.SMTPDataError as fault:
        return Step("letter", False, _answer(fault.smtp_code, fault.smtp_error), remedy)
    except Unwritable:
        return Step("letter", False, "no letter can be written to this address", "name one plain e-mail address")
    return Step("letter", code < 300, _answer(code, words), remedy if code >= 300 else "")


def _answer(code: int, words: bytes | str) -> str:
    told = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return short_reason(f"{code} {told}")
