"""Why a letter did not arrive, in plain words, in the reader's language."""

from flask_babel import lazy_gettext as _

from consult.domain.mail_trouble import Trouble, trouble_of

_SENTENCES = {
    Trouble.NO_ADDRESS: _("This is no e-mail address: correct it."),
    Trouble.CERTIFICATE: _("The certificate of the mail server is not good; the administrator has to look."),
    Trouble.FULL: _("The agency's mailbox is full: call the agency."),
    Trouble.NO_MAILBOX: _("There is no such mailbox: ask the agency for its address."),
    Trouble.NO_SERVER: _("The mail server of the agency cannot be found: look at the address."),
    Trouble.AGAINST_RULES: _("The mail server refused the letter by its rules; tell the administrator."),
    Trouble.TOO_LARGE: _("The letter is too large for the mail server."),
    Trouble.LATER: _("The mail server asked to try again later."),
    Trouble.REFUSED: _("The mail server refused the letter: look at the address, or call the agency."),
    Trouble.UNREACHABLE: _("The mail server could not be reached."),
    Trouble.UNKNOWN: _("The letter could not be delivered."),
}


def delivery_words(fault: str) -> str:
    """Return the sentence for what the record keeps of a fault; what is not known is called so."""
    return str(_SENTENCES[trouble_of(fault)])
