"""Small PDF files for the tests: words at places in one font that tells its letters, straight lines, squares."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
SIGN_WIDTH = 0.5
"""The width of every character, blanks too, in parts of the font's size."""


@dataclass(frozen=True)
class Print:
    """A run of text: where it begins (points from the left, its baseline from the top), and how it is turned."""

    left: float
    down: float
    text: str
    size: float = 13
    turned: str = "1 0 0 1"


@dataclass(frozen=True)
class Rule:
    """A straight line from one point to another, from the top left."""

    points: tuple[float, float, float, float]


@dataclass(frozen=True)
class Picture:
    """A black square, from its corner at the top left."""

    left: float
    top: float


def pdf_file(pages: Sequence[Sequence[Print | Rule | Picture]], font: str = "ABCDEF+TestSerif") -> bytes:
    """Return a PDF of these pages; it may use 255 different characters."""
    texts = [each.text for page in pages for each in page if isinstance(each, Print)]
    codes = {letter: code for code, letter in enumerate(sorted(set("".join(texts))), start=1)}
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"]
    widths = " ".join(["500"] * 256)
    objects.append(
        f"<</Type/Font/Subtype/TrueType/BaseFont/{font}/FirstChar 0/LastChar 255/Widths[{widths}]/ToUnicode 4 0 R"
        f"/FontDescriptor<</Type/FontDescriptor/FontName/{font}/Flags 4/Ascent 800/Descent -200"
        "/FontBBox[0 -200 1000 800]/ItalicAngle 0/CapHeight 700/StemV 80>>>>"
    )
    objects.append(_stream(_letters(codes)))
    for number, page in enumerate(pages):
        box = f"/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<</Font<</F 3 0 R>>>>"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}/Contents {6 + 2 * number} 0 R>>")
        objects.append(_stream("\n".join(_drawn(each, codes) for each in page)))
    return _written(objects)


def _letters(codes: dict[str, int]) -> str:
    told = "\n".join(f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{told}\nendbfchar\n"
        "endcmap end end"
    )


def _drawn(each: Print | Rule | Picture, codes: dict[str, int]) -> str:
    if isinstance(each, Picture):
        return f"q 50 0 0 50 {each.left} {HEIGHT - each.top} cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q"
    if isinstance(each, Rule):
        left, top, right, bottom = each.points
        return f"{left} {HEIGHT - top} m {right} {HEIGHT - bottom} l S"
    signs = "".join(f"{codes[letter]:02x}" for letter in each.text)
    return f"BT /F {each.size} Tf {each.turned} {each.left} {HEIGHT - each.down} Tm <{signs}> Tj ET"


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def _written(objects: Sequence[str]) -> bytes:
    content, places = "%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(content))
        content += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(content)}\n"
    return f"{content}{end}%%EOF".encode("latin-1")
