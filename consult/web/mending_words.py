"""The words of the mending table: why a place is doubtful, why an edit does not fit, what else a file holds.

It knows English msgids and the catalogue. What is doubted, refused or found is decided in ``domain``.
"""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from consult.domain.doubts import Doubt, Doubtful
from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Finding, Found
from consult.domain.hindrances import Unfit
from consult.domain.outline_nodes import NodeKind

KINDS: Mapping[NodeKind, str] = {
    NodeKind.PREAMBLE: lazy_gettext("opening paragraph"),
    NodeKind.HEADING: lazy_gettext("heading"),
    NodeKind.NUMBERED: lazy_gettext("numbered clause"),
    NodeKind.DASH: lazy_gettext("dash"),
    NodeKind.PLAIN: lazy_gettext("paragraph"),
    NodeKind.TABLE: lazy_gettext("table"),
    NodeKind.NOTE: lazy_gettext("footnote"),
    NodeKind.CLOSING: lazy_gettext("closing paragraph"),
    NodeKind.MASTHEAD: lazy_gettext("head of the document"),
    NodeKind.SUBJECT: lazy_gettext("subject"),
    NodeKind.RECIPIENTS: lazy_gettext("addressees (Kính gửi)"),
    NodeKind.DISTRIBUTION: lazy_gettext("distribution (Nơi nhận)"),
    NodeKind.SIGNATURE: lazy_gettext("signature"),
}

UNFIT: Mapping[Unfit, str] = {
    Unfit.GONE: lazy_gettext("This place is no longer there; look at the table as it stands now."),
    Unfit.NOTHING_BEFORE: lazy_gettext("Nothing stands before this place that it could be joined to."),
    Unfit.WHOLE: lazy_gettext(
        "A table or a footnote stays whole; it can be neither joined nor split, and has no label."
    ),
    Unfit.OTHER_PART: lazy_gettext("What stands before belongs to another text; join the two texts first."),
    Unfit.KIND: lazy_gettext("A table or a footnote can only become a paragraph or go to the frame."),
    Unfit.NO_LABEL: lazy_gettext("A clause of this kind bears a label; write its label instead."),
    Unfit.LABEL: lazy_gettext("Drafts use no such label. Write for example: Chương II, Điều 5., 1.1., a), đ), -"),
    Unfit.LEVEL: lazy_gettext("It cannot move further that way: nothing before it could hold it."),
    Unfit.NO_WORDS: lazy_gettext("There are no words on one side of the mark; put it inside the text."),
    Unfit.MARK: lazy_gettext("Put the mark || once, where the new clause begins."),
    Unfit.OTHER_WORDS: lazy_gettext("Only the mark || may be put in; the words of the draft are not changed here."),
}


def unreadable_told(refusal: UnreadableDraft) -> str:
    """Return why a file cannot be read, with its name and what to do."""
    return f"{refusal.name}: {_(refusal.fault.value).format(**refusal.details)}"


def doubt_told(doubtful: Doubtful) -> str:
    """Return the reason for a doubt as a sentence."""
    label, before = doubtful.label, doubtful.before
    told: Mapping[Doubt, str] = {
        Doubt.OUT_OF_ORDER: _("“%(label)s” does not come in order and was left in the text.", label=label),
        Doubt.DOUBLED: _("The label “%(label)s” stands twice.", label=label),
        Doubt.ALONE: _("The label “%(label)s” has no words.", label=label),
        Doubt.UNFINISHED: _("It begins with a small letter, and the sentence before it is not finished."),
        Doubt.OPEN_QUOTE: _("A quotation is opened and not closed here, or closed and not opened."),
    }
    if doubtful.doubt is not Doubt.GAP:
        return told[doubtful.doubt]
    if not before:
        return str(_("The numbering begins with “%(label)s”.", label=label))
    words = _(
        "“%(label)s” comes after “%(before)s”: something between them may be missing.", label=label, before=before
    )
    return str(words)


def finding_told(findings: Sequence[Finding]) -> str:
    """Return how many contents of one kind a file holds besides its words, and what was made of them."""
    what, count = findings[0].what, sum(each.count for each in findings)
    told: Mapping[Found, tuple[str, str]] = {
        Found.TRACKED_CHANGE: (
            ngettext("%(num)d tracked change", "%(num)d tracked changes", count),
            _("read as if accepted"),
        ),
        Found.COMMENT: (ngettext("%(num)d margin comment", "%(num)d margin comments", count), _("left out")),
        Found.PICTURE: (ngettext("%(num)d picture", "%(num)d pictures", count), _("left out")),
        Found.EQUATION: (ngettext("%(num)d equation", "%(num)d equations", count), _("read as plain characters")),
        Found.EMBEDDED_OBJECT: (
            ngettext("%(num)d embedded object", "%(num)d embedded objects", count),
            _("left out"),
        ),
        Found.HIDDEN_FILE: (
            ngettext("%(num)d embedded file that no page shows", "%(num)d embedded files that no page shows", count),
            _("left out"),
        ),
        Found.NAME: (
            ngettext("%(num)d name beside the text", "%(num)d names beside the text", count),
            _("of the author, of who changed or commented"),
        ),
        Found.HIDDEN_TEXT: (
            ngettext("%(num)d piece of hidden text", "%(num)d pieces of hidden text", count),
            _("read as text"),
        ),
    }
    number, made = told[what]
    return f"{number}: {made}"
