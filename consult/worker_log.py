"""What the worker writes down: letters by number, kind and outcome, with the server's codes and without its words."""

import re

from consult import logs
from consult.mail.messages import Unwritable
from consult.mail.post_office import DeliveryReport, Fate, Outcome
from consult.mail.transport import PutOff, Refused, Unreachable

_CODE = re.compile(r"[245]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3}\b)?(?!\d)")
_KNOWN = Refused | PutOff | Unreachable | Unwritable


def log_letter(outcome: Outcome, fate: Fate) -> None:
    """Write down what became of one letter in one try."""
    letter, error = outcome.letter, outcome.fault
    code = _CODE.match(str(error)) if isinstance(error, _KNOWN) else None
    facts: dict[str, logs.Fact] = {"letter": letter.id, "kind": letter.kind.value, "outcome": fate.value}
    facts |= {"attempts": letter.attempts + outcome.tried, "code": code[0] if code else None}
    if error is not None and not isinstance(error, _KNOWN):
        logs.fault("letter", error, **facts)
        return
    logs.note("letter", **facts, trouble=type(error).__name__ if error else None)


def log_report(report: DeliveryReport) -> None:
    """Write down what a batch of letters did, in numbers alone."""
    logs.note("letters", sent=report.sent, put_off=report.retried, failed=report.failed, cancelled=report.cancelled)
