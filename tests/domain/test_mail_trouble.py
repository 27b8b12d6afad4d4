"""Why a letter did not arrive: the status that a server gives counts before its code and its words."""

import pytest

from consult.domain.mail_trouble import Trouble, trouble_of


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        ("not an e-mail address", Trouble.NO_ADDRESS),
        ("SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] self-signed", Trouble.CERTIFICATE),
        ("552 5.2.2 mailbox full", Trouble.FULL),
        ("452 4.2.2 over quota", Trouble.FULL),
        ("552 requested action aborted", Trouble.FULL),
        ("552 5.3.4 message size exceeds fixed maximum message size", Trouble.TOO_LARGE),
        ("552 5.2.3 too long", Trouble.TOO_LARGE),
        ("552 message too large", Trouble.TOO_LARGE),
        ("550 5.1.1 <…> recipient rejected", Trouble.NO_MAILBOX),
        ("5.1.1 550 5.1.1 unknown", Trouble.NO_MAILBOX),
        ("550 no such user", Trouble.NO_MAILBOX),
        ("556 5.1.10 null MX", Trouble.NO_SERVER),
        ("5.4.4 unable to route", Trouble.NO_SERVER),
        ("550 5.7.1 user unknown to policy", Trouble.AGAINST_RULES),
        ("554 blocked as spam", Trouble.AGAINST_RULES),
        ("450 try later", Trouble.LATER),
        ("421 4.3.2 shutting down", Trouble.LATER),
        ("4.3.0", Trouble.LATER),
        ("554 no", Trouble.REFUSED),
        ("5.0.0", Trouble.REFUSED),
        ("554 refused for 4.7.1.20", Trouble.REFUSED),
        ("SSLError: tlsv1 alert unknown ca", Trouble.UNREACHABLE),
        ("gaierror: [Errno -2] Name or service not known", Trouble.UNREACHABLE),
        ("SMTPServerDisconnected: Connection unexpectedly closed", Trouble.UNREACHABLE),
        ("OSError", Trouble.UNREACHABLE),
        ("KeyError", Trouble.UNKNOWN),
        ("", Trouble.UNKNOWN),
    ],
)
def test_a_fault_is_told_by_its_status_then_its_words_then_its_code(fault: str, trouble: Trouble) -> None:
    assert trouble_of(fault) is trouble
