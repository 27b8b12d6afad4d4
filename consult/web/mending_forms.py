"""The forms of the mending table, and the edit that a pressed button means."""

from collections.abc import Callable, Mapping

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.widgets import HiddenInput

from consult.actions.mending import Workbench
from consult.domain import edits
from consult.domain.edits import Edit
from consult.domain.errors import CannotMend, NotFound
from consult.domain.hindrances import Unfit
from consult.domain.mending_texts import offset_marked
from consult.domain.outline_entries import At, Entry
from consult.domain.outline_nodes import NodeKind
from consult.web.form_fields import PageForm, seen_number
from consult.web.mending_words import KINDS

BY_HAND = (
    NodeKind.HEADING,
    NodeKind.NUMBERED,
    NodeKind.PLAIN,
    NodeKind.PREAMBLE,
    NodeKind.CLOSING,
    NodeKind.MASTHEAD,
    NodeKind.SUBJECT,
    NodeKind.RECIPIENTS,
    NodeKind.DISTRIBUTION,
    NodeKind.SIGNATURE,
)


class ChangeForm(PageForm):
    """A change of the draft as a whole; ``version`` is the one that was on the screen."""

    version = seen_number()


class FileForm(ChangeForm):
    """A file to put in place of the draft's."""

    file = FileField(_("File of the draft"), [FileRequired(_("Choose the file that holds the draft."))])


class EditForm(ChangeForm):
    """One edit of one entry: which button was pressed, and what its field holds."""

    at = StringField(widget=HiddenInput())
    do = StringField(widget=HiddenInput())
    label = StringField(_("Label"))
    kind = SelectField(_("Kind"), choices=[SelectChoice(kind.name, KINDS[kind]) for kind in BY_HAND])
    marked = TextAreaField(_("Text"))
    offset = IntegerField(widget=HiddenInput(), default=0)

    def edit(self, bench: Workbench) -> Edit:
        """Return the edit that is asked for.

        Raises:
            NotFound: the form is not one of ours.
            CannotMend: what was typed in it is no edit of that entry.
        """
        asked = self.do.data or ""
        if asked == "confirm-labels":
            return edits.TrustLabels()
        at = at_of(self.at.data or "")
        if asked in _SIMPLE:
            return _SIMPLE[asked](at)
        if asked == "label":
            return edits.Relabel(at, self.label.data or "")
        if asked == "kind":
            return edits.SetKind(at, self._kind())
        if asked == "split":
            return edits.Split(at, offset_marked(_entry(bench, at).text, self.marked.data or ""))
        if asked == "split-at":
            return edits.Split(at, self.offset.data or 0)
        raise NotFound("there is no such edit")

    def _kind(self) -> NodeKind:
        if self.kind.data not in {kind.name for kind in BY_HAND}:
            raise NotFound("there is no such kind")
        return NodeKind[self.kind.data]


_SIMPLE: Mapping[str, Callable[[At], Edit]] = {
    "join": edits.Join,
    "aside": edits.SetAside,
    "back": edits.BringBack,
    "begin-part": edits.BeginPart,
    "join-part": edits.JoinPart,
    "trust": edits.Trust,
    "in": lambda at: edits.Shift(at, 1),
    "out": lambda at: edits.Shift(at, -1),
}


def at_told(at: At) -> str:
    """Return an entry's address as forms and addresses carry it."""
    return f"{at.part}|{at.paragraph}|{at.start}"


def at_of(told: str) -> At:
    """Read what ``at_told`` wrote. Raises NotFound for anything else."""
    part, _, rest = told.partition("|")
    paragraph, _, start = rest.partition("|")
    if not (paragraph.isdecimal() and start.isdecimal() and len(rest) < 30):
        raise NotFound("there is no such place")
    return At(part, int(paragraph), int(start))


def _entry(bench: Workbench, at: At) -> Entry:
    for entry in bench.mended.reading.entries:
        if entry.at == at:
            return entry
    raise CannotMend(Unfit.GONE, "there is no such place in the draft (any more)")
