"""A round of the sample with answers of every kind, responses to them, and its result made public."""

from datetime import date

from consult.actions import concluding, responding
from consult.actions.concluding import Approval, Conclusion
from consult.actions.responding import Answered
from consult.domain.terms import Disposition, Stance
from consult.store.database import reading, writing
from consult.store.queries.desk import DeskComment, agreed_wording, comments_in_force
from consult.store.queries.door import OfficialGrant
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office

PLANNING = "Sở Kế hoạch và Đầu tư"
APPROVAL = Approval("Lê Văn Duyệt Mẫu", "Giám đốc", date(2020, 4, 28), "600/STTTT-BCVT", date(2020, 4, 28))
KEPT = "Giữ nguyên như dự thảo. Lý do: đã thống nhất."


def answer_all_ways(office: Office) -> None:
    """Let one agency comment on two places, one propose a wording, one agree; the others stay silent."""
    police = office.grant(POLICE)
    office.comment(police, "2.2", "Đề nghị bỏ từ lặp.")
    office.comment(police, "", "Đề nghị rà soát thể thức.")
    office.send(police, Stance.DISAGREES, "45/CAT")
    planning = office.grant(PLANNING)
    office.comment(planning, "2.2", "", proposed_text="Câu đã viết lại", reason="Cho rõ nghĩa")
    office.send(planning)
    office.send(office.grant(EDUCATION), Stance.AGREES)


def _official(office: Office) -> OfficialGrant:
    """Return somebody of the lead agency, whatever it is called by now."""
    return office.official("ketluan@stttt.example", office.facts().lead_agency)


def in_force(office: Office) -> tuple[DeskComment, ...]:
    """Return the comments in force."""
    with reading(office.database) as session:
        return comments_in_force(session, office.facts().id)


def respond(office: Office, comment: DeskComment, sentence: str = KEPT) -> None:
    """Answer one comment."""
    with reading(office.database) as session:
        agreed = agreed_wording(session, comment.clause_id)
    stands = (comment.response_version, agreed.text, agreed.version)
    answered = Answered(comment.key, comment.words, Disposition.NOT_ACCEPTED, sentence, *stands)
    official = _official(office)
    with writing(office.database) as session:
        responding.respond(session, official, office.facts(), answered, office.clock())


def all_answered(office: Office) -> None:
    """Have every agency's answer in and every comment answered, and the clock at the close."""
    office.clock.at = OPENS
    answer_all_ways(office)
    for comment in in_force(office):
        respond(office, comment)
    office.clock.at = CLOSES


def conclude(office: Office, approval: Approval = APPROVAL, *, letters: bool = False) -> Conclusion:
    """Make the result public at the office's clock."""
    official = _official(office)
    with writing(office.database) as session:
        return concluding.conclude(session, official, office.facts(), approval, office.clock(), letters=letters)
