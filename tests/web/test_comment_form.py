"""A comment may be a wording alone; an empty one is given back with what to do."""

from http import HTTPStatus

from consult.store.database import reading
from consult.store.queries.own_answer import working_copy
from tests.builders import Office


def test_a_changed_wording_needs_no_content(office: Office) -> None:
    visitor = office.entered()
    code = office.address().code
    visitor.open(f"/gop-y/{code}/y-kien/moi?vi-tri=2.5")
    visitor.submit(visitor.form_with("content"), {"kind": "AMEND", "proposed_text": "Chủ trì thực hiện."})
    with reading(office.database) as session:
        (stored,) = working_copy(session, office.address().id)
    assert (stored.anchor, stored.content, stored.proposed_text) == ("2.5", "", "Chủ trì thực hiện.")


def test_a_comment_that_says_nothing_is_refused_and_given_back(office: Office) -> None:
    visitor = office.entered()
    code = office.address().code
    visitor.open(f"/gop-y/{code}/y-kien/moi?vi-tri=2.5")
    form = visitor.form_with("content")
    page = visitor.submit(form, {"reason": "Lý do còn đây."}, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Lý do còn đây." in page
    with reading(office.database) as session:
        assert working_copy(session, office.address().id) == ()
