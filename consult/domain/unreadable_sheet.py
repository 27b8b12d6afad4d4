"""Why a list of agencies cannot be read, and what to do about it: one sentence a fault, English, for the catalogue."""

from enum import Enum

from consult.domain.unreadable import sentence


class SheetFault(Enum):
    """A fault of a list as a file; the value is its sentence."""

    EMPTY = sentence("the file is empty; choose the list of agencies")
    TOO_LARGE = sentence("the list is larger than {megabytes} MB; send the list alone, without pictures")
    TOO_MANY_ROWS = sentence("the list has more than {rows} lines; split it into several files")
    TOO_MUCH = sentence("reading the list takes more memory or time than any list needs; save it again from Excel")
    NO_LIST = sentence("it is neither an Excel workbook (.xlsx) nor a CSV list; save the list in one of these forms")
    OLD_EXCEL = sentence("it is in the old Excel format (.xls) or protected; save it as an Excel workbook (.xlsx)")
    PASSWORD = sentence("it is protected by a password; take the password off and save it again")
    MACROS = sentence("it holds macros; save it as an Excel workbook without macros (.xlsx)")
    UNSAFE = sentence("its package is not as Excel writes it; open it in Excel and save it again as .xlsx")
    DAMAGED = sentence("the file is damaged; save it again or send another copy")
    OLD_ENCODING = sentence(
        "the text is in an old Vietnamese encoding (TCVN3 or VNI); convert it to Unicode with Unikey's toolkit"
        " (Ctrl+Shift+F6) and save it again"
    )
    NO_NAME_COLUMN = sentence(
        "no column holds the names of the agencies; write the head “Tên cơ quan” over it (others may be: Mã,"
        " Tên viết tắt, Tên gọi khác, Loại, Thứ tự, Hộp thư, Từ ngày, Đến hết ngày, Cơ quan kế thừa, Nhóm)"
    )
    COLUMN_TWICE = sentence("the column “{head}” stands twice; keep one of them")
    NO_ROWS = sentence("there is no agency below the heads; fill the list in and send it again")
