"""The choice of what a synthesis holds before it is downloaded: form, part, names, rows, wording, annexes."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectChoice, SelectField

from consult.actions.numbering import Asked
from consult.actions.preparing import acting
from consult.domain.synthesis_options import AnnexOf, ClauseText, Options, Proposal, SameWords
from consult.domain.terms import SynthesisForm
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.sections import outline_of
from consult.web import access
from consult.web.form_fields import AtMost, LineField, PageForm
from consult.web.moment_fields import NativeDayField
from consult.web.numbered_files import hand_out, hand_out_sheet
from consult.web.request import reader
from consult.web.words import WORDS

bp = Blueprint("synthesis_choice", __name__, url_prefix="/ban-lam-viec/<slug>/bang-tong-hop")
# Deeper places are reached by their heading; a list of every clause of a code would be no choice.
_DEEPEST, _LONGEST = 1, 90


class ChoiceForm(PageForm):
    """What is wanted; asked by GET, since it changes nothing."""

    class Meta(PageForm.Meta):
        """Without the token that only posted forms need."""

        csrf = False

    form = SelectField(
        _("Form of the synthesis"), choices=[SelectChoice(each.name, WORDS[each]) for each in SynthesisForm]
    )
    part = SelectField(_("What it covers"), default="")
    clause = SelectField(
        _("Words of the draft"),
        choices=[
            SelectChoice("", _("As the form has it")),
            SelectChoice(ClauseText.OPENING.name, _("The first words of the clause")),
            SelectChoice(ClauseText.FULL.name, _("The whole clause")),
        ],
    )
    proposal = SelectField(
        _("Proposed wording"),
        choices=[
            SelectChoice(Proposal.PASSAGE.name, _("The changed passage")),
            SelectChoice(Proposal.REDLINE.name, _("Struck out and put in")),
        ],
    )
    merged = BooleanField(_("The same words of several agencies in one row, all of them named"))
    nameless = BooleanField(_("Without the names of the agencies (they are numbered)"))
    asked = BooleanField(_("With an annex that lists every agency and what it answered"))
    annex = BooleanField(_("As an annex of a letter: “(Kèm theo Văn bản số … ngày … của …)”"))
    letter_number = LineField(_("Number of that letter"), [AtMost(100)])
    letter_date = NativeDayField(_("Day of that letter"))


@bp.get("/tai-ve")
@access.official_of_round
def choose(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show what can be chosen; with a choice made, hand the synthesis out, or its control sheet."""
    asked = "form" in request.args
    form = ChoiceForm(request.args if asked else None, form=facts.form.name)
    form.part.choices = _parts(facts)
    if asked and form.validate():
        wanted = Asked(facts, acting(official), _chosen(facts, form))
        return hand_out_sheet(wanted) if "phieu" in request.args else hand_out(wanted)
    return render_template(
        "desk/synthesis_choice.html", facts=facts, form=form, official=official
    ), 422 if asked else 200


def _chosen(facts: RoundFacts, form: ChoiceForm) -> Options:
    draft, _dot, anchor = (form.part.data or "0").partition(".")
    letter = AnnexOf(facts.lead_agency, form.letter_number.data or "", form.letter_date.day)
    return Options(
        form=SynthesisForm[form.form.data],
        clause_text=ClauseText[form.clause.data] if form.clause.data else None,
        draft=int(draft),
        anchor=anchor,
        names=not form.nameless.data,
        same=SameWords.MERGED if form.merged.data else SameWords.APART,
        proposal=Proposal[form.proposal.data],
        annex_of=letter if form.annex.data else None,
        asked=form.asked.data,
    )


def _parts(facts: RoundFacts) -> list[SelectChoice]:
    """Return the whole, each draft where there are several, and the upper places of each."""
    drafts = outline_of(reader(), facts.id)
    found = [SelectChoice("", gettext("The whole"))]
    for position, draft in enumerate(drafts, start=1):
        if len(drafts) > 1:
            found.append(SelectChoice(str(position), draft.title))
        for clause in draft.clauses:
            if clause.level <= _DEEPEST and not clause.in_frame:
                words = f"{clause.cited}: {clause.text}"[:_LONGEST]
                found.append(SelectChoice(f"{position}.{clause.anchor}", words))
    return found
