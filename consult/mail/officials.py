"""What the letters to officials say beside the sign-in link; pure, Vietnamese."""

from consult.domain.terms import OfficialRole
from consult.mail.parts import Facts, Letter, Words

_ROLES = {
    OfficialRole.OFFICIAL: "chuyên viên phụ trách",
    OfficialRole.ADMINISTRATOR: "quản trị (danh bạ cơ quan, danh sách chuyên viên)",
}


def appointed(name: str, email: str, lead_agency: str, role: OfficialRole, sign_in: str) -> Letter:
    """Tell a person that they may work on the site, and where they sign in; ``sign_in`` is a page's address."""
    return Letter(
        subject="Mời làm việc trên trang lấy ý kiến dự thảo",
        addressee=name,
        parts=(
            Words(
                f"Đồng chí được giao làm việc trên trang lấy ý kiến dự thảo với vai trò {_ROLES[role]} "
                f"của {lead_agency}."
            ),
            Facts((("Địa chỉ đăng nhập", sign_in), ("Thư điện tử đăng nhập", email))),
            Words(
                "Trang không dùng mật khẩu: đồng chí mở địa chỉ trên, nhập thư điện tử này; liên kết đăng nhập dùng "
                "một lần sẽ được gửi tới hộp thư."
            ),
            Words("Nếu thư này được gửi nhầm, đồng chí báo lại cho người quản trị của cơ quan."),
        ),
        signature=lead_agency,
    )
