"""The office answers: with its reason, for the words it read, one official at a time, in its own consultations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from consult.actions import commenting, responding
from consult.actions.commenting import weigh
from consult.actions.responding import Answered
from consult.domain.answering import Words
from consult.domain.errors import NoAccess, NotFound, ReasonMissing, StaleVersion
from consult.domain.terms import CommentKind, Disposition
from consult.store.database import connect, reading, writing
from consult.store.queries.board import Work, work
from consult.store.queries.desk import Agreed, DeskComment, agreed_wording, comment_in_force
from consult.store.queries.door import AgencyGrant, OfficialGrant
from consult.store.queries.places import place_of
from consult.store.queries.rounds import RoundFacts
from tests.builders import EDUCATION, OPENS, Office
from tests.racing import meet, race

ROUNDS = 15
THANKS = "Tiếp thu, đã sửa trong dự thảo."


def _in_force(office: Office, key: str) -> DeskComment:
    with reading(office.database) as session:
        return comment_in_force(session, office.facts().id, key)


def _wording(office: Office, key: str) -> Agreed:
    with reading(office.database) as session:
        return agreed_wording(session, _in_force(office, key).clause_id)


def _answered(comment: DeskComment, disposition: Disposition, sentence: str = "", agreed: str = "") -> Answered:
    return Answered(comment.key, comment.words, disposition, sentence, comment.response_version, agreed, 0)


def _respond(office: Office, official: OfficialGrant, answered: Answered) -> DeskComment:
    with writing(office.database) as session:
        return responding.respond(session, official, office.facts(), answered, office.clock())


def _work(office: Office) -> Work:
    with reading(office.database) as session:
        return work(session, office.facts().id)


def _sent_comment(office: Office, grant: AgencyGrant, anchor: str = "2.2") -> str:
    key = office.comment(grant, anchor)
    office.send(grant)
    return key


def _change(office: Office, grant: AgencyGrant, key: str, version: int, content: str) -> None:
    with reading(office.database) as session:
        place = place_of(session, grant.invitation_id, "2.2")
    typed = weigh(key, place, Words(CommentKind.AMEND, content, "", ""), version)
    with writing(office.database) as session:
        commenting.save_comment(session, grant, typed, office.clock())
    office.send(grant)


def test_a_response_counts(anywhere: Office) -> None:
    key = _sent_comment(anywhere, anywhere.grant())
    official = anywhere.official()
    assert _work(anywhere) == Work(comments=1, unanswered=1)
    _respond(anywhere, official, _answered(_in_force(anywhere, key), Disposition.ACCEPTED, THANKS))
    assert _work(anywhere) == Work(comments=1, unanswered=0)
    found = _in_force(anywhere, key)
    assert (found.disposition, found.sentence, found.response_version) == (Disposition.ACCEPTED, THANKS, 1)
    assert (found.answered, found.changed, found.answered_at) == (True, False, OPENS)


@pytest.mark.parametrize("disposition", list(Disposition))
def test_a_reason_is_required_where_the_office_does_not_simply_follow(office: Office, disposition: Disposition) -> None:
    key = _sent_comment(office, office.grant())
    answered = _answered(_in_force(office, key), disposition)
    if disposition in (Disposition.PARTLY_ACCEPTED, Disposition.NOT_ACCEPTED):
        with pytest.raises(ReasonMissing, match="needs the sentence to print"):
            _respond(office, office.official(), answered)
        assert _work(office).unanswered == 1
    else:
        _respond(office, office.official(), answered)
        assert _work(office).unanswered == 0


def test_unchanged_words_carry_the_answer_to_the_next_version(anywhere: Office) -> None:
    grant = anywhere.grant()
    key = _sent_comment(anywhere, grant)
    _respond(anywhere, anywhere.official(), _answered(_in_force(anywhere, key), Disposition.ACCEPTED, THANKS))
    anywhere.comment(grant, "2.3")
    anywhere.send(grant)
    assert _work(anywhere) == Work(comments=2, unanswered=1)
    assert _in_force(anywhere, key).answered


def test_changed_words_do_not_count_until_they_are_confirmed(anywhere: Office) -> None:
    grant, official = anywhere.grant(), anywhere.official()
    key = _sent_comment(anywhere, grant)
    _respond(anywhere, official, _answered(_in_force(anywhere, key), Disposition.ACCEPTED, THANKS))
    _change(anywhere, grant, key, 1, "Đề nghị bỏ cả câu.")
    found = _in_force(anywhere, key)
    assert (found.changed, found.answered, found.sentence) == (True, False, THANKS)
    assert _work(anywhere) == Work(comments=1, unanswered=1)
    _respond(anywhere, official, _answered(found, Disposition.NOT_ACCEPTED, "Giữ nguyên như dự thảo."))
    found = _in_force(anywhere, key)
    assert (found.changed, found.answered, found.response_version) == (False, True, 2)


def test_words_changed_while_the_official_wrote_are_shown_first(office: Office) -> None:
    grant, official = office.grant(), office.official()
    key = _sent_comment(office, grant)
    read = _in_force(office, key)
    _change(office, grant, key, 1, "Đề nghị bỏ cả câu.")
    with pytest.raises(StaleVersion, match="the agency sent other words meanwhile") as stale:
        _respond(office, official, _answered(read, Disposition.ACCEPTED, THANKS))
    assert isinstance(stale.value.stored, DeskComment)
    assert stale.value.stored.content == "Đề nghị bỏ cả câu."


def test_the_second_of_two_officials_sees_the_first_ones_answer(office: Office) -> None:
    key = _sent_comment(office, office.grant())
    read = _in_force(office, key)
    _respond(office, office.official(), _answered(read, Disposition.ACCEPTED, THANKS))
    with pytest.raises(StaleVersion, match="a colleague answered meanwhile") as stale:
        _respond(office, office.official("khac@stttt.example"), _answered(read, Disposition.NOTED, "Ghi nhận."))
    assert stale.value.version == 1
    assert _in_force(office, key).sentence == THANKS


def test_a_clause_has_one_agreed_wording(anywhere: Office) -> None:
    official = anywhere.official()
    police, education = _sent_comment(anywhere, anywhere.grant()), _sent_comment(anywhere, anywhere.grant(EDUCATION))
    first = _answered(_in_force(anywhere, police), Disposition.ACCEPTED, agreed="Câu đã sửa.")
    _respond(anywhere, official, first)
    assert _wording(anywhere, police) == _wording(anywhere, education) == Agreed("Câu đã sửa.", 1)
    second = _answered(_in_force(anywhere, education), Disposition.ACCEPTED, agreed="Câu khác.")
    with pytest.raises(StaleVersion, match="a colleague fixed the wording meanwhile"):
        _respond(anywhere, official, second)
    assert not _in_force(anywhere, education).answered
    _respond(anywhere, official, replace(second, agreed_version=1))
    assert _wording(anywhere, police) == Agreed("Câu khác.", 2)


def test_an_answer_that_leaves_the_wording_as_it_stands_needs_not_know_it(office: Office) -> None:
    official = office.official()
    police, education = _sent_comment(office, office.grant()), _sent_comment(office, office.grant(EDUCATION))
    _respond(office, official, _answered(_in_force(office, police), Disposition.ACCEPTED, agreed="Câu đã sửa."))
    _respond(office, official, _answered(_in_force(office, education), Disposition.NOTED, agreed="Câu đã sửa."))
    assert _wording(office, education) == Agreed("Câu đã sửa.", 1)


def test_a_comment_on_the_whole_has_no_wording(office: Office) -> None:
    key = _sent_comment(office, office.grant(), "")
    _respond(office, office.official(), _answered(_in_force(office, key), Disposition.NOTED, agreed="không có chỗ"))
    assert _wording(office, key) == Agreed("", 0)


def test_an_official_of_another_lead_agency_is_refused(office: Office) -> None:
    key = _sent_comment(office, office.grant())
    stranger = office.official("la@sotuphap.example", "Sở Tư pháp")
    with pytest.raises(NoAccess, match="another lead agency"):
        _respond(office, stranger, _answered(_in_force(office, key), Disposition.ACCEPTED, THANKS))
    assert _work(office).unanswered == 1


def test_what_was_recalled_is_answered_no_more(office: Office) -> None:
    grant = office.grant()
    key = _sent_comment(office, grant)
    read = _in_force(office, key)
    office.comment(grant, "2.3")
    with writing(office.database) as session:
        commenting.withdraw_comment(session, grant, key, 1, OPENS)
    office.send(grant)
    with pytest.raises(NotFound):
        _respond(office, office.official(), _answered(read, Disposition.ACCEPTED, THANKS))


def _answer_together(url: str, official: OfficialGrant, facts: RoundFacts, key: str, who: str) -> int:
    """Answer one comment again and again at the same moment as a colleague; count the conflicts."""
    database, conflicts = connect(url), 0
    for number in range(ROUNDS):
        with reading(database) as session:
            read = comment_in_force(session, facts.id, key)
        meet()
        try:
            answered = _answered(read, Disposition.NOTED, f"{who} {number}", f"câu {who} {number}")
            with writing(database) as session:
                stands = agreed_wording(session, read.clause_id)
                at = OPENS + timedelta(minutes=number)
                responding.respond(session, official, facts, replace(answered, agreed_version=stands.version), at)
        except StaleVersion:
            conflicts += 1
        meet()
    database.dispose()
    return conflicts


def test_two_officials_at_once_lose_nothing(anywhere: Office) -> None:
    key = _sent_comment(anywhere, anywhere.grant())
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    shared = (anywhere.facts(), key)
    first, second = anywhere.official(), anywhere.official("khac@stttt.example")
    conflicts = race(_answer_together, (url, first, *shared, "A"), (url, second, *shared, "B"))
    assert sum(conflicts) == ROUNDS
    assert _in_force(anywhere, key).response_version == ROUNDS
    assert _wording(anywhere, key).version == ROUNDS
