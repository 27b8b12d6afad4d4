"""What an office prints instead of the house's words is kept for its kind of draft and its form, and nothing else."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import update

from consult.actions.synthesising import synthesise
from consult.domain.synthesis_options import Options
from consult.domain.terms import ConsultationKind, SynthesisForm
from consult.store.consultations import Consultation
from consult.store.database import reading, writing
from consult.store.queries.synthesis_rows import summary
from consult.store.synthesis_words import own_words, replace_words
from tests.builders import EDUCATION, POLICE, Office


def test_own_words_reach_the_synthesis_of_their_form_alone(anywhere: Office) -> None:
    facts, kind = anywhere.facts(), ConsultationKind.ADMINISTRATIVE
    with writing(anywhere.database) as session:
        replace_words(session, facts.lead_agency_id, kind, SynthesisForm.PRACTICE, {"head_body": "CƠ QUAN"})
        replace_words(session, facts.lead_agency_id, kind, SynthesisForm.BY_AGENCY, {"head_body": "TÊN"})
        replace_words(session, facts.lead_agency_id, kind, SynthesisForm.BY_AGENCY, {})
    with reading(anywhere.database) as session:
        found = {
            form: dict(summary(session, facts, anywhere.clock(), Options(form=form)).own) for form in SynthesisForm
        }
        assert own_words(session, facts.lead_agency_id, ConsultationKind.NORMATIVE, SynthesisForm.PRACTICE) == {}
    assert {form: own for form, own in found.items() if own} == {SynthesisForm.PRACTICE: {"head_body": "CƠ QUAN"}}


def test_a_consultation_may_have_each_form_and_every_form_is_written(anywhere: Office, tmp_path: Path) -> None:
    for agency in (POLICE, EDUCATION):
        grant = anywhere.grant(agency)
        for anchor in ("8.1", "", "2.2"):
            anywhere.comment(grant, anchor, "Đề nghị làm rõ.")
        anywhere.send(grant)
    for form in SynthesisForm:
        with writing(anywhere.database) as session:
            session.execute(update(Consultation).values(form=form))
        with reading(anywhere.database) as session:
            tally = synthesise(session, anywhere.facts(), tmp_path / "out.docx", anywhere.clock())
            facts = replace(anywhere.facts(), form=form)
            part = synthesise(session, facts, tmp_path / "part.docx", anywhere.clock(), Options(anchor="2"))
        assert (tally.rows, tally.bodies, part.rows) == (6, 2, 2)
