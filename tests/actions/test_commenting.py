"""The working copy: saved, changed by two people, withdrawn, agreed to; asked of the window each time."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from consult.actions import commenting
from consult.actions.commenting import weigh
from consult.domain.answering import Words
from consult.domain.errors import NoAccess, NotFound, RoundClosed, RoundNotOpen, StaleVersion, TextTooLong
from consult.domain.terms import CommentKind
from consult.store.answers import Comment, Invitation
from consult.store.database import reading, writing
from consult.store.journal import verify
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, agreed_anchors, own_comment, working_copy
from consult.store.queries.places import Place, place_of
from tests.builders import CLOSES, EDUCATION, OPENS, Office

SLIP = "Lặp từ “mất mất”; đề nghị bỏ một từ."


def _place(office: Office, grant: AgencyGrant, anchor: str = "2.2") -> Place:
    with reading(office.database) as session:
        return place_of(session, grant.invitation_id, anchor)


def _words(content: str = SLIP, proposed: str = "", reason: str = "") -> Words:
    return Words(CommentKind.AMEND, content, proposed, reason)


def _save(office: Office, grant: AgencyGrant, key: str, words: Words, version: int, anchor: str = "2.2") -> int:
    typed = weigh(key, _place(office, grant, anchor), words, version)
    with writing(office.database) as session:
        return commenting.save_comment(session, grant, typed, office.clock())


def _stored(office: Office, grant: AgencyGrant, key: str) -> OwnComment | None:
    with reading(office.database) as session:
        return own_comment(session, grant.invitation_id, key)


def _agreed(office: Office, grant: AgencyGrant) -> frozenset[str]:
    with reading(office.database) as session:
        return agreed_anchors(session, grant.invitation_id)


def test_a_comment_is_kept_with_its_place_and_its_difference(anywhere: Office) -> None:
    grant, key = anywhere.grant(), uuid4().hex
    text = _place(anywhere, grant).text
    assert "mất mất an toàn" in text
    proposed = text.replace("mất mất", "mất")
    assert _save(anywhere, grant, key, _words(proposed=proposed, reason="Lỗi chính tả."), 0) == 1
    stored = _stored(anywhere, grant, key)
    assert stored is not None
    assert (stored.anchor, stored.cited, stored.version) == ("2.2", "mục 2.2 (Công an tỉnh)", 1)
    assert (stored.content, stored.proposed_text, stored.reason) == (SLIP, proposed, "Lỗi chính tả.")
    assert stored.redline
    assert stored.saved_at == OPENS


@pytest.mark.parametrize("blank", ["", " ", "\n", "\r\n"])
def test_a_proposed_wording_that_changes_nothing_is_none(office: Office, blank: str) -> None:
    grant = office.grant()
    place = _place(office, grant)
    typed = weigh("k", place, _words(proposed=place.text + blank), 0)
    assert (typed.words.proposed_text, typed.redline) == ("", "")


def test_a_text_is_taken_up_to_its_limit(office: Office) -> None:
    grant = office.grant()
    place = _place(office, grant)
    assert weigh("k", place, _words("ý" * 20_000), 0).words.content == "ý" * 20_000
    with pytest.raises(TextTooLong, match="20,001 characters; at most 20,000"):
        weigh("k", place, _words(reason="ý" * 20_001), 0)


def test_saving_again_raises_the_version(office: Office) -> None:
    grant, key = office.grant(), uuid4().hex
    assert _save(office, grant, key, _words("một"), 0) == 1
    assert _save(office, grant, key, _words("hai"), 1) == 2
    stored = _stored(office, grant, key)
    assert stored is not None
    assert stored.content == "hai"


def test_the_second_of_two_people_gets_the_first_ones_words(anywhere: Office) -> None:
    grant, key = anywhere.grant(), uuid4().hex
    _save(anywhere, grant, key, _words("nền"), 0)
    _save(anywhere, grant, key, _words("của người thứ nhất"), 1)
    with pytest.raises(StaleVersion) as stale:
        _save(anywhere, grant, key, _words("của người thứ hai"), 1)
    assert stale.value.version == 2
    assert isinstance(stale.value.stored, OwnComment)
    assert stale.value.stored.content == "của người thứ nhất"
    assert _save(anywhere, grant, key, _words("của cả hai"), 2) == 3


@pytest.mark.parametrize("version", [0, 1])
def test_saving_the_same_words_after_a_lost_reply_changes_nothing(office: Office, version: int) -> None:
    grant, key = office.grant(), uuid4().hex
    _save(office, grant, key, _words("một"), 0)
    assert _save(office, grant, key, _words("một"), version) == 1


def test_a_comment_stays_at_its_place(office: Office) -> None:
    grant, key = office.grant(), uuid4().hex
    _save(office, grant, key, _words("một"), 0)
    with pytest.raises(NotFound, match="belongs to another place"):
        _save(office, grant, key, _words("hai"), 1, anchor="2.3")


def test_a_withdrawn_comment_is_gone_from_the_working_copy_and_kept_in_the_record(office: Office) -> None:
    grant = office.grant()
    key = office.comment(grant)
    with writing(office.database) as session:
        commenting.withdraw_comment(session, grant, key, 1, OPENS)
    with reading(office.database) as session:
        assert working_copy(session, grant.invitation_id) == ()
        assert session.scalars(select(Comment.withdrawn_at).where(Comment.key == key)).all() == [OPENS]
    with pytest.raises(NotFound), writing(office.database) as session:
        commenting.withdraw_comment(session, grant, key, 2, OPENS)
    with pytest.raises(NotFound, match="withdrawn meanwhile; copy what you typed"):
        _save(office, grant, key, _words("hai"), 1)


def test_withdrawing_what_somebody_changed_is_refused(office: Office) -> None:
    grant, key = office.grant(), uuid4().hex
    _save(office, grant, key, _words("một"), 0)
    _save(office, grant, key, _words("hai"), 1)
    with pytest.raises(StaleVersion), writing(office.database) as session:
        commenting.withdraw_comment(session, grant, key, 1, OPENS)


def test_another_agency_reaches_neither_the_words_nor_the_key(office: Office) -> None:
    key = office.comment(office.grant(), content="của Công an tỉnh")
    other = office.grant(EDUCATION)
    assert _stored(office, other, key) is None
    for version in (0, 1):
        with pytest.raises(NotFound):
            _save(office, other, key, _words("của Sở"), version)
    with pytest.raises(NotFound), writing(office.database) as session:
        commenting.withdraw_comment(session, other, key, 1, OPENS)


def test_agreeing_leaves_out_what_was_commented_on(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant, "2.2")
    anywhere.agree(grant, "2", "2.1", "2.2", "2.3")
    anywhere.agree(grant, "2.3", "2.4")
    assert _agreed(anywhere, grant) == {"2", "2.1", "2.3", "2.4"}


def test_a_comment_takes_the_agreement_on_its_place_away(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.agree(grant, "2.2", "2.3")
    anywhere.comment(grant, "2.2")
    anywhere.comment(grant, "")
    assert _agreed(anywhere, grant) == {"2.3"}


def test_an_agreement_can_be_taken_back(office: Office) -> None:
    grant = office.grant()
    office.agree(grant, "2.2", "2.3")
    with writing(office.database) as session:
        commenting.disagree(session, grant, (_place(office, grant, "2.3").id,), OPENS)
    assert _agreed(office, grant) == {"2.2"}


def test_one_agencys_agreement_is_not_anothers(office: Office) -> None:
    office.agree(office.grant(), "2.2")
    assert _agreed(office, office.grant(EDUCATION)) == frozenset()


def test_saving_is_no_act_for_the_journal(office: Office) -> None:
    grant = office.grant()
    with reading(office.database) as session:
        before = verify(session).entries
    office.comment(grant)
    office.agree(grant, "2.3")
    with reading(office.database) as session:
        assert verify(session).entries == before


def test_nothing_is_taken_before_the_opening_or_from_the_close_on(office: Office) -> None:
    grant = office.grant()
    key = office.comment(grant)
    for moment, refusal in ((office.facts().window.opens_at.replace(year=2019), RoundNotOpen), (CLOSES, RoundClosed)):
        office.clock.at = moment
        with pytest.raises(refusal):
            office.comment(grant, "2.3")
        with pytest.raises(refusal):
            office.agree(grant, "2.4")
        with pytest.raises(refusal), writing(office.database) as session:
            commenting.withdraw_comment(session, grant, key, 1, moment)
        with pytest.raises(refusal), writing(office.database) as session:
            commenting.disagree(session, grant, (), moment)
    with reading(office.database) as session:
        assert [comment.key for comment in working_copy(session, grant.invitation_id)] == [key]


def test_a_revoked_link_stores_nothing_more(anywhere: Office) -> None:
    grant = anywhere.grant()
    with writing(anywhere.database) as session:
        session.execute(update(Invitation).where(Invitation.id == grant.invitation_id).values(generation=2))
    with pytest.raises(NoAccess, match="revoked"):
        anywhere.comment(grant)
    assert anywhere.comment(grant._replace(generation=2))
