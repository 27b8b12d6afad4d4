"""Two officials hand in a form of one name at the same time: one of the two is in use, neither is lost."""

from consult.actions import templating
from consult.documents.template_starter import starter_template
from consult.store.database import connect, reading, writing
from consult.store.queries.door import OfficialGrant
from consult.store.queries.templates import templates_of
from tests.builders import OPENS, Office
from tests.racing import meet, race


def _keep(url: str, official: OfficialGrant, content: bytes) -> bool:
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            templating.keep(session, official, "Mẫu", None, ("mau.docx", content), OPENS)
        return True
    finally:
        database.dispose()


def test_one_of_two_forms_of_a_name_is_in_use(anywhere: Office) -> None:
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    official = anywhere.official()
    content = starter_template()
    assert race(_keep, (url, official, content), (url, official, content + b"x")) == [True, True]
    with reading(anywhere.database) as session:
        every = templates_of(session, official.lead_agency_id)
    assert len(every) == 2
    assert [each.superseded_at is None for each in every] == [True, False]
