"""Beginning a consultation at the desk, filling it in, asking once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from consult.actions import loading, making, publishing
from consult.actions.loading import Loaded
from consult.domain.errors import AlreadyPublished, ReasonMissing, StaleVersion
from consult.domain.particulars import Asking, Matter
from consult.domain.terms import CommentsVisible, ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import HO_CHI_MINH, Window
from consult.store.consultations import Consultation, Round
from consult.store.database import reading, writing
from consult.store.journal import Entry
from consult.store.queries.making import asking_of, listed, matter_of, standing_of
from consult.store.queries.rounds import RoundFacts
from tests.builders import NEW_SLUG, OPENS, SLUG, Office, sample_folder

TITLE = "Quy chế quản lý dữ liệu dùng chung"


def begin(office: Office, title: str = TITLE, kind: ConsultationKind = ConsultationKind.ADMINISTRATIVE) -> str:
    official = office.official()
    with writing(office.database) as session:
        return making.begin(session, official, title, kind, office.clock())


def save(office: Office, facts: RoundFacts, matter: Matter | None = None, asking: Asking | None = None) -> None:
    official = office.official()
    with writing(office.database) as session:
        made = (matter or matter_of(facts), asking or asking_of(facts))
        making.save(session, official, facts, facts.version, *made, office.clock())


def acts(office: Office, round_id: int) -> Sequence[str]:
    with reading(office.database) as session:
        return session.scalars(select(Entry.act).where(Entry.round_id == round_id).order_by(Entry.number)).all()


def test_a_title_is_enough_and_the_rest_is_as_offices_have_it(anywhere: Office) -> None:
    slug = begin(anywhere)
    facts = anywhere.facts(slug)
    assert slug == "quy-che-quan-ly-du-lieu-dung-chung-2020"
    assert (facts.title, facts.kind, facts.form) == (
        TITLE,
        ConsultationKind.ADMINISTRATIVE,
        SynthesisForm.ADMINISTRATIVE,
    )
    assert (facts.readers, facts.silence, facts.number) == (Readers.INVITED, SilenceRule.NO_ANSWER, 1)
    assert facts.window == Window(OPENS, datetime(2020, 5, 11, 17, tzinfo=HO_CHI_MINH))
    assert facts.deadline_text == "trước 17 giờ 00 ngày 11/5/2020"
    assert facts.published_at is None
    assert acts(anywhere, facts.id) == ["begin"]


def test_what_stays_the_same_in_an_office_is_taken_from_its_last_consultation(office: Office) -> None:
    facts, sample = office.facts(begin(office)), office.facts()
    for name in ("issuing_authority", "superior_body", "place", "contact_phone", "contact_email", "signer_title"):
        assert getattr(facts, name) == getattr(sample, name)
    assert (facts.letter_number, facts.letter_date, facts.letter_subject) == ("", None, "")


def test_a_normative_document_gets_its_own_form(office: Office) -> None:
    assert office.facts(begin(office, kind=ConsultationKind.NORMATIVE)).form is SynthesisForm.QPPL


def test_one_title_three_times_makes_three_consultations(office: Office) -> None:
    slugs = [begin(office) for _ in range(3)]
    assert slugs == [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"]


def test_the_fields_are_stored_and_the_journal_names_what_changed(anywhere: Office) -> None:
    facts = anywhere.facts(begin(anywhere))
    asking = replace(asking_of(facts), deadline_text="trước ngày 30/4/2020", letter_number="9/CV")
    save(anywhere, facts, replace(matter_of(facts), title="Tên mới", readers=Readers.PUBLIC), asking)
    stands = anywhere.facts(facts.slug)
    assert (stands.title, stands.readers, stands.deadline_text, stands.letter_number) == (
        "Tên mới",
        Readers.PUBLIC,
        "trước ngày 30/4/2020",
        "9/CV",
    )
    assert stands.version == facts.version + 1
    with reading(anywhere.database) as session:
        told = session.scalars(select(Entry.particulars).where(Entry.act == "prepare")).one()
        row = session.scalars(select(Consultation).where(Consultation.slug == facts.slug)).one()
    assert '"changed": ["deadline_text", "letter_number", "readers", "title"]' in told
    assert row.comments_visible is CommentsVisible.NEVER


def test_somebody_who_saw_an_older_state_stores_nothing_and_is_shown_what_stands(anywhere: Office) -> None:
    facts = anywhere.facts(begin(anywhere))
    save(anywhere, facts, replace(matter_of(facts), place="Pleiku"))
    with pytest.raises(StaleVersion) as stale:
        save(anywhere, facts, replace(matter_of(facts), place="Kon Tum"))
    assert isinstance(stale.value.stored, RoundFacts)
    assert stale.value.stored.place == "Pleiku"
    assert anywhere.facts(facts.slug).place == "Pleiku"


def test_silence_as_agreement_needs_its_ground(office: Office) -> None:
    facts = office.facts(begin(office))
    agrees = replace(matter_of(facts), silence=SilenceRule.AGREES)
    with pytest.raises(ReasonMissing):
        save(office, facts, agrees)
    save(office, facts, replace(agrees, silence_ground="Công văn nêu: quá thời hạn được coi là thống nhất."))
    assert office.facts(facts.slug).silence is SilenceRule.AGREES


def test_a_published_round_is_not_changed(office: Office) -> None:
    with pytest.raises(AlreadyPublished):
        save(office, office.facts(), replace(matter_of(office.facts()), place="Pleiku"))


def test_a_round_of_a_folder_is_changed_too_and_loading_the_folder_again_leaves_it(office: Office) -> None:
    facts = office.prepare()
    save(office, facts, replace(matter_of(facts), place="Pleiku"))
    with writing(office.database) as session:
        matter = replace(sample_folder().matter, slug=NEW_SLUG)
        prepared = loading.prepare(replace(sample_folder(), matter=matter, digest="new"))
        assert loading.load(session, prepared, office.clock()) is Loaded.UNCHANGED
    assert office.facts(NEW_SLUG).place == "Pleiku"


def test_a_folder_loaded_meanwhile_shows_in_the_version(office: Office) -> None:
    seen = office.prepare()
    office.prepare(digest="newer")
    with pytest.raises(StaleVersion):
        save(office, seen)


def again(office: Office) -> RoundFacts:
    official = office.official()
    with writing(office.database) as session:
        return making.ask_again(session, official, office.facts(), office.clock())


def test_asking_again_brings_the_list_and_a_window_of_its_own(anywhere: Office) -> None:
    anywhere.clock.at = OPENS + timedelta(days=30)
    facts = again(anywhere)
    assert (facts.number, facts.round_label, facts.letter_number, facts.published_at) == (2, "Dự thảo lần 2", "", None)
    assert facts.window.opens_at == OPENS + timedelta(days=30)
    with reading(anywhere.database) as session:
        assert [each.name for each in listed(session, facts.id)][:2] == ["Công an tỉnh", "Sở Kế hoạch và Đầu tư"]
        assert len(listed(session, facts.id)) == 28
        assert standing_of(session, facts).matter_locked
    assert acts(anywhere, facts.id) == ["ask again"]


def test_asking_again_twice_is_asking_once(office: Office) -> None:
    assert again(office).id == again(office).id
    with reading(office.database) as session:
        assert len(session.scalars(select(Round.id)).all()) == 2


def test_the_consultation_of_a_published_round_keeps_what_its_letters_said(office: Office) -> None:
    facts = again(office)
    save(office, facts, asking=replace(asking_of(facts), letter_number="12/CV"))
    with pytest.raises(AlreadyPublished):
        save(office, office.facts(), replace(matter_of(facts), title="Tên khác"))
    assert office.facts().letter_number == "12/CV"


def test_a_second_round_is_published_on_its_own(office: Office) -> None:
    office.clock.at = OPENS + timedelta(days=30)
    again(office)
    with writing(office.database) as session:
        assert publishing.publish(session, SLUG, office.clock()).invited == 28
