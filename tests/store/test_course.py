"""The week as the synthesis prints it: one sentence an act, with the letter of each."""

from datetime import date, timedelta

from consult.actions import adding, extending
from consult.actions.adding import Asking
from consult.actions.listing import store_agency
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.documents.folder_agencies import AgencyRow
from consult.documents.synthesis_forms import totals
from consult.store.database import reading, writing
from consult.store.queries.synthesis_rows import summary
from tests.builders import CLOSES, POLICE, Office

DAY = timedelta(days=1)


def test_the_synthesis_names_the_letters_of_the_week(anywhere: Office) -> None:
    round_id, now = anywhere.facts().id, anywhere.clock()
    letter = Grounds("Theo đề nghị của các huyện", "611/STTTT-BCVT", date(2020, 4, 24))
    with writing(anywhere.database) as session:
        store_agency(session, AgencyRow("stp", "Sở Tư pháp", "Sở TP", (), "sở", "", 1, None))
        extending.extend(session, COMMAND, round_id, CLOSES + 3 * DAY, letter, now)
        codes = {anywhere.address(POLICE).code}
        extending.extend_some(session, COMMAND, round_id, codes, CLOSES + 5 * DAY, Grounds("Xin thêm"), now)
        adding.add_agencies(session, COMMAND, round_id, Asking(("stp",)), letter, now)
    with reading(anywhere.database) as session:
        printed = totals(summary(session, anywhere.facts(), now))
    assert printed[-3:] == (
        "- Thời hạn gửi ý kiến được gia hạn đến hết Thứ Tư, 29/4/2020 (24 giờ 00)"
        " (tại Công văn số 611/STTTT-BCVT ngày 24/4/2020).",
        "- Thời hạn gửi ý kiến của Công an tỉnh được gia hạn đến hết Thứ Sáu, 01/5/2020 (24 giờ 00).",
        "- Lấy ý kiến bổ sung Sở Tư pháp (tại Công văn số 611/STTTT-BCVT ngày 24/4/2020).",
    )
