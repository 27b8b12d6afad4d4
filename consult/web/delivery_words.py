"""Why a letter did not arrive, in plain words: a sentence for what mail servers say by number (RFC 3463, RFC 5321)."""

import re

from flask_babel import lazy_gettext as _

_SENTENCES = (
    (r"not an e-mail address", _("This is no e-mail address: correct it.")),
    (r"CERTIFICATE_VERIFY_FAILED", _("The certificate of the mail server is not good; the administrator has to look.")),
    (r"\b[45]\.2\.2\b|\b[45]52\b|full|quota", _("The agency's mailbox is full: call the agency.")),
    (r"\b[45]\.1\.[1236]\b|unknown|no such|not exist", _("There is no such mailbox: ask the agency for its address.")),
    (r"\b[45]\.1\.10?\b|\b[45]\.4\.[14]\b", _("The mail server of the agency cannot be found: look at the address.")),
    (
        r"\b[45]\.7\.\d+\b|spam|block|policy",
        _("The mail server refused the letter by its rules; tell the administrator."),
    ),
    (r"\b[45]\.3\.4\b|too (large|big)", _("The letter is too large for the mail server.")),
    (r"^4\d\d\b", _("The mail server asked to try again later.")),
    (r"^5\d\d\b", _("The mail server refused the letter: look at the address, or call the agency.")),
    (r"Timeout|Connection|Server|gaierror|SMTP|SSL|OSError", _("The mail server could not be reached.")),
)


def delivery_words(fault: str) -> str:
    """Return the sentence for what the record keeps of a fault; what is not known is called so."""
    for pattern, sentence in _SENTENCES:
        if re.search(pattern, fault, re.IGNORECASE):
            return str(sentence)
    return str(_("The letter could not be delivered."))
