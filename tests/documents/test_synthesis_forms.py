"""The words of the synthesis, in both forms: what stands above the table, in it and below."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from consult.documents.synthesis_forms import draft_caption
from consult.domain.synthesis import Body
from consult.domain.terms import Channel, SilenceRule, Stance, SynthesisForm
from tests.documents.written import HEADS, assert_valid, cells, paragraphs, part, table_of, written
from tests.synthesis_samples import DOUBLED_WORD, IA_PA, OPINIONS, POLICE, SUMMARY

SIGNED = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\n\n"


def test_an_administrative_synthesis_in_its_words(tmp_path: Path) -> None:
    assert paragraphs(written(tmp_path)) == [
        "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
        "ĐỐI VỚI DỰ THẢO VĂN BẢN TĂNG CƯỜNG QUẢN LÝ DỊCH VỤ INTERNET",
        "Sở Thông tin và Truyền thông đã có Công văn số 532/STTTT-BCVT ngày 21/4/2020 lấy ý kiến 07 cơ quan, đơn vị"
        " đối với dự thảo văn bản tăng cường quản lý dịch vụ Internet. Kết quả như sau:",
        "1. Tổng số cơ quan, đơn vị được lấy ý kiến: 07 đơn vị.",
        "- Tổng số văn bản góp ý nhận được: 05 văn bản (trong đó 01 văn bản gửi sau thời hạn);"
        " 01 đơn vị đã gửi ý kiến, chờ văn bản chính thức.",
        "- Tổng số ý kiến góp ý: 04 ý kiến.",
        "2. Kết quả cụ thể như sau:",
        "2.1. Đơn vị thống nhất với nội dung dự thảo: 02 đơn vị, gồm:",
        "- Tỉnh đoàn Gia Lai (Công văn số 1046-CV/TĐTN-TG ngày 05/02/2020);",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân thị xã An Khê"
        " (Công văn số 512/UBND-VX ngày 28/4/2020, gửi sau thời hạn).",
        "2.2. Đơn vị không có ý kiến hoặc nội dung không thuộc chức năng, nhiệm vụ: 01 đơn vị, gồm:",
        "- Sở Giáo dục và Đào tạo (chờ văn bản chính thức).",
        "2.3. Đơn vị đóng góp ý kiến cho dự thảo: 03 đơn vị, gồm:",
        "- Công an tỉnh (Công văn số 1127/CAT-PA05 ngày 24/4/2020);",
        "- Sở Kế hoạch và Đầu tư (Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020);",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân thành phố Pleiku"
        " (Công văn số 864/UBND ngày 22/4/2020).",
        "2.4. Đơn vị không gửi văn bản góp ý: 01 đơn vị, gồm:",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân huyện Ia Pa.",
        "Đơn vị không gửi văn bản góp ý không được tính là thống nhất với nội dung dự thảo.",
        "2.5. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
    ]


def test_the_head_of_the_document(tmp_path: Path) -> None:
    head = written(tmp_path).tables[0]
    assert head.cell(0, 0).text.strip() == "UBND TỈNH GIA LAI\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert head.cell(0, 1).text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert head.cell(1, 1).text == "Gia Lai, ngày … tháng … năm …"


def test_the_table_in_its_words(tmp_path: Path) -> None:
    assert cells(table_of(written(tmp_path))) == [
        HEADS,
        [
            "Ý kiến chung",
            "Ủy ban nhân dân thành phố Pleiku\n(Công văn số 864/UBND ngày 22/4/2020)",
            "Đề nghị bổ sung thời hạn báo cáo.\nLý do: Để có cơ sở đôn đốc.",
            "Tiếp thu, bổ sung vào đoạn kết.",
        ],
        [
            "Mục 2.2 (Công an tỉnh)\n“Đẩy mạnh công tác nắm tình hình…”",
            "Công an tỉnh\n(Công văn số 1127/CAT-PA05 ngày 24/4/2020)",
            "Cụm từ “mất mất an toàn” thừa một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”.\n"
            "Lý do: Lỗi chính tả.",
            "Tiếp thu.",
        ],
        [
            "",
            "Sở Kế hoạch và Đầu tư\n(Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020)",
            "Bỏ một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”.\nLý do: Lỗi chính tả.",
            "Tiếp thu.",
        ],
        [
            "Đoạn 1 mục 7 (Sở Kế hoạch và Đầu tư)",
            "Sở Kế hoạch và Đầu tư\n(Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020)",
            "Đề nghị làm rõ.",
            "Chưa có ý kiến tiếp thu, giải trình",
        ],
        [SIGNED],
    ]


def test_the_normative_form_has_its_law_sentence_and_the_same_heads(tmp_path: Path) -> None:
    summary = replace(SUMMARY, form=SynthesisForm.QPPL, subject="dự thảo Quyết định ban hành Quy chế tiếp công dân")
    document = written(tmp_path, summary)
    lines = paragraphs(document)
    assert lines[:4] == [
        "BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
        "ĐỐI VỚI DỰ THẢO QUYẾT ĐỊNH BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật, Sở Thông tin và Truyền thông đã tổ chức lấy ý kiến góp ý,"
        " phản biện xã hội đối với dự thảo Quyết định ban hành Quy chế tiếp công dân. Kết quả như sau:",
        "1. Tổng số 07 cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý, phản biện xã hội và tổng số 04 ý kiến"
        " nhận được.",
    ]
    assert cells(table_of(document))[0] == HEADS


def test_words_of_the_law_stay_out_of_the_administrative_form(tmp_path: Path) -> None:
    written(tmp_path)
    xml = part(tmp_path)
    for word in ("phản biện", "Căn cứ Luật", "THỦ TRƯỞNG CƠ QUAN", "Mẫu số", "PHẢN BIỆN"):
        assert word not in xml


def test_a_provisional_table_says_up_to_when_and_who_is_still_missing(tmp_path: Path) -> None:
    moment = datetime(2020, 4, 24, 2, 5, tzinfo=UTC)
    lines = paragraphs(written(tmp_path, replace(SUMMARY, provisional_at=moment)))
    assert lines[:2] == [
        "BẢNG TẠM TỔNG HỢP (tính đến 09 giờ 05 ngày 24/4/2020)",
        "Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
    ]
    assert "2.4. Đơn vị chưa gửi văn bản góp ý: 01 đơn vị, gồm:" in lines
    assert not any("được tính" in line for line in lines)


def test_silence_that_agrees_says_so_and_why(tmp_path: Path) -> None:
    ground = "Công văn số 1204/VP-TCD ngày 08/9/2025"
    lines = paragraphs(written(tmp_path, replace(SUMMARY, silence=SilenceRule.AGREES, silence_ground=ground)))
    assert (
        "Đơn vị không gửi văn bản góp ý xem như thống nhất với nội dung dự thảo."
        " Căn cứ: Công văn số 1204/VP-TCD ngày 08/9/2025." in lines
    )


def test_bodies_that_were_not_asked_are_told_apart(tmp_path: Path) -> None:
    summary = replace(SUMMARY, uninvited=(Body("Hội Luật gia tỉnh", "12/HLG"),))
    lines = paragraphs(written(tmp_path, summary))
    assert lines[-3:] == [
        "2.5. Ý kiến của cơ quan, tổ chức ngoài danh sách lấy ý kiến: 01 đơn vị, gồm:",
        "- Hội Luật gia tỉnh (Công văn số 12/HLG).",
        "2.6. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
    ]


def test_how_an_answer_came_stands_behind_its_letter(tmp_path: Path) -> None:
    guests = (
        Body("Hội Luật gia tỉnh", "12/HLG", channel=Channel.PAPER, stated=Stance.AGREES),
        Body("Liên đoàn Lao động tỉnh", late=True, channel=Channel.EXCHANGE, disagrees=True, stated=Stance.DISAGREES),
        Body("Hội Nhà báo tỉnh", channel=Channel.EMAIL, secret=True, stated=Stance.NO_OPINION),
    )
    assert paragraphs(written(tmp_path, replace(SUMMARY, uninvited=guests)))[-5:-1] == [
        "2.5. Ý kiến của cơ quan, tổ chức ngoài danh sách lấy ý kiến: 03 đơn vị, gồm:",
        "- Hội Luật gia tỉnh (Công văn số 12/HLG, văn bản giấy, thống nhất với nội dung dự thảo);",
        "- Liên đoàn Lao động tỉnh (gửi qua trục liên thông văn bản, gửi sau thời hạn, không thống nhất với dự thảo);",
        "- Hội Nhà báo tỉnh (gửi qua thư điện tử, văn bản Mật, không nhập nội dung, không có ý kiến / không thuộc"
        " chức năng, nhiệm vụ).",
    ]


def test_a_body_that_disagrees_is_seen_to_disagree(tmp_path: Path) -> None:
    against = replace(POLICE, letter_number=None, letter_date=None, disagrees=True)
    commenting = (against, *SUMMARY.commenting[1:])
    lines = paragraphs(written(tmp_path, replace(SUMMARY, commenting=commenting)))
    assert "- Công an tỉnh (không thống nhất với dự thảo);" in lines


def test_no_comments_make_no_table_but_a_sentence_and_a_signature(tmp_path: Path) -> None:
    agrees = (*SUMMARY.agrees, *SUMMARY.commenting, IA_PA)
    document = written(tmp_path, replace(SUMMARY, agrees=agrees, commenting=(), silent=(), opinions=0), ())
    assert paragraphs(document)[-6:] == [
        "2.3. Đơn vị đóng góp ý kiến cho dự thảo: không có.",
        "2.4. Đơn vị không gửi văn bản góp ý: không có.",
        "2.5. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
        "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
    ]
    assert len(document.tables) == 1
    assert_valid(tmp_path)


def test_several_drafts_have_a_table_each(tmp_path: Path) -> None:
    drafts = ("dự thảo Quyết định", "dự thảo Quy chế")
    first = tuple(opinion._replace(draft=drafts[0]) for opinion in OPINIONS[:2])
    second = tuple(opinion._replace(draft=drafts[1], order=(1, *opinion.order[1:])) for opinion in OPINIONS[2:])
    document = written(tmp_path, replace(SUMMARY, drafts=drafts), first + second)
    assert paragraphs(document)[-2:] == ["a) Đối với dự thảo Quyết định", "b) Đối với dự thảo Quy chế"]
    assert [len(table.rows) for table in document.tables[1:]] == [3, 4]
    assert cells(document.tables[2])[1][0].startswith("Mục 2.2")


def test_nobody_to_sign_leaves_no_empty_block(tmp_path: Path) -> None:
    document = written(tmp_path, replace(SUMMARY, signer_authority="", signer_title=""))
    assert cells(table_of(document))[-1][0].startswith("Đoạn 1 mục 7")
    assert_valid(tmp_path)


def test_a_draft_is_called_one() -> None:
    assert draft_caption(4, "Quyết định ban hành Quy chế") == "đ) Đối với dự thảo Quyết định ban hành Quy chế"


def test_a_proposed_wording_says_it_all_where_there_is_no_content(tmp_path: Path) -> None:
    alone = DOUBLED_WORD._replace(content="", reason="")
    summary = replace(SUMMARY, opinions=1, commenting=(alone.body,), silent=(), agrees=(), no_opinion=(), invited=1)
    row = cells(table_of(written(tmp_path, summary, (alone,))))[1]
    assert row[2] == "Đề nghị sửa thành: “… nguy cơ mất an toàn …”."
