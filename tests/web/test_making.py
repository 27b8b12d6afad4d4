"""Making a consultation as an official meets it: typed words come back, moments as people write them, two at once."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from consult.domain.window import HO_CHI_MINH
from consult.server import publish_due
from consult.store.database import reading
from consult.store.queries.enclosures import enclosures
from consult.store.queries.preparing import drafts_with_files
from tests.builders import NEW_SLUG, OPENS, SLUG
from tests.documents.word_files import paragraph, word_file
from tests.web.cast import ENCLOSED, ENCLOSED_TITLE, OTHER_SLUG, Cast, Role
from tests.web.pages import Page
from tests.web.requests import particulars

DESK = "/ban-lam-viec"
PAGE = f"{DESK}/{NEW_SLUG}/thong-tin"


def save(cast: Cast, **changed: str) -> TestResponse:
    """Save the fields of the round in preparation, seeing its newest version."""
    version = str(cast.office.facts(NEW_SLUG).version)
    return cast.client(Role.OFFICIAL).post(PAGE, particulars(**{"version": version, **changed}))


def publish(cast: Cast, **changed: object) -> TestResponse:
    form = {
        "version": str(cast.office.facts(NEW_SLUG).version),
        "letter_number": "99/STTTT",
        "letter_date": "22/4/2020",
        "no_secret": "y",
        "when": "now",
    }
    return cast.client(Role.OFFICIAL).post(f"{DESK}/{NEW_SLUG}/cong-bo", {**form, **changed})


def test_a_title_begins_a_consultation_and_leads_to_its_page(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert "Tạo hồ sơ lấy ý kiến" in client.get(DESK).text
    answer = client.post(f"{DESK}/moi", {"title": "  Quy chế   số ", "kind": "NORMATIVE"})
    assert (answer.status_code, answer.location) == (303, f"{DESK}/quy-che-so-2020/thong-tin")
    page = client.get(answer.location).text
    assert "Còn thiếu 2 nội dung trước khi công bố" in page
    assert "Thêm tệp dự thảo." in page
    assert "Lập danh sách cơ quan được lấy ý kiến." in page


def test_a_title_that_is_missing_is_asked_for(cast: Cast) -> None:
    answer = cast.client(Role.OFFICIAL).post(f"{DESK}/moi", {"title": " \x0b ", "kind": "NORMATIVE"})
    assert answer.status_code == 422
    assert "Ghi tên hồ sơ: nội dung dự thảo cần lấy ý kiến." in answer.text
    chosen = [values["value"] for tag, values in Page(answer.text).tags if tag == "input" and "checked" in values]
    assert chosen == ["NORMATIVE"]


def test_all_fields_are_stored(cast: Cast) -> None:
    answer = save(
        cast,
        title="Tên mới",
        readers="INVITED",
        late_day="2020-04-29",
        late_time="17:00",
        letter_number="1/CV",
        requires_letter="y",
        contact_email="",
    )
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?xong=luu")
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.title, facts.readers.name, facts.letter_number, facts.contact_email) == (
        "Tên mới",
        "INVITED",
        "1/CV",
        "",
    )
    assert facts.window.late_until == datetime(2020, 4, 29, 17, tzinfo=HO_CHI_MINH)
    assert facts.requires_letter
    save(cast)
    assert not cast.office.facts(NEW_SLUG).requires_letter


def test_an_official_sees_how_the_letters_begin_before_adding_words(cast: Cast) -> None:
    save(cast, title="Quy chế mẫu", letter_number="1/CV", invitation_words="Lời thêm.")
    text = " ".join(Page(cast.client(Role.OFFICIAL).get(PAGE).text).text.split())
    sample = " ".join(cast.client(Role.OFFICIAL).get(f"{DESK}/{NEW_SLUG}/thu-mau/moi").text.split())
    begins = text.split("Thư mở đầu như sau: ")[1].split(" Nội dung bổ sung")[0]
    before, after = begins.split("[tên cơ quan]")
    assert "Tiếp theo Công văn số 1/CV" in before
    assert "góp ý đối với dự thảo “Quy chế mẫu”" in after
    assert before in sample
    assert after.split(" Ý kiến được gửi")[0] in sample
    assert "[tên cơ quan] góp ý đối với" in text.split("Thư nhắc mở đầu như sau: ")[1]
    assert "Đến [thời điểm gửi]," in text


@pytest.mark.parametrize("written", ["28/4/2020", "28-04-2020", "28.4.2020", "2020-04-28"])
@pytest.mark.parametrize("hour", ["17:30", "17h30", "17 giờ 30", "17:30:00"])
def test_a_moment_is_taken_as_people_write_it(cast: Cast, written: str, hour: str) -> None:
    assert save(cast, closes_day=written, closes_time=hour).status_code == 303
    assert cast.office.facts(NEW_SLUG).window.closes_at == datetime(2020, 4, 28, 17, 30, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"closes_day": "31/2/2020"}, "Không có ngày này trong lịch; kiểm tra lại ngày và tháng."),
        ({"closes_day": "mai"}, "27/4/2020"),
        ({"closes_day": ""}, "Ghi ngày kết thúc nhận ý kiến."),
        ({"closes_time": "25:00"}, "Ghi giờ theo dạng giờ:phút, ví dụ 17:00."),
        ({"closes_day": "2020-04-21", "closes_time": "08:00"}, "Thời điểm kết thúc phải sau thời điểm bắt đầu"),
        ({"late_day": "2020-04-26"}, "không được trước thời điểm kết thúc"),
        ({"silence": "AGREES"}, "Chỉ được coi không gửi ý kiến là thống nhất khi có căn cứ"),
        (
            {"contact_email": "không phải"},
            "Đây không phải là địa chỉ thư điện tử; đề nghị ghi một địa chỉ",
        ),
        ({"title": ""}, "Ghi tên hồ sơ: nội dung dự thảo cần lấy ý kiến."),
        ({"deadline_text": ""}, "Ghi thời hạn theo đúng câu chữ của công văn."),
    ],
)
def test_what_does_not_fit_is_told_and_every_typed_word_comes_back(
    cast: Cast, changed: dict[str, str], words: str
) -> None:
    before = cast.office.facts(NEW_SLUG)
    answer = save(cast, letter_subject="V/v vừa <gõ>", **changed)
    values = dict(Page(answer.text).values())
    assert answer.status_code == 422
    assert values["letter_subject"] == "V/v vừa <gõ>"
    for name, typed in changed.items():
        assert name not in values or name == "silence" or values[name] == typed
        shown = [each["type"] for tag, each in Page(answer.text).tags if tag == "input" and each.get("name") == name]
        assert typed != "mai" or shown == ["text"], "a browser's own field would not show it"
    assert words in answer.text
    assert cast.office.facts(NEW_SLUG) == before


def test_a_new_wording_sets_the_moment(cast: Cast) -> None:
    save(cast, deadline_text="chậm nhất ngày 29/4/2020")
    facts = cast.office.facts(NEW_SLUG)
    assert facts.window.closes_at == datetime(2020, 4, 30, tzinfo=HO_CHI_MINH)
    assert "đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in cast.client(Role.OFFICIAL).get(PAGE).text


def test_a_wording_without_a_day_leaves_the_moment(cast: Cast) -> None:
    save(cast, deadline_text="trong thời hạn 7 ngày")
    assert cast.office.facts(NEW_SLUG).window.closes_at == datetime(2020, 4, 27, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(
    ("do", "closes", "wording"),
    [
        ("wording", datetime(2020, 4, 27, tzinfo=HO_CHI_MINH), "trước ngày 27/4/2020"),
        ("moment", datetime(2020, 4, 29, 17, tzinfo=HO_CHI_MINH), "trước 17 giờ 00 ngày 29/4/2020"),
    ],
)
def test_wording_and_moment_that_disagree_are_both_shown_and_one_press_settles_it(
    cast: Cast, do: str, closes: datetime, wording: str
) -> None:
    apart = {"closes_day": "2020-04-29", "closes_time": "17:00"}
    save(cast, **apart)
    page = Page(cast.client(Role.OFFICIAL).get(PAGE).text).text
    assert (
        "“trước ngày 27/4/2020” có nghĩa là Thứ Hai, 27/4/2020, 00 giờ 00; "
        "thời điểm kết thúc đang đặt là Thứ Tư, 29/4/2020, 17 giờ 00." in page
    )
    save(cast, **apart, do=do)
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.window.closes_at, facts.deadline_text) == (closes, wording)


def test_a_last_day_on_a_weekend_is_pointed_out(cast: Cast) -> None:
    assert "Ngày cuối của thời hạn rơi vào thứ Bảy hoặc Chủ nhật." in cast.client(Role.OFFICIAL).get(PAGE).text
    save(cast, deadline_text="trước ngày 29/4/2020")
    assert "rơi vào thứ Bảy" not in cast.client(Role.OFFICIAL).get(PAGE).text


def test_two_officials_in_one_field_see_both_texts_and_choose(cast: Cast) -> None:
    seen = str(cast.office.facts(NEW_SLUG).version)
    save(cast, place="Pleiku", readers="INVITED")
    answer = save(cast, place="Kon Tum", version=seen)
    page = Page(answer.text)
    assert answer.status_code == 409
    assert "Pleiku" in page.text and "Kon Tum" in page.text
    assert "chỉ cơ quan, đơn vị được lấy ý kiến được đọc" in page.text and "mọi người được đọc" in page.text
    assert cast.office.facts(NEW_SLUG).place == "Pleiku"
    values = dict(page.values())
    assert (values["place"], values["version"]) == ("Kon Tum", str(cast.office.facts(NEW_SLUG).version))
    assert save(cast, place="Kon Tum", version=values["version"]).status_code == 303
    assert cast.office.facts(NEW_SLUG).place == "Kon Tum"


def test_a_second_round_locks_what_the_letters_of_the_first_said(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    cast.office.clock.at = OPENS + timedelta(days=1)
    answer = client.post(f"{DESK}/{SLUG}/dot-moi")
    assert answer.location == f"{DESK}/{SLUG}/thong-tin"
    page = client.get(answer.location)
    assert "Đã công bố đợt lấy ý kiến trước" in page.text
    assert 'name="title"' not in page.text.split('id="particulars"')[1]
    facts = cast.office.facts()
    form = particulars(version=str(facts.version), title="Tên khác", letter_number="7/CV", letter_date="")
    assert client.post(answer.location, form).status_code == 303
    assert (cast.office.facts().title, cast.office.facts().letter_number) == (facts.title, "7/CV")


def send_draft(cast: Cast, content: bytes, name: str = "quy-che.docx", **more: str) -> TestResponse:
    data = {"title": "Quy chế", "part": "Quy chế", "file": (BytesIO(content), name)}
    return cast.client(Role.OFFICIAL).post(f"{DESK}/{NEW_SLUG}/du-thao/them", data, headers=more)


def test_a_draft_is_added_and_leads_to_its_table(cast: Cast) -> None:
    answer = send_draft(cast, word_file(paragraph("1. Phạm vi.") + paragraph("2. Đối tượng.")))
    assert answer.location == f"{DESK}/{NEW_SLUG}/du-thao/2"
    answer = send_draft(cast, b"1. Ba.\n", "ba.txt", Accept="application/json")
    assert (answer.status_code, answer.json) == (
        422,
        {"what": "Đã có dự thảo khác mang tên phần này; đặt tên khác."},
    )
    with reading(cast.office.database) as session:
        assert [each.part for each in drafts_with_files(session, cast.office.facts(NEW_SLUG).id)] == [
            "thuyet_minh",
            "Quy chế",
        ]


def test_a_file_that_is_no_draft_is_refused_and_the_title_comes_back(cast: Cast) -> None:
    answer = send_draft(cast, b"\x89PNG....", "anh.docx")
    assert answer.status_code == 422
    assert "anh.docx: " in answer.text
    assert dict(Page(answer.text).values())["issuing_authority"] == "Ủy ban nhân dân tỉnh Gia Lai"
    assert dict(Page(answer.text).values())["part"] == "Quy chế"


def enclose(cast: Cast, content: bytes, title: str = "Bản so sánh", **more: str) -> TestResponse:
    data = {"title": title, "file": (BytesIO(content), "thu muc/so-sanh.pdf")}
    return cast.client(Role.OFFICIAL).post(f"{DESK}/{NEW_SLUG}/tai-lieu", data, headers=more)


def test_a_further_file_is_added_and_one_with_another_content_than_its_name_is_refused(cast: Cast) -> None:
    assert enclose(cast, b"%PDF-1.7\n").status_code == 303
    answer = enclose(cast, b"MZ\x90")
    assert answer.status_code == 422
    assert "so-sanh.pdf: chỉ nhận PDF, Word (.docx), Excel (.xlsx)" in answer.text
    assert enclose(cast, b"%PDF-1.7\n", title="").status_code == 422
    with reading(cast.office.database) as session:
        found = enclosures(session, cast.office.facts(NEW_SLUG).id)
    assert [(each.title, each.name) for each in found] == [
        (ENCLOSED_TITLE, "to-trinh.pdf"),
        ("Bản so sánh", "so-sanh.pdf"),
    ]


@pytest.mark.parametrize(
    ("role", "slug"), [(Role.VISITOR, SLUG), (Role.FOREIGN, OTHER_SLUG), (Role.OUTSIDER, OTHER_SLUG)]
)
def test_those_who_may_read_the_draft_get_its_further_files_as_attachments(cast: Cast, role: Role, slug: str) -> None:
    client = cast.client(role)
    page = client.get(f"/ho-so/{slug}").text
    for address in (f"/ho-so/{slug}/tai-lieu/1", f"/ho-so/{slug}/cong-van"):
        assert f'href="{address}"' in page
        answer = client.get(address)
        assert (answer.status_code, answer.data, answer.mimetype) == (200, ENCLOSED, "application/pdf")
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/ho-so/{slug}/tai-lieu/2").status_code == 404


def test_an_agency_finds_the_further_files_on_its_own_page(cast: Cast) -> None:
    assert f'href="/ho-so/{SLUG}/tai-lieu/1"' in cast.client(Role.SILENT).get(cast.page(Role.SILENT)).text


def test_publishing_needs_number_date_and_the_declaration(cast: Cast) -> None:
    for missing, words in (
        ({"letter_number": ""}, "Ghi số công văn."),
        ({"letter_date": ""}, "Ghi ngày công văn."),
        ({"letter_date": "23/4/2020"}, "Ngày công văn không thể sau ngày công bố."),
        ({"no_secret": ""}, "Xác nhận hồ sơ không chứa bí mật nhà nước"),
        ({"when": "later"}, "Ghi ngày, giờ chưa qua."),
        ({"when": "later", "at_day": "22/4/2020", "at_time": "08:00"}, "Ghi ngày, giờ chưa qua."),
        ({"file": (BytesIO(b"a scan"), "cv.pdf")}, "công văn đã ký phải là tệp PDF"),
    ):
        answer = publish(cast, **missing)
        assert answer.status_code == 422, missing
        assert words in answer.text
        if "letter_number" not in missing:
            assert dict(Page(answer.text).values())["letter_number"] == "99/STTTT"
    assert cast.office.facts(NEW_SLUG).published_at is None


def test_publishing_at_once_opens_the_round_and_hands_the_letter_on(cast: Cast) -> None:
    answer = publish(cast, file=(BytesIO(b"%PDF-1.7 signed"), "cv.pdf"))
    assert (answer.status_code, answer.location) == (303, f"{DESK}/{NEW_SLUG}")
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.published_at, facts.letter_number, facts.letter_date) == (
        cast.office.clock(),
        "99/STTTT",
        date(2020, 4, 22),
    )
    assert cast.client(Role.VISITOR).get(f"/ho-so/{NEW_SLUG}/cong-van").data == b"%PDF-1.7 signed"


def test_publishing_by_itself_is_shown_and_taken_back(cast: Cast) -> None:
    client, where = cast.client(Role.OFFICIAL), f"{DESK}/{NEW_SLUG}/cong-bo"
    assert publish(cast, when="later", at_day="23/4/2020", at_time="7h30").location == where
    for page in (where, PAGE):
        assert "Hồ sơ sẽ tự công bố vào Thứ Năm, 23/4/2020, 07 giờ 30." in client.get(page).text
    assert "tự công bố: Thứ Năm, 23/4/2020, 07 giờ 30" in client.get(DESK).text
    stale = client.post(f"{where}/huy", {"version": "1"})
    assert stale.status_code == 409
    assert dict(Page(stale.text).values())["letter_number"] == "99/STTTT"
    client.post(f"{where}/huy", {"version": str(cast.office.facts(NEW_SLUG).version)})
    assert "tự công bố" not in client.get(DESK).text


def test_why_a_round_was_not_published_by_itself_is_told(cast: Cast) -> None:
    publish(cast, when="later", at_day="23/4/2020", at_time="7h30")
    save(cast, letter_number="")
    assert publish_due(cast.office.database, cast.office.clock() + timedelta(days=2)) == 0
    client = cast.client(Role.OFFICIAL)
    for page in (PAGE, f"{DESK}/{NEW_SLUG}/cong-bo"):
        told = Page(client.get(page).text).text
        assert "Hồ sơ không công bố được vào thời điểm đã hẹn:" in told
        assert "Ghi lại số, ngày công văn rồi hẹn lại thời điểm công bố." in told
    assert "không công bố được vào thời điểm đã hẹn" in client.get(DESK).text


def test_whoever_saw_an_older_state_is_asked_to_look_again(cast: Cast) -> None:
    seen = str(cast.office.facts(NEW_SLUG).version)
    save(cast, place="Pleiku")
    answer = publish(cast, version=seen)
    assert answer.status_code == 409
    assert "Có người vừa thay đổi nội dung này." in answer.text
    assert dict(Page(answer.text).values())["letter_number"] == "99/STTTT"


def test_the_summary_says_who_gets_no_letter(cast: Cast) -> None:
    page = Page(cast.client(Role.OFFICIAL).get(f"{DESK}/{NEW_SLUG}/cong-bo").text).text
    assert "Ủy ban nhân dân huyện Ia Pa" in page
    assert "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" in page


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("moi", "đề nghị Công an tỉnh góp ý đối với dự thảo"),
        ("nhac", "trân trọng nhắc Công an tỉnh"),
        ("phieu", "xác nhận đã nhận được ý kiến của Công an tỉnh"),
        ("thoi-han", "gia hạn thời hạn gửi ý kiến của Công an tỉnh"),
        ("dinh-chinh", "đính chính dự thảo"),
        ("rut", "Đề nghị Công an tỉnh dừng việc góp ý"),
        ("ket-thuc", "đã kết thúc thời hạn lấy ý kiến"),
        ("ket-qua", "Ý kiến chung của Công an tỉnh"),
        ("hang-ngay", "Mới gửi (01)"),
        ("khong-gui-duoc", "Công an tỉnh"),
        ("sap-het-han", "sắp hết thời hạn"),
    ],
)
def test_each_letter_is_seen_as_it_will_look_and_its_link_leads_nowhere(cast: Cast, kind: str, words: str) -> None:
    client = cast.client(Role.OFFICIAL)
    assert words in client.get(f"{DESK}/{NEW_SLUG}/thu-mau?thu={kind}").text
    letter = client.get(f"{DESK}/{NEW_SLUG}/thu-mau/{kind}")
    assert words in letter.text
    assert "⟦" not in letter.text and "/moi/" not in letter.text
    assert "sandbox" in letter.headers["Content-Security-Policy"]


def test_a_letter_to_a_chosen_agency_names_the_clauses_about_it(cast: Cast) -> None:
    cast.office.prepare("ho-so-mau", digest="mau")
    client = cast.client(Role.OFFICIAL)
    assert "mục 2 (Công an tỉnh)" in client.get(f"{DESK}/ho-so-mau/thu-mau").text
    assert client.get(f"{DESK}/{NEW_SLUG}/thu-mau/khac").status_code == 404


OWN = "Đề nghị Quý cơ quan quan tâm Điều 5.\n\n⟦link:sign_in⟧ <b>in đậm</b>"


def test_the_offices_own_words_and_days_stand_in_the_letters_as_they_will_leave(cast: Cast) -> None:
    chosen = {"reminding": "chosen", "reminder_days": "5 và 2"}
    assert save(cast, invitation_words=OWN, reminder_words="Xin lưu ý thời hạn.", **chosen).status_code == 303
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.reminder_days, facts.invitation_words) == ((5, 2), OWN)
    client = cast.client(Role.OFFICIAL)
    page = client.get(PAGE).text
    assert ("reminder_days", "5, 2") in list(Page(page).values())
    invitation = client.get(f"{DESK}/{NEW_SLUG}/thu-mau/moi").text
    assert "Đề nghị Quý cơ quan quan tâm Điều 5." in invitation
    assert "[link:sign_in] &lt;b&gt;in đậm&lt;/b&gt;" in invitation
    assert "Xin lưu ý thời hạn." not in invitation
    assert "Xin lưu ý thời hạn." in client.get(f"{DESK}/{NEW_SLUG}/thu-mau/nhac").text


def test_the_letters_that_the_office_turns_on_stay_on_and_go_on_to_the_next_round(cast: Cast) -> None:
    assert save(cast, tells_close="y", gives_calendar="y").status_code == 303
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.tells_close, facts.gives_calendar) == (True, True)
    page = Page(cast.client(Role.OFFICIAL).get(PAGE).text)
    assert {"tells_close", "gives_calendar"} <= {name for name, _ in page.values()}
    assert save(cast, version="2").status_code == 303
    facts = cast.office.facts(NEW_SLUG)
    assert (facts.tells_close, facts.gives_calendar) == (False, False)


def test_words_of_a_length_that_no_letter_has_come_back(cast: Cast) -> None:
    answer = save(cast, invitation_words="ý " * 3001 + "hết")
    assert answer.status_code == 422
    assert "tối đa 6000 ký tự" in answer.text and "ý hết" in answer.text
